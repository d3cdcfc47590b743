#include <optional>

#include "access/policy.h"
#include "error/try.h"
#include "operations/operation.h"
#include "operations/store_failure.h"

namespace pail::operations {
namespace {

Task<S3Result<void>> store_policy(OperationContext& context, std::int64_t bucket_id,
                                  std::string bucket, std::optional<std::string> document) {
  auto stored = co_await context.store.put_bucket_document(bucket_id, std::string("policy"),
                                                           std::move(document));
  if (!stored) co_return store_failure(std::move(stored).error(), {.bucket = std::move(bucket)});
  co_return S3Result<void>{};
}

http::Response no_content() {
  http::Response response;
  response.status = 204;
  return response;
}

}  // namespace

struct PutBucketPolicy {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string bucket;
    /// As it was sent: clients compare what they get back with what they put.
    std::string document;
  };
  struct Output {};

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(access::parse_policy(request.document(), request.bucket().name));
    return Input{request.bucket().id, request.bucket().name, request.document()};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input) {
    PAIL_CO_CHECK(co_await store_policy(context, input.bucket_id, std::move(input.bucket),
                                        std::move(input.document)));
    co_return Output{};
  }

  static http::Response render(Output) { return no_content(); }
};
PAIL_OPERATION(PutBucketPolicy);

struct GetBucketPolicy {
  struct Input {
    std::string document;
  };
  using Output = Input;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const auto& documents = request.bucket().documents;
    const auto document = documents.find("policy");
    if (document == documents.end()) {
      return fail(
          S3Error(S3ErrorCode::NoSuchBucketPolicy).with("BucketName", request.bucket().name));
    }
    return Input{document->second};
  }

  static S3Result<Output> run(OperationContext&, Input input) { return input; }

  static http::Response render(Output output) {
    http::Response response;
    response.headers.add("Content-Type", "application/json");
    response.body = std::move(output.document);
    return response;
  }
};
PAIL_OPERATION(GetBucketPolicy);

struct DeleteBucketPolicy {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string bucket;
  };
  struct Output {};

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return Input{request.bucket().id, request.bucket().name};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input) {
    PAIL_CO_CHECK(
        co_await store_policy(context, input.bucket_id, std::move(input.bucket), std::nullopt));
    co_return Output{};
  }

  static http::Response render(Output) { return no_content(); }
};
PAIL_OPERATION(DeleteBucketPolicy);

}  // namespace pail::operations
