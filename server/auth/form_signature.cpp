#include "auth/form_signature.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "auth/mismatch.h"
#include "auth/signature_claim.h"
#include "auth/sigv2.h"
#include "error/try.h"
#include "text/ascii.h"
#include "time/date.h"

namespace pail::auth {
namespace {

using protocol::FormFields;

/// The fields of a signature in the order in which AWS misses them.
constexpr auto kVersion4Fields = std::to_array<std::string_view>(
    {"X-Amz-Signature", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date"});
constexpr auto kVersion2Fields = std::to_array<std::string_view>({"Signature", "AWSAccessKeyId"});

bool has_any(const FormFields& fields, std::span<const std::string_view> names) {
  return std::ranges::any_of(names, [&](std::string_view name) { return fields.contains(name); });
}

S3Result<void> require_field(const FormFields& fields, std::string_view name) {
  if (fields.contains(name)) return {};
  const std::string text(name);
  return invalid_argument("Bucket POST must contain a field named '" + text +
                              "'.  If it is specified, please check the order of the fields.",
                          text, "");
}

S3Result<void> require_fields(const FormFields& fields, std::span<const std::string_view> names) {
  for (const std::string_view name : names) PAIL_CHECK(require_field(fields, name));
  return require_field(fields, "policy");
}

S3Result<const Credential*> find_credential(const Credentials& credentials,
                                            std::string_view access_key_id) {
  if (const Credential* credential = credentials.find(access_key_id)) return credential;
  return fail(
      S3Error(S3ErrorCode::InvalidAccessKeyId).with("AWSAccessKeyId", std::string(access_key_id)));
}

S3Error mismatch(std::string_view access_key_id, std::string_view policy,
                 std::string_view signature) {
  return signature_does_not_match(access_key_id, policy, signature)
      .because("the policy in the form was signed with another secret, or changed afterwards");
}

S3Result<const Credential*> verify_v4(const FormFields& fields, const Credentials& credentials,
                                      SigningKeys& keys, std::string_view region) {
  PAIL_CHECK(require_fields(fields, kVersion4Fields));
  const auto value = [&fields](std::string_view name) { return fields.find(name).value_or(""); };
  const std::string_view algorithm = value("x-amz-algorithm");
  if (algorithm != "AWS4-HMAC-SHA256") {
    return invalid_argument("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"", "X-Amz-Algorithm",
                            std::string(algorithm));
  }
  PAIL_TRY(const CredentialScope scope,
           parse_credential(value("x-amz-credential"), ClaimSource::kForm, region));
  const std::string_view date = value("x-amz-date");
  if (!time::parse_amz_date(date)) {
    return invalid_argument("X-Amz-Date must be formated via ISO8601 Long format", "X-Amz-Date",
                            std::string(date));
  }
  PAIL_TRY(const Credential* credential, find_credential(credentials, scope.access_key_id));
  const SigningKey key = keys.find_or_derive(scope.access_key_id, credential->secret_access_key,
                                             scope.date, scope.region);
  const std::string_view policy = value("policy");
  const std::string_view signature = value("x-amz-signature");
  if (!same_signature(signature, sign(key, policy)))
    return fail(mismatch(scope.access_key_id, policy, signature));
  return credential;
}

S3Result<const Credential*> verify_v2(const FormFields& fields, const Credentials& credentials) {
  PAIL_CHECK(require_fields(fields, kVersion2Fields));
  const std::string_view access_key_id = fields.find("AWSAccessKeyId").value_or("");
  const std::string_view policy = fields.find("policy").value_or("");
  const std::string_view signature = fields.find("signature").value_or("");
  PAIL_TRY(const Credential* credential, find_credential(credentials, access_key_id));
  const std::string expected = sigv2_signature(credential->secret_access_key, policy);
  if (!text::constant_time_equals(expected, signature))
    return fail(mismatch(access_key_id, policy, signature));
  return credential;
}

}  // namespace

S3Result<const Credential*> verify_form_signature(const FormFields& fields,
                                                  const Credentials& credentials, SigningKeys& keys,
                                                  std::string_view region, bool accepts_v2) {
  if (has_any(fields, kVersion4Fields)) return verify_v4(fields, credentials, keys, region);
  if (!has_any(fields, kVersion2Fields)) return nullptr;
  if (!accepts_v2) return fail(sigv2_not_supported());
  return verify_v2(fields, credentials);
}

}  // namespace pail::auth
