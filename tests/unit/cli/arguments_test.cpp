#include "cli/arguments.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pail::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::array kSettings = {
    Setting{"region", SettingKind::kValue, "NAME", "the region"},
    Setting{"bucket", SettingKind::kList, "NAME", "a bucket"},
    Setting{"memory", SettingKind::kSwitch, "", "in memory"},
};

Result<Layer, EarlyExit> parse(std::vector<std::string> arguments) {
  return parse_arguments({"serve", "Serves.", "examples: none"}, kSettings, arguments);
}

std::vector<std::string> values(std::vector<std::string> arguments, std::string_view name) {
  const auto layer = parse(std::move(arguments));
  if (!layer) return {layer.error().text};
  std::vector<std::string> texts;
  const auto found = layer->find(name);
  if (found == layer->end()) return texts;
  for (const GivenValue& given : found->second) texts.push_back(given.origin + "=" + given.value);
  return texts;
}

EarlyExit exit_of(std::vector<std::string> arguments) {
  const auto layer = parse(std::move(arguments));
  return layer ? EarlyExit{-1, "parsed"} : layer.error();
}

TEST(Arguments, OfNoneNothingIsGiven) { EXPECT_THAT(values({}, "region"), IsEmpty()); }

TEST(Arguments, ListsAreRepeatedFlags) {
  EXPECT_THAT(values({"--bucket", "a", "--bucket=b"}, "bucket"),
              ElementsAre("--bucket=a", "--bucket=b"));
}

TEST(Arguments, AFlagTakesOneValueOnly) {
  EXPECT_EQ(exit_of({"--bucket", "a", "b"}).code, kUsageError);
}

TEST(Arguments, TheLastOfASingleValueCounts) {
  EXPECT_THAT(values({"--region", "a", "--region", "b"}, "region"), ElementsAre("--region=b"));
}

TEST(Arguments, SwitchesNeedNoValue) {
  EXPECT_THAT(values({"--memory"}, "memory"), ElementsAre("--memory=true"));
  EXPECT_THAT(values({"--memory=false"}, "memory"), ElementsAre("--memory=false"));
}

TEST(Arguments, AddressesInBracketsStayWhole) {
  EXPECT_THAT(values({"--bucket", "[::1]:9000"}, "bucket"), ElementsAre("--bucket=[::1]:9000"));
  EXPECT_THAT(values({"--bucket", "a,b"}, "bucket"), ElementsAre("--bucket=a,b"));
}

TEST(Arguments, HelpEndsWithTheTextAndNoFailure) {
  const EarlyExit help = exit_of({"--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_THAT(help.text, HasSubstr("--bucket NAME"));
  EXPECT_THAT(help.text, HasSubstr("[PAIL_BUCKET]"));
  EXPECT_THAT(help.text, HasSubstr("examples: none"));
}

TEST(Arguments, MistakesAreOneSentence) {
  const EarlyExit unknown = exit_of({"--nonsense"});
  EXPECT_EQ(unknown.code, kUsageError);
  EXPECT_THAT(unknown.text, HasSubstr("--nonsense"));
  EXPECT_THAT(unknown.text, HasSubstr("see 'pail serve --help'\n"));
  EXPECT_EQ(exit_of({"--region"}).code, kUsageError);
  EXPECT_EQ(exit_of({"word"}).code, kUsageError);
}

}  // namespace
}  // namespace pail::cli
