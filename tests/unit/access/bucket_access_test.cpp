#include "access/bucket_access.h"

#include <gtest/gtest.h>

namespace pail::access {
namespace {

const auth::Identity kNobody;
const auth::Identity kAlice{"AK1", "alice", "c1", "111122223333"};

std::string document(const std::string& effect) {
  return R"({"Statement":[{"Effect":")" + effect +
         R"(","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}]})";
}

model::Bucket bucket_with(std::string text, std::uint64_t revision) {
  model::Bucket bucket;
  bucket.id = 7;
  bucket.name = "bucket";
  bucket.revision = revision;
  bucket.documents.emplace("policy", std::move(text));
  return bucket;
}

TEST(BucketAccessCache, FollowsTheRevision) {
  BucketAccessCache cache;
  const auto first = cache.find(bucket_with(document("Allow"), 1));
  EXPECT_EQ(first->policy->statements[0].effect, Effect::kAllow);
  EXPECT_EQ(cache.find(bucket_with(document("Allow"), 1)), first) << "parsed once";
  EXPECT_EQ(cache.find(bucket_with(document("Deny"), 2))->policy->statements[0].effect,
            Effect::kDeny);
}

TEST(BucketAccess, OfABucketWithoutDocumentsHasNoPolicyAndAcls) {
  const BucketAccess access = read_bucket_access(model::Bucket{});
  EXPECT_EQ(access.policy, nullptr);
  EXPECT_TRUE(access.has_acls());
  EXPECT_FALSE(access.acl);
  EXPECT_EQ(access.block, PublicAccessBlock{});
}

TEST(BucketAccess, IsWhatTheDocumentsSay) {
  model::Bucket bucket = bucket_with(document("Allow"), 1);
  bucket.documents.merge(new_bucket_documents(BucketDefaults::kToday));
  const BucketAccess access = read_bucket_access(bucket);
  EXPECT_TRUE(access.policy_is_public);
  EXPECT_FALSE(access.has_acls());
  EXPECT_EQ(access.block, kBlockAll);
}

TEST(BucketAccess, WhatCanNotBeReadCountsAsTheStrictest) {
  model::Bucket bucket = bucket_with("{\"Future\":1}", 1);
  for (const char* kind : {"ownershipControls", "publicAccessBlock", "acl"}) {
    bucket.documents.emplace(kind, "<Future/>");
  }
  const BucketAccess access = read_bucket_access(bucket);
  EXPECT_EQ(evaluate(*access.policy, {kAlice, "s3:GetObject", "bucket/a"}).decision,
            Decision::kDeny);
  EXPECT_EQ(evaluate(*access.policy, {kNobody, "s3:ListBucket", "bucket"}).decision,
            Decision::kDeny);
  EXPECT_FALSE(access.has_acls());
  EXPECT_EQ(access.block, kBlockAll);
  ASSERT_TRUE(access.acl);
  EXPECT_TRUE(access.acl->grants.empty());
}

}  // namespace
}  // namespace pail::access
