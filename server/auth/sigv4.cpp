#include "auth/sigv4.h"

#include <algorithm>
#include <mutex>
#include <vector>

#include "checksum/digest.h"
#include "text/ascii.h"
#include "text/bytes.h"
#include "text/hex.h"
#include "text/percent.h"

namespace pail::auth {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::size_t kKeysMost = 256;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// All fields of that name, joined.
void append_field(std::string& out, const http::HeaderMap& headers, std::string_view name) {
  bool first = true;
  for (const http::Header& field : headers) {
    if (!text::equals_ignore_case(field.name, name)) continue;
    if (!first) out += ',';
    first = false;
    append_canonical_value(out, field.value);
  }
}

}  // namespace

std::string canonical_path(std::string_view raw_path) {
  const auto decoded = text::percent_decode(raw_path);
  std::string path = text::percent_encode_path(decoded ? std::string_view(*decoded) : raw_path);
  if (path.empty()) path = "/";
  return path;
}

std::string canonical_query(const protocol::Query& query) {
  struct Encoded {
    std::size_t begin, equals, end;
  };
  // One buffer for all, and ranges into it: a presigned request has half a dozen parameters.
  std::string buffer;
  std::vector<Encoded> ranges;
  ranges.reserve(query.parameters().size());
  for (const auto& parameter : query.parameters()) {
    if (text::equals_ignore_case(parameter.name, "X-Amz-Signature")) continue;
    Encoded range{buffer.size(), 0, 0};
    text::append_percent_encoded(buffer, parameter.name, false);
    range.equals = buffer.size();
    text::append_percent_encoded(buffer, parameter.value, false);
    range.end = buffer.size();
    ranges.push_back(range);
  }
  const std::string_view all = buffer;
  const auto name = [all](const Encoded& r) { return all.substr(r.begin, r.equals - r.begin); };
  const auto value = [all](const Encoded& r) { return all.substr(r.equals, r.end - r.equals); };
  std::ranges::sort(ranges, [&](const Encoded& left, const Encoded& right) {
    const int order = name(left).compare(name(right));
    return order != 0 ? order < 0 : value(left) < value(right);
  });
  std::string out;
  out.reserve(buffer.size() + 2 * ranges.size());
  for (const Encoded& range : ranges) {
    if (!out.empty()) out += '&';
    out.append(name(range)).append(1, '=').append(value(range));
  }
  return out;
}

void append_canonical_value(std::string& out, std::string_view value) {
  value = text::trim(value);
  bool after_blank = false;
  for (const char c : value) {
    if (is_blank(c)) {
      after_blank = true;
      continue;
    }
    if (after_blank) out += ' ';
    after_blank = false;
    out += c;
  }
}

CanonicalRequest canonical_request(const CanonicalInput& input) {
  CanonicalRequest request;
  std::string& text = request.text;
  text.reserve(512 + input.path.size() + input.query.size());
  text.append(input.method).append(1, '\n');
  text.append(input.path).append(1, '\n');
  text.append(input.query).append(1, '\n');
  for (const std::string_view name : input.signed_names) {
    text.append(text::to_lower(name)).append(1, ':');
    const std::size_t begin = text.size();
    append_field(text, *input.headers, name);
    if (request.host_begin == std::string::npos && text::equals_ignore_case(name, "host")) {
      request.host_begin = begin;
      request.host_size = text.size() - begin;
    }
    text += '\n';
  }
  text.append(1, '\n').append(input.signed_headers).append(1, '\n').append(input.payload_hash);
  return request;
}

std::string with_host(const CanonicalRequest& request, std::string_view host) {
  std::string text = request.text;
  if (request.host_begin != std::string::npos) {
    text.replace(request.host_begin, request.host_size, host);
  }
  return text;
}

SigningKey derive_signing_key(std::string_view secret_access_key, std::string_view date,
                              std::string_view region, std::string_view service) {
  std::string secret = "AWS4";
  secret += secret_access_key;
  SigningKey key = checksum::hmac_sha256(text::as_bytes(secret), date);
  key = checksum::hmac_sha256(key, region);
  key = checksum::hmac_sha256(key, service);
  return checksum::hmac_sha256(key, std::string_view("aws4_request"));
}

std::string credential_scope(std::string_view date, std::string_view region,
                             std::string_view service) {
  std::string scope;
  scope.reserve(date.size() + region.size() + service.size() + 15);
  scope.append(date).append(1, '/').append(region).append(1, '/');
  scope.append(service).append("/aws4_request");
  return scope;
}

std::string string_to_sign(std::string_view amz_date, std::string_view scope,
                           std::string_view canonical_request) {
  std::string text;
  text.reserve(kAlgorithm.size() + amz_date.size() + scope.size() + 67);
  text.append(kAlgorithm).append(1, '\n').append(amz_date).append(1, '\n');
  text.append(scope).append(1, '\n').append(checksum::sha256_hex(canonical_request));
  return text;
}

std::string sign(const SigningKey& key, std::string_view string_to_sign) {
  return text::hex_encode(checksum::hmac_sha256(key, string_to_sign));
}

bool same_signature(std::string_view provided, std::string_view computed) {
  return text::constant_time_equals(text::to_lower(provided), computed);
}

SigningKey SigningKeys::find_or_derive(std::string_view access_key_id,
                                       std::string_view secret_access_key, std::string_view date,
                                       std::string_view region, std::string_view service) {
  std::string id;
  id.reserve(access_key_id.size() + date.size() + region.size() + service.size() + 3);
  id.append(date).append(1, '/').append(region).append(1, '/').append(service);
  id.append(1, '/').append(access_key_id);
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = by_id_and_scope_.find(id); found != by_id_and_scope_.end()) {
      return found->second;
    }
  }
  const SigningKey key = derive_signing_key(secret_access_key, date, region, service);
  const std::unique_lock lock(mutex_);
  // The dates come from outside: whoever holds a key could name many.
  if (by_id_and_scope_.size() >= kKeysMost) by_id_and_scope_.clear();
  by_id_and_scope_.insert_or_assign(std::move(id), key);
  return key;
}

}  // namespace pail::auth
