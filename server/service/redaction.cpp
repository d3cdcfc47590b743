#include "service/redaction.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace pail::service {
namespace {

constexpr std::array<std::string_view, 15> kSecrets = {
    "cookie",
    "proxy-authorization",
    "samlassertion",
    "set-cookie",
    "signature",
    "signatureprovided",
    "token-0",
    "tokencode",
    "webidentitytoken",
    "x-amz-copy-source-server-side-encryption-customer-key",
    "x-amz-s3session-token",
    "x-amz-security-token",
    "x-amz-server-side-encryption-customer-key",
    "x-amz-signature",
    "x-pail-token"};

constexpr std::array<std::string_view, 10> kPresigning = {
    "awsaccesskeyid",   "expires",
    "signature",        "x-amz-algorithm",
    "x-amz-credential", "x-amz-date",
    "x-amz-expires",    "x-amz-security-token",
    "x-amz-signature",  "x-amz-signedheaders"};

template <std::size_t kCount>
bool contains(const std::array<std::string_view, kCount>& names, std::string_view name) {
  return std::ranges::any_of(
      names, [name](std::string_view one) { return text::equals_ignore_case(one, name); });
}

/// "AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=(left out)"
std::string recordable_authorization(std::string_view value) {
  constexpr std::string_view kSignature = "Signature=";
  const auto space = std::min(value.find(' '), value.size());
  const std::string_view scheme = value.substr(0, space);
  if (!scheme.starts_with("AWS")) return std::string(kLeftOut);
  std::string kept(scheme);
  if (scheme == "AWS") {
    const std::string_view pair = value.substr(space);
    const auto colon = pair.find(':');
    if (colon == std::string_view::npos) return kept.append(1, ' ').append(kLeftOut);
    return kept.append(pair.substr(0, colon + 1)).append(kLeftOut);
  }
  std::string_view separator = " ";
  for (const std::string_view part : text::split(value.substr(space), ',')) {
    const std::string_view pair = text::trim(part);
    const bool is_known = pair.starts_with("Credential=") || pair.starts_with("SignedHeaders=");
    if (is_known) kept.append(separator).append(pair);
    if (pair.starts_with(kSignature)) kept.append(separator).append(kSignature).append(kLeftOut);
    if (is_known || pair.starts_with(kSignature)) separator = ", ";
  }
  return kept;
}

/// A line of a canonical request that may be its query.
std::string recordable_query(std::string_view line) {
  std::string kept;
  for (const std::string_view pair : text::split(line, '&')) {
    if (!kept.empty()) kept += '&';
    const std::string_view name = pair.substr(0, pair.find('='));
    if (is_secret(name)) {
      kept.append(name).append(1, '=').append(kLeftOut);
    } else {
      kept.append(pair);
    }
  }
  return kept;
}

std::string recordable_line(std::string_view line) {
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && is_secret(line.substr(0, colon))) {
    return std::string(line.substr(0, colon + 1)).append(kLeftOut);
  }
  return line.find('=') == std::string_view::npos ? std::string(line) : recordable_query(line);
}

}  // namespace

bool is_secret(std::string_view name) { return contains(kSecrets, name); }

bool is_presigning(std::string_view name) { return contains(kPresigning, name); }

std::string recordable_value(std::string_view name, std::string_view value) {
  if (is_secret(name)) return std::string(kLeftOut);
  if (text::equals_ignore_case(name, "Authorization")) {
    return cut(recordable_authorization(text::trim(value)), kRecordedValueBytesMost);
  }
  if (text::equals_ignore_case(name, "Referer")) value = value.substr(0, value.find('?'));
  return cut(value, kRecordedValueBytesMost);
}

std::string recordable_signed_text(std::string_view text) {
  std::string kept;
  bool is_first = true;
  for (const std::string_view line : text::split(text, '\n')) {
    if (!is_first) kept += '\n';
    is_first = false;
    kept += recordable_line(line);
  }
  return cut(kept, kRecordedTextBytesMost);
}

std::string cut(std::string_view text, std::size_t bytes_most) {
  if (text.size() <= bytes_most) return std::string(text);
  constexpr std::string_view kMore = "...";
  std::size_t end = bytes_most - std::min(bytes_most, kMore.size());
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)).append(kMore);
}

}  // namespace pail::service
