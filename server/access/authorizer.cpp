#include "access/authorizer.h"

#include <algorithm>
#include <utility>

#include "access/acl.h"
#include "access/action_decision.h"
#include "error/try.h"
#include "model/bucket_name.h"
#include "text/ascii.h"

namespace pail::access {
namespace {

using protocol::Target;

constexpr std::size_t kAccountIdDigits = 12;
constexpr std::string_view kCreateBucket = "s3:CreateBucket";

Unexpected<S3Error> refuse(Ruling ruling) {
  return fail(S3Error(S3ErrorCode::AccessDenied).because(std::move(ruling.reason)));
}

/// An object version in the store.
class StoredObject final : public ObjectLookup {
 public:
  StoredObject(store::Store& store, std::int64_t bucket_id, std::string_view key,
               std::optional<std::string_view> version_id)
      : store_(store), bucket_id_(bucket_id), key_(key), version_id_(version_id) {}

  const model::ObjectVersion* find() override {
    if (!is_fetched_) {
      is_fetched_ = true;
      auto found = store_.find_object(bucket_id_, key_, version_id_, store::Read::kVersionOnly);
      if (found && !found->version.is_delete_marker) version_ = std::move(found->version);
    }
    return version_ ? &*version_ : nullptr;
  }

 private:
  store::Store& store_;
  std::int64_t bucket_id_;
  std::string_view key_;
  std::optional<std::string_view> version_id_;
  bool is_fetched_ = false;
  std::optional<model::ObjectVersion> version_;
};

}  // namespace

S3Result<void> check_expected_owner(const http::HeaderMap& headers, std::string_view header,
                                    const model::Bucket& bucket) {
  const auto field = headers.find(header);
  if (!field) return {};
  const std::string_view expected = text::trim(*field);
  const bool is_account_id =
      expected.size() == kAccountIdDigits &&
      std::ranges::all_of(expected, [](char c) { return c >= '0' && c <= '9'; });
  if (!is_account_id) {
    return fail(S3ErrorCode::InvalidBucketOwnerAWSAccountID,
                "The value of the expected bucket owner parameter must be an AWS Account ID... [" +
                    std::string(expected) + "]");
  }
  if (auth::canonical_id_of(expected) == bucket.owner_id) return {};
  return fail(S3Error(S3ErrorCode::AccessDenied)
                  .because("the bucket does not belong to the account " + std::string(expected) +
                           " that " + std::string(header) + " names"));
}

/// What rule() is asked.
struct Authorizer::Question {
  const protocol::RoutedRequest& request;
  const auth::Identity& identity;
  std::string_view action;
  const model::Bucket* bucket = nullptr;
  std::string_view key = {};
  std::optional<std::string_view> version_id = {};
  /// See FactSources.
  std::optional<std::string_view> prefix = {};
  /// nullptr: nothing that matters.
  const BodyFacts* body = nullptr;
};

/// Whether the request may do what its row says, with the bucket that it is about, if any.
Authorizer::Question Authorizer::own_question(const protocol::RoutedRequest& request,
                                              const auth::Identity& identity,
                                              const model::Bucket* bucket) {
  Question question{request, identity, request.operation.action};
  if (bucket == nullptr) return question;
  question.bucket = bucket;
  question.key = request.address.key;
  question.version_id = request.query.find("versionId");
  return question;
}

Authorizer::Authorizer(store::Store& store, const auth::Directory& directory,
                       SenderPolicyBook policies, StartAccesses start_access)
    : store_(store),
      directory_(directory),
      policies_(std::move(policies)),
      start_access_(std::move(start_access)),
      accesses_(std::make_unique<BucketAccessCache>()) {}

Authorizer::~Authorizer() = default;

std::shared_ptr<const BucketAccess> Authorizer::access_of(const model::Bucket& bucket) const {
  return accesses_->find(bucket);
}

Ruling Authorizer::rule(const Question& question) const {
  const SenderPolicies policies = policies_.of(question.identity);
  const std::string_view action =
      question.version_id ? versioned_action(question.action) : question.action;
  FactSources sources{.body = question.body, .prefix = question.prefix, .directory = &directory_};
  AccessCase about{question.identity, policies, action};
  if (question.bucket == nullptr) {
    const RequestFacts facts(question.request, question.identity, nullptr, sources);
    about.context = &facts;
    return decide(about);
  }
  const model::Bucket& bucket = *question.bucket;
  const auto access = access_of(bucket);
  StoredObject object(store_, bucket.id, question.key, question.version_id);
  if (!question.key.empty()) sources.object = &object;
  const RequestFacts facts(question.request, question.identity, &bucket, sources);
  const auto start = start_access_.find(bucket.name);
  about.bucket = &bucket;
  about.key = question.key;
  about.access = access.get();
  if (start != start_access_.end()) about.start_access = start->second;
  about.context = &facts;
  about.object = sources.object;
  return decide(about);
}

S3Result<void> Authorizer::ask(const Question& question) const {
  if (Ruling ruling = rule(question); !ruling.is_allowed) return refuse(std::move(ruling));
  return {};
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
  if (operation.entry == protocol::Entry::kAction) {
    PAIL_CHECK(authorize_action({routed, request.identity(), policies_, directory_}));
    return AuthorizedRequest(std::move(request), nullptr, false);
  }
  const bool is_judged_now =
      protocol::judgement_of(operation.body, operation.entry) == protocol::Judgement::kByHead;
  const bool creates = operation.action == kCreateBucket;
  if (creates && !model::is_valid_bucket_name(bucket_name)) {
    return fail(S3Error(S3ErrorCode::InvalidBucketName).with("BucketName", bucket_name));
  }
  if (creates || operation.target == Target::kService) {
    if (is_judged_now) PAIL_CHECK(ask(own_question(routed, request.identity(), nullptr)));
    auto bucket = creates ? store_.find_bucket(bucket_name) : nullptr;
    return AuthorizedRequest(std::move(request), std::move(bucket), true);
  }
  PAIL_TRY(auto bucket, find_bucket(bucket_name));
  PAIL_CHECK(check_expected_owner(routed.http.headers, "x-amz-expected-bucket-owner", *bucket));
  if (is_judged_now) PAIL_CHECK(ask(own_question(routed, request.identity(), bucket.get())));
  bool may_list = true;
  if (operation.target == Target::kObject && operation.action.starts_with("s3:Get")) {
    Question listing{routed, request.identity(), "s3:ListBucket", bucket.get()};
    listing.prefix = routed.address.key;
    may_list = rule(listing).is_allowed;
  }
  return AuthorizedRequest(std::move(request), std::move(bucket), may_list);
}

S3Result<void> Authorizer::judge(const AuthorizedRequest& request, const BodyFacts& body) const {
  // A bucket that is there already makes no difference to the permission to create it.
  const bool creates = request.routed().operation.action == kCreateBucket;
  Question question = own_question(request.routed(), request.identity(),
                                   creates || !request.has_bucket() ? nullptr : &request.bucket());
  question.body = &body;
  return ask(question);
}

S3Result<std::shared_ptr<const model::Bucket>> Authorizer::require(const AuthorizedRequest& request,
                                                                   const Need& need) const {
  PAIL_TRY(auto bucket, find_bucket(need.bucket));
  Question question{request.routed(), request.identity(), need.action,
                    bucket.get(),     need.key,           need.version_id};
  question.body = need.body;
  PAIL_CHECK(ask(question));
  return bucket;
}

S3Result<ObjectGrants> Authorizer::plan_write(const AuthorizedRequest& request,
                                              const http::HeaderMap& headers) const {
  const model::Bucket& bucket = request.bucket();
  const auth::Identity& identity = request.identity();
  const auto access = access_of(bucket);
  const std::string_view writer_id =
      identity.is_anonymous() ? std::string_view(kAnonymousOwnerId) : identity.canonical_id;
  PAIL_TRY(auto acl, parse_acl_headers(headers, {writer_id, bucket.owner_id}, directory_));
  if (acl) {
    const Question question{request.routed(), identity, "s3:PutObjectAcl", &bucket, request.key()};
    const bool by_bucket_acl = access->has_acls() && acl_allows(access->acl, bucket.owner_id,
                                                                identity, model::Permission::kWrite,
                                                                access->block.ignore_public_acls);
    if (Ruling ruling = rule(question); !ruling.is_allowed && !by_bucket_acl) {
      return refuse(std::move(ruling));
    }
  }
  if (!access->has_acls()) {
    if (!acl || is_bucket_owner_full_control(*acl, bucket.owner_id) ||
        headers.find("x-amz-acl") == "bucket-owner-full-control") {
      return ObjectGrants{bucket.owner_id, std::nullopt};
    }
    return fail(S3Error(S3ErrorCode::AccessControlListNotSupported)
                    .because("ACLs are off in this bucket, as in every new bucket on AWS: leave "
                             "the ACL away and use a bucket policy"));
  }
  if (acl && access->block.block_public_acls && is_public(*acl)) {
    return refuse({false, "the public access block of the bucket refuses public ACLs"});
  }
  const bool hands_over = access->ownership == ObjectOwnership::kBucketOwnerPreferred &&
                          headers.find("x-amz-acl") == "bucket-owner-full-control";
  if (hands_over) {
    return ObjectGrants{bucket.owner_id,
                        expand_canned_acl("private", {bucket.owner_id, bucket.owner_id})};
  }
  return ObjectGrants{std::string(writer_id), std::move(acl)};
}

}  // namespace pail::access
