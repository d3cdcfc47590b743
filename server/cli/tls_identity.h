#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "pail/options.h"
#include "pail/result.h"

#include "cli/configuration.h"

namespace pail::cli {

/// A directory that is gone when its object is.
class TemporaryDirectory {
 public:
  /// Readable by this user only. Fails with a sentence for people.
  static Result<TemporaryDirectory, std::string> make();

  TemporaryDirectory(TemporaryDirectory&& other) noexcept
      : path_(std::exchange(other.path_, std::filesystem::path())) {}
  TemporaryDirectory& operator=(TemporaryDirectory&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryDirectory(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

/// The certificate that the server presents, and what clients verify it with.
struct TlsIdentity {
  TlsOption option;
  /// For AWS_CA_BUNDLE; empty if the certificate came from files.
  std::filesystem::path ca_bundle;
  /// Holds the authority of a server whose data is in memory.
  std::optional<TemporaryDirectory> temporary;
};

/// Reads the certificate from its files, or makes one for every name and bucket of this server.
/// Fails with a sentence for people.
Result<TlsIdentity, std::string> make_tls_identity(const ServeConfiguration& configuration);

}  // namespace pail::cli
