#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "operations/object_reading.h"
#include "operations/operation.h"
#include "operations/store_failure.h"
#include "operations/tagging_document.h"
#include "protocol/object_headers.h"
#include "xml/writer.h"

namespace pail::operations {
namespace {

using Tags = std::vector<model::NamedValue>;

S3Result<void> check_tagging_request(const AuthorizedRequest& request) {
  PAIL_TRY(const auto effective,
           protocol::EffectiveHeaders::of(request.headers(), request.query()));
  PAIL_CHECK(protocol::check_supported_headers(*effective));
  return protocol::check_version_id(request.query());
}

Task<S3Result<void>> store_tags(OperationContext& context, const AuthorizedRequest& request,
                                Tags tags) {
  // Made before the co_await: GCC 12 destroys a closure that is converted within one twice.
  store::Store::Update update = [tags = std::move(tags), key = request.key()](
                                    model::ObjectVersion& version) -> std::optional<S3Error> {
    if (version.is_delete_marker) return S3Error(S3ErrorCode::NoSuchKey).with("Key", key);
    version.attributes.tags = tags;
    return std::nullopt;
  };
  auto stored = co_await context.store.update_object(request.bucket().id, request.key(),
                                                     std::nullopt, std::move(update));
  if (!stored) {
    co_return store_failure(std::move(stored).error(),
                            {.bucket = request.bucket_name(), .key = request.key()});
  }
  co_return S3Result<void>();
}

}  // namespace

struct PutObjectTagging {
  struct Input {
    Tags tags;
  };
  struct Output {};

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(check_tagging_request(request));
    PAIL_TRY(auto tags, parse_tagging_document(request.document()));
    return Input{std::move(tags)};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    PAIL_CO_CHECK(co_await store_tags(context, request, std::move(input.tags)));
    co_return Output{};
  }

  static http::Response render(Output) { return {}; }
};
PAIL_OPERATION(PutObjectTagging);

struct GetObjectTagging {
  struct Input {};
  struct Output {
    Tags tags;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(check_tagging_request(request));
    return Input{};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input, AuthorizedRequest& request) {
    PAIL_CO_TRY(auto found, find_requested(context.store, request, store::Read::kVersionOnly));
    co_return Output{std::move(found.version.attributes.tags)};
  }

  static http::Response render(const Output& output) {
    http::Response response;
    response.headers.add("Content-Type", "application/xml");
    xml::XmlWriter xml(response.body);
    xml.declaration();
    xml.open_root("Tagging");
    xml.open("TagSet");
    for (const model::NamedValue& tag : output.tags) {
      xml.open("Tag");
      xml.element("Key", std::string_view(tag.name));
      xml.element("Value", std::string_view(tag.value));
      xml.close("Tag");
    }
    xml.close("TagSet");
    xml.close("Tagging");
    return response;
  }
};
PAIL_OPERATION(GetObjectTagging);

struct DeleteObjectTagging {
  struct Input {};
  struct Output {};

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(check_tagging_request(request));
    return Input{};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input, AuthorizedRequest& request) {
    PAIL_CO_CHECK(co_await store_tags(context, request, {}));
    co_return Output{};
  }

  static http::Response render(Output) {
    http::Response response;
    response.status = 204;
    return response;
  }
};
PAIL_OPERATION(DeleteObjectTagging);

}  // namespace pail::operations
