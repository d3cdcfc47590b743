#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>

#include "http/header_map.h"
#include "protocol/query.h"

// Signature Version 4 as S3 has it (the path is encoded once and never normalised).
namespace pail::auth {

/// The path of a canonical request: decoded once, encoded once, '/' kept. A path that can not be
/// decoded is taken as it is (routing has refused it before).
std::string canonical_path(std::string_view raw_path);

/// The query of a canonical request: all parameters but X-Amz-Signature, encoded, in the order of
/// encoded names, then values. It is made from the decoded query, so that what is signed is what
/// the operations read.
std::string canonical_query(const protocol::Query& query);

/// A field's value in a canonical request: no white space at the ends, one space inside.
void append_canonical_value(std::string& out, std::string_view value);

/// What goes into a canonical request. Views; a value.
struct CanonicalInput {
  std::string_view method;
  std::string_view path;   // canonical
  std::string_view query;  // canonical
  const http::HeaderMap* headers = nullptr;
  std::span<const std::string_view> signed_names;
  std::string_view signed_headers;  // the same, as it was sent
  std::string_view payload_hash;
};

/// A canonical request that knows where its Host stands, since that is what is tried again.
struct CanonicalRequest {
  std::string text;
  /// Where the value of the host line begins; npos: host is not signed.
  std::size_t host_begin = std::string::npos;
  std::size_t host_size = 0;
};

/// Fields that are signed but were not sent have an empty value; fields sent several times are
/// joined by commas.
CanonicalRequest canonical_request(const CanonicalInput& input);

/// The same request sent to another Host.
std::string with_host(const CanonicalRequest& request, std::string_view host);

using SigningKey = std::array<std::byte, 32>;

/// Derives the key of one day, region and service: four HMACs.
SigningKey derive_signing_key(std::string_view secret_access_key, std::string_view date,
                              std::string_view region, std::string_view service);

/// "20130524/us-east-1/s3/aws4_request"
std::string credential_scope(std::string_view date, std::string_view region,
                             std::string_view service = "s3");

std::string string_to_sign(std::string_view amz_date, std::string_view scope,
                           std::string_view canonical_request);

/// Lower-case hex.
std::string sign(const SigningKey& key, std::string_view string_to_sign);

/// Whether two signatures in hex are the same; the time taken does not tell where they differ.
bool same_signature(std::string_view provided, std::string_view computed);

/// Keys that were derived lately, so that a request costs one HMAC instead of five. Thread-safe.
class SigningKeys {
 public:
  /// The key of an access key id (which stands for one secret) for a day and a service.
  SigningKey find_or_derive(std::string_view access_key_id, std::string_view secret_access_key,
                            std::string_view date, std::string_view region,
                            std::string_view service = "s3");

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, SigningKey, std::less<>> by_id_and_scope_;
};

}  // namespace pail::auth
