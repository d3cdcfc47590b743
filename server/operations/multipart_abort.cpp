#include <string>

#include "operations/multipart_elements.h"
#include "operations/operation.h"
#include "operations/store_failure.h"

namespace pail::operations {

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
struct AbortMultipartUpload {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string key;
    std::string upload_id;
  };
  struct Output {};

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return Input{request.bucket().id, request.key(),
                 std::string(request.query().find("uploadId").value_or(""))};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input) {
    const auto upload = context.store.find_upload(input.bucket_id, input.key, input.upload_id);
    if (!upload || !upload->completed_etag.empty()) co_return no_such_upload(input.upload_id);
    const auto aborted = co_await context.store.abort_upload(input.bucket_id, input.upload_id);
    if (!aborted) co_return store_failure(aborted.error(), {.upload_id = input.upload_id});
    co_return Output{};
  }

  static http::Response render(const Output&) {
    http::Response response;
    response.status = 204;
    return response;
  }
};
PAIL_OPERATION(AbortMultipartUpload);

}  // namespace pail::operations
