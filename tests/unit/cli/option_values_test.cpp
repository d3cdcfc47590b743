#include "cli/option_values.h"

#include <gtest/gtest.h>

namespace pail::cli {
namespace {

std::string listen(std::string_view text) {
  const auto parsed = parse_listen(text);
  return parsed ? parsed->host + "|" + std::to_string(parsed->port) : "refused";
}

std::string access_name(PublicAccess access) {
  switch (access) {
    case PublicAccess::kRead:
      return "read";
    case PublicAccess::kReadWrite:
      return "read-write";
    case PublicAccess::kNone:
      break;
  }
  return "none";
}

std::string bucket(const Result<BucketOption, std::string>& parsed) {
  return parsed ? parsed->name + "|" + access_name(parsed->public_access) : "refused";
}

std::string credential(std::string_view text) {
  const auto parsed = parse_credential(text);
  if (!parsed) return "refused";
  return parsed->access_key_id + "|" + parsed->secret_access_key + "|" + parsed->user_name;
}

std::string public_base(std::string_view text) {
  const auto parsed = parse_public_base(text);
  return parsed ? parsed->url + "|" + parsed->bucket : "refused";
}

TEST(Listen, HostAndPort) {
  EXPECT_EQ(listen("127.0.0.1:9000"), "127.0.0.1|9000");
  EXPECT_EQ(listen("localhost:0"), "localhost|0");
  EXPECT_EQ(listen("[::1]:9000"), "[::1]|9000");
}

TEST(Listen, ThePortAloneIsThisMachine) { EXPECT_EQ(listen("9000"), "127.0.0.1|9000"); }

TEST(Listen, NoHostBeforeTheColonIsEveryAddress) { EXPECT_EQ(listen(":9000"), "0.0.0.0|9000"); }

TEST(Listen, WhatHasNoPortIsRefused) {
  for (const char* text :
       {"", "localhost", "localhost:", "localhost:x", "h:65536", "h:-1", "::1"}) {
    EXPECT_EQ(listen(text), "refused") << text;
  }
}

TEST(Bucket, NameAndAccess) {
  EXPECT_EQ(bucket(parse_bucket("photos")), "photos|none");
  EXPECT_EQ(bucket(parse_bucket("photos:public-read")), "photos|read");
  EXPECT_EQ(bucket(parse_bucket("photos:public-read-write")), "photos|read-write");
  EXPECT_EQ(bucket(parse_bucket("photos:download")), "refused");
}

TEST(Bucket, PoliciesOfMinio) {
  EXPECT_EQ(bucket(parse_minio_bucket("photos")), "photos|none");
  EXPECT_EQ(bucket(parse_minio_bucket("photos:none")), "photos|none");
  EXPECT_EQ(bucket(parse_minio_bucket("photos:download")), "photos|read");
  EXPECT_EQ(bucket(parse_minio_bucket("photos:public")), "photos|read-write");
  EXPECT_EQ(bucket(parse_minio_bucket("photos:upload")), "refused");
}

TEST(Credential, IdSecretAndName) {
  EXPECT_EQ(credential("id:secret"), "id|secret|pail");
  EXPECT_EQ(credential("id:secret:ann"), "id|secret|ann");
}

TEST(Credential, SecretMayHoldColonsIfANameFollows) {
  EXPECT_EQ(credential("id:a:b:ann"), "id|a:b|ann");
}

TEST(Credential, EveryPartIsNeeded) {
  for (const char* text : {"", "id", "id:", ":secret", "id::name", "id:secret:"}) {
    EXPECT_EQ(credential(text), "refused") << text;
  }
}

TEST(PublicBase, UrlWithOrWithoutItsBucket) {
  EXPECT_EQ(public_base("http://localhost:9000/photos"), "http://localhost:9000/photos|");
  EXPECT_EQ(public_base("https://cdn.test/a=photos"), "https://cdn.test/a|photos");
  EXPECT_EQ(public_base("https://cdn.test/=photos"), "https://cdn.test/|photos");
}

TEST(PublicBase, WithoutAHostIsRefused) {
  EXPECT_EQ(public_base("/photos"), "refused");
  EXPECT_EQ(public_base("http:///photos"), "refused");
  EXPECT_EQ(public_base("http://a b/photos"), "refused");
}

std::int64_t duration_ms(std::string_view text) {
  const auto parsed = parse_duration(text);
  return parsed ? parsed->count() : -1;
}

TEST(Duration, IsANumberAndAUnit) {
  EXPECT_EQ(duration_ms("500ms"), 500);
  EXPECT_EQ(duration_ms("10s"), 10'000);
  EXPECT_EQ(duration_ms("5m"), 300'000);
  EXPECT_EQ(duration_ms("24h"), 86'400'000);
  EXPECT_EQ(duration_ms("30d"), 2'592'000'000);
}

TEST(Duration, NothingElseIsTaken) {
  for (const char* text : {"", "10", "s", "0s", "-1s", "1.5s", "10 s", "10S", "36526d",
                           "99999999999999999999s", "18446744073709551615ms"}) {
    EXPECT_EQ(duration_ms(text), -1) << text;
  }
}

TEST(Loopback, IsWhatOnlyThisMachineReaches) {
  for (const char* host : {"127.0.0.1", "127.3.2.1", "::1", "[::1]", "localhost", "LOCALHOST"}) {
    EXPECT_TRUE(is_loopback(host)) << host;
  }
  for (const char* host : {"0.0.0.0", "[::]", "192.168.1.5", "example.test"}) {
    EXPECT_FALSE(is_loopback(host)) << host;
  }
}

}  // namespace
}  // namespace pail::cli
