#include "random/random.h"

#include <array>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace pail::random {
namespace {

TEST(SeededRandom, SameSeedGivesSameBytes) {
  SeededRandom one(7);
  SeededRandom same(7);
  SeededRandom other(8);
  const std::string text = random_hex(one, 16);
  EXPECT_EQ(random_hex(same, 16), text);
  EXPECT_NE(random_hex(other, 16), text);
  EXPECT_NE(random_hex(one, 16), text);
}

TEST(SeededRandom, FillsEveryByteAtEveryLength) {
  for (std::size_t length = 0; length < 20; ++length) {
    SeededRandom random(1);
    std::array<std::byte, 20> seen{};
    for (int i = 0; i < 64; ++i) {
      std::array<std::byte, 20> out{};
      random.fill(std::span(out).first(length));
      for (std::size_t at = 0; at < out.size(); ++at) seen[at] |= out[at];
    }
    for (std::size_t at = 0; at < seen.size(); ++at) {
      EXPECT_EQ(seen[at], at < length ? std::byte{0xFF} : std::byte{0}) << length << " " << at;
    }
  }
}

TEST(SystemRandom, DoesNotRepeatItself) {
  SystemRandom random;
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(random_hex(random, 16));
  EXPECT_EQ(seen.size(), 100U);
}

TEST(SystemRandom, FillsEveryByteOfShortAndLongRequests) {
  SystemRandom random;
  for (const std::size_t length : {1U, 7U, 255U, 256U, 257U, 1024U, 5000U}) {
    std::vector<std::byte> seen(length);
    for (int i = 0; i < 64; ++i) {
      std::vector<std::byte> out(length);
      random.fill(out);
      for (std::size_t at = 0; at < length; ++at) seen[at] |= out[at];
    }
    EXPECT_EQ(seen, std::vector<std::byte>(length, std::byte{0xFF})) << length;
  }
}

TEST(SystemRandom, GivesThreadsDifferentBytes) {
  SystemRandom random;
  constexpr int kCount = 2000;
  std::vector<std::string> mine;
  std::vector<std::string> theirs;
  const auto draw = [&random](std::vector<std::string>& out) {
    for (int i = 0; i < kCount; ++i) out.push_back(random_hex(random, 16));
  };
  std::thread other([&] { draw(theirs); });
  draw(mine);
  other.join();
  std::set<std::string> all(mine.begin(), mine.end());
  all.insert(theirs.begin(), theirs.end());
  EXPECT_EQ(all.size(), std::size_t{2 * kCount});
}

TEST(RandomHex, HasTwoLowerCaseDigitsPerByte) {
  SeededRandom random(1);
  EXPECT_EQ(random_hex(random, 0), "");
  const std::string text = random_hex(random, 33);
  EXPECT_EQ(text.size(), 66U);
  EXPECT_EQ(text.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(RandomHex, WritesTheBytesOfTheSourceInOrder) {
  class Counting final : public Random {
   public:
    void fill(std::span<std::byte> out) override {
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::byte>(i * 16 + i);
    }
  };
  Counting random;
  EXPECT_EQ(random_hex(random, 5), "0011223344");
}

TEST(RandomToken, UsesLettersAndDigitsAboutEquallyOften) {
  SeededRandom random(1);
  const std::string text = random_token(random, 62'000);
  EXPECT_EQ(text.size(), 62'000U);
  std::map<char, int> counts;
  for (const char c : text) ++counts[c];
  EXPECT_EQ(counts.size(), 62U);
  for (const auto& [character, count] : counts) {
    EXPECT_TRUE((character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
                (character >= 'a' && character <= 'z'))
        << character;
    EXPECT_GT(count, 800) << character;
    EXPECT_LT(count, 1200) << character;
  }
}

}  // namespace
}  // namespace pail::random
