#include "certificate/authority.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

#include <unistd.h>

#include "certificate/file.h"
#include "certificate/x509.h"
#include "error/try.h"

namespace pail::certificate {
namespace {

constexpr const char* kSecretName = "authority.pem";
constexpr const char* kBundleName = "ca.pem";
constexpr std::chrono::hours kDay{24};
constexpr auto kAuthorityValidity = 10 * 365 * kDay;
/// More is refused by the platforms of Apple.
constexpr auto kServerValidity = 365 * kDay;
/// Clocks of containers and virtual machines lag.
constexpr auto kLeeway = kDay;
/// An authority that runs out sooner is replaced: its certificates could not last.
constexpr auto kRestAtLeast = 30 * kDay;
constexpr std::string_view kKeyBegin = "-----BEGIN PRIVATE KEY-----";

PemPair split(const std::string& pem) {
  const auto key = std::min(pem.find(kKeyBegin), pem.size());
  return {pem.substr(0, key), pem.substr(key)};
}

std::string authority_name() {
  std::string host(256, '\0');
  if (::gethostname(host.data(), host.size() - 1) != 0) host.clear();
  host.resize(std::strlen(host.c_str()));
  constexpr std::size_t kCommonNameMost = 64;
  return ("pail on " + host).substr(0, kCommonNameMost);
}

Result<std::string, std::string> make_secret(const std::filesystem::path& file,
                                             Authority::Time now) {
  PAIL_TRY(const auto pair,
           make_authority(authority_name(), now - kLeeway, now + kAuthorityValidity));
  return make_file(file, pair.certificate + pair.private_key, 0600);
}

}  // namespace

Result<Authority, std::string> Authority::open(const std::filesystem::path& directory, Time now) {
  PAIL_CHECK(make_directory(directory));
  const auto file = directory / kSecretName;
  PAIL_TRY(auto secret, read_file(file));
  if (!secret) {
    PAIL_TRY(secret, make_secret(file, now));
  }
  auto end = end_of_validity(split(*secret));
  if (!end) {
    return Unexpected{file.string() + " is not a certificate and its key; delete it to get a new " +
                      "authority"};
  }
  if (*end < now + kRestAtLeast) {
    PAIL_CHECK(remove_file(file));
    PAIL_TRY(secret, make_secret(file, now));
  }
  const auto bundle = directory / kBundleName;
  PAIL_CHECK(replace_file(bundle, split(*secret).certificate, 0644));
  return Authority(*std::move(secret), bundle);
}

Result<ServerCertificate, std::string> Authority::issue(const std::vector<std::string>& names,
                                                        Time now) const {
  std::vector<std::string> certifiable;
  for (const std::string& name : names) {
    const bool is_known = std::ranges::find(certifiable, name) != certifiable.end();
    if (!is_known && is_certifiable(name)) certifiable.push_back(name);
  }
  const PemPair authority = split(pem_);
  PAIL_TRY(auto made, make_server_certificate(authority, certifiable, now - kLeeway,
                                              now + kServerValidity - kLeeway));
  return ServerCertificate{made.certificate + authority.certificate, std::move(made.private_key)};
}

}  // namespace pail::certificate
