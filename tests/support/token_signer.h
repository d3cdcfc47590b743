#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "text/base64.h"
#include "text/bytes.h"

namespace pail::test {

/// An identity provider's private key: signs tokens (JWT) as providers do.
class TokenSigner {
 public:
  static TokenSigner rsa(unsigned bits = 2048) { return TokenSigner(EVP_RSA_gen(bits), "RS256"); }
  static TokenSigner p256() { return TokenSigner(EVP_EC_gen("P-256"), "ES256"); }

  [[nodiscard]] std::string token(const std::string& claims,
                                  const std::string& key_id = "one") const {
    const std::string head =
        encode(R"({"alg":")" + algorithm_ + R"(","kid":")" + key_id + R"("})") + "." +
        encode(claims);
    return head + "." + encode(sign(head));
  }

  /// The public key as a key set.
  [[nodiscard]] std::string key_set(const std::string& key_id = "one") const {
    const bool is_rsa = algorithm_ == "RS256";
    const auto field = [this](const char* name, const char* parameter) {
      return ",\"" + std::string(name) + "\":\"" + encode(number(parameter)) + "\"";
    };
    return R"({"keys":[{"kid":")" + key_id + R"(","use":"sig","kty":")" +
           (is_rsa
                ? R"(RSA")" + field("n", OSSL_PKEY_PARAM_RSA_N) + field("e", OSSL_PKEY_PARAM_RSA_E)
                : R"(EC","crv":"P-256")" + field("x", OSSL_PKEY_PARAM_EC_PUB_X) +
                      field("y", OSSL_PKEY_PARAM_EC_PUB_Y)) +
           "}]}";
  }

  [[nodiscard]] std::string pem() const {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> memory(BIO_new(BIO_s_mem()), BIO_free_all);
    PEM_write_bio_PUBKEY(memory.get(), key_.get());
    std::string text(static_cast<std::size_t>(BIO_pending(memory.get())), '\0');
    BIO_read(memory.get(), text.data(), static_cast<int>(text.size()));
    return text;
  }

  /// base64url of bytes.
  static std::string encode(std::string_view bytes) {
    std::string text = text::base64_encode(text::as_bytes(bytes));
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text.substr(0, text.find('='));
  }

 private:
  TokenSigner(EVP_PKEY* key, std::string algorithm)
      : key_(key, EVP_PKEY_free), algorithm_(std::move(algorithm)) {
    if (!key_) throw std::runtime_error("no key");
  }

  [[nodiscard]] std::string number(const char* parameter) const {
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key_.get(), parameter, &value) != 1) {
      throw std::runtime_error("no such parameter");
    }
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> owned(value, BN_free);
    const int size = algorithm_ == "ES256" ? 32 : BN_num_bytes(value);
    return to_text(value, size);
  }

  static std::string to_text(const BIGNUM* value, int size) {
    std::vector<unsigned char> bytes(static_cast<std::size_t>(size));
    BN_bn2binpad(value, bytes.data(), size);
    return {bytes.begin(), bytes.end()};
  }

  [[nodiscard]] std::string sign(const std::string& text) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    std::array<unsigned char, 1024> signature{};
    std::size_t length = signature.size();
    const std::vector<unsigned char> bytes(text.begin(), text.end());
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &length, bytes.data(), bytes.size()) != 1) {
      throw std::runtime_error("no signature");
    }
    if (algorithm_ == "RS256")
      return {signature.begin(), std::next(signature.begin(), static_cast<std::ptrdiff_t>(length))};
    const unsigned char* der = signature.data();
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(
        d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(length)), ECDSA_SIG_free);
    constexpr int kNumberBytes = 32;
    return to_text(ECDSA_SIG_get0_r(pair.get()), kNumberBytes) +
           to_text(ECDSA_SIG_get0_s(pair.get()), kNumberBytes);
  }

  std::shared_ptr<EVP_PKEY> key_;
  std::string algorithm_;
};

}  // namespace pail::test
