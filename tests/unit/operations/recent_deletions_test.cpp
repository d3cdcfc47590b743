#include "operations/recent_deletions.h"

#include <gtest/gtest.h>

namespace pail::operations {
namespace {

using std::chrono::milliseconds;

constexpr time::Timestamp kBegan{std::chrono::hours(24)};
const protocol::WriteConditions kFirst = [] {
  protocol::WriteConditions conditions;
  conditions.if_none_match = true;
  return conditions;
}();

struct RecentDeletionsTest : testing::Test {
  std::shared_ptr<RecentDeletions> deletions = std::make_shared<RecentDeletions>();

  [[nodiscard]] std::optional<S3Error> guard(protocol::WriteConditions conditions,
                                             const model::ObjectVersion* current) const {
    const auto refuse = conditional_guard(std::move(conditions), {1, "k", kBegan}, deletions);
    return refuse ? refuse(current) : std::nullopt;
  }
};

TEST_F(RecentDeletionsTest, CountOnlyAfterTheUploadBegan) {
  deletions->note(1, "k", kBegan);
  EXPECT_FALSE(deletions->any_after(1, "k", kBegan));
  deletions->note(1, "k", kBegan + milliseconds(1));
  EXPECT_TRUE(deletions->any_after(1, "k", kBegan));
}

TEST_F(RecentDeletionsTest, CountForTheirKeyInTheirBucketAlone) {
  deletions->note(1, "k", kBegan + milliseconds(1));
  EXPECT_FALSE(deletions->any_after(2, "k", kBegan));
  EXPECT_FALSE(deletions->any_after(1, "K", kBegan));
}

TEST_F(RecentDeletionsTest, ConflictWithAWriteThatWantsToBeTheFirst) {
  EXPECT_FALSE(guard(kFirst, nullptr));
  deletions->note(1, "k", kBegan + milliseconds(1));
  const auto refused = guard(kFirst, nullptr);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->code, S3ErrorCode::ConditionalRequestConflict);
}

TEST_F(RecentDeletionsTest, DoNotMatterToOtherWrites) {
  deletions->note(1, "k", kBegan + milliseconds(1));
  EXPECT_FALSE(guard({}, nullptr));
}

TEST_F(RecentDeletionsTest, DoNotHideThatThereIsAnObject) {
  deletions->note(1, "k", kBegan + milliseconds(1));
  const model::ObjectVersion current;
  const auto refused = guard(kFirst, &current);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->code, S3ErrorCode::PreconditionFailed);
}

}  // namespace
}  // namespace pail::operations
