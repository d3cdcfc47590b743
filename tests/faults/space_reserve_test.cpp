#include "store/disk/space_reserve.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "contract/store_fixtures.h"
#include "faults/failing_file_system.h"

namespace pail::store::disk {
namespace {

TEST(SpaceReserve, IsWholeOrLeavesNothing) {
  bool succeeded = false;
  for (int failing = 2; !succeeded && failing < 50; ++failing) {
    const TemporaryFolder folder;
    const auto plan = std::make_shared<FailurePlan>();
    SpaceReserve reserve(std::make_shared<FailingFileSystem>(plan), folder.path().string());
    EXPECT_FALSE(reserve.is_there());
    // The first operation removes what an earlier process may have left.
    plan->start(failing, false);
    reserve.make();
    succeeded = plan->operations < failing;
    EXPECT_EQ(reserve.is_there(), succeeded) << failing;
    EXPECT_EQ(std::filesystem::is_empty(folder.path()), !succeeded) << failing;
    plan->start(0, false);
    reserve.make();
    EXPECT_TRUE(reserve.is_there());
    EXPECT_EQ(std::filesystem::file_size(folder.path() / "reserve"), SpaceReserve::kBytes);
  }
  EXPECT_TRUE(succeeded);
}

TEST(SpaceReserve, IsGivenUpOnce) {
  const TemporaryFolder folder;
  SpaceReserve reserve(make_posix_file_system(), folder.path().string());
  reserve.make();
  EXPECT_TRUE(reserve.give_up());
  EXPECT_FALSE(reserve.give_up());
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(SpaceReserve, OfAnEarlierProcessIsTakenOver) {
  const TemporaryFolder folder;
  SpaceReserve(make_posix_file_system(), folder.path().string()).make();
  SpaceReserve reserve(make_posix_file_system(), folder.path().string());
  EXPECT_TRUE(reserve.is_there());
  EXPECT_TRUE(reserve.give_up());
}

}  // namespace
}  // namespace pail::store::disk
