#include "access/policy.h"
#include "access/public_policy.h"
#include "error/try.h"
#include "model/document_kind.h"
#include "operations/bucket_document.h"
#include "operations/operation.h"
#include "xml/writer.h"

namespace pail::operations {

using model::document_kind::kPolicy;

/// The document is kept as it was sent: clients compare what they get back with what they put.
struct PutBucketPolicy : ChangesBucketDocument<204> {
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(access::parse_policy(request.document(), request.bucket().name));
    return change_document(request, kPolicy, request.document());
  }

  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input&) {
    if (!authorizer.access_of(request.bucket())->block.block_public_policy) return {};
    PAIL_TRY(const auto policy, access::parse_policy(request.document(), request.bucket().name));
    if (!access::is_public(policy)) return {};
    return fail(S3Error(S3ErrorCode::AccessDenied)
                    .because("the policy is public, and the public access block of the bucket "
                             "refuses public policies (BlockPublicPolicy); every new bucket has "
                             "that block: DeletePublicAccessBlock takes it away"));
  }
};
PAIL_OPERATION(PutBucketPolicy);

struct GetBucketPolicy : ReadsBucketDocument<kPolicy, S3ErrorCode::NoSuchBucketPolicy> {
  static http::Response render(Output document) {
    return document_response(std::move(document), "application/json");
  }
};
PAIL_OPERATION(GetBucketPolicy);

struct DeleteBucketPolicy : DeletesBucketDocument<kPolicy> {};
PAIL_OPERATION(DeleteBucketPolicy);

struct GetBucketPolicyStatus {
  struct Input {
    bool is_public = false;
  };
  using Output = Input;

  /// A policy that can not be read denies everything.
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_TRY(const auto document, find_document(request, kPolicy, S3ErrorCode::NoSuchBucketPolicy));
    const auto policy = access::parse_policy(document, request.bucket().name);
    return Input{policy && access::is_public(*policy)};
  }

  static S3Result<Output> run(OperationContext&, Input input) { return input; }

  static http::Response render(Output output) {
    http::Response response;
    response.headers.add("Content-Type", "application/xml");
    xml::XmlWriter writer(response.body);
    writer.declaration();
    writer.open_root("PolicyStatus");
    writer.element("IsPublic", output.is_public);
    writer.close("PolicyStatus");
    return response;
  }
};
PAIL_OPERATION(GetBucketPolicyStatus);

}  // namespace pail::operations
