#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::elements;
using test::Loopback;
using test::send;
using test::send_anonymously;

class ListObjectVersions : public ::testing::Test {
 protected:
  ListObjectVersions() {
    send(server_, "PUT", "/bucket?versioning", {},
         "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  }
  std::string put(const std::string& key) {
    return server_.put("/bucket/" + key, "x").header("x-amz-version-id");
  }
  std::vector<std::string> ids(const std::string& query) {
    return elements(server_.get("/bucket?versions" + query), "VersionId");
  }

  Loopback server_;
};

TEST_F(ListObjectVersions, ShowsVersionsAndMarkersFromTheNewestToTheOldest) {
  const std::string one = put("key");
  const std::string two = put("key");
  const std::string marker = server_.remove("/bucket/key").header("x-amz-version-id");
  const std::string other = put("other");
  const Answer answer = server_.get("/bucket?versions");
  EXPECT_EQ(elements(answer, "VersionId"), (std::vector<std::string>{marker, two, one, other}));
  EXPECT_EQ(elements(answer, "IsLatest"),
            (std::vector<std::string>{"true", "false", "false", "true"}));
  EXPECT_EQ(elements(answer, "DeleteMarker").size(), 1U);
}

TEST_F(ListObjectVersions, PagesWalkThroughAllVersionsOnce) {
  std::vector<std::string> expected;
  for (const char* key : {"a", "b"}) {
    for (int i = 0; i < 3; ++i) expected.insert(expected.end() - i, put(key));
  }
  std::vector<std::string> seen;
  std::string query = "&max-keys=2";
  for (int page = 0; page < 3; ++page) {
    const Answer answer = server_.get("/bucket?versions" + query);
    for (std::string& id : elements(answer, "VersionId")) seen.push_back(std::move(id));
    EXPECT_EQ(answer.element("IsTruncated"), page < 2 ? "true" : "false");
    query = "&max-keys=2&key-marker=" + answer.element("NextKeyMarker") +
            "&version-id-marker=" + answer.element("NextVersionIdMarker");
  }
  EXPECT_EQ(seen, expected);
}

TEST_F(ListObjectVersions, KeyMarkerAlonePassesOverAllVersionsOfTheKey) {
  put("a");
  put("a");
  const std::string b = put("b");
  EXPECT_EQ(ids("&key-marker=a"), (std::vector<std::string>{b}));
}

TEST_F(ListObjectVersions, DelimiterRollsUpVersions) {
  put("photos/1");
  put("photos/1");
  const std::string top = put("top");
  const Answer answer = server_.get("/bucket?versions&delimiter=%2F");
  EXPECT_EQ(elements(answer, "VersionId"), (std::vector<std::string>{top}));
  EXPECT_NE(answer.body.find("<CommonPrefixes><Prefix>photos/</Prefix></CommonPrefixes>"),
            std::string::npos);
}

TEST_F(ListObjectVersions, VersionMarkerNeedsAKeyMarker) {
  const std::string id = put("a");
  const Answer answer = server_.get("/bucket?versions&version-id-marker=" + id);
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("Message"),
            "A version-id marker cannot be specified without a key marker.");
}

TEST_F(ListObjectVersions, BucketWithoutVersionsHasNullVersions) {
  server_.put("/other/key", "x");
  EXPECT_EQ(elements(server_.get("/other?versions"), "VersionId"),
            (std::vector<std::string>{"null"}));
}

TEST_F(ListObjectVersions, StrangersMayNot) {
  EXPECT_EQ(send_anonymously(server_, "GET", "/bucket?versions").outcome(), "403 AccessDenied");
}

}  // namespace
}  // namespace pail::operations
