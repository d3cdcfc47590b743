#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "pail/options.h"
#include "pail/result.h"

// How single values of settings are written. Each fails with a sentence without a subject ("is not
// …"), to which the caller adds where the value stood. Pure; the secret in a value is never quoted.
namespace pail::cli {

/// "127.0.0.1:9000", "[::1]:9000", "localhost:0"; ":9000" is every address, "9000" this machine.
Result<ListenOption, std::string> parse_listen(std::string_view text);

/// "photos", "photos:public-read", "photos:public-read-write".
Result<BucketOption, std::string> parse_bucket(std::string_view text);

/// As MINIO_DEFAULT_BUCKETS has it: "photos", "photos:download" (readable), "photos:public"
/// (readable and writable), "photos:none".
Result<BucketOption, std::string> parse_minio_bucket(std::string_view text);

/// "ID:SECRET" or "ID:SECRET:NAME". A secret that holds ':' needs the name after it.
Result<CredentialOption, std::string> parse_credential(std::string_view text);

/// "URL" or "URL=BUCKET"; the bucket is empty if it is not named.
Result<PublicBaseOption, std::string> parse_public_base(std::string_view text);

/// A number and a unit: "500ms", "10s", "5m", "24h", "30d"; more than nothing, at most 100 years.
Result<std::chrono::milliseconds, std::string> parse_duration(std::string_view text);

/// Whether there is a host in "http://host:port/path" or "host:port".
bool has_host(std::string_view url);

/// Whether an address can be reached from this machine alone: 127.0.0.0/8, ::1, localhost.
bool is_loopback(std::string_view host);

}  // namespace pail::cli
