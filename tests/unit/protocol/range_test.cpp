#include "protocol/range.h"

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

using Selected = std::optional<ByteRange>;

Selected select(std::string_view field, std::uint64_t size_bytes) {
  auto range = resolve_range(field, size_bytes);
  EXPECT_TRUE(range.has_value()) << field;
  return range ? *range : Selected();
}

std::string refusal(std::string_view field, std::uint64_t size_bytes) {
  auto range = resolve_range(field, size_bytes);
  if (range) return "accepted";
  return std::string(error_name(range.error().code));
}

TEST(Range, SelectsFirstToLastInclusive) {
  EXPECT_EQ(select("bytes=0-4", 10), (ByteRange{0, 5}));
  EXPECT_EQ(select("bytes=9-9", 10), (ByteRange{9, 1}));
}

TEST(Range, IsCutAtTheEndOfTheObject) {
  EXPECT_EQ(select("bytes=8-100", 10), (ByteRange{8, 2}));
  EXPECT_EQ(select("bytes=8-99999999999999999999999999", 10), (ByteRange{8, 2}));
}

TEST(Range, OpenEndReachesTheEnd) { EXPECT_EQ(select("bytes=3-", 10), (ByteRange{3, 7})); }

TEST(Range, SuffixIsTheLastBytes) { EXPECT_EQ(select("bytes=-3", 10), (ByteRange{7, 3})); }

TEST(Range, SuffixLongerThanObjectIsWholeObject) {
  EXPECT_EQ(select("bytes=-30", 10), (ByteRange{0, 10}));
}

TEST(Range, SeveralRangesAreIgnored) { EXPECT_EQ(select("bytes=0-1,4-5", 10), std::nullopt); }

TEST(Range, MalformedValuesAreIgnored) {
  for (const char* field : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=1", "bytes=5-2",
                            "bytes=--1", "bytes=+1-2", "chunks=0-4", "bytes 0-4", "0-4"}) {
    EXPECT_EQ(select(field, 10), std::nullopt) << field;
  }
}

TEST(Range, BeyondTheEndCanNotBeSatisfied) {
  EXPECT_EQ(refusal("bytes=10-20", 10), "InvalidRange");
  EXPECT_EQ(refusal("bytes=99999999999999999999999999-", 10), "InvalidRange");
}

TEST(Range, EmptySuffixCanNotBeSatisfied) { EXPECT_EQ(refusal("bytes=-0", 10), "InvalidRange"); }

TEST(Range, NothingOfAnEmptyObjectCanBeSelected) {
  EXPECT_EQ(refusal("bytes=0-", 0), "InvalidRange");
  EXPECT_EQ(refusal("bytes=-5", 0), "InvalidRange");
}

TEST(Range, RefusalSaysWhatWasAskedAndWhatThereIs) {
  const auto range = resolve_range("bytes=100-200", 10);
  ASSERT_FALSE(range.has_value());
  const std::vector<S3Error::Field> expected = {{"RangeRequested", "bytes=100-200"},
                                                {"ActualObjectSize", "10"}};
  EXPECT_EQ(range.error().fields, expected);
  EXPECT_EQ(range.error().status(), 416);
}

TEST(Range, ContentRangeNamesLastByteAndSize) {
  EXPECT_EQ(content_range({2, 3}, 10), "bytes 2-4/10");
}

TEST(CopySourceRange, TakesFirstToLast) {
  const auto range = resolve_copy_source_range("bytes=0-9", 10);
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(*range, (ByteRange{0, 10}));
}

TEST(CopySourceRange, RefusesEveryOtherForm) {
  for (const char* field : {"0-8", "bytes=1-0", "bytes=-1-", "bytes=0--1", "bytes=-5", "bytes=5-",
                            "bytes=0-1,2-3", "", "bytes=a-b"}) {
    const auto range = resolve_copy_source_range(field, 10);
    ASSERT_FALSE(range.has_value()) << field;
    EXPECT_EQ(range.error().code, S3ErrorCode::InvalidArgument) << field;
    EXPECT_TRUE(range.error().message.starts_with(
        "The x-amz-copy-source-range value must be of the form bytes=first-last"))
        << field;
  }
}

TEST(CopySourceRange, EndBeyondTheSourceIsInvalidArgument) {
  const auto range = resolve_copy_source_range("bytes=0-100", 10);
  ASSERT_FALSE(range.has_value());
  EXPECT_EQ(range.error().code, S3ErrorCode::InvalidArgument);
  EXPECT_EQ(range.error().message, "Range specified is not valid for source object of size: 10");
}

TEST(CopySourceRange, StartBeyondTheSourceIsInvalidRequest) {
  const auto range = resolve_copy_source_range("bytes=100-200", 10);
  ASSERT_FALSE(range.has_value());
  EXPECT_EQ(range.error().code, S3ErrorCode::InvalidRequest);
  EXPECT_EQ(range.error().message,
            "The specified copy range is invalid for the source object size");
}

}  // namespace
}  // namespace pail::protocol
