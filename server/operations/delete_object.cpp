#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "operations/operation.h"
#include "operations/store_failure.h"
#include "protocol/conditions.h"
#include "protocol/object_headers.h"

namespace pail::operations {

struct DeleteObject {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string bucket;
    std::string key;
    std::optional<std::string> if_match;
  };
  struct Output {};

  static S3Result<Input> parse(const AuthorizedRequest& request);
  static Task<S3Result<Output>> run(OperationContext& context, Input input);
  static http::Response render(Output output);
};

S3Result<DeleteObject::Input> DeleteObject::parse(const AuthorizedRequest& request) {
  PAIL_TRY(const auto effective,
           protocol::EffectiveHeaders::of(request.headers(), request.query()));
  const http::HeaderMap& headers = *effective;
  PAIL_CHECK(protocol::check_supported_headers(headers));
  PAIL_CHECK(protocol::check_no_governance_bypass(headers));
  PAIL_CHECK(protocol::check_version_id(request.query()));
  PAIL_TRY(auto if_match, protocol::parse_delete_condition(headers));
  return Input{request.bucket().id, request.bucket_name(), request.key(), std::move(if_match)};
}

Task<S3Result<DeleteObject::Output>> DeleteObject::run(OperationContext& context, Input input) {
  std::vector<store::Store::Deletion> deletions;
  deletions.push_back({input.key, protocol::delete_guard(std::move(input.if_match), input.key)});
  auto deleted = co_await context.store.delete_objects(input.bucket_id, std::move(deletions));
  // That there was nothing to delete is no failure.
  if (!deleted.front()) {
    co_return store_failure(std::move(deleted.front()).error(),
                            {.bucket = input.bucket, .key = input.key});
  }
  co_return Output{};
}

http::Response DeleteObject::render(Output) {
  http::Response response;
  response.status = 204;
  return response;
}

PAIL_OPERATION(DeleteObject);

}  // namespace pail::operations
