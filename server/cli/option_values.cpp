#include "cli/option_values.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include "error/try.h"
#include "text/ascii.h"
#include "text/decimal.h"

namespace pail::cli {
namespace {

constexpr std::string_view kEveryAddress = "0.0.0.0";
constexpr std::string_view kThisMachine = "127.0.0.1";

std::optional<std::uint16_t> parse_port(std::string_view text) {
  const auto number = text::parse_decimal(text);
  if (!number || *number > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(*number);
}

struct NameAndRest {
  std::string name;
  std::string_view rest;
};

NameAndRest split_name(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return {std::string(text), {}};
  return {std::string(text.substr(0, colon)), text.substr(colon + 1)};
}

bool looks_like_a_bucket(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

}  // namespace

Result<ListenOption, std::string> parse_listen(std::string_view text) {
  const auto colon = text.rfind(':');
  std::string_view host = colon == std::string_view::npos ? kThisMachine : text.substr(0, colon);
  const auto port = parse_port(colon == std::string_view::npos ? text : text.substr(colon + 1));
  const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
  if (!port || (host.find(':') != std::string_view::npos && !is_bracketed)) {
    return Unexpected{"is '" + std::string(text) +
                      "'; give HOST:PORT, for instance 127.0.0.1:9000 or [::1]:9000"};
  }
  if (host.empty()) host = kEveryAddress;
  return ListenOption{std::string(host), *port};
}

Result<BucketOption, std::string> parse_bucket(std::string_view text) {
  auto [name, access] = split_name(text);
  if (access.empty()) return BucketOption{std::move(name), PublicAccess::kNone};
  if (access == "public-read") return BucketOption{std::move(name), PublicAccess::kRead};
  if (access == "public-read-write") return BucketOption{std::move(name), PublicAccess::kReadWrite};
  return Unexpected{"gives '" + name + "' the access '" + std::string(access) +
                    "'; it can be public-read or public-read-write"};
}

Result<BucketOption, std::string> parse_minio_bucket(std::string_view text) {
  auto [name, policy] = split_name(text);
  if (policy.empty() || policy == "none" || policy == "private") {
    return BucketOption{std::move(name), PublicAccess::kNone};
  }
  if (policy == "download") return BucketOption{std::move(name), PublicAccess::kRead};
  if (policy == "public") return BucketOption{std::move(name), PublicAccess::kReadWrite};
  return Unexpected{"gives '" + name + "' the policy '" + std::string(policy) +
                    "'; pail knows none, download and public"};
}

Result<CredentialOption, std::string> parse_credential(std::string_view text) {
  auto [id, secret] = split_name(text);
  CredentialOption credential{std::move(id), std::string(secret)};
  const auto last = credential.secret_access_key.rfind(':');
  if (last != std::string::npos) {
    credential.user_name = credential.secret_access_key.substr(last + 1);
    credential.secret_access_key.resize(last);
  }
  if (credential.access_key_id.empty() || credential.secret_access_key.empty() ||
      credential.user_name.empty()) {
    return Unexpected{std::string("is not ID:SECRET or ID:SECRET:NAME")};
  }
  return credential;
}

Result<PublicBaseOption, std::string> parse_public_base(std::string_view text) {
  PublicBaseOption base{std::string(text), ""};
  const auto equals = text.rfind('=');
  if (equals != std::string_view::npos && looks_like_a_bucket(text.substr(equals + 1))) {
    base = {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
  }
  if (!has_host(base.url)) {
    return Unexpected{"is '" + std::string(text) +
                      "'; give a URL, for instance http://localhost:9000/photos"};
  }
  return base;
}

Result<std::chrono::milliseconds, std::string> parse_duration(std::string_view text) {
  using std::chrono::milliseconds;
  constexpr milliseconds kLongest = std::chrono::hours(24 * 36'525);
  constexpr std::array<std::pair<std::string_view, milliseconds>, 5> kUnits = {
      {{"ms", milliseconds(1)},
       {"s", std::chrono::seconds(1)},
       {"m", std::chrono::minutes(1)},
       {"h", std::chrono::hours(1)},
       {"d", std::chrono::hours(24)}}};
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = text::parse_decimal(text.substr(0, digits));
  const auto unit = std::ranges::find(kUnits, text.substr(digits),
                                      &std::pair<std::string_view, milliseconds>::first);
  if (!number || unit == kUnits.end() || *number == 0 ||
      *number > static_cast<std::uint64_t>(kLongest / unit->second)) {
    return Unexpected{"is '" + std::string(text) +
                      "'; give a number and ms, s, m, h or d, for instance 10s"};
  }
  return unit->second * static_cast<std::int64_t>(*number);
}

bool has_host(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
  }
  const auto host = url.substr(0, url.find_first_of("/?#:"));
  return !host.empty() && host.find_first_of(" \t@,") == std::string_view::npos;
}

bool is_loopback(std::string_view host) {
  return host.starts_with("127.") || host == "::1" || host == "[::1]" ||
         text::equals_ignore_case(host, "localhost");
}

}  // namespace pail::cli
