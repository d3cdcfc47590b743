#include "checksum/digest_threads.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "text/hex.h"

namespace pail::checksum {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{256} * 1024;

/// Bytes that differ from block to block and within each.
std::vector<std::byte> stream_of(std::size_t size) {
  std::vector<std::byte> bytes(size);
  std::uint32_t state = 1;
  for (std::byte& byte : bytes) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<std::byte>(state >> 24);
  }
  return bytes;
}

std::string md5_hex(std::span<const std::byte> bytes) { return text::hex_encode(md5(bytes)); }

/// Gives the bytes in pieces of so many.
void feed(Digest& digest, std::span<const std::byte> bytes, std::size_t piece_bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += piece_bytes)
    digest.update(bytes.subspan(at, std::min(piece_bytes, bytes.size() - at)));
}

TEST(DigestThreads, DigestIsThatOfTheWholeStreamWhateverThePieces) {
  const auto bytes = stream_of(9 * kBlockBytes + 17);
  for (const std::size_t piece :
       {std::size_t{1000}, kBlockBytes - 1, kBlockBytes, kBlockBytes + 1, 5 * kBlockBytes}) {
    DigestThreads threads(1);
    auto digest = make_md5();
    ASSERT_TRUE(threads.move_to_thread(digest));
    feed(*digest, bytes, piece);
    EXPECT_EQ(text::hex_encode(digest->finish()), md5_hex(bytes)) << piece;
  }
}

TEST(DigestThreads, WhatCameBeforeTheMoveCounts) {
  const auto bytes = stream_of(3 * kBlockBytes);
  const std::span all(bytes);
  DigestThreads threads(1);
  auto digest = make_md5();
  digest->update(all.first(1000));
  ASSERT_TRUE(threads.move_to_thread(digest));
  digest->update(all.subspan(1000));
  EXPECT_EQ(text::hex_encode(digest->finish()), md5_hex(bytes));
}

TEST(DigestThreads, NothingAtAllIsTheDigestOfTheEmptyText) {
  DigestThreads threads(1);
  auto digest = make_md5();
  ASSERT_TRUE(threads.move_to_thread(digest));
  digest->update({});
  EXPECT_EQ(text::hex_encode(digest->finish()), md5_hex({}));
}

TEST(DigestThreads, NoMoreThanThereArePlacesAndThenTheDigestStaysUsable) {
  DigestThreads threads(2);
  auto first = make_md5();
  auto second = make_md5();
  auto third = make_md5();
  EXPECT_TRUE(threads.move_to_thread(first));
  EXPECT_TRUE(threads.move_to_thread(second));
  EXPECT_FALSE(threads.move_to_thread(third));
  EXPECT_EQ(threads.running(), 2U);
  const auto bytes = stream_of(100);
  third->update(bytes);
  EXPECT_EQ(text::hex_encode(third->finish()), md5_hex(bytes));
}

TEST(DigestThreads, PlaceComesFreeWithTheDigestThatHeldIt) {
  DigestThreads threads(1);
  auto abandoned = make_md5();
  ASSERT_TRUE(threads.move_to_thread(abandoned));
  abandoned->update(stream_of(3 * kBlockBytes));
  abandoned.reset();
  EXPECT_EQ(threads.running(), 0U);
  auto next = make_md5();
  EXPECT_TRUE(threads.move_to_thread(next));
}

TEST(DigestThreads, NoPlacesNoThreads) {
  DigestThreads none(0);
  auto digest = make_md5();
  EXPECT_FALSE(none.move_to_thread(digest));
}

/// Fails with the second of its updates.
class BrokenDigest final : public Digest {
 public:
  void update(std::span<const std::byte> /*bytes*/) override {
    if (++updates_ == 2) throw std::runtime_error("broken");
  }
  std::vector<std::byte> finish() override { return {}; }

 private:
  int updates_ = 0;
};

TEST(DigestThreads, WhatTheDigestThrowsComesOutOfFinishAndHoldsNobodyUp) {
  DigestThreads threads(1);
  std::unique_ptr<Digest> digest = std::make_unique<BrokenDigest>();
  ASSERT_TRUE(threads.move_to_thread(digest));
  feed(*digest, stream_of(20 * kBlockBytes), kBlockBytes);
  EXPECT_THROW(static_cast<void>(digest->finish()), std::runtime_error);
}

TEST(DigestThreads, ManyStreamsAtOnceShareThePlaces) {
  const auto bytes = stream_of(6 * kBlockBytes + 5);
  DigestThreads threads(2);
  std::vector<std::string> digests(6);
  {
    std::vector<std::jthread> streams;
    for (std::string& result : digests) {
      streams.emplace_back([&bytes, &threads, &result] {
        auto digest = make_md5();
        static_cast<void>(threads.move_to_thread(digest));
        feed(*digest, bytes, 100'000);
        result = text::hex_encode(digest->finish());
      });
    }
  }
  EXPECT_EQ(digests, std::vector<std::string>(6, md5_hex(bytes)));
  EXPECT_EQ(threads.running(), 0U);
}

}  // namespace
}  // namespace pail::checksum
