#include "encryption/stream_key.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "text/bytes.h"

namespace pail::encryption {
namespace {

CustomerKey key(char fill) {
  const std::string bytes(32, fill);
  return CustomerKey(std::span<const std::byte, 32>(text::as_bytes(bytes).data(), 32));
}

class CipherHeader : public ::testing::Test {
 protected:
  random::SeededRandom random_{1};
};

TEST_F(CipherHeader, KnowsTheKeyThatItWasMadeWith) {
  const std::string header = make_cipher_header(key('a'), random_);
  EXPECT_TRUE(is_key_of(key('a'), header));
  EXPECT_FALSE(is_key_of(key('b'), header));
}

TEST_F(CipherHeader, IsAnotherEachTimeAndHoldsNoKey) {
  const std::string header = make_cipher_header(key('a'), random_);
  EXPECT_NE(make_cipher_header(key('a'), random_), header);
  EXPECT_EQ(header.find("aaaa"), std::string::npos);
}

TEST_F(CipherHeader, DamagedIsNobodys) {
  const std::string header = make_cipher_header(key('a'), random_);
  for (std::size_t at = 0; at < header.size(); ++at) {
    std::string damaged = header;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    EXPECT_FALSE(is_key_of(key('a'), damaged)) << at;
    EXPECT_FALSE(is_key_of(key('a'), header.substr(0, at))) << at;
  }
}

TEST_F(CipherHeader, EveryStreamHasAKeyOfItsOwn) {
  const std::string header = make_cipher_header(key('a'), random_);
  const StreamKey::Salt salt{};
  const StreamKey::Salt other_salt{std::byte{1}};
  const auto same = [](const StreamKey& left, const StreamKey& right) {
    return std::ranges::equal(left.bytes(), right.bytes());
  };
  const StreamKey stream(key('a'), header, 1, salt);
  EXPECT_TRUE(same(stream, StreamKey(key('a'), header, 1, salt)));
  EXPECT_FALSE(same(stream, StreamKey(key('b'), header, 1, salt)));
  EXPECT_FALSE(same(stream, StreamKey(key('a'), header, 2, salt)));
  EXPECT_FALSE(same(stream, StreamKey(key('a'), header, 1, other_salt)));
  EXPECT_FALSE(same(stream, StreamKey(key('a'), make_cipher_header(key('a'), random_), 1, salt)));
}

}  // namespace
}  // namespace pail::encryption
