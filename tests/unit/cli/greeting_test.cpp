#include "cli/greeting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pail::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

ServeConfiguration configuration() {
  ServeConfiguration configuration;
  configuration.server.listen = {ListenOption{"127.0.0.1", 9000}};
  return configuration;
}

RunningServer running(std::vector<std::string> buckets = {}) {
  return {"http://127.0.0.1:9000", {9000}, std::move(buckets), {}};
}

TEST(Greeting, ShowsTheDefaultPairAndLinesToCopy) {
  const std::string text = greeting(configuration(), running());
  EXPECT_THAT(text, HasSubstr("credentials   pail / pail-secret-key  (the default pair)"));
  EXPECT_THAT(text, HasSubstr("export AWS_ENDPOINT_URL_S3=http://127.0.0.1:9000\n"
                              "export AWS_ACCESS_KEY_ID=pail\n"
                              "export AWS_SECRET_ACCESS_KEY=pail-secret-key\n"
                              "export AWS_REGION=us-east-1\n"));
}

TEST(Greeting, NeverShowsAConfiguredSecret) {
  ServeConfiguration given = configuration();
  given.server.credentials = {{"id", "hush"}, {"other", "quiet"}};
  const std::string text = greeting(given, running());
  EXPECT_THAT(text, AllOf(Not(HasSubstr("hush")), Not(HasSubstr("quiet"))));
  EXPECT_THAT(text, HasSubstr("export AWS_ACCESS_KEY_ID=id\n"));
}

TEST(Greeting, RefersToTheVariableOfASecret) {
  ServeConfiguration given = configuration();
  given.server.credentials = {{"id", "hush"}};
  given.secret_variable = "S3_SECRET_ACCESS_KEY";
  EXPECT_THAT(greeting(given, running()),
              HasSubstr("export AWS_SECRET_ACCESS_KEY=\"$S3_SECRET_ACCESS_KEY\"\n"));
}

TEST(Greeting, ListsBucketsWithTheirAccess) {
  ServeConfiguration given = configuration();
  given.server.buckets = {{"assets", PublicAccess::kRead}, {"drop", PublicAccess::kReadWrite}};
  EXPECT_THAT(greeting(given, running({"assets", "drop", "old"})),
              HasSubstr("  buckets       assets  (everybody reads)\n"
                        "                drop  (everybody reads and writes)\n"
                        "                old\n"));
}

TEST(Greeting, CountsTheBucketsThatItDoesNotShow) {
  std::vector<std::string> names;
  for (int i = 0; i < 25; ++i) names.push_back("bucket-" + std::to_string(i));
  const std::string text = greeting(configuration(), running(names));
  EXPECT_THAT(text, HasSubstr("… and 5 more\n"));
  EXPECT_THAT(text, Not(HasSubstr("bucket-20")));
}

TEST(Greeting, ShowsBothStylesOfAddress) {
  ServeConfiguration given = configuration();
  given.server.buckets = {{"photos", PublicAccess::kRead}};
  const std::string text = greeting(given, running({"photos"}));
  EXPECT_THAT(text, HasSubstr("path style    http://127.0.0.1:9000/photos/KEY\n"));
  EXPECT_THAT(text, HasSubstr("virtual host  http://photos.localhost:9000/KEY\n"));
  EXPECT_THAT(text, HasSubstr("public URL    http://127.0.0.1:9000/photos/KEY\n"));
}

TEST(Greeting, ShowsThePublicUrlOfTheApplication) {
  ServeConfiguration given = configuration();
  given.server.public_bases = {{"https://cdn.test/assets/", "photos"}};
  EXPECT_THAT(greeting(given, running({"photos"})),
              HasSubstr("public URL    https://cdn.test/assets/KEY  (bucket photos)\n"));
}

TEST(Greeting, NamesTheAuthorityThatClientsVerifyWith) {
  RunningServer server = running();
  server.ca_bundle = "/data dir/tls/ca.pem";
  EXPECT_THAT(greeting(configuration(), server),
              HasSubstr("export AWS_CA_BUNDLE='/data dir/tls/ca.pem'\n"));
}

TEST(Greeting, ValuesAreQuotedForTheShell) {
  ServeConfiguration given = configuration();
  given.server.credentials = {{"i'd $x", "hush"}};
  EXPECT_THAT(greeting(given, running()), HasSubstr("export AWS_ACCESS_KEY_ID='i'\\''d $x'\n"));
}

TEST(Greeting, ShowsEachFurtherAddress) {
  ServeConfiguration given = configuration();
  given.server.listen.push_back({"[::1]", 0});
  RunningServer server = running();
  server.ports.push_back(41'000);
  EXPECT_THAT(greeting(given, server), HasSubstr("                http://[::1]:41000\n"));
}

TEST(DefaultCredentialsWarning, IsForAddressesThatOthersReach) {
  ServerOptions options;
  options.listen = {{"127.0.0.1", 9000}, {"0.0.0.0", 9000}};
  EXPECT_THAT(default_credentials_warning(options),
              AllOf(HasSubstr("WARNING"), HasSubstr("0.0.0.0"), HasSubstr("--credential")));
  options.credentials = {{"id", "secret"}};
  EXPECT_THAT(default_credentials_warning(options), IsEmpty());
  options = {};
  EXPECT_THAT(default_credentials_warning(options), IsEmpty());
}

}  // namespace
}  // namespace pail::cli
