#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/calls.h"

// What every operation answers about buckets, keys and versions that are not there.
namespace pail::test {
namespace {

struct Request {
  const char* method;
  const char* query;
  std::string body = {};
  Headers headers = {};
};

Answer ask(Loopback& server, const std::string& path, const Request& request,
           const std::string& version_id = "") {
  Headers headers = request.headers;
  if (!request.body.empty()) headers.push_back(content_md5(request.body));
  std::string target = path + "?" + request.query;
  if (!version_id.empty())
    target += (target.back() == '?' ? "versionId=" : "&versionId=") + version_id;
  return server.send(
      {.method = request.method, .target = target, .headers = headers, .body = request.body});
}

std::string described(const Request& request) {
  return std::string(request.method) + " ?" + request.query;
}

const std::vector<Request> kBucketRequests = {
    {"GET", ""},
    {"GET", "list-type=2"},
    {"GET", "location"},
    {"GET", "versions"},
    {"GET", "uploads"},
    {"GET", "cors"},
    {"PUT", "cors", "<x/>"},
    {"DELETE", "cors"},
    {"GET", "encryption"},
    {"PUT", "encryption", "<x/>"},
    {"DELETE", "encryption"},
    {"GET", "lifecycle"},
    {"PUT", "lifecycle", "<x/>"},
    {"DELETE", "lifecycle"},
    {"GET", "policy"},
    {"PUT", "policy", "{}"},
    {"DELETE", "policy"},
    {"GET", "policyStatus"},
    {"GET", "acl"},
    {"PUT", "acl", "", {{"x-amz-acl", "private"}}},
    {"GET", "ownershipControls"},
    {"PUT", "ownershipControls", "<x/>"},
    {"DELETE", "ownershipControls"},
    {"GET", "publicAccessBlock"},
    {"PUT", "publicAccessBlock", "<x/>"},
    {"DELETE", "publicAccessBlock"},
    {"GET", "versioning"},
    {"PUT", "versioning", "<x/>"},
    {"GET", "tagging"},
    {"PUT", "tagging", "<x/>"},
    {"DELETE", "tagging"},
    {"GET", "object-lock"},
    {"PUT", "object-lock", "<x/>"},
    {"POST", "delete", "<x/>"},
    {"DELETE", ""},
};

TEST(MissingThings, RequestsAboutABucketThatIsNotThere) {
  Loopback server;
  for (const Request& request : kBucketRequests) {
    const Answer answer = ask(server, "/missing-bucket", request);
    EXPECT_EQ(answer.outcome(), "404 NoSuchBucket") << described(request);
    EXPECT_EQ(answer.element("BucketName"), "missing-bucket") << described(request);
  }
}

constexpr const char* kEnabled =
    "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";

const std::vector<Request> kObjectRequests = {
    {"GET", ""},
    {"GET", "tagging"},
    {"PUT", "tagging", "<Tagging><TagSet/></Tagging>"},
    {"DELETE", "tagging"},
    {"GET", "acl"},
    {"PUT", "acl", "", {{"x-amz-acl", "private"}}},
    {"GET", "attributes", "", {{"x-amz-object-attributes", "ETag"}}},
    {"GET", "retention"},
    {"PUT", "retention",
     "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2027-01-01T00:00:00Z</RetainUntilDate>"
     "</Retention>"},
    {"GET", "legal-hold"},
    {"PUT", "legal-hold", "<LegalHold><Status>ON</Status></LegalHold>"},
    {"POST", "restore", "<RestoreRequest><Days>1</Days></RestoreRequest>"},
};

/// A server with a bucket that keeps and locks versions, and has ACLs.
class MissingVersions : public ::testing::Test {
 protected:
  MissingVersions() {
    const Answer made = server_.put(
        "/locked", "",
        {{"x-amz-bucket-object-lock-enabled", "true"}, {"x-amz-object-ownership", "ObjectWriter"}});
    EXPECT_EQ(made.outcome(), "200");
    EXPECT_EQ(server_.put("/other?versioning", kEnabled, {content_md5(kEnabled)}).status, 200);
    elsewhere_ = server_.put("/other/k", "x").header("x-amz-version-id");
  }

  Loopback server_;
  std::string elsewhere_;  // the id of a version in another bucket
};

TEST_F(MissingVersions, RequestsAboutAKeyThatIsNotThere) {
  for (const Request& request : kObjectRequests) {
    const Answer answer = ask(server_, "/locked/none", request);
    EXPECT_EQ(answer.outcome(), "404 NoSuchKey") << described(request);
    EXPECT_EQ(answer.element("Key"), "none") << described(request);
  }
}

TEST_F(MissingVersions, RequestsAboutAVersionThatIsNotThere) {
  server_.put("/locked/k", "x");
  for (const Request& request : kObjectRequests) {
    const Answer answer = ask(server_, "/locked/k", request, elsewhere_);
    EXPECT_EQ(answer.outcome(), "404 NoSuchVersion") << described(request);
    EXPECT_EQ(answer.element("VersionId"), elsewhere_) << described(request);
  }
}

TEST_F(MissingVersions, RequestsWithAnIdThatIsNone) {
  server_.put("/locked/k", "x");
  for (const Request& request : kObjectRequests) {
    const Answer answer = ask(server_, "/locked/k", request, "nonsense");
    EXPECT_EQ(answer.outcome(), "400 InvalidArgument") << described(request);
    EXPECT_EQ(answer.element("Message"), "Invalid version id specified") << described(request);
    EXPECT_EQ(answer.element("ArgumentName"), "versionId") << described(request);
  }
}

TEST_F(MissingVersions, RequestsAboutADeleteMarker) {
  const std::string marker = server_.remove("/locked/k").header("x-amz-version-id");
  for (const Request& request : kObjectRequests) {
    const Answer answer = ask(server_, "/locked/k", request, marker);
    EXPECT_EQ(answer.outcome(), "405 MethodNotAllowed") << described(request);
    EXPECT_EQ(answer.element("ResourceType"), "DeleteMarker") << described(request);
  }
}

}  // namespace
}  // namespace pail::test
