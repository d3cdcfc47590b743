#include "encryption/frames.h"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>

namespace pail::encryption {

struct CipherContext {
  EVP_CIPHER_CTX* raw = EVP_CIPHER_CTX_new();
  CipherContext() = default;
  CipherContext(const CipherContext&) = delete;
  CipherContext& operator=(const CipherContext&) = delete;
  ~CipherContext() { EVP_CIPHER_CTX_free(raw); }
};

namespace {

using Nonce = std::array<unsigned char, 12>;

/// Unique under a stream's key, which serves one stream only.
Nonce nonce_of(std::uint64_t frame, bool is_last) {
  Nonce nonce{};
  nonce[0] = is_last ? 1 : 0;
  for (std::size_t at = nonce.size() - 1; frame != 0; --at) {
    nonce[at] = static_cast<unsigned char>(frame & 0xFFU);
    frame >>= 8U;
  }
  return nonce;
}

const unsigned char* as_unsigned(std::span<const std::byte> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* as_unsigned(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

FrameCipher::FrameCipher(Direction direction, const StreamKey& key)
    : context_(std::make_unique<CipherContext>()) {
  const int seals = direction == Direction::kSeal ? 1 : 0;
  if (!context_->raw || EVP_CipherInit_ex(context_->raw, EVP_aes_256_gcm(), nullptr,
                                          as_unsigned(key.bytes()), nullptr, seals) != 1) {
    throw std::runtime_error("OpenSSL has no AES-256-GCM");
  }
}

FrameCipher::~FrameCipher() = default;
FrameCipher::FrameCipher(FrameCipher&&) noexcept = default;
FrameCipher& FrameCipher::operator=(FrameCipher&&) noexcept = default;

bool FrameCipher::seal(std::uint64_t frame, bool is_last, std::span<const std::byte> plain,
                       std::string& out) {
  const Nonce nonce = nonce_of(frame, is_last);
  out.resize(plain.size() + kTagBytes);
  unsigned char* const at = as_unsigned(out);
  int written = 0;
  int rest = 0;
  EVP_CIPHER_CTX* const raw = context_->raw;
  return EVP_EncryptInit_ex(raw, nullptr, nullptr, nullptr, nonce.data()) == 1 &&
         EVP_EncryptUpdate(raw, at, &written, as_unsigned(plain), static_cast<int>(plain.size())) ==
             1 &&
         EVP_EncryptFinal_ex(raw, at + written, &rest) == 1 &&
         EVP_CIPHER_CTX_ctrl(raw, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(kTagBytes),
                             at + plain.size()) == 1;
}

bool FrameCipher::open(std::uint64_t frame, bool is_last, std::span<const std::byte> sealed,
                       std::string& out) {
  out.clear();
  if (sealed.size() < kTagBytes) return false;
  const auto body = sealed.first(sealed.size() - kTagBytes);
  std::array<unsigned char, kTagBytes> tag{};
  for (std::size_t i = 0; i < tag.size(); ++i)
    tag[i] = static_cast<unsigned char>(sealed[body.size() + i]);
  const Nonce nonce = nonce_of(frame, is_last);
  out.resize(body.size());
  int written = 0;
  int rest = 0;
  EVP_CIPHER_CTX* const raw = context_->raw;
  const bool opened = EVP_DecryptInit_ex(raw, nullptr, nullptr, nullptr, nonce.data()) == 1 &&
                      EVP_DecryptUpdate(raw, as_unsigned(out), &written, as_unsigned(body),
                                        static_cast<int>(body.size())) == 1 &&
                      EVP_CIPHER_CTX_ctrl(raw, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag.size()),
                                          tag.data()) == 1 &&
                      EVP_DecryptFinal_ex(raw, as_unsigned(out) + written, &rest) == 1;
  if (!opened) out.clear();
  return opened;
}

}  // namespace pail::encryption
