#include "space/registry.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "task/task.h"

namespace pail::space {
namespace {

class RegistryTest : public testing::Test {
 protected:
  RegistryTest() {
    std::string name = (std::filesystem::temp_directory_path() / "pail-spaces-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
  }
  ~RegistryTest() override { std::filesystem::remove_all(directory_); }

  [[nodiscard]] std::unique_ptr<Registry> open() const {
    Settings settings;
    settings.data_directory = directory_;
    auto opened = Registry::open(std::move(settings));
    EXPECT_TRUE(opened) << opened.error();
    return std::move(*opened);
  }

  static void make_bucket(Space& space, const std::string& name) {
    model::Bucket bucket;
    bucket.name = name;
    EXPECT_TRUE(task::run_blocking(space.store().create_bucket(std::move(bucket))));
  }

  std::filesystem::path directory_;
};

TEST_F(RegistryTest, KeepsSpacesOverARestart) {
  make_bucket(**open()->find_or_make("one"), "kept");
  const auto again = open();
  EXPECT_EQ(again->names(), (std::vector<std::string>{"default", "one"}));
  ASSERT_TRUE(again->find("one"));
  EXPECT_TRUE(again->find("one")->store().find_bucket("kept"));
  EXPECT_FALSE(again->home().store().find_bucket("kept"));
}

TEST_F(RegistryTest, DropsASpaceWithItsData) {
  const auto registry = open();
  make_bucket(**registry->find_or_make("one"), "gone");
  EXPECT_TRUE(registry->drop("one"));
  EXPECT_FALSE(registry->drop("one"));
  EXPECT_TRUE(std::filesystem::is_empty(directory_ / "spaces"));
  EXPECT_FALSE((*registry->find_or_make("one"))->store().find_bucket("gone"));
}

TEST_F(RegistryTest, DropsASpaceThatWasNotOpenedYet) {
  make_bucket(**open()->find_or_make("one"), "gone");
  const auto again = open();
  EXPECT_TRUE(again->drop("one"));
  EXPECT_EQ(again->names(), std::vector<std::string>{"default"});
}

TEST_F(RegistryTest, TakesNoNameThatLeadsOutOfItsDirectory) {
  const auto registry = open();
  for (const char* name : {"", ".", "..", "a/b", "a.b", "default"}) {
    EXPECT_FALSE(registry->find_or_make(name)) << name;
    EXPECT_FALSE(registry->find(name)) << name;
    EXPECT_FALSE(registry->drop(name)) << name;
  }
}

}  // namespace
}  // namespace pail::space
