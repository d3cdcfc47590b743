#include "access/ip_range.h"

#include <algorithm>
#include <string>

#include <arpa/inet.h>

#include "text/decimal.h"

namespace pail::access {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (text.size() > INET6_ADDRSTRLEN) return std::nullopt;
  const std::string terminated(text);
  IpAddress address;
  if (::inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) return address;
  if (::inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) != 1) return std::nullopt;
  address.is_v6 = true;
  if (std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin())) {
    IpAddress mapped;
    std::copy_n(address.bytes.begin() + kMappedPrefix.size(), 4, mapped.bytes.begin());
    return mapped;
  }
  return address;
}

std::optional<IpRange> IpRange::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  const unsigned bits_most = address->is_v6 ? 128 : 32;
  if (slash == std::string_view::npos) return IpRange{*address, bits_most};
  const auto bits = text::parse_decimal(text.substr(slash + 1));
  if (!bits || *bits > bits_most) return std::nullopt;
  return IpRange{*address, static_cast<unsigned>(*bits)};
}

bool IpRange::contains(const IpAddress& other) const {
  if (other.is_v6 != address.is_v6) return false;
  const std::size_t whole = prefix_bits / 8;
  if (!std::equal(address.bytes.begin(), address.bytes.begin() + whole, other.bytes.begin())) {
    return false;
  }
  const unsigned rest = prefix_bits % 8;
  if (rest == 0) return true;
  const unsigned mask = 0xFFU << (8 - rest) & 0xFFU;
  return (address.bytes[whole] & mask) == (other.bytes[whole] & mask);
}

}  // namespace pail::access
