#include "space/gateway.h"

#include <chrono>
#include <map>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "support/request_signer.h"
#include "task/task.h"

namespace pail::space {
namespace {

constexpr const char* kSecret = "secret";

struct Sent {
  int status = 0;
  http::HeaderMap headers;
  std::string body;
};

/// A server in memory with the key AKID and the bucket "photos", which everybody reads.
class GatewayTest : public testing::Test {
 protected:
  explicit GatewayTest(std::optional<std::uint64_t> seed = std::nullopt) {
    Settings settings;
    settings.names.hosts = {"localhost"};
    settings.seed = seed;
    auth::Account account{"000000000000", auth::canonical_id_of("000000000000"), ""};
    auth::Credential credential;
    credential.secret_access_key = kSecret;
    credential.identity.access_key_id = "AKID";
    credential.identity.account_id = account.id;
    credential.identity.canonical_id = account.canonical_id;
    settings.directory.add(account);
    settings.credentials.add(std::move(credential));
    settings.first_account = std::move(account);
    settings.buckets["photos"] = access::StartAccess::kPublicRead;
    auto opened = Registry::open(std::move(settings));
    if (!opened) throw std::runtime_error(opened.error());
    registry = std::move(*opened);
    gateway.emplace(*registry);
  }

  /// Signed with that key; with none it is anonymous.
  Sent send(const std::string& key, const std::string& method, const std::string& target,
            const std::string& secret = kSecret) {
    http::Request request;
    request.method = method;
    request.target = target;
    request.headers.add("Host", "localhost:9000");
    if (method == "PUT") request.headers.add("Content-Length", "0");
    const auto now = time::SystemClock().now();
    if (!key.empty()) test::RequestSigner(key, secret, "us-east-1").sign(request, "", now);
    http::EmptyBody body;
    request.body = &body;
    http::Response response = task::run_blocking(gateway->handle(request));
    return {response.status, response.headers, std::move(response.body)};
  }

  std::unique_ptr<Registry> registry;
  std::optional<Gateway> gateway;
};

TEST_F(GatewayTest, LeadsAKeyHome) {
  EXPECT_EQ(send("AKID", "PUT", "/photos/a").status, 200);
  EXPECT_EQ(registry->names(), std::vector<std::string>{"default"});
}

TEST_F(GatewayTest, MakesASpaceForTheFirstRightSignature) {
  EXPECT_EQ(send("AKID.one", "PUT", "/photos/a").status, 200);
  EXPECT_EQ(send("AKID.one", "GET", "/photos/a").status, 200);
  EXPECT_EQ(send("AKID", "GET", "/photos/a").status, 404);
  EXPECT_EQ(send("AKID.two", "GET", "/photos/a").status, 404);
  EXPECT_EQ(registry->names(), (std::vector<std::string>{"default", "one", "two"}));
}

TEST_F(GatewayTest, MakesNoSpaceForAWrongSignature) {
  const Sent sent = send("AKID.one", "GET", "/photos/a", "another secret");
  EXPECT_EQ(sent.status, 403);
  EXPECT_NE(sent.body.find("SignatureDoesNotMatch"), std::string::npos);
  EXPECT_FALSE(registry->has_guests());
}

TEST_F(GatewayTest, VerifiesSignaturesInASpaceAsWell) {
  send("AKID.one", "PUT", "/photos/a");
  EXPECT_EQ(send("AKID.one", "GET", "/photos/a", "another secret").status, 403);
}

TEST_F(GatewayTest, KnowsNoKeyThatOnlyLooksLikeASpace) {
  for (const char* key : {"NOBODY.one", "AKID.", "AKID.a b", "AKID.default"}) {
    const Sent sent = send(key, "GET", "/photos/a");
    EXPECT_NE(sent.body.find("InvalidAccessKeyId"), std::string::npos) << key << sent.body;
  }
  EXPECT_FALSE(registry->has_guests());
}

TEST_F(GatewayTest, LeadsWhoHasNoKeyToTheOneSpaceWithTheBucket) {
  EXPECT_EQ(send("AKID.one", "PUT", "/only-there").status, 200);
  EXPECT_EQ(send("", "GET", "/only-there/a").status, 403);
  EXPECT_EQ(send("", "GET", "/nowhere/a").status, 404);
  EXPECT_EQ(send("AKID.two", "PUT", "/only-there").status, 200);
  EXPECT_EQ(send("", "GET", "/only-there/a").status, 404);
}

TEST_F(GatewayTest, LeadsWhoHasNoKeyHomeWhereTheBucketIsThere) {
  send("AKID", "PUT", "/photos/a");
  send("AKID.one", "PUT", "/photos/b");
  EXPECT_EQ(send("", "GET", "/photos/a").status, 200);
  EXPECT_EQ(send("", "GET", "/photos/b").status, 404);
}

TEST_F(GatewayTest, ForgetsASpaceThatWasDropped) {
  send("AKID.one", "PUT", "/photos/a");
  EXPECT_TRUE(registry->drop("one"));
  EXPECT_EQ(send("AKID.one", "GET", "/photos/a").status, 404);
}

/// The same server, but everything about it repeats.
struct RepeatedGatewayTest : GatewayTest {
  RepeatedGatewayTest() : GatewayTest(7) {}

  /// The heads of some answers.
  std::string seen() {
    std::string heads;
    for (const char* target : {"/photos/a", "/photos/b"}) {
      for (const char* method : {"PUT", "GET"}) {
        for (const http::Header& field : send("AKID", method, target).headers) {
          heads += field.name + ": " + field.value + "\n";
        }
      }
    }
    return heads;
  }
};

/// Another of these servers.
struct OtherServer final : RepeatedGatewayTest {
  void TestBody() override {}
};

TEST_F(RepeatedGatewayTest, AnswersTheSameAsAnotherOfTheSameSeed) {
  OtherServer other;
  const std::string first = seen();
  EXPECT_NE(first.find("Thu, 01 Jan 2026 00:00:00 GMT"), std::string::npos) << first;
  EXPECT_EQ(other.seen(), first);
}

}  // namespace
}  // namespace pail::space
