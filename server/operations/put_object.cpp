#include <string>
#include <utility>

#include "operations/body_intake.h"
#include "operations/object_encryption.h"
#include "operations/object_locking.h"
#include "operations/object_writing.h"
#include "operations/operation.h"
#include "operations/store_failure.h"
#include "protocol/conditions.h"
#include "protocol/etag.h"
#include "protocol/object_headers.h"

namespace pail::operations {

struct PutObject {
  struct Input {
    model::ObjectAttributes attributes;
    protocol::WriteConditions conditions;
    BodyDeclaration body;
  };
  using Output = WrittenObject;

  static S3Result<Input> parse(const AuthorizedRequest& request);
  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& input);
  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request);
  static http::Response render(const Output& output);
};

S3Result<PutObject::Input> PutObject::parse(const AuthorizedRequest& request) {
  PAIL_TRY(const auto effective,
           protocol::EffectiveHeaders::of(request.headers(), request.query()));
  const http::HeaderMap& headers = *effective;
  if (headers.contains("x-amz-copy-source")) {
    // A copy whose source was hoisted into the query must not become an upload of nothing.
    return fail(S3Error(S3ErrorCode::NotImplemented).with("Header", "x-amz-copy-source"));
  }
  PAIL_CHECK(protocol::check_supported_headers(headers));
  PAIL_TRY(auto attributes, protocol::parse_object_attributes(headers));
  Input input{std::move(attributes), {}, {}};
  PAIL_TRY(input.conditions, protocol::parse_write_conditions(headers));
  PAIL_TRY(input.body, parse_body_declaration(headers));
  return input;
}

S3Result<void> PutObject::require(const access::Authorizer& authorizer,
                                  const AuthorizedRequest& request, const Input& input) {
  if (input.attributes.tags.empty()) return {};
  PAIL_CHECK(
      authorizer.require(request, {"s3:PutObjectTagging", request.bucket_name(), request.key()}));
  return {};
}

namespace {

/// Asked before the body is, so that a client that waits for 100 Continue is spared sending it.
S3Result<void> check_early(store::Store& store, const AuthorizedRequest& request,
                           const protocol::WriteConditions& conditions) {
  if (conditions.empty()) return {};
  auto found = store.find_object(request.bucket().id, request.key(), std::nullopt,
                                 store::Read::kVersionOnly);
  if (!found && found.error().kind != store::StoreErrorKind::kNoSuchObject) {
    return store_failure(std::move(found).error(),
                         {.bucket = request.bucket_name(), .key = request.key()});
  }
  const bool exists = found && !found->version.is_delete_marker;
  return protocol::check_write_conditions(conditions, exists ? &found->version : nullptr,
                                          request.key());
}

}  // namespace

Task<S3Result<PutObject::Output>> PutObject::run(OperationContext& context, Input input,
                                                 AuthorizedRequest& request) {
  PAIL_CO_TRY(const auto headers,
              protocol::EffectiveHeaders::of(request.headers(), request.query()));
  PAIL_CO_TRY(auto plan, plan_write(context, request, *headers, std::move(input.attributes)));
  PAIL_CO_CHECK(require_locked_digest(plan.attributes.lock, input.body, "Put Object"));
  PAIL_CO_CHECK(check_early(context.store, request, input.conditions));
  auto writer = begin_write(context, plan.attributes.encryption, plan.customer_key);
  IntakeOptions options;
  options.digest_threads = context.digest_threads.get();
  PAIL_CO_TRY(auto taken, co_await take_body(std::move(writer), request.headers(), request.body(),
                                             input.body, options));
  co_return co_await write_object(context, request, std::move(taken), std::move(plan),
                                  std::move(input.conditions));
}

http::Response PutObject::render(const Output& output) {
  http::Response response;
  response.headers = output.headers;
  response.headers.add("ETag", protocol::quote_etag(output.etag));
  protocol::add_checksum_headers(output.checksum, response.headers);
  return response;
}

PAIL_OPERATION(PutObject);

}  // namespace pail::operations
