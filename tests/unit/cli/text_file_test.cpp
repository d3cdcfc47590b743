#include "cli/text_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/tls_identity.h"

namespace pail::cli {
namespace {

using ::testing::HasSubstr;

TemporaryDirectory temporary_directory() {
  auto made = TemporaryDirectory::make();
  EXPECT_TRUE(made.has_value());
  return std::move(made).value();
}

TEST(TextFile, ComesBackAsWritten) {
  const TemporaryDirectory directory = temporary_directory();
  const auto file = directory.path() / "f";
  ASSERT_TRUE(write_text_file(file, "one\n").has_value());
  ASSERT_TRUE(write_text_file(file, "two\n").has_value());
  const auto content = read_text_file(file);
  ASSERT_TRUE(content.has_value());
  EXPECT_EQ(*content, "two\n");
}

TEST(TextFile, WhatCannotBeReadIsNamedWithTheReason) {
  const TemporaryDirectory directory = temporary_directory();
  EXPECT_THAT(read_text_file(directory.path() / "none").error(),
              HasSubstr("none: No such file or directory"));
  EXPECT_THAT(read_text_file(directory.path()).error(), HasSubstr("Is a directory"));
}

TEST(TextFile, OfMoreThanAMebibyteIsRefused) {
  const TemporaryDirectory directory = temporary_directory();
  const auto file = directory.path() / "f";
  ASSERT_TRUE(write_text_file(file, std::string(1024 * 1024 + 1, 'x')).has_value());
  EXPECT_THAT(read_text_file(file).error(), HasSubstr("larger than 1 MiB"));
}

TEST(TextFile, ThatCannotBeWrittenIsNamed) {
  EXPECT_THAT(write_text_file("/nowhere/f", "x").error(), HasSubstr("cannot write /nowhere/f"));
}

TEST(TemporaryDirectory, IsGoneWithItsObject) {
  std::filesystem::path path;
  {
    const TemporaryDirectory directory = temporary_directory();
    path = directory.path();
    EXPECT_TRUE(write_text_file(path / "f", "x").has_value());
    EXPECT_TRUE(std::filesystem::exists(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace pail::cli
