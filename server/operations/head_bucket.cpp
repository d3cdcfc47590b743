#include "operations/operation.h"

namespace pail::operations {

/// That the bucket exists and may be listed has been found out by the authorizer.
struct HeadBucket {
  struct Input {
    std::string region;
  };
  struct Output {
    std::string region;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return Input{request.bucket().region};
  }

  static S3Result<Output> run(OperationContext&, Input input) {
    return Output{std::move(input.region)};
  }

  static http::Response render(Output output) {
    http::Response response;
    response.headers.add("x-amz-bucket-region", std::move(output.region));
    response.headers.add("x-amz-access-point-alias", "false");
    response.headers.add("Content-Type", "application/xml");
    return response;
  }
};
PAIL_OPERATION(HeadBucket);

}  // namespace pail::operations
