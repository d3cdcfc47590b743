#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/configuration.h"
#include "cli/setting.h"

namespace pail::cli {
namespace {

using ::testing::HasSubstr;

std::string readme() {
  std::ostringstream text;
  text << std::ifstream(PAIL_SOURCE_DIR "/README.md").rdbuf();
  return text.str();
}

TEST(ServeSettings, EachIsDocumentedAsFlagAndVariable) {
  const std::string text = readme();
  for (const Setting& setting : serve_settings()) {
    EXPECT_THAT(text, HasSubstr("`--" + std::string(setting.name)));
    EXPECT_THAT(text, HasSubstr("`" + variable_name(setting.name) + "`"));
  }
}

TEST(ServeSettings, AreFoundByName) {
  ASSERT_NE(find_setting(serve_settings(), "tls-cert"), nullptr);
  EXPECT_EQ(find_setting(serve_settings(), "tls-cert")->name, "tls-cert");
  EXPECT_EQ(find_setting(serve_settings(), "tl"), nullptr);
}

TEST(Setting, NamesItsVariable) {
  EXPECT_EQ(variable_name("tls-cert"), "PAIL_TLS_CERT");
  EXPECT_EQ(variable_name("data"), "PAIL_DATA");
}

}  // namespace
}  // namespace pail::cli
