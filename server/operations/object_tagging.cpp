#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "operations/object_reading.h"
#include "operations/object_updating.h"
#include "operations/operation.h"
#include "operations/tagging_document.h"
#include "operations/versioning.h"
#include "protocol/object_headers.h"
#include "protocol/version_id.h"

namespace pail::operations {
namespace {

using Tags = std::vector<model::NamedValue>;

/// The version that the request is about.
S3Result<std::optional<std::string>> parse_tagging_request(const AuthorizedRequest& request) {
  PAIL_TRY(const auto effective,
           protocol::EffectiveHeaders::of(request.headers(), request.query()));
  PAIL_CHECK(protocol::check_supported_headers(*effective));
  return protocol::parse_version_id(request.query());
}

Task<S3Result<std::optional<std::string>>> store_tags(OperationContext& context,
                                                      const AuthorizedRequest& request,
                                                      std::optional<std::string> version_id,
                                                      Tags tags) {
  ObjectUpdate update =
      [tags = std::move(tags)](model::ObjectVersion& version) -> std::optional<S3Error> {
    version.attributes.tags = tags;
    return std::nullopt;
  };
  co_return co_await update_requested(context, request, std::move(version_id), std::move(update));
}

}  // namespace

struct PutObjectTagging {
  struct Input {
    std::optional<std::string> version_id;
    Tags tags;
  };
  struct Output {
    std::optional<std::string> shown_version_id;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_TRY(auto version_id, parse_tagging_request(request));
    PAIL_TRY(auto tags, parse_tagging_document(request.document()));
    return Input{std::move(version_id), std::move(tags)};
  }

  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& input) {
    return authorizer.judge(request, {.tags = input.tags});
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    PAIL_CO_TRY(auto shown, co_await store_tags(context, request, std::move(input.version_id),
                                                std::move(input.tags)));
    co_return Output{std::move(shown)};
  }

  static http::Response render(const Output& output) {
    http::Response response;
    add_version_header(output.shown_version_id, response.headers);
    return response;
  }
};
PAIL_OPERATION(PutObjectTagging);

struct GetObjectTagging {
  struct Input {
    std::optional<std::string> version_id;
  };
  struct Output {
    Tags tags;
    std::optional<std::string> shown_version_id;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_TRY(auto version_id, parse_tagging_request(request));
    return Input{std::move(version_id)};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    PAIL_CO_TRY(auto found, find_requested(context.store, request, input.version_id,
                                           store::Read::kVersionOnly));
    co_return Output{std::move(found.version.attributes.tags),
                     shown_version_id(request.bucket(), found.version.version_id)};
  }

  static http::Response render(const Output& output) {
    http::Response response;
    add_version_header(output.shown_version_id, response.headers);
    response.headers.add("Content-Type", "application/xml");
    response.body = render_tagging_document(output.tags);
    return response;
  }
};
PAIL_OPERATION(GetObjectTagging);

struct DeleteObjectTagging {
  struct Input {
    std::optional<std::string> version_id;
  };
  struct Output {
    std::optional<std::string> shown_version_id;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_TRY(auto version_id, parse_tagging_request(request));
    return Input{std::move(version_id)};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    PAIL_CO_TRY(auto shown, co_await store_tags(context, request, std::move(input.version_id), {}));
    co_return Output{std::move(shown)};
  }

  static http::Response render(const Output& output) {
    http::Response response;
    response.status = 204;
    add_version_header(output.shown_version_id, response.headers);
    return response;
  }
};
PAIL_OPERATION(DeleteObjectTagging);

}  // namespace pail::operations
