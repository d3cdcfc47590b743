#include <optional>

#include "cors/configuration.h"
#include "error/try.h"
#include "operations/operation.h"
#include "operations/store_failure.h"
#include "text/ascii.h"

namespace pail::operations {
namespace {

/// AWS wants to know that the document arrived whole.
S3Result<void> require_digest(const http::HeaderMap& headers) {
  for (const http::Header& header : headers) {
    if (text::equals_ignore_case(header.name, "Content-MD5") ||
        text::equals_ignore_case(header.name, "x-amz-trailer") ||
        text::starts_with_ignore_case(header.name, "x-amz-checksum-")) {
      return {};
    }
  }
  return fail(S3ErrorCode::InvalidRequest,
              "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
}

/// Replaces or removes the bucket's configuration.
Task<S3Result<void>> store_configuration(OperationContext& context, std::int64_t bucket_id,
                                         std::string bucket, std::optional<std::string> document) {
  auto stored = co_await context.store.put_bucket_document(
      bucket_id, std::string(cors::kDocumentKind), std::move(document));
  if (!stored) co_return store_failure(std::move(stored).error(), {.bucket = std::move(bucket)});
  co_return S3Result<void>{};
}

}  // namespace

struct PutBucketCors {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string bucket;
    cors::Configuration configuration;
  };
  struct Output {};

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(require_digest(request.headers()));
    PAIL_TRY(auto configuration, cors::parse_configuration(request.document()));
    return Input{request.bucket().id, request.bucket().name, std::move(configuration)};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input) {
    PAIL_CO_CHECK(co_await store_configuration(context, input.bucket_id, std::move(input.bucket),
                                               cors::render_configuration(input.configuration)));
    co_return Output{};
  }

  static http::Response render(Output) { return {}; }
};
PAIL_OPERATION(PutBucketCors);

struct GetBucketCors {
  struct Input {
    std::string document;
  };
  using Output = Input;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const auto& documents = request.bucket().documents;
    const auto document = documents.find(cors::kDocumentKind);
    if (document == documents.end()) {
      return fail(
          S3Error(S3ErrorCode::NoSuchCORSConfiguration).with("BucketName", request.bucket().name));
    }
    return Input{document->second};
  }

  static S3Result<Output> run(OperationContext&, Input input) { return input; }

  static http::Response render(Output output) {
    http::Response response;
    response.headers.add("Content-Type", "application/xml");
    response.body = std::move(output.document);
    return response;
  }
};
PAIL_OPERATION(GetBucketCors);

struct DeleteBucketCors {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string bucket;
  };
  struct Output {};

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return Input{request.bucket().id, request.bucket().name};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input) {
    PAIL_CO_CHECK(co_await store_configuration(context, input.bucket_id, std::move(input.bucket),
                                               std::nullopt));
    co_return Output{};
  }

  static http::Response render(Output) {
    http::Response response;
    response.status = 204;
    return response;
  }
};
PAIL_OPERATION(DeleteBucketCors);

}  // namespace pail::operations
