#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "operations/deletion.h"
#include "operations/operation.h"
#include "operations/store_failure.h"
#include "operations/versioning.h"
#include "protocol/conditions.h"
#include "protocol/object_headers.h"
#include "protocol/version_id.h"

namespace pail::operations {

struct DeleteObject {
  using Input = DeletionRequest;
  using Output = DeletionReport;

  static S3Result<Input> parse(const AuthorizedRequest& request);
  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& input);
  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request);
  static http::Response render(const Output& report);
};

S3Result<DeleteObject::Input> DeleteObject::parse(const AuthorizedRequest& request) {
  PAIL_TRY(const auto effective,
           protocol::EffectiveHeaders::of(request.headers(), request.query()));
  const http::HeaderMap& headers = *effective;
  PAIL_CHECK(protocol::check_supported_headers(headers));
  Input input;
  input.key = request.key();
  PAIL_TRY(input.bypasses_governance, parse_governance_bypass(headers, request.bucket()));
  PAIL_TRY(input.version_id, protocol::parse_version_id(request.query()));
  PAIL_TRY(input.if_match, protocol::parse_delete_condition(headers));
  return input;
}

S3Result<void> DeleteObject::require(const access::Authorizer& authorizer,
                                     const AuthorizedRequest& request, const Input& input) {
  if (!input.bypasses_governance) return {};
  PAIL_CHECK(authorizer.require(
      request, {"s3:BypassGovernanceRetention", request.bucket_name(), request.key()}));
  return {};
}

Task<S3Result<DeleteObject::Output>> DeleteObject::run(OperationContext& context, Input input,
                                                       AuthorizedRequest& request) {
  std::vector<store::Store::Deletion> deletions;
  deletions.push_back(plan_deletion(context, request.bucket(), std::move(input)));
  const store::Store::Deletion planned = deletions.front();
  auto deleted = co_await context.store.delete_objects(request.bucket().id, std::move(deletions));
  // That there was nothing to delete is no failure.
  if (!deleted.front()) {
    co_return store_failure(std::move(deleted.front()).error(),
                            {.bucket = request.bucket_name(), .key = request.key()});
  }
  co_return report_deletion(context, request.bucket(), planned, *deleted.front());
}

http::Response DeleteObject::render(const Output& report) {
  http::Response response;
  response.status = 204;
  if (report.is_delete_marker) response.headers.add("x-amz-delete-marker", "true");
  add_version_header(report.version_id, response.headers);
  return response;
}

PAIL_OPERATION(DeleteObject);

}  // namespace pail::operations
