#include "auth/web_identity.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <nlohmann/json.hpp>

#include "error/try.h"
#include "text/ascii.h"
#include "text/base64.h"
#include "text/bytes.h"

namespace pail::auth {
namespace {

using nlohmann::json;

constexpr std::size_t kClaimsMost = 200;
constexpr double kSecondsMost = 253'402'300'799.0;  // the year 9999

/// base64url without padding, of an object.
std::optional<json> decode_object(std::string_view part) {
  const auto bytes = text::base64url_decode(part);
  if (!bytes) return std::nullopt;
  // Depth is bounded because the text is.
  json object = json::parse(text::as_text(*bytes), nullptr, false);
  if (!object.is_object() || object.size() > kClaimsMost) return std::nullopt;
  return object;
}

std::string text_field(const json& object, const char* name) {
  const auto field = object.find(name);
  return field != object.end() && field->is_string() ? field->get<std::string>() : std::string();
}

std::optional<std::string> scalar_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number_integer()) return value.dump();
  return std::nullopt;
}

std::vector<std::string> texts_of(const json& value) {
  std::vector<std::string> texts;
  if (const auto text = scalar_text(value)) return {*text};
  if (!value.is_array()) return texts;
  for (const json& entry : value) {
    if (auto text = scalar_text(entry)) texts.push_back(std::move(*text));
  }
  return texts;
}

std::string first_of(const WebIdentity& identity, std::string_view claim) {
  const auto found = identity.claims.find(claim);
  return found == identity.claims.end() || found->second.empty() ? std::string()
                                                                 : found->second.front();
}

S3Result<void> check_expiry(const json& claims, time::Timestamp now) {
  const auto expires = claims.find("exp");
  if (expires == claims.end() || !expires->is_number() || !claims.contains("iat")) {
    return fail(S3ErrorCode::InvalidIdentityToken,
                "Missing a required claim: " + std::string(claims.contains("iat") ? "exp" : "iat"));
  }
  const double expires_s = std::clamp(expires->get<double>(), 0.0, kSecondsMost);
  const auto now_s = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  if (static_cast<double>(now_s) < expires_s) return {};
  return fail(S3ErrorCode::ExpiredTokenException,
              "Token expired: current date/time " + std::to_string(now_s) +
                  " must be before the expiration date/time " +
                  std::to_string(static_cast<std::int64_t>(expires_s)));
}

}  // namespace

std::string_view WebIdentity::provider() const {
  constexpr std::string_view kScheme = "https://";
  const std::string_view name = issuer;
  return name.starts_with(kScheme) ? name.substr(kScheme.size()) : name;
}

S3Result<WebIdentity> WebIdentity::read(std::string_view token, time::Timestamp now) {
  if (token.size() > kWebIdentityTokenBytesMost) return fail(S3ErrorCode::InvalidIdentityToken);
  const auto parts = text::split(token, '.');
  if (parts.size() != 3) return fail(S3ErrorCode::InvalidIdentityToken);
  const auto header = decode_object(parts[0]);
  const auto claims = decode_object(parts[1]);
  if (!header || !claims) return fail(S3ErrorCode::InvalidIdentityToken);
  WebIdentity identity;
  identity.algorithm = text_field(*header, "alg");
  identity.key_id = text_field(*header, "kid");
  for (const auto& [name, value] : claims->items()) identity.claims[name] = texts_of(value);
  identity.issuer = first_of(identity, "iss");
  identity.subject = first_of(identity, "sub");
  if (const auto found = identity.claims.find("aud"); found != identity.claims.end()) {
    identity.audiences = found->second;
  }
  for (const char* name : {"iss", "sub", "aud"}) {
    if (first_of(identity, name).empty()) {
      return fail(S3ErrorCode::InvalidIdentityToken,
                  "Missing a required claim: " + std::string(name));
    }
  }
  PAIL_CHECK(check_expiry(*claims, now));
  return identity;
}

}  // namespace pail::auth
