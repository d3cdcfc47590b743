#include "operations/bucket_document.h"

#include <utility>

#include "operations/store_failure.h"

namespace pail::operations {

Task<S3Result<void>> apply_change(store::Store& store, DocumentChange change) {
  auto stored = co_await store.put_bucket_document(change.bucket_id, std::string(change.kind),
                                                   std::move(change.body));
  if (!stored) {
    co_return store_failure(std::move(stored).error(), {.bucket = std::move(change.bucket)});
  }
  co_return S3Result<void>{};
}

S3Result<std::string> find_document(const AuthorizedRequest& request, std::string_view kind,
                                    S3ErrorCode missing) {
  const auto& documents = request.bucket().documents;
  const auto document = documents.find(kind);
  if (document == documents.end()) {
    return fail(S3Error(missing).with("BucketName", request.bucket().name));
  }
  return document->second;
}

http::Response document_response(std::string document, std::string_view content_type) {
  http::Response response;
  response.headers.add("Content-Type", std::string(content_type));
  response.body = std::move(document);
  return response;
}

}  // namespace pail::operations
