#include <string>

#include <gtest/gtest.h>

#include "access/policy.h"

namespace pail::access {
namespace {

constexpr const char* kGood =
    R"({"Version":"2012-10-17","Id":"x","Statement":[{"Sid":"a","Effect":"Allow","Principal":"*",)"
    R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}]})";

std::string message(std::string_view text) {
  const auto policy = parse_policy(text, "bucket");
  if (policy) return "accepted";
  EXPECT_EQ(policy.error().code, S3ErrorCode::MalformedPolicy);
  std::string detail;
  for (const auto& field : policy.error().fields)
    detail += " [" + field.name + " " + field.value + "]";
  return policy.error().message + detail;
}

/// A policy with one element of its only statement replaced; no value removes it.
std::string message_with(const std::string& name, const std::string& value) {
  std::string text = R"({"Version":"2012-10-17","Statement":[{)";
  const std::pair<const char*, const char*> elements[] = {
      {"Effect", R"("Allow")"},
      {"Principal", R"("*")"},
      {"Action", R"("s3:GetObject")"},
      {"Resource", R"("arn:aws:s3:::bucket/*")"}};
  bool first = true;
  const auto add = [&](const std::string& element, const std::string& json) {
    if (json.empty()) return;
    text += (first ? "\"" : ",\"") + element + "\":" + json;
    first = false;
  };
  bool replaced = false;
  for (const auto& [element, json] : elements) {
    const bool is_it = name == element;
    add(element, is_it ? value : json);
    replaced = replaced || is_it;
  }
  if (!replaced) add(name, value);
  return message(text + "}]}");
}

TEST(PolicyDocument, AGoodOneIsRead) {
  const auto policy = parse_policy(kGood, "bucket");
  ASSERT_TRUE(policy) << policy.error().message;
  ASSERT_EQ(policy->statements.size(), 1U);
  EXPECT_EQ(policy->statements[0].effect, Effect::kAllow);
  EXPECT_EQ(policy->statements[0].sid, "a");
  ASSERT_EQ(policy->statements[0].actions.any_of.size(), 1U);
  EXPECT_EQ(policy->statements[0].actions.any_of[0].source(), "s3:GetObject");
  ASSERT_EQ(policy->statements[0].resources.any_of.size(), 1U);
  EXPECT_EQ(policy->statements[0].resources.any_of[0].source(), "bucket/*");
}

TEST(PolicyDocument, WhatDoesNotBeginAsAnObjectHasTheRecordedMessage) {
  const std::string expected = "Policies must be valid JSON and the first byte must be '{'";
  for (const char* text : {"", "random string", "[]", "\"x\"", " {}"}) {
    EXPECT_EQ(message(text), expected) << text;
  }
  EXPECT_EQ(message("{}"), "Missing required field Statement");
}

TEST(PolicyDocument, WhatBeginsAsAnObjectButIsNoneIsInvalidJson) {
  for (const char* text : {"{", "{\"a\":}", "{}x", "{\"a\":\"\xff\"}", "{'a':1}", "{\"a\":1,}"}) {
    EXPECT_EQ(message(text), "This policy contains invalid Json") << text;
  }
}

TEST(PolicyDocument, NamesThatComeTwiceAreRefused) {
  EXPECT_EQ(message(R"({"Statement":[],"Statement":[]})"),
            "Statement/policy already has instance of Statement");
  EXPECT_EQ(message_with("Action", R"("s3:GetObject","Action":"s3:*")"),
            "Statement/policy already has instance of Action");
  EXPECT_EQ(message_with("Condition", R"({"Bool":{"aws:a":"true","aws:a":"false"}})"),
            "Statement/policy already has instance of aws:a");
}

TEST(PolicyDocument, DepthAndSizeAreBounded) {
  EXPECT_EQ(message("{\"Statement\":" + std::string(10000, '[') + std::string(10000, ']') + "}"),
            "This policy contains invalid Json");
  const std::string too_large =
      "Normalized policy document exceeds the maximum allowed size of 20480 bytes";
  EXPECT_EQ(message("{\"Id\":\"" + std::string(kPolicyBytesMost, 'x') + "\"}"), too_large);
  EXPECT_EQ(message("{" + std::string(kPolicyTextBytesMost, ' ') + "}"), too_large);
  std::string spacious = kGood;
  spacious.insert(1, std::string(kPolicyBytesMost, ' '));
  EXPECT_EQ(message(spacious), "accepted") << "white space does not count";
}

TEST(PolicyDocument, EachMissingFieldIsNamed) {
  for (const char* field : {"Effect", "Principal", "Action", "Resource"}) {
    EXPECT_EQ(message_with(field, ""), std::string("Missing required field ") + field);
  }
}

TEST(PolicyDocument, StatementsAreChecked) {
  EXPECT_EQ(message(R"({"Statement":[]})"), "Could not parse the policy: Statement is empty!");
  EXPECT_EQ(message(R"({"Statement":["x"]})"), "Invalid policy syntax.");
  EXPECT_EQ(message(R"({"Statement":7})"), "Invalid policy syntax.");
  EXPECT_EQ(message(R"({"Statement":[],"Extra":1})"), "Unknown field Extra");
  EXPECT_EQ(message_with("Extra", "1"), "Unknown field Extra");
  EXPECT_EQ(message_with("Effect", R"("Perhaps")"), "Invalid effect: Perhaps");
  EXPECT_EQ(message_with("Condition", "7"), "Invalid policy syntax.");
  EXPECT_EQ(message_with("Sid", "7"), "Invalid policy syntax.");
  EXPECT_EQ(message(R"({"Id":7,"Statement":[]})"), "Invalid policy syntax.");
  EXPECT_EQ(message(R"({"Version":"2020-01-01","Statement":[]})"),
            "The policy must contain a valid version string");
}

TEST(PolicyDocument, PrincipalsAreChecked) {
  EXPECT_EQ(message_with("Principal", R"("arn:aws:iam::111122223333:root")"),
            "Invalid policy syntax.")
      << "AWS takes no string but *";
  for (const char* good :
       {R"({"AWS":"*"})", R"({"AWS":["111122223333","arn:aws:iam::111122223333:root"]})",
        R"({"AWS":"arn:aws:iam::111122223333:user/path/alice"})",
        R"({"AWS":"arn:aws:iam::111122223333:role/r"})", R"({"CanonicalUser":"abc"})",
        R"({"Service":"cloudfront.amazonaws.com"})"}) {
    EXPECT_EQ(message_with("Principal", good), "accepted") << good;
  }
  for (const char* bad : {"alice", "arn:aws:iam::1:user/a", "arn:aws:iam::111122223333:group/a",
                          "arn:aws:s3::111122223333:user/a", "arn:aws:iam::111122223333:user/*"}) {
    EXPECT_EQ(message_with("Principal", "{\"AWS\":\"" + std::string(bad) + "\"}"),
              "Invalid principal in policy [Detail " + std::string(bad) + "]");
  }
  EXPECT_EQ(message_with("Principal", R"({"Whoever":"x"})"),
            "Invalid principal in policy [Detail Whoever]");
  EXPECT_EQ(message_with("Principal", R"({"Service":"*"})"),
            "Invalid principal in policy [Detail Service]");
  EXPECT_EQ(message_with("Principal", "{}"), "Missing required field Principal cannot be empty!");
  EXPECT_EQ(message_with("Principal", "7"), "Invalid policy syntax.");
  EXPECT_EQ(message_with("NotPrincipal", R"("*")"),
            "Statement/policy already has instance of Principal");
}

TEST(PolicyDocument, NotPrincipalCanOnlyDeny) {
  EXPECT_EQ(message(R"({"Statement":{"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},)"
                    R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/a"}})"),
            "Allow with NotPrincipal is not allowed.");
}

TEST(PolicyDocument, ConditionsAreChecked) {
  const auto with = [](const std::string& json) { return message_with("Condition", json); };
  EXPECT_EQ(with(R"({"StringEquals":{"aws:UserAgent":"x"}})"), "accepted");
  EXPECT_EQ(with(R"({"ForAnyValue:StringLikeIfExists":{"aws:UserAgent":["x","y*"]}})"), "accepted");
  EXPECT_EQ(with(R"({"NumericLessThan":{"s3:signatureAge":600000},"Bool":{"aws:a":true}})"),
            "accepted");
  EXPECT_EQ(with(R"({"stringequals":{"aws:UserAgent":"x"}})"),
            "Invalid Condition type : stringequals");
  EXPECT_EQ(with(R"({"StringEquals":{"s3:VersionStatus":"x"}})"),
            "Policy has an invalid condition key [Detail s3:VersionStatus]");
  EXPECT_EQ(with(R"({"IpAddress":{"aws:SourceIp":"123"}})"),
            "Invalid IP address in Conditions [Detail 123]");
  EXPECT_EQ(with(R"({"StringLike":{"aws:SourceIp":"10.*"}})"),
            "Invalid IP address in Conditions [Detail 10.*]");
  EXPECT_EQ(with(R"({"Null":{"aws:SourceIp":"true"}})"), "accepted");
  for (const char* wrong :
       {R"({"StringEquals":"x"})", R"({"StringEquals":{"aws:a":null}})",
        R"({"StringEquals":{"aws:a":{}}})", R"({"StringEquals":{"aws:a":[[]]}})", "[]"}) {
    EXPECT_EQ(with(wrong), "Invalid policy syntax.") << wrong;
  }
}

TEST(PolicyDocument, ConditionsMustFitEachActionThatIsNamedOutright) {
  const auto with = [](const std::string& actions, const std::string& key) {
    return message(R"({"Statement":{"Effect":"Deny","Principal":"*","Action":)" + actions +
                   R"(,"Resource":["arn:aws:s3:::bucket","arn:aws:s3:::bucket/*"],)"
                   R"("Condition":{"StringEquals":{")" +
                   key + R"(":"x"}}}})");
  };
  const std::string refused =
      "Conditions do not apply to combination of actions and resources in statement";
  EXPECT_EQ(with(R"("s3:PutObject")", "s3:x-amz-acl"), "accepted");
  EXPECT_EQ(with(R"(["s3:GetObject","s3:PutObject"])", "s3:x-amz-acl"), refused);
  EXPECT_EQ(with(R"("s3:*")", "s3:x-amz-acl"), "accepted");
  EXPECT_EQ(with(R"("s3:PutObject*")", "s3:x-amz-acl"), "accepted");
  EXPECT_EQ(with(R"("s3:GetObject")", "s3:prefix"), refused);
  EXPECT_EQ(with(R"(["s3:DeleteObject","s3:DeleteObjectTagging"])", "s3:ExistingObjectTag/a"),
            refused);
}

TEST(PolicyDocument, ResourcesMustLieInTheBucket) {
  for (const char* good :
       {"arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket*", "arn:aws:s3:::bucket/a:b",
        "arn:aws-cn:s3:::bucket/x", "arn:aws:s3:::*", "arn:aws:s3:::b?cket/${aws:username}"}) {
    EXPECT_EQ(message_with("Resource", "\"" + std::string(good) + "\""), "accepted") << good;
  }
  for (const char* bad : {"*", "bucket/*", "arn:aws-x:s3:::bucket/*", "arn:aws:s3:::bucket2/*",
                          "arn:aws:s3:::other/*", "arn:aws:s3:::", "arn:aws:iam:::bucket/*",
                          "arn:aws:s3:us-east-1::bucket/*"}) {
    EXPECT_EQ(message_with("Resource", "\"" + std::string(bad) + "\""),
              "Policy has invalid resource [Detail " + std::string(bad) + "]");
  }
}

TEST(PolicyDocument, ActionsMustExistAndFitTheResource) {
  EXPECT_EQ(message_with("Action", R"("s3:GetObjects")"),
            "Policy has invalid action [Detail s3:GetObjects]");
  EXPECT_EQ(message_with("Action", R"("s3:CreateBucket")"),
            "Policy has invalid action [Detail s3:CreateBucket]");
  EXPECT_EQ(message_with("Action", "[]"), "Missing required field Action cannot be empty!");
  EXPECT_EQ(message_with("Action", R"(["s3:GetObject",7])"), "Invalid policy syntax.");
  EXPECT_EQ(message_with("Action", R"(["s3:GetObject","s3:ListBucket"])"),
            "Action does not apply to any resource(s) in statement [Detail Action "
            "\"s3:ListBucket\" in Statement \"NO_ID-0\"]");
  EXPECT_EQ(message_with("Resource", R"("arn:aws:s3:::bucket")"),
            "Action does not apply to any resource(s) in statement [Detail Action "
            "\"s3:GetObject\" in Statement \"NO_ID-0\"]");
  EXPECT_EQ(message_with("Action", R"("s3:*")"), "accepted");
  EXPECT_EQ(message_with("Action", R"("*")"), "accepted");
}

TEST(PolicyDocument, AStatementMayStandWithoutAList) {
  EXPECT_EQ(message(R"({"Statement":{"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},)"
                    R"("NotAction":"s3:GetObject","NotResource":"arn:aws:s3:::bucket/a"}})"),
            "accepted");
}

TEST(PolicyDocument, StatementIdsAreUnique) {
  const std::string statement =
      R"({"Sid":"s","Effect":"Allow","Principal":"*","Action":"s3:GetObject",)"
      R"("Resource":"arn:aws:s3:::bucket/*"})";
  EXPECT_EQ(message("{\"Statement\":[" + statement + "," + statement + "]}"),
            "Statement IDs (SID) in a single policy must be unique.");
}

}  // namespace
}  // namespace pail::access
