#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "pail/result.h"

// Certificates as PEM texts. The one place of the module that knows OpenSSL is x509.cpp.
namespace pail::certificate {

using Time = std::chrono::system_clock::time_point;

struct PemPair {
  std::string certificate;
  std::string private_key;
};

/// A self-signed authority with a fresh P-256 key that may sign certificates of servers and nothing
/// else. Fails only if the library does; the reason is its own.
Result<PemPair, std::string> make_authority(const std::string& common_name, Time from, Time until);

/// A server's certificate with a fresh P-256 key, signed by `authority`. At least one name.
Result<PemPair, std::string> make_server_certificate(const PemPair& authority,
                                                     const std::vector<std::string>& names,
                                                     Time from, Time until);

/// When a certificate runs out; nothing if the text is not a certificate, or the key not its own.
std::optional<Time> end_of_validity(const PemPair& pair);

/// Whether a name can stand in a certificate: a host name with or without a leading "*.", or an IP
/// address without brackets.
bool is_certifiable(const std::string& name);

}  // namespace pail::certificate
