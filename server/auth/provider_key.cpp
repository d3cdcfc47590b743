#include "auth/provider_key.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include "error/try.h"
#include "text/base64.h"
#include "text/bytes.h"

namespace pail::auth {
namespace {

using nlohmann::json;

constexpr int kRsaBitsLeast = 2048;
constexpr std::size_t kCurveBytes = 32;  // of a number of P-256
constexpr std::size_t kProviderKeysMost = 100;

template <auto kFree>
struct FreedBy {
  template <typename T>
  void operator()(T* pointer) const {
    kFree(pointer);
  }
};
using Bio = std::unique_ptr<BIO, FreedBy<&BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, FreedBy<&BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, FreedBy<&OSSL_PARAM_BLD_free>>;
using KeyParameters = std::unique_ptr<OSSL_PARAM, FreedBy<&OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreedBy<&EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreedBy<&EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, FreedBy<&ECDSA_SIG_free>>;
using SharedKey = std::shared_ptr<EVP_PKEY>;

const unsigned char* octets(std::span<const std::byte> bytes) {
  return static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
}

Number number_of(std::span<const std::byte> bytes) {
  return Number(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
}

SharedKey make_key(const char* type, const Builder& builder) {
  const KeyParameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    ERR_clear_error();
    return nullptr;
  }
  return {key, EVP_PKEY_free};
}

std::optional<std::vector<std::byte>> field_bytes(const json& key, const char* name) {
  constexpr std::size_t kTextMost = 4096;
  const auto field = key.find(name);
  if (field == key.end() || !field->is_string()) return std::nullopt;
  const auto& text = field->get_ref<const std::string&>();
  return text.size() > kTextMost ? std::nullopt : text::base64url_decode(text);
}

SharedKey rsa_key(const json& key) {
  const auto modulus = field_bytes(key, "n");
  const auto exponent = field_bytes(key, "e");
  if (!modulus || !exponent) return nullptr;
  const Number n = number_of(*modulus);
  const Number e = number_of(*exponent);
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    return nullptr;
  }
  return make_key("RSA", builder);
}

SharedKey curve_key(const json& key) {
  constexpr std::byte kUncompressed{4};
  const auto x = field_bytes(key, "x");
  const auto y = field_bytes(key, "y");
  if (!x || !y || x->size() != kCurveBytes || y->size() != kCurveBytes) return nullptr;
  std::vector<std::byte> point{kUncompressed};
  point.insert(point.end(), x->begin(), x->end());
  point.insert(point.end(), y->begin(), y->end());
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1) {
    return nullptr;
  }
  return make_key("EC", builder);
}

bool is_usable(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1) return EVP_PKEY_get_bits(key) >= kRsaBitsLeast;
  if (EVP_PKEY_is_a(key, "EC") != 1) return false;
  std::array<char, 32> group{};
  std::size_t length = 0;
  return EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) == 1 &&
         std::string_view(group.data(), length) == "prime256v1";
}

Result<std::vector<ProviderKey>, std::string> read_key_set(std::string_view text) {
  const json set = json::parse(text, nullptr, false);
  const auto keys = set.is_object() ? set.find("keys") : set.end();
  if (!set.is_object() || keys == set.end() || !keys->is_array() ||
      keys->size() > kProviderKeysMost) {
    return Unexpected{std::string("no key set: JSON with \"keys\" is expected")};
  }
  std::vector<ProviderKey> read;
  for (const json& key : *keys) {
    const auto text_of = [&key](const char* name) {
      return key.is_object() && key.contains(name) && key[name].is_string()
                 ? key[name].get<std::string>()
                 : std::string();
    };
    const bool is_curve = text_of("kty") == "EC" && text_of("crv") == "P-256";
    if (!is_curve && text_of("kty") != "RSA") continue;
    SharedKey made = is_curve ? curve_key(key) : rsa_key(key);
    if (!made || !is_usable(made.get())) {
      return Unexpected{"the key '" + text_of("kid") + "' is damaged or too short"};
    }
    read.emplace_back(text_of("kid"), std::move(made));
  }
  if (read.empty()) return Unexpected{std::string("no RSA or P-256 key in the key set")};
  return read;
}

Result<std::vector<ProviderKey>, std::string> read_pem(std::string_view text) {
  const Bio source(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  std::vector<ProviderKey> read;
  while (source && read.size() < kProviderKeysMost) {
    const SharedKey key(PEM_read_bio_PUBKEY(source.get(), nullptr, nullptr, nullptr),
                        EVP_PKEY_free);
    if (!key) break;
    if (!is_usable(key.get())) {
      return Unexpected{std::string("a key is neither RSA of 2048 bits or more nor P-256")};
    }
    read.emplace_back(std::string(), key);
  }
  ERR_clear_error();
  if (read.empty()) {
    return Unexpected{std::string("neither a key set (JWKS) nor a public key in PEM")};
  }
  return read;
}

/// In a JWT r and s stand one behind the other; OpenSSL wants DER.
std::vector<unsigned char> der_signature(std::span<const std::byte> signature) {
  std::vector<unsigned char> der;
  if (signature.size() != 2 * kCurveBytes) return der;
  const EcSignature pair(ECDSA_SIG_new());
  Number r = number_of(signature.first(kCurveBytes));
  Number s = number_of(signature.subspan(kCurveBytes));
  if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return der;
  static_cast<void>(r.release());  // the signature's now
  static_cast<void>(s.release());
  unsigned char* encoded = nullptr;
  const int length = i2d_ECDSA_SIG(pair.get(), &encoded);
  if (length > 0) der.assign(encoded, std::next(encoded, length));
  OPENSSL_free(encoded);
  return der;
}

}  // namespace

Result<std::vector<ProviderKey>, std::string> ProviderKey::read(std::string_view text) {
  constexpr std::size_t kTextMost = std::size_t{1024} * 1024;
  if (text.size() > kTextMost) return Unexpected{std::string("longer than 1 MiB")};
  const auto first = text.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string_view::npos && text[first] == '{';
  return is_json ? read_key_set(text) : read_pem(text);
}

bool ProviderKey::verifies(std::string_view algorithm, std::string_view signed_text,
                           std::span<const std::byte> signature) const {
  const bool is_rsa = EVP_PKEY_is_a(key_.get(), "RSA") == 1;
  if (algorithm != (is_rsa ? "RS256" : "ES256")) return false;
  std::vector<unsigned char> raw(octets(signature),
                                 std::next(octets(signature), std::ssize(signature)));
  if (!is_rsa) raw = der_signature(signature);
  const DigestContext context(EVP_MD_CTX_new());
  const auto text = text::as_bytes(signed_text);
  const bool matches =
      !raw.empty() && context &&
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
      EVP_DigestVerify(context.get(), raw.data(), raw.size(), octets(text), text.size()) == 1;
  ERR_clear_error();
  return matches;
}

}  // namespace pail::auth
