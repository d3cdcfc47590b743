#include "access/decision.h"

#include <gtest/gtest.h>

#include "access/acl.h"

namespace pail::access {
namespace {

constexpr const char* kBucket = "photos";

auth::Identity user(const std::string& name, const std::string& account_id) {
  auth::Identity identity;
  identity.access_key_id = "AK" + name;
  identity.user_name = name;
  identity.account_id = account_id;
  identity.canonical_id = auth::canonical_id_of(account_id);
  identity.arn = auth::user_arn(account_id, name);
  identity.policy_bearer_arn = identity.arn;
  return identity;
}

std::shared_ptr<const Policy> bucket_policy(const std::string& statements) {
  auto policy =
      parse_policy("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}", kBucket);
  EXPECT_TRUE(policy) << (policy ? "" : policy.error().message);
  return std::make_shared<const Policy>(std::move(policy).value());
}

std::shared_ptr<const Policy> identity_policy(const std::string& statements) {
  auto policy =
      parse_identity_policy("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
  EXPECT_TRUE(policy) << (policy ? "" : policy.error().message);
  return std::make_shared<const Policy>(std::move(policy).value());
}

std::string statement(const std::string& effect, const std::string& principal,
                      const std::string& action) {
  std::string text = "{\"Effect\":\"" + effect + "\",";
  if (!principal.empty()) text += "\"Principal\":" + principal + ",";
  return text + "\"Action\":\"" + action + R"(","Resource":"arn:aws:s3:::photos/*"})";
}

class KnownObject final : public ObjectLookup {
 public:
  explicit KnownObject(std::optional<model::ObjectVersion>& object) : object_(object) {}
  const model::ObjectVersion* find() override { return object_ ? &*object_ : nullptr; }

 private:
  std::optional<model::ObjectVersion>& object_;
};

class DecisionTest : public ::testing::Test {
 protected:
  DecisionTest() {
    bucket_.name = kBucket;
    bucket_.owner_id = owner_.canonical_id;
    access_.ownership = ObjectOwnership::kBucketOwnerEnforced;
  }

  [[nodiscard]] bool allows(const auth::Identity& identity, std::string_view action) {
    return decide(about(identity, action)).is_allowed;
  }
  AccessCase about(const auth::Identity& identity, std::string_view action) {
    AccessCase about{identity, policies_, action};
    about.bucket = &bucket_;
    about.key = "a.jpg";
    about.access = &access_;
    about.start_access = start_access_;
    about.object = &lookup_;
    return about;
  }

  const auth::Identity owner_ = user("owner", "111111111111");
  const auth::Identity colleague_ = user("colleague", "111111111111");
  const auth::Identity stranger_ = user("stranger", "222222222222");
  const auth::Identity nobody_;
  model::Bucket bucket_;
  BucketAccess access_;
  SenderPolicies policies_;
  StartAccess start_access_ = StartAccess::kPrivate;
  std::optional<model::ObjectVersion> object_;
  KnownObject lookup_{object_};
};

TEST_F(DecisionTest, WithoutPoliciesOnlyTheOwningAccountIsLetIn) {
  EXPECT_TRUE(allows(owner_, "s3:GetObject"));
  EXPECT_TRUE(allows(colleague_, "s3:PutObject"));
  EXPECT_FALSE(allows(stranger_, "s3:GetObject"));
  EXPECT_FALSE(allows(nobody_, "s3:GetObject"));
}

TEST_F(DecisionTest, BucketPolicyLetsEverybodyIn) {
  access_.policy = bucket_policy(statement("Allow", "\"*\"", "s3:GetObject"));
  EXPECT_TRUE(allows(nobody_, "s3:GetObject"));
  EXPECT_TRUE(allows(stranger_, "s3:GetObject"));
  EXPECT_FALSE(allows(nobody_, "s3:PutObject"));
}

TEST_F(DecisionTest, RestrictedPublicBucketKeepsPolicyFromCounting) {
  access_.policy = bucket_policy(statement("Allow", "\"*\"", "s3:GetObject"));
  access_.policy_is_public = true;
  access_.block.restrict_public_buckets = true;
  EXPECT_FALSE(allows(nobody_, "s3:GetObject"));
  EXPECT_FALSE(allows(stranger_, "s3:GetObject"));
  EXPECT_TRUE(allows(owner_, "s3:GetObject"));
  const Ruling ruling = decide(about(nobody_, "s3:GetObject"));
  EXPECT_NE(ruling.reason.find("bucket 'photos'"), std::string::npos) << ruling.reason;
  EXPECT_NE(ruling.reason.find("RestrictPublicBuckets"), std::string::npos) << ruling.reason;
}

TEST_F(DecisionTest, ExplicitDenyRefusesTheOwnerToo) {
  access_.policy = bucket_policy(statement("Deny", "\"*\"", "s3:PutObject"));
  const Ruling ruling = decide(about(owner_, "s3:PutObject"));
  EXPECT_FALSE(ruling.is_allowed);
  EXPECT_EQ(ruling.reason, "refused by statement number 1 of the bucket policy of 'photos'");
  EXPECT_TRUE(allows(owner_, "s3:GetObject"));
}

TEST_F(DecisionTest, OwnerCanAlwaysMendThePolicy) {
  access_.policy = bucket_policy(
      R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::photos"})");
  AccessCase about = this->about(owner_, "s3:DeleteBucketPolicy");
  about.key = {};
  EXPECT_TRUE(decide(about).is_allowed);
  about.action = "s3:ListBucket";
  EXPECT_FALSE(decide(about).is_allowed);
}

TEST_F(DecisionTest, UserWithPoliciesMayOnlyWhatTheyAllow) {
  policies_.identity.push_back(identity_policy(statement("Allow", "", "s3:GetObject")));
  EXPECT_TRUE(allows(colleague_, "s3:GetObject"));
  EXPECT_FALSE(allows(colleague_, "s3:PutObject"));
}

TEST_F(DecisionTest, WithinTheAccountTheBucketPolicyAloneSuffices) {
  policies_.identity.push_back(identity_policy(statement("Allow", "", "s3:GetObject")));
  access_.policy =
      bucket_policy(statement("Allow", "{\"AWS\":\"" + colleague_.arn + "\"}", "s3:PutObject"));
  EXPECT_TRUE(allows(colleague_, "s3:PutObject"));
}

TEST_F(DecisionTest, NamingTheAccountLeavesItToTheUsersPolicies) {
  policies_.identity.push_back(identity_policy(statement("Allow", "", "s3:GetObject")));
  access_.policy =
      bucket_policy(statement("Allow", R"({"AWS":"arn:aws:iam::111111111111:root"})", "s3:*"));
  EXPECT_FALSE(allows(colleague_, "s3:PutObject"));
}

TEST_F(DecisionTest, AcrossAccountsBothSidesHaveToAllow) {
  access_.policy = bucket_policy(
      statement("Allow", R"({"AWS":"arn:aws:iam::222222222222:root"})", "s3:GetObject"));
  EXPECT_TRUE(allows(stranger_, "s3:GetObject"));
  policies_.identity.push_back(identity_policy(statement("Allow", "", "s3:PutObject")));
  EXPECT_FALSE(allows(stranger_, "s3:GetObject"));
}

TEST_F(DecisionTest, SessionMayDoNoMoreThanItsPolicy) {
  policies_.session.push_back(identity_policy(statement("Allow", "", "s3:GetObject")));
  EXPECT_TRUE(allows(owner_, "s3:GetObject"));
  EXPECT_FALSE(allows(owner_, "s3:PutObject"));
}

TEST_F(DecisionTest, StartOptionOpensForReadingOrWriting) {
  start_access_ = StartAccess::kPublicRead;
  EXPECT_TRUE(allows(nobody_, "s3:GetObject"));
  EXPECT_FALSE(allows(nobody_, "s3:PutObject"));
  start_access_ = StartAccess::kPublicReadWrite;
  EXPECT_TRUE(allows(nobody_, "s3:PutObject"));
  EXPECT_FALSE(allows(nobody_, "s3:PutBucketPolicy"));
}

TEST_F(DecisionTest, ObjectAclCountsOnlyWhereAclsAreOn) {
  object_.emplace();
  object_->owner_id = owner_.canonical_id;
  object_->attributes.acl =
      expand_canned_acl("public-read", {owner_.canonical_id, owner_.canonical_id});
  EXPECT_FALSE(allows(nobody_, "s3:GetObject"));
  access_.ownership = ObjectOwnership::kObjectWriter;
  EXPECT_TRUE(allows(nobody_, "s3:GetObject"));
  access_.block.ignore_public_acls = true;
  EXPECT_FALSE(allows(nobody_, "s3:GetObject"));
}

TEST_F(DecisionTest, BucketAclLetsOthersWrite) {
  access_.ownership = ObjectOwnership::kObjectWriter;
  access_.acl = expand_canned_acl("public-read-write", {owner_.canonical_id, owner_.canonical_id});
  EXPECT_TRUE(allows(stranger_, "s3:PutObject"));
  EXPECT_TRUE(allows(nobody_, "s3:PutObject"));
  EXPECT_FALSE(allows(stranger_, "s3:PutBucketAcl"));
}

TEST_F(DecisionTest, ObjectOfAnotherOwnerIsJudgedByItsAcl) {
  access_.ownership = ObjectOwnership::kObjectWriter;
  access_.policy = bucket_policy(statement("Allow", "\"*\"", "s3:GetObject"));
  object_.emplace();
  object_->owner_id = stranger_.canonical_id;
  EXPECT_TRUE(allows(stranger_, "s3:GetObject"));
  EXPECT_FALSE(allows(owner_, "s3:GetObject")) << "the bucket's owner does not own the object";
  EXPECT_FALSE(allows(nobody_, "s3:GetObject")) << "the bucket's policy is not about it";
  EXPECT_TRUE(allows(owner_, "s3:DeleteObject"));
  object_->attributes.acl =
      expand_canned_acl("bucket-owner-full-control", {stranger_.canonical_id, owner_.canonical_id});
  EXPECT_TRUE(allows(owner_, "s3:GetObject"));
}

TEST_F(DecisionTest, ServiceIsOpenToSignedSendersOnly) {
  AccessCase about{owner_, policies_, "s3:ListAllMyBuckets"};
  EXPECT_TRUE(decide(about).is_allowed);
  const AccessCase anonymous{nobody_, policies_, "s3:ListAllMyBuckets"};
  EXPECT_FALSE(decide(anonymous).is_allowed);
}

TEST(VersionedAction, IsAnotherForSomeActions) {
  EXPECT_EQ(versioned_action("s3:GetObject"), "s3:GetObjectVersion");
  EXPECT_EQ(versioned_action("s3:PutObject"), "s3:PutObject");
}

}  // namespace
}  // namespace pail::access
