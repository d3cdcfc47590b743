#include <string>
#include <utility>

#include "error/try.h"
#include "lifecycle/configuration.h"
#include "model/document_kind.h"
#include "operations/bucket_document.h"
#include "operations/document.h"
#include "operations/operation.h"

namespace pail::operations {

using model::document_kind::kLifecycle;

namespace {

constexpr const char* kMinimumSizeHeader = "x-amz-transition-default-minimum-object-size";

}  // namespace

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html; also
/// the older PutBucketLifecycle, whose documents it takes.
struct PutBucketLifecycleConfiguration {
  struct Input {
    DocumentChange change;
    lifecycle::Configuration configuration;
  };
  struct Output {
    std::string minimum_size;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(require_document_digest(request));
    PAIL_TRY(auto configuration, lifecycle::parse_configuration(request.document()));
    if (const auto minimum_size = request.headers().find(kMinimumSizeHeader)) {
      PAIL_TRY(configuration.minimum_transition_size,
               lifecycle::parse_minimum_transition_size(*minimum_size));
    }
    return Input{change_document(request, kLifecycle, std::nullopt), std::move(configuration)};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input) {
    lifecycle::name_rules(input.configuration, context.random);
    input.change.body = lifecycle::to_stored(input.configuration);
    PAIL_CO_CHECK(co_await apply_change(context.store, std::move(input.change)));
    co_return Output{std::string(
        lifecycle::minimum_transition_size_name(input.configuration.minimum_transition_size))};
  }

  static http::Response render(Output output) {
    http::Response response;
    response.headers.add(kMinimumSizeHeader, std::move(output.minimum_size));
    return response;
  }
};
PAIL_OPERATION(PutBucketLifecycleConfiguration);

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html
struct GetBucketLifecycleConfiguration {
  using Input = std::string;
  using Output = std::string;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return find_document(request, kLifecycle, S3ErrorCode::NoSuchLifecycleConfiguration);
  }

  static S3Result<Output> run(OperationContext&, Input stored) { return stored; }

  static http::Response render(const Output& stored) {
    const auto halves = lifecycle::split_stored(stored);
    http::Response response = document_response(std::string(halves.document), "application/xml");
    response.headers.add(kMinimumSizeHeader, std::string(halves.minimum_transition_size));
    return response;
  }
};
PAIL_OPERATION(GetBucketLifecycleConfiguration);

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html
struct DeleteBucketLifecycle : DeletesBucketDocument<kLifecycle> {};
PAIL_OPERATION(DeleteBucketLifecycle);

}  // namespace pail::operations
