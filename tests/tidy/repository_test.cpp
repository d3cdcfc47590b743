#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tidy/rules.h"

namespace pail::test::tidy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

/// The tree that this program was built from.
class Repository : public ::testing::Test {
 protected:
  static const std::vector<SourceFile>& files() {
    static const std::vector<SourceFile> kFiles =
        read_tree(PAIL_SOURCE_DIR, {"include", "server", "tests"});
    return kFiles;
  }
  static ModuleTable modules() {
    const auto found = std::ranges::find(files(), "server/CMakeLists.txt", &SourceFile::path);
    return found == files().end() ? ModuleTable() : read_module_table(found->text);
  }
};

TEST_F(Repository, ModuleTableIsRead) { EXPECT_THAT(modules(), SizeIs(::testing::Gt(15U))); }

TEST_F(Repository, ModulesIncludeOnlyWhatTheyMay) {
  EXPECT_THAT(check_module_includes(files(), modules()), IsEmpty());
}

TEST_F(Repository, ModulesHaveNoCycles) { EXPECT_THAT(check_no_cycles(modules()), IsEmpty()); }

TEST_F(Repository, LibrariesStayInTheirRooms) {
  EXPECT_THAT(check_library_rooms(files()), IsEmpty());
}

TEST_F(Repository, OperationsArePrivate) {
  EXPECT_THAT(check_operations_are_private(files()), IsEmpty());
}

TEST_F(Repository, FilesAndFunctionsAreShort) { EXPECT_THAT(check_lengths(files()), IsEmpty()); }

TEST_F(Repository, NamesSaySomething) { EXPECT_THAT(check_names(files()), IsEmpty()); }

TEST_F(Repository, PublicHeadersNeedNobodyElse) {
  EXPECT_THAT(check_public_includes(files()), IsEmpty());
}

TEST_F(Repository, EveryTestIsInATarget) {
  EXPECT_THAT(check_tests_have_targets(files()), IsEmpty());
}

}  // namespace
}  // namespace pail::test::tidy
