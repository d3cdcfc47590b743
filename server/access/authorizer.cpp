#include "access/authorizer.h"

#include <algorithm>
#include <array>

#include "access/policy.h"
#include "access/policy_cache.h"
#include "error/try.h"
#include "model/bucket_name.h"
#include "text/ascii.h"

namespace pail::access {
namespace {

using protocol::Target;

constexpr auto kReadActions =
    std::to_array<std::string_view>({"s3:GetObject", "s3:GetObjectAttributes", "s3:ListBucket"});

constexpr auto kWriteActions = std::to_array<std::string_view>(
    {"s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts",
     "s3:ListBucketMultipartUploads"});

/// What the owner's account can do whatever the policy says, so that nobody locks himself out, as
/// AWS has it.
constexpr auto kPolicyActions = std::to_array<std::string_view>(
    {"s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"});

template <std::size_t kCount>
bool contains(const std::array<std::string_view, kCount>& actions, std::string_view action) {
  return std::ranges::find(actions, action) != actions.end();
}

bool grants(StartAccess access, std::string_view action) {
  if (access == StartAccess::kPrivate) return false;
  return contains(kReadActions, action) ||
         (access == StartAccess::kPublicReadWrite && contains(kWriteActions, action));
}

bool is_owner(const auth::Identity& identity, const model::Bucket& bucket) {
  return !identity.is_anonymous() &&
         (bucket.owner_id.empty() || bucket.owner_id == identity.canonical_id);
}

/// Whether x-amz-expected-bucket-owner, if it is there, names the account of the bucket.
bool is_expected_owner(const protocol::RoutedRequest& request, const auth::Identity& identity,
                       const model::Bucket& bucket) {
  const auto expected = request.http.headers.find("x-amz-expected-bucket-owner");
  if (!expected) return true;
  return is_owner(identity, bucket) && text::trim(*expected) == identity.account_id;
}

}  // namespace

Authorizer::Authorizer(const store::Store& store,
                       std::map<std::string, StartAccess, std::less<>> start_access)
    : store_(store),
      start_access_(std::move(start_access)),
      policies_(std::make_unique<PolicyCache>()) {}

Authorizer::~Authorizer() = default;

bool Authorizer::is_allowed(const auth::Identity& identity, std::string_view action,
                            const model::Bucket& bucket, std::string_view key) const {
  const bool owner = is_owner(identity, bucket);
  if (owner && contains(kPolicyActions, action)) return true;
  Decision decision = Decision::kNoStatement;
  if (const auto policy = policies_->find(bucket)) {
    std::string resource = bucket.name;
    if (!key.empty()) resource.append(1, '/').append(key);
    decision = evaluate(*policy, {identity, action, resource}).decision;
  }
  if (decision == Decision::kDeny) return false;
  if (owner || decision == Decision::kAllow) return true;
  const auto access = start_access_.find(bucket.name);
  return access != start_access_.end() && grants(access->second, action);
}

S3Result<std::shared_ptr<const model::Bucket>> Authorizer::find_bucket(
    std::string_view name) const {
  if (auto bucket = store_.find_bucket(name)) return bucket;
  const auto code = model::is_valid_bucket_name(name) ? S3ErrorCode::NoSuchBucket
                                                      : S3ErrorCode::InvalidBucketName;
  return fail(S3Error(code).with("BucketName", std::string(name)));
}

S3Result<AuthorizedRequest> Authorizer::authorize(auth::AuthenticatedRequest request) const {
  const protocol::RoutedRequest& routed = request.routed();
  const protocol::OperationSpec& operation = routed.operation;
  const std::string& bucket_name = routed.address.bucket;
  if (operation.entry == protocol::Entry::kPreflight) {
    return AuthorizedRequest(std::move(request), store_.find_bucket(bucket_name), false);
  }
  const auth::Identity& identity = request.identity();
  const bool creates = operation.action == "s3:CreateBucket";
  if (creates && !model::is_valid_bucket_name(bucket_name)) {
    return fail(S3Error(S3ErrorCode::InvalidBucketName).with("BucketName", bucket_name));
  }
  if (creates || operation.target == Target::kService) {
    if (identity.is_anonymous()) return fail(S3ErrorCode::AccessDenied);
    auto bucket = creates ? store_.find_bucket(bucket_name) : nullptr;
    return AuthorizedRequest(std::move(request), std::move(bucket), true);
  }
  PAIL_TRY(auto bucket, find_bucket(bucket_name));
  if (!is_expected_owner(routed, identity, *bucket)) return fail(S3ErrorCode::AccessDenied);
  const std::string& key = routed.address.key;
  // DeleteObjects is about the keys in its document: it asks for each of them.
  const bool asks_later = operation.name == "DeleteObjects";
  if (!asks_later && !is_allowed(identity, operation.action, *bucket, key)) {
    return fail(S3ErrorCode::AccessDenied);
  }
  const bool reads = operation.target == Target::kObject && operation.action.starts_with("s3:Get");
  const bool may_list = !reads || is_allowed(identity, "s3:ListBucket", *bucket, {});
  return AuthorizedRequest(std::move(request), std::move(bucket), may_list);
}

S3Result<std::shared_ptr<const model::Bucket>> Authorizer::require(const auth::Identity& identity,
                                                                   std::string_view action,
                                                                   std::string_view bucket_name,
                                                                   std::string_view key) const {
  PAIL_TRY(auto bucket, find_bucket(bucket_name));
  if (!is_allowed(identity, action, *bucket, key)) return fail(S3ErrorCode::AccessDenied);
  return bucket;
}

}  // namespace pail::access
