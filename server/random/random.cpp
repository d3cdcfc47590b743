#include "random/random.h"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <string_view>

#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace pail::random {

namespace {

void fill_from_openssl(std::span<std::byte> out) {
  while (!out.empty()) {
    const std::size_t count =
        std::min(out.size(), static_cast<std::size_t>(std::numeric_limits<int>::max()));
    if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) != 1) {
      throw std::runtime_error("the machine gives no random bytes");
    }
    out = out.subspan(count);
  }
}

}  // namespace

void SystemRandom::fill(std::span<std::byte> out) {
  if (out.size() > stock_.size() / 4) return fill_from_openssl(out);
  const std::lock_guard lock(mutex_);
  if (left_ < out.size()) {
    left_ = 0;
    fill_from_openssl(stock_);
    left_ = stock_.size();
  }
  const std::span<std::byte> given = std::span(stock_).subspan(left_ - out.size(), out.size());
  std::ranges::copy(given, out.begin());
  OPENSSL_cleanse(given.data(), given.size());
  left_ -= out.size();
}

SeededRandom::SeededRandom(std::uint64_t seed) : engine_(seed) {}

void SeededRandom::fill(std::span<std::byte> out) {
  const std::lock_guard lock(mutex_);
  while (!out.empty()) {
    std::uint64_t bits = engine_();
    const std::size_t count = std::min(out.size(), sizeof(bits));
    for (std::byte& byte : out.first(count)) {
      byte = static_cast<std::byte>(bits & 0xFF);
      bits >>= 8;
    }
    out = out.subspan(count);
  }
}

std::string random_hex(Random& random, std::size_t bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out(bytes * 2, '0');
  // The first half of the text serves as the buffer: reading from its end keeps unread bytes
  // intact.
  const std::span<std::byte> buffer = std::as_writable_bytes(std::span(out)).first(bytes);
  random.fill(buffer);
  for (std::size_t i = bytes; i > 0; --i) {
    const auto value = std::to_integer<std::size_t>(buffer[i - 1]);
    out[2 * i - 1] = kDigits[value & 15];
    out[2 * i - 2] = kDigits[value >> 4];
  }
  return out;
}

std::string random_token(Random& random, std::size_t characters) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::string out;
  out.reserve(characters);
  std::array<std::byte, 64> buffer{};
  while (out.size() < characters) {
    random.fill(buffer);
    for (const std::byte byte : buffer) {
      // Six bits each; 62 and 63 are thrown away so that every character is equally likely.
      const auto value = std::to_integer<std::size_t>(byte & std::byte{63});
      if (value < kAlphabet.size() && out.size() < characters) out += kAlphabet[value];
    }
  }
  return out;
}

}  // namespace pail::random
