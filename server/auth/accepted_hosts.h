#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/address.h"
#include "protocol/server_names.h"

namespace pail::auth {

/// Host values under which a request may have been signed though it arrived under another: every
/// name of this server, with no port and with each port. Behind Docker, tunnels and proxies the one
/// that signs and the one that sends see different names of one server. A value; immutable.
class AcceptedHosts {
 public:
  AcceptedHosts(const protocol::ServerNames& names, const std::vector<std::uint16_t>& ports);

  /// The values to try for a request that was addressed to `address`, in no particular order and at
  /// most kAcceptedHostsMost. Only those under which the same path means the same bucket and key:
  /// a signature is never taken for something else than it was made for.
  [[nodiscard]] std::vector<std::string> candidates(const protocol::Address& address,
                                                    std::string_view sent_host,
                                                    std::string_view raw_path) const;

 private:
  protocol::ServerNames names_;
  std::vector<std::string> hosts_;
  std::vector<std::string> port_suffixes_;  // "", ":9000"
};

inline constexpr std::size_t kAcceptedHostsMost = 512;

}  // namespace pail::auth
