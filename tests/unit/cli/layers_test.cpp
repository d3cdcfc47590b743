#include "cli/layers.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pail::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr std::array kSettings = {
    Setting{"region", SettingKind::kValue, "", ""},
    Setting{"tls-cert", SettingKind::kList, "", ""},
    Setting{"memory", SettingKind::kSwitch, "", ""},
};

std::vector<std::string> texts(const Result<Layer, std::string>& layer, std::string_view name) {
  if (!layer) return {"failed: " + layer.error()};
  std::vector<std::string> values;
  const auto found = layer->find(name);
  if (found == layer->end()) return values;
  for (const GivenValue& given : found->second) values.push_back(given.origin + "=" + given.value);
  return values;
}

Result<Layer, std::string> from_variable(const char* name, const char* value) {
  return environment_layer(kSettings, Environment(Environment::Variables{{name, value}}));
}

Result<Layer, std::string> from_file(std::string_view text) {
  return file_layer(kSettings, text, "pail.toml");
}

TEST(EnvironmentLayer, NamesFollowFromThoseOfTheFlags) {
  EXPECT_THAT(texts(from_variable("PAIL_TLS_CERT", "a"), "tls-cert"),
              ElementsAre("PAIL_TLS_CERT=a"));
}

TEST(EnvironmentLayer, ListsAreSeparatedByCommas) {
  EXPECT_THAT(texts(from_variable("PAIL_TLS_CERT", "a, b,,c "), "tls-cert"),
              ElementsAre("PAIL_TLS_CERT=a", "PAIL_TLS_CERT=b", "PAIL_TLS_CERT=c"));
}

TEST(EnvironmentLayer, ASingleValueKeepsItsCommas) {
  EXPECT_THAT(texts(from_variable("PAIL_REGION", "a,b"), "region"), ElementsAre("PAIL_REGION=a,b"));
}

TEST(EnvironmentLayer, SwitchesKnowTheUsualWords) {
  for (const char* word : {"1", "true", "YES", "on"}) {
    EXPECT_THAT(texts(from_variable("PAIL_MEMORY", word), "memory"),
                ElementsAre("PAIL_MEMORY=true"));
  }
  for (const char* word : {"0", "False", "no", "off"}) {
    EXPECT_THAT(texts(from_variable("PAIL_MEMORY", word), "memory"),
                ElementsAre("PAIL_MEMORY=false"));
  }
  EXPECT_THAT(texts(from_variable("PAIL_MEMORY", "maybe"), "memory"),
              ElementsAre("failed: PAIL_MEMORY is 'maybe'; it can be true or false"));
}

TEST(EnvironmentLayer, EmptyVariableCountsAsNotSet) {
  EXPECT_THAT(texts(from_variable("PAIL_REGION", ""), "region"), IsEmpty());
}

TEST(FileLayer, HoldsTheSettingsByName) {
  const auto layer = from_file("region = 'r'\ntls-cert = ['a', 'b']\nmemory = true");
  EXPECT_THAT(texts(layer, "region"), ElementsAre("region in pail.toml=r"));
  EXPECT_THAT(texts(layer, "tls-cert"),
              ElementsAre("tls-cert in pail.toml=a", "tls-cert in pail.toml=b"));
  EXPECT_THAT(texts(layer, "memory"), ElementsAre("memory in pail.toml=true"));
}

TEST(FileLayer, MistakesNameTheFile) {
  EXPECT_THAT(texts(from_file("regio = 'r'"), "region"),
              ElementsAre("failed: pail.toml: there is no setting 'regio'; the names are those of "
                          "the flags of 'pail serve --help', without --"));
  EXPECT_THAT(texts(from_file("region = 'r'\nregion = 's'"), "region"),
              ElementsAre(StartsWith("failed: pail.toml: line 2: ")));
  EXPECT_THAT(texts(from_file("region = ['r', 's']"), "region"),
              ElementsAre("failed: region in pail.toml takes one value, not 2"));
  EXPECT_THAT(texts(from_file("region"), "region"),
              ElementsAre(StartsWith("failed: pail.toml: line 1: ")));
}

TEST(MergeLayers, AListIsReplacedAndNotAddedTo) {
  const Layer stronger = {{"region", {{"a", "flag"}}}};
  const Layer weaker = {{"region", {{"b", "file"}, {"c", "file"}}}, {"memory", {{"true", "file"}}}};
  const Layer merged = merge_layers(stronger, weaker);
  EXPECT_THAT(texts(merged, "region"), ElementsAre("flag=a"));
  EXPECT_THAT(texts(merged, "memory"), ElementsAre("file=true"));
}

}  // namespace
}  // namespace pail::cli
