#include <string>
#include <utility>

#include "access/acl.h"
#include "error/try.h"
#include "model/document_kind.h"
#include "operations/acl_request.h"
#include "operations/bucket_document.h"
#include "operations/operation.h"

namespace pail::operations {

struct PutBucketAcl : ChangesBucketDocument<200> {
  /// The grantees are looked up in run(), which knows who there is.
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return change_document(request, model::document_kind::kAcl, std::nullopt);
  }
  static Task<S3Result<Output>> run(OperationContext& context, Input change,
                                    AuthorizedRequest& request) {
    const std::string& owner_id = request.bucket().owner_id;
    PAIL_CO_TRY(const auto acl, parse_acl_request(request, owner_id, context.directory));
    const auto access = context.authorizer.access_of(request.bucket());
    PAIL_CO_CHECK(check_acl_is_taken(*access, acl));
    change.body = access::render_acl(acl, owner_id);
    PAIL_CO_CHECK(co_await apply_change(context.store, std::move(change)));
    co_return Output{};
  }
};
PAIL_OPERATION(PutBucketAcl);

struct GetBucketAcl {
  struct Input {
    std::string owner_id;
    std::optional<std::string> document;
  };
  using Output = std::string;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const auto& documents = request.bucket().documents;
    const auto document = documents.find(model::document_kind::kAcl);
    Input input{request.bucket().owner_id, std::nullopt};
    if (document != documents.end()) input.document = document->second;
    return input;
  }
  static S3Result<Output> run(OperationContext&, Input input) {
    if (input.document) return std::move(*input.document);
    return access::render_acl(std::nullopt, input.owner_id);
  }
  static http::Response render(Output document) {
    return document_response(std::move(document), "application/xml");
  }
};
PAIL_OPERATION(GetBucketAcl);

}  // namespace pail::operations
