#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "operations/token_service_fixture.h"
#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::Loopback;
using test::send;
using test::send_anonymously;

std::string constraint(const std::string& region) {
  return "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
         "<LocationConstraint>" +
         region + "</LocationConstraint></CreateBucketConfiguration>";
}

TEST(CreateBucket, AnswersWithItsLocationAndTheBucketIsThere) {
  Loopback server;
  const Answer answer = send(server, "PUT", "/photos");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Location"), "/photos");
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(send(server, "HEAD", "/photos").status, 200);
}

TEST(CreateBucket, VirtualHostStyleNamesTheBucketInTheHost) {
  Loopback server;
  const Answer answer = send(server, "PUT", "/", {{"Host", "photos.localhost"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Location"), "/photos");
  EXPECT_EQ(send(server, "HEAD", "/photos").status, 200);
}

TEST(CreateBucket, AgainInTheFirstRegionSucceeds) {
  Loopback server;
  EXPECT_EQ(send(server, "PUT", "/photos").status, 200);
  EXPECT_EQ(send(server, "PUT", "/photos").status, 200);
}

TEST(CreateBucket, AgainInAnotherRegionIsBucketAlreadyOwnedByYou) {
  Loopback server("eu-west-1");
  EXPECT_EQ(send(server, "PUT", "/photos", {}, constraint("eu-west-1")).status, 200);
  const Answer answer = send(server, "PUT", "/photos", {}, constraint("eu-west-1"));
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.element("Code"), "BucketAlreadyOwnedByYou");
  EXPECT_EQ(answer.element("BucketName"), "photos");
}

TEST(CreateBucket, InvalidNameIsInvalidBucketName) {
  Loopback server;
  for (const char* name : {"Photos", "ab", "a..b", "192.168.5.4", "xn--photos"}) {
    const Answer answer = send(server, "PUT", std::string("/") + name);
    EXPECT_EQ(answer.status, 400) << name;
    EXPECT_EQ(answer.element("Code"), "InvalidBucketName") << name;
    EXPECT_EQ(answer.element("BucketName"), name);
  }
}

TEST(CreateBucket, FirstRegionWantsNoConstraint) {
  Loopback server;
  for (const char* region : {"us-east-1", "foo", "aws-global"}) {
    const Answer answer = send(server, "PUT", "/photos", {}, constraint(region));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.element("Code"), "InvalidLocationConstraint");
    EXPECT_EQ(answer.element("Message"), "The specified location-constraint is not valid");
    EXPECT_EQ(answer.element("LocationConstraint"), region);
  }
  EXPECT_EQ(send(server, "PUT", "/photos", {}, constraint("")).status, 200);
  EXPECT_EQ(send(server, "PUT", "/photos", {}, "<CreateBucketConfiguration/>").status, 200);
}

TEST(CreateBucket, FirstRegionIsIncompatibleWithOtherRegionsOfAws) {
  Loopback server;
  for (const std::string& region : {std::string("us-west-1"), std::string("EU")}) {
    const Answer answer = send(server, "PUT", "/photos", {}, constraint(region));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.element("Code"), "IllegalLocationConstraintException");
    EXPECT_EQ(answer.element("Message"),
              "The " + region +
                  " location constraint is incompatible for the region specific endpoint this "
                  "request was sent to.");
  }
}

TEST(CreateBucket, OtherRegionWantsItsOwnConstraint) {
  Loopback server("eu-west-1");
  const Answer without = send(server, "PUT", "/photos");
  EXPECT_EQ(without.status, 400);
  EXPECT_EQ(without.element("Code"), "IllegalLocationConstraintException");
  EXPECT_EQ(without.element("Message"),
            "The unspecified location constraint is incompatible for the region specific endpoint "
            "this request was sent to.");
  for (const char* region : {"bar", "us-east-1", "eu-west-2"}) {
    EXPECT_EQ(send(server, "PUT", "/photos", {}, constraint(region)).element("Code"),
              "IllegalLocationConstraintException");
  }
  EXPECT_EQ(send(server, "PUT", "/photos", {}, constraint("eu-west-1")).status, 200);
  EXPECT_EQ(send(server, "PUT", "/old-name", {}, constraint("EU")).status, 200);
}

TEST(CreateBucket, BodyThatIsNoConfigurationIsMalformedXml) {
  Loopback server;
  for (const char* body : {"nonsense", "<Other/>",
                           "<CreateBucketConfiguration><Foo/>"
                           "</CreateBucketConfiguration>"}) {
    const Answer answer = send(server, "PUT", "/photos", {}, body);
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.element("Code"), "MalformedXML") << body;
  }
}

TEST(CreateBucket, DirectoryBucketsAreNotImplemented) {
  Loopback server;
  EXPECT_EQ(send(server, "PUT", "/photos", {},
                 "<CreateBucketConfiguration><Location><Name>az</Name><Type>AvailabilityZone</Type>"
                 "</Location></CreateBucketConfiguration>")
                .outcome(),
            "501 NotImplemented");
  EXPECT_EQ(send(server, "HEAD", "/photos").status, 404);
}

std::string tagged(const std::string& tags) {
  return "<CreateBucketConfiguration><Tags>" + tags + "</Tags></CreateBucketConfiguration>";
}

TEST(CreateBucket, WithTagsIsNotRepeatable) {
  Loopback server;
  const std::string document = tagged("<Tag><Key>a</Key><Value>b</Value></Tag>");
  ASSERT_EQ(send(server, "PUT", "/photos", {}, document).outcome(), "200");
  EXPECT_EQ(send(server, "PUT", "/photos", {}, document).outcome(), "409 BucketAlreadyOwnedByYou");
  EXPECT_EQ(send(server, "PUT", "/photos").outcome(), "200");
  EXPECT_EQ(send(server, "GET", "/photos?tagging").element("TagSet"),
            "<Tag><Key>a</Key><Value>b</Value></Tag>");
}

TEST(CreateBucket, EmptyTagsAreNone) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/photos", {}, tagged("")).outcome(), "200");
  EXPECT_EQ(send(server, "GET", "/photos?tagging").outcome(), "404 NoSuchTagSet");
}

TEST(CreateBucket, WrongTagsAreRefusedInWordsOfTheirOwn) {
  Loopback server;
  const Answer reserved =
      send(server, "PUT", "/photos", {}, tagged("<Tag><Key>aws:a</Key><Value>b</Value></Tag>"));
  EXPECT_EQ(reserved.outcome(), "400 InvalidTag");
  EXPECT_EQ(reserved.element("TagKey"), "");
  EXPECT_EQ(reserved.element("Message").rfind("User-defined tag keys can't start with", 0), 0U);
  EXPECT_EQ(send(server, "PUT", "/photos", {}, tagged("<Tag><Key>a</Key></Tag>")).outcome(),
            "400 MalformedXML");
  EXPECT_EQ(send(server, "HEAD", "/photos").status, 404);
}

TEST(CreateBucket, WithObjectLockKeepsVersions) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/photos", {{"x-amz-bucket-object-lock-enabled", "true"}}).status,
            200);
  EXPECT_EQ(send(server, "GET", "/photos?versioning").element("Status"), "Enabled");
}

TEST(CreateBucket, AclsAreOffAsInNewBucketsOfAws) {
  Loopback server;
  for (const char* acl : {"public-read", "public-read-write", "authenticated-read"}) {
    const Answer answer = send(server, "PUT", "/photos", {{"x-amz-acl", acl}});
    EXPECT_EQ(answer.outcome(), "400 InvalidBucketAclWithObjectOwnership") << acl;
  }
  const Answer unknown = send(server, "PUT", "/photos", {{"x-amz-acl", "fake-acl"}});
  EXPECT_EQ(unknown.element("Code"), "InvalidArgument");
  EXPECT_EQ(unknown.element("ArgumentValue"), "fake-acl");
  EXPECT_EQ(send(server, "HEAD", "/photos").status, 404);
  EXPECT_EQ(send(server, "PUT", "/photos", {{"x-amz-acl", "private"}}).status, 200);
}

TEST(CreateBucket, OwnershipIsThatOfTheBucketOwnerUnlessAskedFor) {
  Loopback server;
  const Answer unknown =
      send(server, "PUT", "/photos", {{"x-amz-object-ownership", "RandomValue"}});
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(unknown.element("Message"), "Invalid x-amz-object-ownership header: RandomValue");
  EXPECT_EQ(unknown.element("ArgumentName"), "x-amz-object-ownership");
  ASSERT_EQ(send(server, "PUT", "/photos").status, 200);
  EXPECT_EQ(send(server, "GET", "/photos?ownershipControls").element("ObjectOwnership"),
            "BucketOwnerEnforced");
  ASSERT_EQ(
      send(server, "PUT", "/classic-photos", {{"x-amz-object-ownership", "ObjectWriter"}}).status,
      200);
  EXPECT_EQ(send(server, "GET", "/classic-photos?ownershipControls").element("ObjectOwnership"),
            "ObjectWriter");
}

TEST(CreateBucket, EverythingPublicIsBlocked) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/photos").status, 200);
  const Answer block = send(server, "GET", "/photos?publicAccessBlock");
  for (const char* setting :
       {"BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"}) {
    EXPECT_EQ(block.element(setting), "true") << setting;
  }
  EXPECT_EQ(send(server, "PUT", "/open",
                 {{"x-amz-object-ownership", "ObjectWriter"}, {"x-amz-acl", "public-read"}})
                .outcome(),
            "400 InvalidBucketAclWithBlockPublicAccessError");
}

TEST(CreateBucket, StrangersMayNot) {
  Loopback server;
  EXPECT_EQ(send_anonymously(server, "PUT", "/photos").status, 403);
  EXPECT_EQ(send(server, "HEAD", "/photos").status, 404);
}

using CreateBucketUnderPolicies = TokenService;

TEST_F(CreateBucketUnderPolicies, PoliciesSeeTheDocument) {
  const auto outcome = [this](const char* statements, const std::string& document) {
    const std::string policy =
        R"({"Version":"2012-10-17","Statement":[)" + std::string(statements) + "]}";
    const Keys session =
        keys_of(act("GetFederationToken", {{"Name", "guest"}, {"Policy", policy}}, admin));
    const auto answer = ask("PUT", "/photos", session, document);
    if (answer.status == 200) ask("DELETE", "/photos", admin);
    return answer.outcome();
  };
  const std::string tagged =
      "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint><Tags><Tag>"
      "<Key>team</Key><Value>blue</Value></Tag></Tags></CreateBucketConfiguration>";
  const std::string plain = constraint("eu-west-1");
  const char* const allow =
      R"({"Effect":"Allow","Action":"s3:CreateBucket","Resource":"*",
          "Condition":{"StringEquals":{"s3:LocationConstraint":"eu-west-1"}}})";
  EXPECT_EQ(outcome(allow, plain), "200");
  EXPECT_EQ(outcome(allow, constraint("eu-central-1")), "403 AccessDenied");
  EXPECT_EQ(outcome(allow, ""), "403 AccessDenied");
  EXPECT_EQ(outcome(allow, "<Nonsense/>"), "403 AccessDenied");
  const char* const deny =
      R"({"Effect":"Allow","Action":"*","Resource":"*"},
         {"Effect":"Deny","Action":"s3:CreateBucket","Resource":"*",
          "Condition":{"StringNotEquals":{"aws:RequestTag/team":"blue"}}})";
  EXPECT_EQ(outcome(deny, tagged), "200");
  EXPECT_EQ(outcome(deny, plain), "403 AccessDenied");
}

}  // namespace
}  // namespace pail::operations
