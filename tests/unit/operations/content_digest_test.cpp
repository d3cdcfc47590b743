#include "operations/content_digest.h"

#include <gtest/gtest.h>

#include "store/memory/memory_store.h"
#include "task/task.h"
#include "text/bytes.h"
#include "text/hex.h"

namespace pail::operations {
namespace {

store::Content write(store::Store& store, std::string_view bytes) {
  auto writer = store.begin_write();
  EXPECT_TRUE(writer->write(text::as_bytes(bytes)));
  auto content = writer->finish();
  EXPECT_TRUE(content);
  return content ? *content : store::Content();
}

TEST(ContentDigest, CoversAllSegmentsInOrder) {
  const auto store = store::make_memory_store();
  store::Content content = write(*store, "hel");
  content.append(write(*store, "lo"));
  const auto values =
      task::run_blocking(digest_content(*store->open(content), checksum::Algorithm::kCrc32));
  ASSERT_TRUE(values.has_value());
  EXPECT_EQ(text::hex_encode(values->md5), "5d41402abc4b2a76b9719d911017c592");
  EXPECT_EQ(values->checksum.value, "NhCmhg==");
  EXPECT_EQ(values->checksum.type, model::ChecksumType::kFullObject);
}

TEST(ContentDigest, OfNothingIsThatOfNoBytes) {
  const auto store = store::make_memory_store();
  const auto values =
      task::run_blocking(digest_content(*store->open({}), checksum::Algorithm::kMd5));
  ASSERT_TRUE(values.has_value());
  EXPECT_EQ(text::hex_encode(values->md5), "d41d8cd98f00b204e9800998ecf8427e");
}

TEST(ContentDigest, LongContentsArePausedAndStillRight) {
  const auto store = store::make_memory_store();
  const std::string bytes(20 * 1024 * 1024 + 7, 'x');
  BodyDigests expected(checksum::Algorithm::kCrc32);
  expected.update(text::as_bytes(bytes));
  const auto values = task::run_blocking(
      digest_content(*store->open(write(*store, bytes)), checksum::Algorithm::kCrc32));
  ASSERT_TRUE(values.has_value());
  EXPECT_EQ(values->md5, expected.finish().md5);
}

}  // namespace
}  // namespace pail::operations
