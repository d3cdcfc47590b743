#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <random>
#include <span>
#include <string>

namespace pail::random {

/// Where everybody gets random bytes from, so that runs can be made repeatable. Implementations are
/// thread-safe.
class Random {
 public:
  Random() = default;
  Random(const Random&) = delete;
  Random& operator=(const Random&) = delete;
  virtual ~Random() = default;

  /// Overwrites every byte of out.
  virtual void fill(std::span<std::byte> out) = 0;
};

/// Cryptographic randomness of OpenSSL. Throws std::runtime_error when the machine has none, since
/// no request can be answered safely then. Short requests are served from a stock, because asking
/// OpenSSL costs about a microsecond however few bytes it gives; bytes are wiped as they leave it.
/// Not safe across fork: parent and child would give out the same stock.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::byte> out) override;

 private:
  std::mutex mutex_;
  std::array<std::byte, 1024> stock_{};
  std::size_t left_ = 0;
};

/// The same bytes for the same seed and the same calls. For tests and repeatable runs only; its
/// output can be predicted.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  void fill(std::span<std::byte> out) override;

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

/// Random bytes as lower-case hex: the text has twice as many characters as bytes.
std::string random_hex(Random& random, std::size_t bytes);

/// Random characters out of A-Z, a-z, 0-9, each equally likely (5.95 bits of randomness each).
std::string random_token(Random& random, std::size_t characters);

}  // namespace pail::random
