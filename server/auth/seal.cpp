#include "auth/seal.h"

#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

#include <openssl/evp.h>

#include "text/base64.h"
#include "text/bytes.h"

namespace pail::auth {
namespace {

// GCM allows 2^32 random nonces of this length under one key.
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
constexpr std::byte kVersion{1};
constexpr std::size_t kHeadBytes = 1 + kNonceBytes;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const unsigned char* raw(std::span<const std::byte> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* raw(std::span<std::byte> bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

void require(bool is_done) {
  if (!is_done) throw std::runtime_error("AES-256-GCM does not work");
}

}  // namespace

std::string seal(const SealKey& key, std::string_view text, random::Random& random) {
  std::vector<std::byte> sealed(kHeadBytes + text.size() + kTagBytes);
  const std::span<std::byte> all(sealed);
  const auto nonce = all.subspan(1, kNonceBytes);
  sealed[0] = kVersion;
  random.fill(nonce);
  const Context context(EVP_CIPHER_CTX_new());
  require(context != nullptr);
  int length = 0;
  require(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, raw(key), raw(nonce)) == 1);
  require(EVP_EncryptUpdate(context.get(), nullptr, &length, raw(all.first(1)), 1) == 1);
  require(EVP_EncryptUpdate(context.get(), raw(all.subspan(kHeadBytes)), &length,
                            raw(text::as_bytes(text)), static_cast<int>(text.size())) == 1);
  require(EVP_EncryptFinal_ex(context.get(), raw(all.last(kTagBytes)), &length) == 1);
  require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kTagBytes),
                              raw(all.last(kTagBytes))) == 1);
  return text::base64_encode(sealed);
}

std::optional<std::string> unseal(const SealKey& key, std::string_view sealed) {
  auto bytes = text::base64_decode(sealed);
  if (!bytes || bytes->size() < kHeadBytes + kTagBytes || bytes->front() != kVersion) {
    return std::nullopt;
  }
  const std::span<std::byte> all(*bytes);
  const auto hidden = all.subspan(kHeadBytes, all.size() - kHeadBytes - kTagBytes);
  const Context context(EVP_CIPHER_CTX_new());
  require(context != nullptr);
  int length = 0;
  require(EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, raw(key),
                             raw(all.subspan(1, kNonceBytes))) == 1);
  require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(kTagBytes),
                              raw(all.last(kTagBytes))) == 1);
  require(EVP_DecryptUpdate(context.get(), nullptr, &length, raw(all.first(1)), 1) == 1);
  std::string text(hidden.size() + kTagBytes, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(text.data());
  require(EVP_DecryptUpdate(context.get(), out, &length, raw(hidden),
                            static_cast<int>(hidden.size())) == 1);
  int rest = 0;
  if (EVP_DecryptFinal_ex(context.get(), out + length, &rest) != 1) return std::nullopt;
  text.resize(hidden.size());
  return text;
}

}  // namespace pail::auth
