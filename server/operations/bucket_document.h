#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "error/try.h"
#include "operations/operation.h"

// The anatomy that operations on the configuration documents of a bucket share. A document is kept
// as the text that Get returns.
namespace pail::operations {

/// Replaces or (without a body) removes one document of a bucket.
struct DocumentChange {
  std::int64_t bucket_id = 0;
  std::string bucket;
  std::string_view kind;
  std::optional<std::string> body;
};

inline DocumentChange change_document(const AuthorizedRequest& request, std::string_view kind,
                                      std::optional<std::string> body) {
  return {request.bucket().id, request.bucket().name, kind, std::move(body)};
}

/// Fails: NoSuchBucket if the bucket went meanwhile, InternalError.
Task<S3Result<void>> apply_change(store::Store& store, DocumentChange change);

/// The text of a document. Fails with `missing` and the bucket's name.
S3Result<std::string> find_document(const AuthorizedRequest& request, std::string_view kind,
                                    S3ErrorCode missing);

/// 200 with the document as its body.
http::Response document_response(std::string document, std::string_view content_type);

/// What a Put and a Delete do once the change is parsed; they add `parse`.
template <int kStatus>
struct ChangesBucketDocument {
  using Input = DocumentChange;
  struct Output {};

  static Task<S3Result<Output>> run(OperationContext& context, Input change) {
    PAIL_CO_CHECK(co_await apply_change(context.store, std::move(change)));
    co_return Output{};
  }
  static http::Response render(Output) {
    http::Response response;
    response.status = kStatus;
    return response;
  }
};

/// A whole Delete operation.
template <const std::string_view& kKind>
struct DeletesBucketDocument : ChangesBucketDocument<204> {
  static S3Result<DocumentChange> parse(const AuthorizedRequest& request) {
    return change_document(request, kKind, std::nullopt);
  }
};

/// A whole Get operation, of a document in XML.
template <const std::string_view& kKind, S3ErrorCode kMissing>
struct ReadsBucketDocument {
  using Input = std::string;
  using Output = std::string;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return find_document(request, kKind, kMissing);
  }
  static S3Result<Output> run(OperationContext&, Input document) { return document; }
  static http::Response render(Output document) {
    return document_response(std::move(document), "application/xml");
  }
};

}  // namespace pail::operations
