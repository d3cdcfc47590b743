#include "cli/tls_identity.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <system_error>
#include <utility>
#include <vector>

#include <unistd.h>

#include "certificate/authority.h"
#include "cli/text_file.h"
#include "embed/server_names.h"
#include "error/try.h"

namespace pail::cli {
namespace {

constexpr const char* kDirectoryName = "tls";

std::string machine_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data())
                                                          : std::string();
}

std::string without_brackets(const std::string& host) {
  const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
  return is_bracketed ? host.substr(1, host.size() - 2) : host;
}

/// Everything that a client may call this server. "*.localhost" covers each bucket by the letter,
/// but OpenSSL takes no wildcard right below the top, so that the buckets are named one by one as
/// well.
Result<std::vector<std::string>, std::string> certified_names(const ServerOptions& options) {
  PAIL_TRY(const auto known, embed::server_names(options, machine_name()));
  std::vector<std::string> hosts;
  for (const std::string& host : known.hosts) hosts.push_back(without_brackets(host));
  for (const auto& base : known.public_bases) hosts.push_back(without_brackets(base.host));
  for (const ListenOption& listen : options.listen) {
    hosts.push_back(without_brackets(listen.host));
  }
  std::vector<std::string> names;
  for (const std::string& host : hosts) {
    names.push_back(host);
    const bool is_address = host.find_first_not_of("0123456789.") == std::string::npos ||
                            host.find(':') != std::string::npos;
    if (is_address) continue;
    names.push_back("*." + host);
    for (const BucketOption& bucket : options.buckets) names.push_back(bucket.name + "." + host);
  }
  return names;
}

Result<TlsIdentity, std::string> read_identity(const TlsChoice& choice) {
  TlsIdentity identity;
  PAIL_TRY(identity.option.certificate_chain_pem, read_text_file(*choice.certificate_file));
  PAIL_TRY(identity.option.private_key_pem, read_text_file(*choice.key_file));
  return identity;
}

}  // namespace

Result<TemporaryDirectory, std::string> TemporaryDirectory::make() {
  std::error_code ec;
  std::filesystem::path parent = std::filesystem::temp_directory_path(ec);
  if (ec) parent = "/tmp";
  std::string name = (parent / "pail-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    return Unexpected{"cannot make a temporary directory in " + parent.string() + ": " +
                      std::generic_category().message(errno)};
  }
  return TemporaryDirectory(name);
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;  // a left-over directory is no reason to complain at the end
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Result<TlsIdentity, std::string> make_tls_identity(const ServeConfiguration& configuration) {
  if (!configuration.tls.is_automatic) return read_identity(configuration.tls);
  TlsIdentity identity;
  std::filesystem::path directory;
  if (configuration.server.data_directory) {
    directory = *configuration.server.data_directory / kDirectoryName;
  } else {
    PAIL_TRY(auto temporary, TemporaryDirectory::make());
    directory = temporary.path();
    identity.temporary.emplace(std::move(temporary));
  }
  const auto now = std::chrono::system_clock::now();
  PAIL_TRY(const auto names, certified_names(configuration.server));
  PAIL_TRY(const auto authority, certificate::Authority::open(directory, now));
  PAIL_TRY(auto made, authority.issue(names, now));
  identity.option = {std::move(made.chain_pem), std::move(made.private_key_pem)};
  std::error_code ec;
  identity.ca_bundle = std::filesystem::absolute(authority.bundle_file(), ec);
  return identity;
}

}  // namespace pail::cli
