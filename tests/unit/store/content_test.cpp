#include "store/content.h"

#include <gtest/gtest.h>

namespace pail::store {
namespace {

Content content_of(std::initializer_list<std::uint64_t> lengths) {
  Content content;
  for (const std::uint64_t length : lengths) {
    Segment segment;
    segment.blob_id = static_cast<std::int64_t>(content.segments.size() + 1);
    segment.offset_bytes = 100;
    segment.length_bytes = length;
    content.segments.push_back(segment);
    content.size_bytes += length;
  }
  return content;
}

struct Stretch {
  std::int64_t blob_id;
  std::uint64_t offset;
  std::uint64_t length;
  bool operator==(const Stretch&) const = default;
};

std::vector<Stretch> stretches(const Content& content) {
  std::vector<Stretch> out;
  for (const Segment& segment : content.segments) {
    out.push_back({segment.blob_id, segment.offset_bytes, segment.length_bytes});
  }
  return out;
}

using Stretches = std::vector<Stretch>;

TEST(Content, SliceWithinOneSegmentMovesItsOffset) {
  EXPECT_EQ(stretches(content_of({10, 10}).slice(12, 3)), (Stretches{{2, 102, 3}}));
}

TEST(Content, SliceAcrossSegmentsCutsTheFirstAndTheLast) {
  EXPECT_EQ(stretches(content_of({10, 10, 10}).slice(9, 12)),
            (Stretches{{1, 109, 1}, {2, 100, 10}, {3, 100, 1}}));
}

TEST(Content, WholeSliceIsTheSameAndAnEmptyOneHasNoSegments) {
  const Content content = content_of({10, 20});
  EXPECT_EQ(stretches(content.slice(0, 30)), stretches(content));
  EXPECT_TRUE(content.slice(30, 0).segments.empty());
  EXPECT_EQ(content.slice(10, 0).size_bytes, 0U);
}

TEST(Content, AppendedContentFollows) {
  Content content = content_of({10});
  content.append(content_of({5, 6}));
  EXPECT_EQ(content.size_bytes, 21U);
  EXPECT_EQ(stretches(content), (Stretches{{1, 100, 10}, {1, 100, 5}, {2, 100, 6}}));
}

TEST(Content, ContentCanBeAppendedToItself) {
  Content content = content_of({10});
  content.append(content);
  EXPECT_EQ(stretches(content), (Stretches{{1, 100, 10}, {1, 100, 10}}));
}

TEST(Content, AppendKeepsTheHoldsOfBothAndLetsGoOfThemWithTheLastCopy) {
  auto first = std::make_shared<int>(1);
  auto second = std::make_shared<int>(2);
  Content one = content_of({1});
  one.hold = first;
  Content copy;
  {
    Content two = content_of({2});
    two.hold = second;
    one.append(two);
    copy = one;
    copy.append(two);
  }
  one = Content{};
  EXPECT_EQ(first.use_count(), 2);
  EXPECT_GT(second.use_count(), 1);
  copy = Content{};
  EXPECT_EQ(first.use_count(), 1);
  EXPECT_EQ(second.use_count(), 1);
}

TEST(Content, AMillionAppendedHoldsAreFreedWithoutDeepRecursion) {
  Content content;
  for (int i = 0; i < 1'000'000; ++i) {
    Content next;
    next.hold = std::make_shared<int>(i);
    content.append(next);
  }
  const std::weak_ptr<void> hold = content.hold;
  content = Content{};
  EXPECT_TRUE(hold.expired());
}

}  // namespace
}  // namespace pail::store
