#include "encryption/choice.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "error/try.h"
#include "text/ascii.h"
#include "text/base64.h"
#include "text/bytes.h"

namespace pail::encryption {
namespace {

using model::EncryptionKind;

constexpr const char* kMethod = "x-amz-server-side-encryption";
constexpr const char* kKmsKey = "x-amz-server-side-encryption-aws-kms-key-id";
constexpr const char* kContext = "x-amz-server-side-encryption-context";
constexpr const char* kBucketKey = "x-amz-server-side-encryption-bucket-key-enabled";
constexpr const char* kCustomerAlgorithm = "x-amz-server-side-encryption-customer-algorithm";
constexpr const char* kCustomerKeyMd5 = "x-amz-server-side-encryption-customer-key-MD5";

bool is_string_map(std::string_view base64) {
  const auto bytes = text::base64_decode(base64);
  if (!bytes) return false;
  const auto map = nlohmann::json::parse(text::as_text(*bytes), nullptr, false);
  return map.is_object() &&
         std::ranges::all_of(map, [](const nlohmann::json& value) { return value.is_string(); });
}

S3Result<std::string> parse_context(const http::HeaderMap& headers) {
  const auto context = headers.find(kContext);
  if (!context || context->empty()) return std::string();
  if (!is_string_map(*context)) {
    return invalid_argument(
        "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string "
        "holding JSON which represents a string-string map",
        kContext, std::string(*context));
  }
  return std::string(*context);
}

/// Of x-amz-server-side-encryption; nothing if it is not there.
S3Result<std::optional<EncryptionKind>> parse_method(const http::HeaderMap& headers) {
  const auto method = headers.find(kMethod);
  if (!method) return std::optional<EncryptionKind>();
  for (const auto kind :
       {EncryptionKind::kSseS3, EncryptionKind::kSseKms, EncryptionKind::kSseKmsDsse}) {
    if (*method == algorithm_name(kind)) return std::optional(kind);
  }
  return invalid_argument("The encryption method specified is not supported", kMethod,
                          std::string(*method));
}

S3Result<Choice> choose_customer_key(const CustomerKey& key, const http::HeaderMap& headers) {
  if (const auto method = headers.find(kMethod)) {
    return invalid_argument(
        "Server Side Encryption with Customer provided key is incompatible with the encryption "
        "method specified",
        kMethod, std::string(*method));
  }
  Choice choice;
  choice.encryption.kind = EncryptionKind::kCustomer;
  choice.encryption.customer_key_md5 = key.md5();
  choice.key = key;
  return choice;
}

S3Result<model::Encryption> choose_kms(EncryptionKind kind, const http::HeaderMap& headers,
                                       std::string_view key_name, const BucketDefault& by_default,
                                       const KmsPlace& place) {
  model::Encryption chosen;
  chosen.kind = kind;
  PAIL_TRY(chosen.kms_context, parse_context(headers));
  if (key_name.empty()) {
    chosen.kms_key_id = default_kms_key(place);
  } else {
    PAIL_TRY(chosen.kms_key_id, resolve_kms_key(key_name, place));
  }
  const auto flag = headers.find(kBucketKey);
  // Two layers of encryption have no bucket key.
  chosen.bucket_key_enabled =
      kind == EncryptionKind::kSseKms &&
      (flag ? text::equals_ignore_case(*flag, "true") : by_default.bucket_key_enabled);
  return chosen;
}

}  // namespace

bool names_encryption(const http::HeaderMap& headers) {
  return std::ranges::any_of(headers, [](const http::Header& field) {
    return text::starts_with_ignore_case(field.name, kMethod);
  });
}

S3Result<Choice> choose_encryption(const http::HeaderMap& headers, const BucketDefault& by_default,
                                   const KmsPlace& place) {
  const bool is_named = names_encryption(headers);
  if (!is_named && by_default.kind == EncryptionKind::kSseS3) return Choice{};
  if (headers.contains(kMethod) && headers.contains(kCustomerAlgorithm)) {
    // Before anything else of the key: recorded so.
    return invalid_argument(
        "Server Side Encryption with Customer provided key is incompatible with the encryption "
        "method specified",
        kMethod, std::string(*headers.find(kMethod)));
  }
  PAIL_TRY(auto key, parse_customer_key(headers, KeyUse::kObject));
  if (key) return choose_customer_key(*key, headers);
  PAIL_TRY(const auto method, parse_method(headers));
  const auto key_name = headers.find(kKmsKey);
  if (key_name && (!method || *method == EncryptionKind::kSseS3)) {
    return invalid_argument(
        "Server Side Encryption with AWS KMS managed key requires HTTP header "
        "x-amz-server-side-encryption : aws:kms",
        kMethod, std::string(headers.find(kMethod).value_or("null")));
  }
  const EncryptionKind kind = method.value_or(by_default.kind);
  if (kind == EncryptionKind::kSseS3) return Choice{};
  const std::string_view name =
      method ? key_name.value_or("") : std::string_view(by_default.kms_key_id);
  PAIL_TRY(auto chosen, choose_kms(kind, headers, name, by_default, place));
  return Choice{std::move(chosen), std::nullopt};
}

S3Result<void> refuse_choice(const http::HeaderMap& headers) {
  for (const char* header : {kMethod, kKmsKey, kContext, kBucketKey}) {
    const auto value = headers.find(header);
    if (!value) continue;
    return invalid_argument(std::string(header) + " header is not supported for this operation.",
                            header, std::string(*value));
  }
  return {};
}

void add_encryption_headers(const model::Encryption& encryption, http::HeaderMap& out) {
  if (encryption.kind == EncryptionKind::kCustomer) {
    out.add(kCustomerAlgorithm, "AES256");
    out.add(kCustomerKeyMd5, encryption.customer_key_md5);
    return;
  }
  out.add(kMethod, std::string(algorithm_name(encryption.kind)));
  if (encryption.kind == EncryptionKind::kSseS3) return;
  out.add(kKmsKey, encryption.kms_key_id);
  if (encryption.bucket_key_enabled) out.add(kBucketKey, "true");
}

void add_context_header(const model::Encryption& encryption, http::HeaderMap& out) {
  if (!encryption.kms_context.empty()) out.add(kContext, encryption.kms_context);
}

}  // namespace pail::encryption
