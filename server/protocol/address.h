#pragma once

#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "protocol/server_names.h"

namespace pail::protocol {

enum class Target { kService, kBucket, kObject };
enum class AddressStyle { kPath, kVirtualHost, kPublicBase };

/// What a request is about. A value.
struct Address {
  Target target = Target::kService;
  AddressStyle style = AddressStyle::kPath;
  std::string bucket;  // empty for kService; not validated
  std::string key;     // exact bytes; empty unless kObject
};

/// Longest key that S3 keeps, in bytes of UTF-8.
inline constexpr std::size_t kMaxKeyBytes = 1024;

/// Finds bucket and key from the Host field and the raw path of the target (without query).
///
/// A public base wins, then "<bucket>.<own name>", else the first path segment is the bucket; a
/// host that is not known is taken for a name of this server. The key is everything that follows,
/// decoded once: "//", "." and
/// ".." stay. Fails: InvalidURI (bad escape, not UTF-8), KeyTooLongError.
S3Result<Address> resolve_address(const ServerNames& names, std::string_view host_field,
                                  std::string_view raw_path);

}  // namespace pail::protocol
