#include "auth/accepted_hosts.h"

#include <algorithm>
#include <array>

namespace pail::auth {
namespace {

constexpr std::array<std::string_view, 4> kWellKnown = {"localhost", "127.0.0.1",
                                                        "host.docker.internal", "[::1]"};

void add_once(std::vector<std::string>& list, std::string value) {
  if (std::ranges::find(list, value) == list.end()) list.push_back(std::move(value));
}

/// Not ":" + port: GCC 12 then warns of an overlap that can not be (-Wrestrict) in an optimised
/// build.
std::string port_suffix(std::string_view port) { return std::string(":").append(port); }

bool same_object(const protocol::Address& left, const protocol::Address& right) {
  return left.target == right.target && left.bucket == right.bucket && left.key == right.key;
}

}  // namespace

AcceptedHosts::AcceptedHosts(const protocol::ServerNames& names,
                             const std::vector<std::uint16_t>& ports)
    : names_(names), port_suffixes_{""} {
  for (const std::string& host : names.hosts) add_once(hosts_, host);
  for (const std::string_view host : kWellKnown) add_once(hosts_, std::string(host));
  for (const protocol::PublicBase& base : names.public_bases) add_once(hosts_, base.host);
  for (const std::uint16_t port : ports) {
    add_once(port_suffixes_, port_suffix(std::to_string(port)));
  }
}

std::vector<std::string> AcceptedHosts::candidates(const protocol::Address& address,
                                                   std::string_view sent_host,
                                                   std::string_view raw_path) const {
  std::vector<std::string> suffixes = port_suffixes_;
  if (const auto sent = protocol::split_host(sent_host); !sent.port.empty()) {
    add_once(suffixes, port_suffix(sent.port));
  }
  std::vector<std::string> found;
  const auto add_if_same = [&](const std::string& host) {
    const auto elsewhere = protocol::resolve_address(names_, host, raw_path);
    if (!elsewhere || !same_object(*elsewhere, address)) return;
    for (const std::string& suffix : suffixes) {
      if (found.size() < kAcceptedHostsMost) found.push_back(host + suffix);
    }
  };
  // The host itself with other ports, too: it may be the name of a machine in between.
  add_if_same(protocol::split_host(sent_host).host);
  for (const std::string& host : hosts_) {
    add_if_same(host);
    if (!address.bucket.empty()) add_if_same(address.bucket + "." + host);
  }
  return found;
}

}  // namespace pail::auth
