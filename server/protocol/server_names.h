#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pail::protocol {

/// A public address of one bucket: `http://cdn.test/assets` + "/" + key.
struct PublicBase {
  std::string host;  // lower case, without port
  std::string path;  // "" or "/assets", without a trailing slash, percent-decoded
  std::string bucket;
};

/// The names under which clients reach this server. Names in lower case and without port. A value.
struct ServerNames {
  /// "localhost", "s3.localhost", the machine's own name, the hosts of S3_ENDPOINT_URL and of
  /// --host ...
  std::vector<std::string> hosts;
  std::vector<PublicBase> public_bases;

  [[nodiscard]] bool is_own(std::string_view host) const;
};

/// Splits a Host field value into host (lower case, brackets of IPv6 kept) and port ("" if there is
/// none).
struct HostAndPort {
  std::string host;
  std::string port;
};
HostAndPort split_host(std::string_view field);

}  // namespace pail::protocol
