#include "encryption/frames.h"

#include <gtest/gtest.h>

#include "text/bytes.h"

namespace pail::encryption {
namespace {

StreamKey stream_key(std::uint32_t part_number) {
  const std::string bytes(32, 'k');
  const CustomerKey key(std::span<const std::byte, 32>(text::as_bytes(bytes).data(), 32));
  return StreamKey(key, std::string(65, '\x01'), part_number, {});
}

FrameCipher opener(std::uint32_t part_number = 0) {
  return FrameCipher(FrameCipher::Direction::kOpen, stream_key(part_number));
}

std::string sealed(std::string_view plain, std::uint64_t frame, bool is_last) {
  FrameCipher cipher(FrameCipher::Direction::kSeal, stream_key(0));
  std::string out;
  EXPECT_TRUE(cipher.seal(frame, is_last, text::as_bytes(plain), out));
  return out;
}

bool opens(FrameCipher cipher, const std::string& bytes, std::uint64_t frame, bool is_last) {
  std::string out = "before";
  const bool opened = cipher.open(frame, is_last, text::as_bytes(bytes), out);
  EXPECT_TRUE(opened || out.empty());
  return opened;
}

TEST(Frames, StreamsGrowByHeaderAndTags) {
  EXPECT_EQ(sealed_size(0), 20U + 16U);
  EXPECT_EQ(sealed_size(1), 20U + 1U + 16U);
  EXPECT_EQ(sealed_size(kFrameBytes), 20U + kFrameBytes + 16U);
  EXPECT_EQ(sealed_size(kFrameBytes + 1), 20U + kFrameBytes + 1U + 32U);
}

TEST(Frames, ComeBackAsTheyWere) {
  for (const std::string& plain : {std::string(), std::string("x"), std::string(65536, 'y')}) {
    const std::string bytes = sealed(plain, 7, true);
    EXPECT_EQ(bytes.size(), plain.size() + kTagBytes);
    FrameCipher cipher = opener();
    std::string out;
    ASSERT_TRUE(cipher.open(7, true, text::as_bytes(bytes), out));
    EXPECT_EQ(out, plain);
  }
}

TEST(Frames, OpenOnlyInTheirPlace) {
  const std::string bytes = sealed("secret", 3, false);
  EXPECT_TRUE(opens(opener(), bytes, 3, false));
  EXPECT_FALSE(opens(opener(), bytes, 2, false));
  EXPECT_FALSE(opens(opener(), bytes, 3, true));
  EXPECT_FALSE(opens(opener(1), bytes, 3, false));
}

TEST(Frames, NoBitMayChange) {
  const std::string bytes = sealed("secret", 0, true);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 4);
    EXPECT_FALSE(opens(opener(), changed, 0, true)) << at;
    EXPECT_FALSE(opens(opener(), bytes.substr(0, at), 0, true)) << at;
  }
}

}  // namespace
}  // namespace pail::encryption
