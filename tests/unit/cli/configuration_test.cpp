#include "cli/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/layers.h"

namespace pail::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Variables = Environment::Variables;

/// Flags as ("name", "value") pairs; a name may come several times.
Layer flags(std::initializer_list<std::pair<const char*, const char*>> given) {
  Layer layer;
  for (const auto& [name, value] : given) {
    layer[name].push_back({value, "--" + std::string(name)});
  }
  return layer;
}

Result<ServeConfiguration, std::string> read(Layer given, Variables variables = {},
                                             std::string_view file = "") {
  auto layer = file_layer(serve_settings(), file, "pail.toml");
  if (!layer) return Unexpected{layer.error()};
  return read_serve_configuration(
      {std::move(given), Environment(std::move(variables)), std::move(layer).value()});
}

ServeConfiguration must_read(Layer given, Variables variables = {}, std::string_view file = "") {
  auto configuration = read(std::move(given), std::move(variables), file);
  if (configuration) return std::move(configuration).value();
  ADD_FAILURE() << configuration.error();
  return {};
}

std::string failure(Layer given, Variables variables = {}) {
  const auto configuration = read(std::move(given), std::move(variables));
  return configuration ? "accepted" : configuration.error();
}

std::vector<std::string> buckets(const ServeConfiguration& configuration) {
  std::vector<std::string> texts;
  for (const BucketOption& bucket : configuration.server.buckets) {
    const char* access = bucket.public_access == PublicAccess::kNone   ? ""
                         : bucket.public_access == PublicAccess::kRead ? ":read"
                                                                       : ":read-write";
    texts.push_back(bucket.name + access);
  }
  return texts;
}

std::vector<std::string> credentials(const ServeConfiguration& configuration) {
  std::vector<std::string> texts;
  for (const CredentialOption& credential : configuration.server.credentials) {
    texts.push_back(credential.access_key_id + "/" + credential.secret_access_key);
  }
  return texts;
}

std::vector<std::string> bases(const ServeConfiguration& configuration) {
  std::vector<std::string> texts;
  for (const PublicBaseOption& base : configuration.server.public_bases) {
    texts.push_back(base.url + " " + base.bucket);
  }
  return texts;
}

TEST(Configuration, OfNothingIsDiskOnThisMachine) {
  const auto configuration = must_read({});
  const ServerOptions& server = configuration.server;
  EXPECT_EQ(server.data_directory, ".pail");
  ASSERT_EQ(server.listen.size(), 1U);
  EXPECT_EQ(server.listen.front().host, "127.0.0.1");
  EXPECT_EQ(server.listen.front().port, 9000);
  EXPECT_EQ(server.region, "us-east-1");
  EXPECT_THAT(server.buckets, IsEmpty());
  EXPECT_THAT(server.credentials, IsEmpty());
  EXPECT_EQ(server.durability, Durability::kProcess);
  EXPECT_FALSE(server.strict_host);
  EXPECT_FALSE(server.sigv2);
  EXPECT_FALSE(configuration.tls.is_on());
  EXPECT_EQ(configuration.log, LogFormat::kHuman);
}

TEST(Configuration, FlagBeatsVariableBeatsFile) {
  const char* file = "region = 'file'";
  const Variables variables = {{"PAIL_REGION", "variable"}};
  EXPECT_EQ(must_read(flags({{"region", "flag"}}), variables, file).server.region, "flag");
  EXPECT_EQ(must_read({}, variables, file).server.region, "variable");
  EXPECT_EQ(must_read({}, {}, file).server.region, "file");
}

TEST(Configuration, RegionOfTheApplicationStandsBetweenPailsVariableAndTheFile) {
  Variables variables = {{"PAIL_REGION", "pail"},
                         {"S3_REGION", "s3"},
                         {"AWS_REGION", "aws"},
                         {"AWS_DEFAULT_REGION", "default"}};
  const auto region_without = [&variables](const char* name) {
    variables.erase(name);
    return must_read({}, variables, "region = 'file'").server.region;
  };
  EXPECT_EQ(region_without("none"), "pail");
  EXPECT_EQ(region_without("PAIL_REGION"), "s3");
  EXPECT_EQ(region_without("S3_REGION"), "aws");
  EXPECT_EQ(region_without("AWS_REGION"), "default");
  EXPECT_EQ(region_without("AWS_DEFAULT_REGION"), "file");
}

TEST(Configuration, MemoryAndDirectoryExcludeEachOtherInOneSource) {
  EXPECT_EQ(failure(flags({{"memory", "true"}, {"data", "d"}})),
            "--memory and --data exclude each other");
}

TEST(Configuration, TheStrongerSourceDecidesBetweenMemoryAndDirectory) {
  EXPECT_EQ(must_read(flags({{"memory", "true"}}), {{"PAIL_DATA", "/data"}}).server.data_directory,
            std::nullopt);
  EXPECT_EQ(must_read(flags({{"data", "d"}}), {{"PAIL_MEMORY", "1"}}).server.data_directory, "d");
  EXPECT_EQ(must_read({}, {{"PAIL_MEMORY", "1"}}, "data = 'd'").server.data_directory,
            std::nullopt);
}

TEST(Configuration, ListensOnSeveralAddresses) {
  const auto configuration = must_read({}, {{"PAIL_LISTEN", "127.0.0.1:1,[::1]:2"}});
  ASSERT_EQ(configuration.server.listen.size(), 2U);
  EXPECT_EQ(configuration.server.listen[1].host, "[::1]");
  EXPECT_EQ(configuration.server.listen[1].port, 2);
}

TEST(Configuration, AComplaintNamesWhereTheValueStood) {
  EXPECT_THAT(failure(flags({{"listen", "nowhere"}})), HasSubstr("--listen is 'nowhere'"));
  EXPECT_THAT(failure({}, {{"PAIL_LISTEN", "nowhere"}}), HasSubstr("PAIL_LISTEN is 'nowhere'"));
  EXPECT_THAT(failure({}, {{"PAIL_BUCKET", "b:all"}}),
              HasSubstr("PAIL_BUCKET gives 'b' the access 'all'"));
}

TEST(Configuration, NoComplaintQuotesACredential) {
  EXPECT_EQ(failure(flags({{"credential", "hush"}})),
            "--credential is not ID:SECRET or ID:SECRET:NAME");
}

TEST(Configuration, WordsOutsideTheListAreRefusedWithTheList) {
  EXPECT_EQ(failure(flags({{"log", "xml"}})), "--log is 'xml'; it can be human, json or off");
  EXPECT_EQ(failure(flags({{"durability", "none"}})),
            "--durability is 'none'; it can be process or power");
  EXPECT_EQ(failure(flags({{"tls", "on"}})), "--tls is 'on'; it can be off or auto");
  EXPECT_EQ(failure(flags({{"threads", "many"}})), "--threads is 'many'; it can be 0 to 1024");
  EXPECT_EQ(failure(flags({{"threads", "1025"}})), "--threads is '1025'; it can be 0 to 1024");
  EXPECT_EQ(failure(flags({{"lifecycle-day", "soon"}})),
            "--lifecycle-day is 'soon'; give a number and ms, s, m, h or d, for instance 10s");
}

TEST(Configuration, LifecycleDaysAreTrueUnlessTold) {
  const auto unset = must_read({}).server;
  EXPECT_EQ(unset.lifecycle_day, std::chrono::hours(24));
  EXPECT_EQ(unset.lifecycle_interval, std::nullopt);
  const auto set =
      must_read(flags({{"lifecycle-day", "2s"}, {"lifecycle-interval", "500ms"}})).server;
  EXPECT_EQ(set.lifecycle_day, std::chrono::seconds(2));
  EXPECT_EQ(set.lifecycle_interval, std::chrono::milliseconds(500));
}

TEST(Configuration, CertificateAndKeyBelongTogether) {
  EXPECT_EQ(failure(flags({{"tls-cert", "c"}})),
            "--tls-cert needs the private key: give --tls-key as well");
  EXPECT_EQ(failure(flags({{"tls-key", "k"}})),
            "--tls-key needs the certificate: give --tls-cert as well");
  EXPECT_EQ(failure(flags({{"tls-cert", "c"}, {"tls-key", "k"}, {"tls", "auto"}})),
            "--tls-cert and --tls auto exclude each other");
  const auto tls = must_read(flags({{"tls-cert", "c"}, {"tls-key", "k"}})).tls;
  EXPECT_EQ(tls.certificate_file, "c");
  EXPECT_EQ(tls.key_file, "k");
  EXPECT_TRUE(must_read(flags({{"tls", "auto"}})).tls.is_automatic);
}

TEST(Configuration, TakesTheRestOfTheFlags) {
  const auto configuration = must_read(flags({{"strict-host", "true"},
                                              {"sigv2", "true"},
                                              {"sse-c-over-http", "true"},
                                              {"threads", "3"},
                                              {"durability", "power"},
                                              {"log", "json"},
                                              {"ready-file", "r"},
                                              {"host", "s3"},
                                              {"endpoint-url", "http://minio:9000"}}));
  EXPECT_TRUE(configuration.server.strict_host);
  EXPECT_TRUE(configuration.server.sigv2);
  EXPECT_TRUE(configuration.server.sse_c_over_http);
  EXPECT_EQ(configuration.server.threads, 3U);
  EXPECT_EQ(configuration.server.durability, Durability::kPower);
  EXPECT_EQ(configuration.log, LogFormat::kJson);
  EXPECT_EQ(configuration.ready_file, "r");
  EXPECT_THAT(configuration.server.host_names, ElementsAre("s3", "http://minio:9000"));
}

TEST(ApplicationVariables, OneEnvServesBoth) {
  const auto configuration =
      must_read({}, {{"S3_BUCKET", "photos"},
                     {"S3_REGION", "eu-central-1"},
                     {"S3_ENDPOINT_URL", "http://s3:9000"},
                     {"S3_ACCESS_KEY_ID", "id"},
                     {"S3_SECRET_ACCESS_KEY", "secret"},
                     {"S3_PUBLIC_BASE_URL", "http://localhost:9000/photos"}});
  EXPECT_THAT(buckets(configuration), ElementsAre("photos:read"));
  EXPECT_EQ(configuration.server.region, "eu-central-1");
  EXPECT_THAT(configuration.server.host_names, ElementsAre("http://s3:9000"));
  EXPECT_THAT(credentials(configuration), ElementsAre("id/secret"));
  EXPECT_EQ(configuration.secret_variable, "S3_SECRET_ACCESS_KEY");
  EXPECT_THAT(bases(configuration), ElementsAre("http://localhost:9000/photos photos"));
}

TEST(ApplicationVariables, AreAddedToTheFlags) {
  const auto configuration =
      must_read(flags({{"bucket", "one"}, {"credential", "a:b"}, {"host", "h"}}),
                {{"S3_BUCKET", "two"},
                 {"AWS_ACCESS_KEY_ID", "c"},
                 {"AWS_SECRET_ACCESS_KEY", "d"},
                 {"AWS_ENDPOINT_URL_S3", "http://e"}});
  EXPECT_THAT(buckets(configuration), ElementsAre("one", "two"));
  EXPECT_THAT(credentials(configuration), ElementsAre("a/b", "c/d"));
  EXPECT_THAT(configuration.server.host_names, ElementsAre("h", "http://e"));
  EXPECT_EQ(configuration.secret_variable, "");
}

TEST(ApplicationVariables, WhatComposeFilesForMinioSay) {
  const auto configuration = must_read({}, {{"MINIO_ROOT_USER", "root"},
                                            {"MINIO_ROOT_PASSWORD", "password"},
                                            {"MINIO_DEFAULT_BUCKETS", "a, b:download c:public;d"}});
  EXPECT_THAT(buckets(configuration), ElementsAre("a", "b:read", "c:read-write", "d"));
  EXPECT_THAT(credentials(configuration), ElementsAre("root/password"));
  EXPECT_EQ(configuration.secret_variable, "MINIO_ROOT_PASSWORD");
  EXPECT_THAT(failure({}, {{"MINIO_DEFAULT_BUCKETS", "a:upload"}}),
              HasSubstr("MINIO_DEFAULT_BUCKETS gives 'a' the policy 'upload'"));
}

TEST(ApplicationVariables, HalfAPairSaysWhichVariableIsMissing) {
  EXPECT_EQ(
      failure({}, {{"S3_ACCESS_KEY_ID", "id"}}),
      "S3_ACCESS_KEY_ID is set, but S3_SECRET_ACCESS_KEY is not; set both or neither of them");
  EXPECT_EQ(
      failure({}, {{"AWS_SECRET_ACCESS_KEY", "hush"}}),
      "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not; set both or neither of them");
  EXPECT_EQ(failure({}, {{"MINIO_ROOT_USER", "root"}, {"MINIO_ROOT_PASSWORD", ""}}),
            "MINIO_ROOT_USER is set, but MINIO_ROOT_PASSWORD is not; set both or neither of them");
}

TEST(ApplicationVariables, EmptyOnesCountAsNotSet) {
  const auto configuration = must_read({}, {{"S3_BUCKET", ""},
                                            {"S3_ACCESS_KEY_ID", ""},
                                            {"S3_SECRET_ACCESS_KEY", ""},
                                            {"S3_PUBLIC_BASE_URL", ""},
                                            {"S3_REGION", ""}});
  EXPECT_THAT(buckets(configuration), IsEmpty());
  EXPECT_THAT(credentials(configuration), IsEmpty());
  EXPECT_EQ(configuration.server.region, "us-east-1");
}

TEST(ApplicationVariables, TheSamePairTwiceIsOneCredential) {
  EXPECT_THAT(
      credentials(must_read(flags({{"credential", "id:secret"}}),
                            {{"S3_ACCESS_KEY_ID", "id"}, {"S3_SECRET_ACCESS_KEY", "secret"}})),
      ElementsAre("id/secret"));
}

TEST(ApplicationVariables, TwoSecretsOfOneIdAreRefusedWithoutShowingThem) {
  EXPECT_EQ(failure(flags({{"credential", "id:one"}}),
                    {{"S3_ACCESS_KEY_ID", "id"}, {"S3_SECRET_ACCESS_KEY", "two"}}),
            "the access key id 'id' is given two different secrets, one of them by "
            "S3_SECRET_ACCESS_KEY");
}

TEST(ApplicationVariables, ABucketNamedTwiceGetsTheWiderAccess) {
  EXPECT_THAT(buckets(must_read(flags({{"bucket", "b"}, {"bucket", "b:public-read-write"}}),
                                {{"S3_BUCKET", "b"}})),
              ElementsAre("b:read-write"));
}

TEST(PublicBaseUrl, BelongsToS3BucketElseToTheFirstOne) {
  const Layer given = flags({{"bucket", "first"}, {"public-base-url", "https://cdn.test"}});
  EXPECT_THAT(bases(must_read(given)), ElementsAre("https://cdn.test first"));
  EXPECT_THAT(bases(must_read(given, {{"S3_BUCKET", "app"}})), ElementsAre("https://cdn.test app"));
}

TEST(PublicBaseUrl, MayNameItsBucketWhichIsMadeAndReadable) {
  const auto configuration =
      must_read(flags({{"bucket", "first"}, {"public-base-url", "https://cdn.test=assets"}}));
  EXPECT_THAT(bases(configuration), ElementsAre("https://cdn.test assets"));
  EXPECT_THAT(buckets(configuration), ElementsAre("first", "assets:read"));
}

TEST(PublicBaseUrl, WithoutAnyBucketIsRefused) {
  EXPECT_THAT(failure({}, {{"S3_PUBLIC_BASE_URL", "https://cdn.test"}}),
              HasSubstr("whose public URL is https://cdn.test? Name the bucket with S3_BUCKET"));
}

TEST(PublicBaseUrl, AndOtherUrlsNeedAHost) {
  EXPECT_THAT(failure({}, {{"S3_PUBLIC_BASE_URL", "/photos"}}),
              HasSubstr("S3_PUBLIC_BASE_URL is '/photos'"));
  EXPECT_EQ(failure({}, {{"S3_ENDPOINT_URL", "http://"}}),
            "S3_ENDPOINT_URL is 'http://', which names no host");
  EXPECT_EQ(failure(flags({{"host", "/"}})), "--host is '/', which names no host");
}

}  // namespace
}  // namespace pail::cli
