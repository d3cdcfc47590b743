#include "auth/mismatch_diagnosis.h"

#include <string>

#include <gtest/gtest.h>

#include "auth/sigv4.h"

namespace pail::auth {
namespace {

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kDate = "20130524T000000Z";

/// The parts of a canonical request.
struct Request {
  std::string method = "GET";
  std::string path = "/bucket/a%20b";
  std::string query = "acl=&prefix=a%2Fb%20c";
  std::string headers =
      "accept-encoding:br\ncontent-type:text/"
      "plain\nhost:localhost:9000\nx-amz-date:20130524T000000Z\n";
  std::string payload_hash = "UNSIGNED-PAYLOAD";

  [[nodiscard]] std::string canonical() const {
    return method + "\n" + path + "\n" + query + "\n" + headers +
           "\naccept-encoding;content-type;host;x-amz-date\n" + payload_hash;
  }
};

/// What is found when the client signed the one and the other arrived.
SignatureDiagnosis diagnose(const Request& signed_request, const Request& arrived,
                            std::string_view secret = kSecret) {
  const std::string scope = credential_scope("20130524", "us-east-1");
  const SigningKey key = derive_signing_key(secret, "20130524", "us-east-1", "s3");
  const std::string signature = sign(key, string_to_sign(kDate, scope, signed_request.canonical()));
  const std::string canonical = arrived.canonical();
  const std::string to_sign = string_to_sign(kDate, scope, canonical);
  return diagnose_mismatch({kSecret,
                            signature,
                            canonical,
                            to_sign,
                            "/bucket/a%20b",
                            "prefix=a/b+c&acl",
                            "bucket",
                            {"s3:9000", "example.test"}});
}

TEST(MismatchDiagnosis, FindsAPathThatWasEncodedTwice) {
  Request client;
  client.path = "/bucket/a%2520b";
  const auto found = diagnose(client, {});
  EXPECT_EQ(found.part, "path");
  EXPECT_EQ(found.server_line, "/bucket/a%20b");
  EXPECT_EQ(found.client_line, "/bucket/a%2520b");
  EXPECT_NE(found.sentence.find("twice"), std::string::npos);
}

TEST(MismatchDiagnosis, FindsOtherWaysToWriteAPath) {
  for (const char* path : {"/bucket/a b", "/bucket/a+b", "/a%20b", "/bucket/bucket/a%20b"}) {
    Request client;
    client.path = path;
    const auto found = diagnose(client, {});
    EXPECT_EQ(found.part, "path") << path;
    EXPECT_EQ(found.client_line, path);
  }
}

TEST(MismatchDiagnosis, FindsANormalisedPath) {
  Request client;
  client.path = "/bucket/b";
  Request arrived;
  arrived.path = "/bucket//a/../b";
  EXPECT_EQ(diagnose(client, arrived).client_line, "/bucket/b");
}

TEST(MismatchDiagnosis, FindsAnotherMethod) {
  Request client;
  client.method = "PUT";
  const auto found = diagnose(client, {});
  EXPECT_EQ(found.part, "method");
  EXPECT_EQ(found.client_line, "PUT");
}

TEST(MismatchDiagnosis, FindsOtherWaysToWriteAQuery) {
  for (const char* query : {"", "acl&prefix=a%2Fb%20c", "prefix=a/b+c&acl", "acl=&prefix=a%2Fb+c",
                            "acl=&prefix=a/b%20c", "acl=&prefix=a%2fb%20c"}) {
    Request client;
    client.query = query;
    const auto found = diagnose(client, {});
    EXPECT_EQ(found.part, "query") << query;
    EXPECT_EQ(found.client_line, query);
  }
}

TEST(MismatchDiagnosis, FindsAnotherPayloadHash) {
  Request client;
  client.payload_hash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  EXPECT_EQ(diagnose(client, {}).part, "payload hash");
}

TEST(MismatchDiagnosis, FindsTheHostThatWasSigned) {
  for (const char* host : {"s3:9000", "example.test", "localhost"}) {
    Request client;
    client.headers.replace(client.headers.find("localhost:9000"), 14, host);
    const auto found = diagnose(client, {});
    EXPECT_EQ(found.part, "host") << host;
    EXPECT_EQ(found.server_line, "host:localhost:9000");
    EXPECT_EQ(found.client_line, "host:" + std::string(host));
  }
}

TEST(MismatchDiagnosis, FindsAFieldThatAProxyChanged) {
  Request client;
  client.headers.replace(client.headers.find("br\n"), 2, "identity");
  const auto found = diagnose(client, {});
  EXPECT_EQ(found.part, "header accept-encoding");
  EXPECT_EQ(found.client_line, "accept-encoding:identity");
}

TEST(MismatchDiagnosis, FindsAContentTypeThatGotACharset) {
  Request arrived;
  arrived.headers.replace(arrived.headers.find("text/plain"), 10, "text/plain; charset=utf-8");
  const auto found = diagnose({}, arrived);
  EXPECT_EQ(found.part, "header content-type");
  EXPECT_EQ(found.client_line, "content-type:text/plain");
}

TEST(MismatchDiagnosis, FindsASecretWithALineBreakAndDoesNotShowIt) {
  const auto found = diagnose({}, {}, std::string(kSecret) + "\n");
  EXPECT_EQ(found.part, "secret");
  EXPECT_NE(found.sentence.find("line break"), std::string::npos);
  EXPECT_EQ(found.sentence.find(kSecret), std::string::npos);
}

TEST(MismatchDiagnosis, FindsNothingWhereTheSecretIsAnotherOne) {
  const auto found = diagnose({}, {}, "another secret");
  EXPECT_EQ(found.part, "");
  EXPECT_EQ(found.sentence, "");
}

TEST(MismatchDiagnosis, TextsThatAreNoneAreNotTakenApart) {
  for (const char* canonical : {"", "GET", "a\nb\nc\nd", "\n\n\n\n\n\n"}) {
    EXPECT_EQ(diagnose_mismatch({kSecret, "00", canonical, "x", "/", "", "", {}}).part, "");
    EXPECT_EQ(
        diagnose_mismatch({kSecret, "00", canonical, "a\nb\n1/2/3/4\nc", "/", "", "", {}}).part,
        "");
  }
}

}  // namespace
}  // namespace pail::auth
