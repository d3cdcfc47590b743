#include <gtest/gtest.h>

#include "operations/policy_fixture.h"
#include "support/loopback.h"

namespace pail::test {
namespace {

std::string tagging(const std::vector<std::pair<std::string, std::string>>& tags) {
  std::string document = "<Tagging><TagSet>";
  for (const auto& [key, value] : tags)
    document += "<Tag><Key>" + key + "</Key><Value>" + value + "</Value></Tag>";
  return document + "</TagSet></Tagging>";
}

TEST(PutObjectTagging, ReplacesTheTags) {
  Loopback server;
  server.put("/bucket/key", "x", {{"x-amz-tagging", "old=1"}});
  EXPECT_EQ(server.put("/bucket/key?tagging", tagging({{"a", "1"}, {"b", ""}})).status, 200);
  EXPECT_EQ(server.get("/bucket/key?tagging").element("TagSet"),
            "<Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value></Value></Tag>");
  EXPECT_EQ(server.get("/bucket/key").body, "x");
}

TEST(PutObjectTagging, RefusesWhatAwsRefuses) {
  Loopback server;
  server.put("/bucket/key", "x");
  const Answer duplicate = server.put("/bucket/key?tagging", tagging({{"k", "1"}, {"k", "2"}}));
  EXPECT_EQ(duplicate.outcome(), "400 InvalidTag");
  EXPECT_EQ(duplicate.element("Message"), "Cannot provide multiple Tags with the same key");
  EXPECT_EQ(duplicate.element("TagKey"), "k");
  EXPECT_EQ(server.put("/bucket/key?tagging", tagging({{"aws:k", "1"}})).element("Message"),
            "Your TagKey cannot be prefixed with aws:");
  std::vector<std::pair<std::string, std::string>> eleven;
  for (int i = 0; i < 11; ++i) eleven.emplace_back("k" + std::to_string(i), "v");
  EXPECT_EQ(server.put("/bucket/key?tagging", tagging(eleven)).outcome(), "400 BadRequest");
  EXPECT_EQ(server.head("/bucket/key").header("x-amz-tagging-count"), "");
}

TEST(PutObjectTagging, DocumentsOfAnotherShapeAreMalformed) {
  Loopback server;
  server.put("/bucket/key", "x");
  for (const char* document :
       {"", "<Tagging/>", "<TagSet></TagSet>",
        "<Tagging><TagSet><Tag><Key>k</Key></Tag></TagSet></Tagging>",
        "<Tagging><TagSet><Other><Key>k</Key><Value>v</Value></Other></TagSet></Tagging>",
        "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value><X/></Tag></TagSet></Tagging>"}) {
    EXPECT_EQ(server.put("/bucket/key?tagging", document).outcome(), "400 MalformedXML")
        << document;
  }
}

TEST(PutObjectTagging, OfAKeyThatIsNotThereIsNoSuchKey) {
  Loopback server;
  EXPECT_EQ(server.put("/bucket/nothing?tagging", tagging({{"a", "1"}})).outcome(),
            "404 NoSuchKey");
}

TEST(PutObjectTagging, DoesNotTouchLastModified) {
  Loopback server;
  server.put("/bucket/key", "x");
  server.clock().advance(std::chrono::hours(1));
  server.put("/bucket/key?tagging", tagging({{"a", "1"}}));
  EXPECT_EQ(server.head("/bucket/key").header("Last-Modified"), "Tue, 24 Nov 2026 16:00:00 GMT");
}

TEST(PutObjectTagging, PoliciesSeeTheTagsOfTheDocument) {
  Loopback server;
  server.put("/bucket/key", "x");
  const auto put = [](const char* team) {
    return Call{.method = "PUT",
                .target = "/bucket/key?tagging",
                .body = tagging({{"team", team}, {"cost", "1"}})};
  };
  const std::string team = R"({"StringEquals":{"s3:RequestObjectTag/team":"blue"}})";
  const std::string keys = R"({"ForAllValues:StringEquals":{"s3:RequestObjectTagKeys":["team"]}})";
  const std::string any = R"({"ForAnyValue:StringEquals":{"s3:RequestObjectTagKeys":["cost"]}})";
  const Statement allow{.effect = "Allow", .action = "s3:PutObjectTagging"};
  const Statement deny{.effect = "Deny", .action = "s3:PutObjectTagging"};
  EXPECT_EQ(outcome_under(server, allow.when(team), put("blue")), "200");
  EXPECT_EQ(outcome_under(server, allow.when(team), put("red")), "403 AccessDenied");
  EXPECT_EQ(outcome_under(server, allow.when(keys), put("blue")), "403 AccessDenied");
  EXPECT_EQ(outcome_under(server, deny.when(team), put("blue")), "403 AccessDenied");
  EXPECT_EQ(outcome_under(server, deny.when(team), put("red")), "200");
  EXPECT_EQ(outcome_under(server, deny.when(any), put("red")), "403 AccessDenied");
}

TEST(PutObjectTagging, StrangersAreNotToldWhatIsWrongWithTheirDocument) {
  Loopback server;
  server.put("/bucket/key", "x");
  for (const Sender sender : {Sender::kLimited, Sender::kStranger, Sender::kNobody}) {
    const Call call{.method = "PUT",
                    .target = "/bucket/key?tagging",
                    .body = "<Tagging/>",
                    .is_signed = sender != Sender::kNobody,
                    .sender = sender};
    EXPECT_EQ(server.send(call).outcome(), "403 AccessDenied");
  }
}

}  // namespace
}  // namespace pail::test
