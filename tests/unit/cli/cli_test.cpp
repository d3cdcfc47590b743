#include "cli/cli.h"

#include <sstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/configuration.h"
#include "cli/setting.h"

namespace pail::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

Outcome run(const std::vector<std::string>& arguments, Environment environment = Environment()) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = cli::run(arguments, environment, out, err);
  return {code, out.str(), err.str()};
}

TEST(Cli, WithoutACommandShowsHelpAsAMistake) {
  const Outcome outcome = run({});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("usage: pail COMMAND"));
  EXPECT_THAT(outcome.out, IsEmpty());
}

TEST(Cli, HelpNamesEveryCommand) {
  for (const char* word : {"help", "--help", "-h"}) {
    const Outcome outcome = run({word});
    EXPECT_EQ(outcome.code, 0);
    for (const char* command : {"serve", "health", "version"}) {
      EXPECT_THAT(outcome.out, HasSubstr(std::string("  ") + command + " "));
    }
  }
}

TEST(Cli, HelpOfACommandShowsEachSettingWithItsVariable) {
  const Outcome outcome = run({"help", "serve"});
  EXPECT_EQ(outcome.code, 0);
  for (const Setting& setting : serve_settings()) {
    EXPECT_THAT(outcome.out, HasSubstr("--" + std::string(setting.name)));
    EXPECT_THAT(outcome.out, HasSubstr("[" + variable_name(setting.name) + "]"));
  }
  EXPECT_EQ(run({"serve", "--help"}).out, outcome.out);
}

TEST(Cli, UnknownCommandIsAMistake) {
  const Outcome outcome = run({"swim"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err, "pail: there is no command 'swim'; see 'pail --help'\n");
}

TEST(Cli, VersionIsPrinted) {
  EXPECT_THAT(run({"version"}).out, StartsWith("pail "));
  EXPECT_EQ(run({"--version"}).out, run({"version"}).out);
  EXPECT_EQ(run({"version", "--nonsense"}).code, 2);
}

TEST(Cli, AServerThatIsToldNonsenseDoesNotStart) {
  const Outcome outcome = run({"serve", "--log", "xml"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err, "pail: --log is 'xml'; it can be human, json or off\n");
}

TEST(Cli, AConfigurationFileThatIsNotThereIsNamed) {
  const Outcome outcome = run({"serve", "--config", "/nowhere/pail.toml"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, StartsWith("pail: cannot read /nowhere/pail.toml: "));
}

TEST(Cli, HealthTakesItsAddressFromTheEnvironment) {
  EXPECT_THAT(run({"health"}, Environment(Environment::Variables{{"PAIL_LISTEN", "nonsense"}})).err,
              HasSubstr("PAIL_LISTEN is 'nonsense'"));
  EXPECT_THAT(
      run({"health"}, Environment(Environment::Variables{{"PAIL_LISTEN", "127.0.0.1:0"}})).err,
      HasSubstr("PAIL_LISTEN has port 0"));
  EXPECT_EQ(run({"health", "--endpoint", "ftp://h"}).code, 2);
}

}  // namespace
}  // namespace pail::cli
