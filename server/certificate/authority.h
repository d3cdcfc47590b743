#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "pail/result.h"

namespace pail::certificate {

/// PEM texts of a server's certificate, with what is needed to verify it, and its key.
struct ServerCertificate {
  std::string chain_pem;
  std::string private_key_pem;
};

/// A certificate authority that clients of one machine can be told to trust: it signs only for the
/// names that this server goes by. A value; its key never leaves the directory and this process.
class Authority {
 public:
  using Time = std::chrono::system_clock::time_point;

  /// The authority of a directory, made there if there is none or if it has run out:
  /// `authority.pem` (certificate and key, mode 0600) and `ca.pem` (what clients get). Two
  /// processes that do this at once end with the same one. Fails with a sentence for people.
  static Result<Authority, std::string> open(const std::filesystem::path& directory, Time now);

  /// A certificate for these host names and IP addresses ("localhost", "*.s3.localhost",
  /// "127.0.0.1", "::1"; what is neither is left out), made anew at each call and valid for a year.
  [[nodiscard]] Result<ServerCertificate, std::string> issue(const std::vector<std::string>& names,
                                                             Time now) const;

  /// The file that clients verify with: AWS_CA_BUNDLE, curl --cacert.
  [[nodiscard]] const std::filesystem::path& bundle_file() const { return bundle_file_; }

 private:
  Authority(std::string pem, std::filesystem::path bundle_file)
      : pem_(std::move(pem)), bundle_file_(std::move(bundle_file)) {}

  std::string pem_;  // certificate, then key
  std::filesystem::path bundle_file_;
};

}  // namespace pail::certificate
