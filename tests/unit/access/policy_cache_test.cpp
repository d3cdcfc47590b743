#include "access/policy_cache.h"

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

TEST(PolicyCache, FollowsTheRevision) {
  PolicyCache cache;
  const auto first = cache.find(bucket_with(document("Allow"), 1));
  EXPECT_EQ(first->statements[0].effect, Effect::kAllow);
  EXPECT_EQ(cache.find(bucket_with(document("Allow"), 1)), first) << "parsed once";
  EXPECT_EQ(cache.find(bucket_with(document("Deny"), 2))->statements[0].effect, Effect::kDeny);
  EXPECT_EQ(cache.find(model::Bucket{}), nullptr);
}

TEST(PolicyCache, WhatCanNotBeReadDeniesEverything) {
  PolicyCache cache;
  const auto policy = cache.find(bucket_with("{\"Future\":1}", 1));
  EXPECT_EQ(evaluate(*policy, {kAlice, "s3:GetObject", "bucket/a"}).decision, Decision::kDeny);
  EXPECT_EQ(evaluate(*policy, {kNobody, "s3:ListBucket", "bucket"}).decision, Decision::kDeny);
}

}  // namespace
}  // namespace pail::access
