#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "encryption/customer_key.h"
#include "random/random.h"

// What is made of a customer's key. Each object has a salt of its own and, in the same place
// (model::Encryption::cipher_header), a value by which the right key is known again. Each stream
// (an object written at once, or one part of an upload) has a second salt and a key made of both
// salts, the customer's key and the number of the part, so that no stream can stand in for another.
namespace pail::encryption {

/// Made anew for every object and upload: says nothing about the key to who has not got it.
std::string make_cipher_header(const CustomerKey& key, random::Random& random);

/// Whether the cipher header was made with this key. In constant time. False for a damaged header.
bool is_key_of(const CustomerKey& key, std::string_view cipher_header);

/// The key of one stream; wiped when it goes.
class StreamKey {
 public:
  static constexpr std::size_t kSaltBytes = 16;
  using Salt = std::array<std::byte, kSaltBytes>;

  /// `part_number` is 0 for an object that was not uploaded in parts.
  StreamKey(const CustomerKey& key, std::string_view cipher_header, std::uint32_t part_number,
            const Salt& salt);
  StreamKey(const StreamKey&) = default;
  StreamKey& operator=(const StreamKey&) = default;
  ~StreamKey();
  [[nodiscard]] std::span<const std::byte, 32> bytes() const { return bytes_; }

 private:
  std::array<std::byte, 32> bytes_;
};

}  // namespace pail::encryption
