#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::Loopback;
using test::send;
using test::send_anonymously;

std::string policy(const std::string& principal, const std::string& condition) {
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":)" + principal +
         R"(,"Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*")" + condition + "}]}";
}

TEST(GetBucketPolicyStatus, WithoutPolicyIsNoSuchBucketPolicy) {
  Loopback server;
  const Answer answer = send(server, "GET", "/bucket?policyStatus");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.element("Code"), "NoSuchBucketPolicy");
  EXPECT_EQ(answer.element("BucketName"), "bucket");
}

TEST(GetBucketPolicyStatus, TellsWhetherThePolicyIsPublic) {
  Loopback server;
  const auto status = [&](const std::string& document) {
    EXPECT_EQ(send(server, "PUT", "/bucket?policy", {}, document).status, 204);
    return send(server, "GET", "/bucket?policyStatus");
  };
  const Answer open = status(policy(R"("*")", ""));
  EXPECT_EQ(open.status, 200);
  EXPECT_EQ(open.header("Content-Type"), "application/xml");
  EXPECT_EQ(open.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<PolicyStatus xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            "<IsPublic>true</IsPublic></PolicyStatus>");
  EXPECT_EQ(status(policy(R"({"AWS":"111122223333"})", "")).element("IsPublic"), "false");
  EXPECT_EQ(status(policy(R"("*")", R"(,"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}})"))
                .element("IsPublic"),
            "false");
}

TEST(GetBucketPolicyStatus, IsRefusedToStrangers) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/bucket?policy", {}, policy(R"("*")", "")).status, 204);
  EXPECT_EQ(send_anonymously(server, "GET", "/bucket?policyStatus").status, 403);
}

}  // namespace
}  // namespace pail::operations
