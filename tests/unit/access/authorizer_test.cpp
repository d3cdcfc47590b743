#include "access/authorizer.h"

#include <gtest/gtest.h>

#include "store/memory/memory_store.h"
#include "support/signed_request.h"

namespace pail::access {
namespace {

using protocol::Target;
using test::TestRequest;

const std::string kOwner = auth::canonical_id_of("111122223333");

class Authorization : public testing::Test {
 protected:
  Authorization() {
    make_bucket("private");
    make_bucket("readable");
    make_bucket("writable");
    make_bucket("foreign", "somebody else");
  }

  void make_bucket(const std::string& name, const std::string& owner = kOwner) {
    model::Bucket bucket;
    bucket.name = name;
    bucket.owner_id = owner;
    ASSERT_TRUE(task::run_blocking(store_->create_bucket(std::move(bucket))));
  }
  void put_policy(const std::string& name, const std::string& statements) {
    ASSERT_TRUE(task::run_blocking(store_->put_bucket_document(
        store_->find_bucket(name)->id, "policy", "{\"Statement\":[" + statements + "]}")));
  }
  /// What somebody who has been let in may do besides.
  S3Result<std::shared_ptr<const model::Bucket>> require(bool is_signed, const Need& need) {
    TestRequest request("GET", "/private");
    request.operation.body = protocol::BodyKind::kKeysXml;
    request.operation.action = "s3:DeleteObject";
    request.operation.target = Target::kBucket;
    if (is_signed) sign_header(request, {});
    const auto routed = request.routed();
    auto authenticated = authenticator_.authenticate(routed);
    auto authorized = authorizer_.authorize(std::move(authenticated).value());
    return authorizer_.require(*authorized, need);
  }
  /// "ok", "ok, may list", or "status Code".
  std::string outcome(std::string_view action, std::string target, Target what, bool is_signed,
                      const std::vector<http::Header>& more = {}) {
    TestRequest request("GET", std::move(target));
    for (const http::Header& header : more) request.http.headers.add(header.name, header.value);
    request.operation.action = action;
    request.operation.target = what;
    request.operation.name = name_;
    request.operation.entry = entry_;
    request.operation.body = body_;
    if (is_signed) {
      test::SigningOptions options;
      if (!more.empty()) options.signed_names.push_back(more.front().name);
      sign_header(request, options);
    }
    const auto routed = request.routed();
    auto authenticated = authenticator_.authenticate(routed);
    if (!authenticated) return std::string(error_name(authenticated.error().code));
    const auto authorized = authorizer_.authorize(std::move(authenticated).value());
    if (authorized) return authorized->may_list() ? "ok, may list" : "ok";
    return std::to_string(authorized.error().status()) + " " +
           std::string(error_name(authorized.error().code));
  }
  std::string anonymously(std::string_view action, std::string target, Target what) {
    return outcome(action, std::move(target), what, false);
  }
  std::string as_owner(std::string_view action, std::string target, Target what) {
    return outcome(action, std::move(target), what, true);
  }

  std::string_view name_ = "Test";
  protocol::Entry entry_ = protocol::Entry::kSigned;
  protocol::BodyKind body_ = protocol::BodyKind::kNone;
  time::ManualClock clock_{test::example_time()};
  std::unique_ptr<store::Store> store_ = store::make_memory_store();
  auth::Directory directory_;
  Authorizer authorizer_{
      *store_,
      directory_,
      SenderPolicyBook(),
      {{"readable", StartAccess::kPublicRead}, {"writable", StartAccess::kPublicReadWrite}}};
  auth::Authenticator authenticator_{
      test::example_credentials(), {"us-east-1", test::example_names(), false, {}}, clock_};
};

TEST_F(Authorization, OwnerMayDoEverythingWithHisBuckets) {
  EXPECT_EQ(as_owner("s3:ListAllMyBuckets", "/", Target::kService), "ok, may list");
  EXPECT_EQ(as_owner("s3:GetObject", "/private/key", Target::kObject), "ok, may list");
  EXPECT_EQ(as_owner("s3:DeleteBucket", "/private", Target::kBucket), "ok, may list");
}

TEST_F(Authorization, StrangersMayDoNothingWithAPrivateBucket) {
  EXPECT_EQ(anonymously("s3:ListAllMyBuckets", "/", Target::kService), "403 AccessDenied");
  EXPECT_EQ(anonymously("s3:GetObject", "/private/key", Target::kObject), "403 AccessDenied");
  EXPECT_EQ(anonymously("s3:ListBucket", "/private", Target::kBucket), "403 AccessDenied");
  EXPECT_EQ(anonymously("s3:CreateBucket", "/new-bucket", Target::kBucket), "403 AccessDenied");
}

TEST_F(Authorization, StartOptionLetsStrangersIn) {
  EXPECT_EQ(anonymously("s3:GetObject", "/readable/key", Target::kObject), "ok, may list");
  EXPECT_EQ(anonymously("s3:ListBucket", "/readable", Target::kBucket), "ok, may list");
  EXPECT_EQ(anonymously("s3:PutObject", "/readable/key", Target::kObject), "403 AccessDenied");
  EXPECT_EQ(anonymously("s3:PutBucketPolicy", "/readable", Target::kBucket), "403 AccessDenied");
  EXPECT_EQ(anonymously("s3:PutObject", "/writable/key", Target::kObject), "ok, may list");
  EXPECT_EQ(anonymously("s3:DeleteObject", "/writable/key", Target::kObject), "ok, may list");
  EXPECT_EQ(anonymously("s3:DeleteBucket", "/writable", Target::kBucket), "403 AccessDenied");
}

TEST_F(Authorization, PolicyLetsStrangersInAndTellsWhetherTheyMayList) {
  put_policy("private", R"({"Effect":"Allow","Principal":"*","Action":"s3:GetObject",)"
                        R"("Resource":"arn:aws:s3:::private/open/*"})");
  EXPECT_EQ(anonymously("s3:GetObject", "/private/open/key", Target::kObject), "ok");
  EXPECT_EQ(anonymously("s3:GetObject", "/private/key", Target::kObject), "403 AccessDenied");
  EXPECT_EQ(anonymously("s3:ListBucket", "/private", Target::kBucket), "403 AccessDenied");
  put_policy("private",
             R"({"Effect":"Allow","Principal":"*","Action":["s3:GetObject","s3:ListBucket"],)"
             R"("Resource":["arn:aws:s3:::private/*","arn:aws:s3:::private"]})");
  EXPECT_EQ(anonymously("s3:GetObject", "/private/key", Target::kObject), "ok, may list");
}

TEST_F(Authorization, ExplicitDenyHoldsForTheOwnerAndAgainstTheStartOption) {
  const std::string deny = R"({"Effect":"Deny","Principal":"*","Action":"s3:GetObject",)";
  put_policy("private", deny + R"("Resource":"arn:aws:s3:::private/*"})");
  put_policy("readable", deny + R"("Resource":"arn:aws:s3:::readable/*"})");
  EXPECT_EQ(as_owner("s3:GetObject", "/private/key", Target::kObject), "403 AccessDenied");
  EXPECT_EQ(as_owner("s3:PutObject", "/private/key", Target::kObject), "ok, may list");
  EXPECT_EQ(anonymously("s3:GetObject", "/readable/key", Target::kObject), "403 AccessDenied");
}

TEST_F(Authorization, NobodyLocksHimselfOutOfHisPolicy) {
  put_policy("private", R"({"Effect":"Deny","Principal":"*","Action":"s3:*",)"
                        R"("Resource":["arn:aws:s3:::private","arn:aws:s3:::private/*"]})");
  EXPECT_EQ(as_owner("s3:ListBucket", "/private", Target::kBucket), "403 AccessDenied");
  for (const char* action : {"s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"}) {
    EXPECT_EQ(as_owner(action, "/private", Target::kBucket), "ok, may list") << action;
    EXPECT_EQ(anonymously(action, "/private", Target::kBucket), "403 AccessDenied") << action;
  }
}

TEST_F(Authorization, BucketsOfOthersNeedTheirPolicy) {
  EXPECT_EQ(as_owner("s3:GetObject", "/foreign/key", Target::kObject), "403 AccessDenied");
  put_policy("foreign",
             R"({"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject",)"
             R"("Resource":"arn:aws:s3:::foreign/*"})");
  EXPECT_EQ(as_owner("s3:GetObject", "/foreign/key", Target::kObject), "ok");
  EXPECT_EQ(as_owner("s3:GetBucketPolicy", "/foreign", Target::kBucket), "403 AccessDenied");
}

TEST_F(Authorization, MissingBucketIsToldToEverybody) {
  EXPECT_EQ(anonymously("s3:GetObject", "/missing/key", Target::kObject), "404 NoSuchBucket");
  EXPECT_EQ(as_owner("s3:ListBucket", "/missing", Target::kBucket), "404 NoSuchBucket");
  EXPECT_EQ(as_owner("s3:ListBucket", "/No_Bucket", Target::kBucket), "400 InvalidBucketName");
}

TEST_F(Authorization, CreateBucketNeedsAGoodNameAndASender) {
  EXPECT_EQ(as_owner("s3:CreateBucket", "/new-bucket", Target::kBucket), "ok, may list");
  EXPECT_EQ(as_owner("s3:CreateBucket", "/private", Target::kBucket), "ok, may list");
  EXPECT_EQ(as_owner("s3:CreateBucket", "/No_Bucket", Target::kBucket), "400 InvalidBucketName");
}

TEST_F(Authorization, PreflightPassesWithOrWithoutABucket) {
  entry_ = protocol::Entry::kPreflight;
  EXPECT_EQ(anonymously("", "/private/key", Target::kObject), "ok");
  EXPECT_EQ(anonymously("", "/missing/key", Target::kObject), "ok");
}

TEST_F(Authorization, ExpectedOwnerMustBeTheOwner) {
  const auto with_owner = [&](const char* account) {
    return outcome("s3:GetBucketPolicy", "/private", Target::kBucket, true,
                   {{"x-amz-expected-bucket-owner", account}});
  };
  EXPECT_EQ(with_owner("111122223333"), "ok, may list");
  EXPECT_EQ(with_owner("444455556666"), "403 AccessDenied");
}

TEST_F(Authorization, DeletingManyIsAskedKeyByKey) {
  body_ = protocol::BodyKind::kKeysXml;
  EXPECT_EQ(anonymously("s3:DeleteObject", "/private", Target::kBucket), "ok, may list");
  const auto refused = require(false, {"s3:DeleteObject", "private", "key"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, S3ErrorCode::AccessDenied);
  EXPECT_TRUE(require(false, {"s3:DeleteObject", "writable", "key"}));
}

TEST_F(Authorization, WhatIsJudgedByItsBodyIsAskedWithIt) {
  put_policy("private", R"({"Effect":"Allow","Principal":"*","Action":"s3:PutObjectTagging",)"
                        R"("Resource":"arn:aws:s3:::private/*",)"
                        R"("Condition":{"StringEquals":{"s3:RequestObjectTag/team":"blue"}}})");
  TestRequest request("PUT", "/private/key");
  request.operation.body = protocol::BodyKind::kJudgedXml;
  request.operation.action = "s3:PutObjectTagging";
  const auto routed = request.routed();
  auto authenticated = authenticator_.authenticate(routed);
  const auto authorized = authorizer_.authorize(std::move(authenticated).value());
  ASSERT_TRUE(authorized) << "nobody has looked at the body yet";
  const auto judge = [&](const BodyFacts& body) {
    return authorizer_.judge(*authorized, body).has_value();
  };
  EXPECT_TRUE(judge({.tags = {{{"team", "blue"}}}}));
  EXPECT_FALSE(judge({.tags = {{{"team", "red"}}}}));
  EXPECT_FALSE(judge({}));
  const BodyFacts blue{.tags = {{{"team", "blue"}}}};
  Need need{"s3:PutObjectTagging", "private", "other"};
  EXPECT_FALSE(authorizer_.require(*authorized, need));
  need.body = &blue;
  EXPECT_TRUE(authorizer_.require(*authorized, need));
}

TEST_F(Authorization, RequireFindsTheBucket) {
  EXPECT_EQ((*require(true, {"s3:GetObject", "private", "key"}))->name, "private");
  const auto missing = require(true, {"s3:GetObject", "missing", "key"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().fields, (std::vector<S3Error::Field>{{"BucketName", "missing"}}));
}

}  // namespace
}  // namespace pail::access
