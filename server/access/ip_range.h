#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pail::access {

/// An IPv4 or IPv6 address.
struct IpAddress {
  bool is_v6 = false;
  std::array<std::uint8_t, 16> bytes{};  // of IPv4 the first four

  /// An IPv4 address inside IPv6 ("::ffff:192.0.2.1") is the IPv4 address. Nothing for anything
  /// else than an address; brackets and zones are none.
  static std::optional<IpAddress> parse(std::string_view text);
};

/// Addresses that begin with the same bits.
struct IpRange {
  IpAddress address;
  unsigned prefix_bits = 0;

  /// Reads "192.0.2.0/24" or an address, which is a range of one. Bits behind the prefix may be
  /// set, as AWS accepts them.
  static std::optional<IpRange> parse(std::string_view text);
  [[nodiscard]] bool contains(const IpAddress& other) const;
};

}  // namespace pail::access
