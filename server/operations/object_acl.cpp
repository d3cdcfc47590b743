#include <optional>
#include <string>
#include <utility>

#include "access/acl.h"
#include "error/try.h"
#include "operations/acl_request.h"
#include "operations/bucket_document.h"
#include "operations/object_reading.h"
#include "operations/object_updating.h"
#include "operations/operation.h"
#include "operations/versioning.h"
#include "protocol/version_id.h"

namespace pail::operations {

struct PutObjectAcl {
  struct Input {
    std::optional<std::string> version_id;
  };
  struct Output {
    std::optional<std::string> shown_version_id;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    Input input;
    PAIL_TRY(input.version_id, protocol::parse_version_id(request.query()));
    return input;
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    const auto access = context.authorizer.access_of(request.bucket());
    PAIL_CO_TRY(const auto owner_id, find_owner(context, request, input.version_id));
    PAIL_CO_TRY(auto acl, parse_acl_request(request, owner_id, context.directory));
    PAIL_CO_CHECK(check_acl_is_taken(*access, acl));
    ObjectUpdate update =
        [acl = std::move(acl)](model::ObjectVersion& version) -> std::optional<S3Error> {
      version.attributes.acl = acl;
      return std::nullopt;
    };
    PAIL_CO_TRY(auto shown, co_await update_requested(context, request, std::move(input.version_id),
                                                      std::move(update)));
    co_return Output{std::move(shown)};
  }

  static http::Response render(const Output& output) {
    http::Response response;
    add_version_header(output.shown_version_id, response.headers);
    return response;
  }

 private:
  static S3Result<std::string> find_owner(OperationContext& context,
                                          const AuthorizedRequest& request,
                                          const std::optional<std::string>& version_id) {
    const auto found = context.store.find_object(request.bucket().id, request.key(), version_id,
                                                 store::Read::kVersionOnly);
    if (found && found->version.is_delete_marker) {
      return fail(delete_marker_error(request, found->version, true));
    }
    if (found) return found->version.owner_id;
    PAIL_TRY(auto missing,
             find_requested(context.store, request, version_id, store::Read::kVersionOnly));
    return std::move(missing.version.owner_id);
  }
};
PAIL_OPERATION(PutObjectAcl);

struct GetObjectAcl {
  struct Input {
    std::optional<std::string> version_id;
  };
  struct Output {
    std::string document;
    std::optional<std::string> shown_version_id;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    Input input;
    PAIL_TRY(input.version_id, protocol::parse_version_id(request.query()));
    return input;
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    PAIL_CO_TRY(auto found, find_requested(context.store, request, input.version_id,
                                           store::Read::kVersionOnly));
    const bool has_acls = context.authorizer.access_of(request.bucket())->has_acls();
    const model::ObjectVersion& version = found.version;
    const std::string& owner_id = has_acls ? version.owner_id : request.bucket().owner_id;
    co_return Output{access::render_acl(has_acls ? version.attributes.acl : std::nullopt, owner_id),
                     shown_version_id(request.bucket(), version.version_id)};
  }

  static http::Response render(Output output) {
    http::Response response = document_response(std::move(output.document), "application/xml");
    add_version_header(output.shown_version_id, response.headers);
    return response;
  }
};
PAIL_OPERATION(GetObjectAcl);

}  // namespace pail::operations
