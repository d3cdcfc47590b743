#include <gtest/gtest.h>

#include "support/loopback.h"

namespace pail::test {
namespace {

Answer delete_all(Loopback& server, const std::string& document) {
  return server.post("/bucket?delete", document, {{"Content-MD5", digest_of("MD5", document)}});
}

std::string entries(int count) {
  std::string document = "<Delete>";
  for (int i = 0; i < count; ++i)
    document += "<Object><Key>k" + std::to_string(i) + "</Key></Object>";
  return document + "</Delete>";
}

/// What follows the root's start tag, up to its end tag.
std::string results(const Answer& answer) {
  const auto root = answer.body.find("<DeleteResult");
  const auto start = answer.body.find('>', root) + 1;
  return answer.body.substr(start, answer.body.find("</DeleteResult>") - start);
}

TEST(DeleteObjects, AnswersEveryKeyInTheOrderOfTheRequest) {
  Loopback server;
  server.put("/bucket/b", "1");
  server.put("/bucket/a", "2");
  const Answer answer =
      delete_all(server,
                 "<Delete><Object><Key>b</Key></Object><Object><Key>nothing</Key></Object>"
                 "<Object><Key>a</Key><VersionId>null</VersionId></Object></Delete>");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(results(answer),
            "<Deleted><Key>b</Key></Deleted><Deleted><Key>nothing</Key></Deleted>"
            "<Deleted><Key>a</Key><VersionId>null</VersionId></Deleted>");
  EXPECT_EQ(server.get("/bucket/a").status, 404);
  EXPECT_EQ(server.get("/bucket/b").status, 404);
}

TEST(DeleteObjects, QuietSaysOnlyWhatFailed) {
  Loopback server;
  server.put("/bucket/a", "1");
  const Answer answer =
      delete_all(server,
                 "<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object>"
                 "<Object><Key>b</Key><VersionId>v</VersionId></Object></Delete>");
  EXPECT_EQ(results(answer),
            "<Error><Key>b</Key><VersionId>v</VersionId><Code>NoSuchVersion</Code>"
            "<Message>The specified version does not exist.</Message></Error>");
  EXPECT_EQ(server.get("/bucket/a").status, 404);
}

TEST(DeleteObjects, EtagGuardsItsObjectAlone) {
  Loopback server;
  server.put("/bucket/a", "1");
  server.put("/bucket/b", "2");
  const Answer answer = delete_all(server,
                                   "<Delete><Object><Key>a</Key><ETag>\"other\"</ETag></Object>"
                                   "<Object><Key>b</Key></Object></Delete>");
  EXPECT_EQ(answer.element("Code"), "PreconditionFailed");
  EXPECT_EQ(server.get("/bucket/a").status, 200);
  EXPECT_EQ(server.get("/bucket/b").status, 404);
}

TEST(DeleteObjects, KeysAreUnescaped) {
  Loopback server;
  server.put("/bucket/a%26%3Cb%3E", "1");
  const Answer answer =
      delete_all(server, "<Delete><Object><Key>a&amp;&lt;b&gt;</Key></Object></Delete>");
  EXPECT_EQ(results(answer), "<Deleted><Key>a&amp;&lt;b&gt;</Key></Deleted>");
  EXPECT_EQ(server.get("/bucket/a%26%3Cb%3E").status, 404);
}

TEST(DeleteObjects, TakesAThousandKeysAndNotOneMore) {
  Loopback server;
  EXPECT_EQ(delete_all(server, entries(1000)).status, 200);
  EXPECT_EQ(delete_all(server, entries(1001)).outcome(), "400 MalformedXML");
  EXPECT_EQ(delete_all(server, entries(0)).outcome(), "400 MalformedXML");
}

TEST(DeleteObjects, DocumentsOfAnotherShapeAreMalformed) {
  Loopback server;
  for (const char* document :
       {"", "<Delete>", "{}", "<Other><Object><Key>a</Key></Object></Other>",
        "<Delete><Object></Object></Delete>", "<Delete><Object><Key></Key></Object></Delete>",
        "<Delete><Quiet>maybe</Quiet><Object><Key>a</Key></Object></Delete>"}) {
    EXPECT_EQ(delete_all(server, document).outcome(), "400 MalformedXML") << document;
  }
}

TEST(DeleteObjects, WantsADigestOfTheDocument) {
  Loopback server;
  const std::string document = entries(1);
  const Answer without = server.post("/bucket?delete", document);
  EXPECT_EQ(without.outcome(), "400 InvalidRequest");
  EXPECT_EQ(without.element("Message"),
            "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
  EXPECT_EQ(server
                .post("/bucket?delete", document,
                      {{"x-amz-checksum-crc32", digest_of("CRC32", document)},
                       {"x-amz-sdk-checksum-algorithm", "CRC32"}})
                .status,
            200);
}

TEST(DeleteObjects, WrongDigestDeletesNothing) {
  Loopback server;
  server.put("/bucket/k0", "x");
  EXPECT_EQ(server.post("/bucket?delete", entries(1), {{"Content-MD5", digest_of("MD5", "other")}})
                .outcome(),
            "400 BadDigest");
  EXPECT_EQ(server
                .post("/bucket?delete", entries(1),
                      {{"x-amz-checksum-sha256", digest_of("SHA256", "other")}})
                .outcome(),
            "400 BadDigest");
  EXPECT_EQ(server.get("/bucket/k0").status, 200);
}

TEST(DeleteObjects, DocumentBeyondTwoMegabytesIsRefusedUnread) {
  Loopback server;
  const Answer answer = delete_all(server, std::string(2 * 1024 * 1024 + 1, ' '));
  EXPECT_EQ(answer.outcome(), "400 MaxMessageLengthExceeded");
  EXPECT_FALSE(answer.body_was_wanted);
}

}  // namespace
}  // namespace pail::test
