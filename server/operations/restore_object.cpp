#include <optional>
#include <string>
#include <utility>

#include "error/try.h"
#include "operations/archive.h"
#include "operations/object_updating.h"
#include "operations/operation.h"
#include "protocol/version_id.h"

namespace pail::operations {

/// Restoring takes no time here, so nobody ever sees a restoration under way.
struct RestoreObject {
  struct Input {
    std::optional<std::string> version_id;
    RestoreRequest wanted;
  };
  struct Output {
    bool was_restored = false;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    Input input;
    PAIL_TRY(input.version_id, protocol::parse_version_id(request.query()));
    PAIL_TRY(input.wanted, parse_restore_request(request.document()));
    return input;
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    Output output;
    ObjectUpdate update = [&output, wanted = input.wanted, now = context.clock.now()](
                              model::ObjectVersion& version) -> std::optional<S3Error> {
      const std::string& storage_class = version.attributes.storage_class;
      if (auto refused = check_restorable(wanted, storage_class); !refused) {
        return std::move(refused).error();
      }
      output.was_restored = is_readable(version, now);
      version.restored_until = restored_until(wanted, now);
      return std::nullopt;
    };
    PAIL_CO_CHECK(co_await update_requested(context, request, std::move(input.version_id),
                                            std::move(update)));
    co_return output;
  }

  static http::Response render(const Output& output) {
    http::Response response;
    response.status = output.was_restored ? 200 : 202;
    return response;
  }
};
PAIL_OPERATION(RestoreObject);

}  // namespace pail::operations
