#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "encryption/stream_key.h"

// How an encrypted stream lies in the store: "PSC1", the stream's salt, then frames. A frame is up
// to 64 KiB of plain bytes under AES-256-GCM with its 16 bytes of tag behind it; all but the last
// are full, and a stream has at least one. The nonce is made of the frame's number and whether it
// is the last, so that a stream that was cut short, reordered or mixed does not pass.
namespace pail::encryption {

inline constexpr std::string_view kStreamMagic = "PSC1";
inline constexpr std::uint64_t kStreamHeaderBytes = 4 + StreamKey::kSaltBytes;
inline constexpr std::uint64_t kFrameBytes = std::uint64_t{64} * 1024;
inline constexpr std::uint64_t kTagBytes = 16;

constexpr std::uint64_t frame_count(std::uint64_t plain_bytes) {
  return plain_bytes == 0 ? 1 : (plain_bytes - 1) / kFrameBytes + 1;
}

/// What a stream of that many plain bytes takes in the store.
constexpr std::uint64_t sealed_size(std::uint64_t plain_bytes) {
  return kStreamHeaderBytes + plain_bytes + frame_count(plain_bytes) * kTagBytes;
}

struct CipherContext;

/// Encrypts or decrypts the frames of one stream. Not thread-safe.
class FrameCipher {
 public:
  enum class Direction { kSeal, kOpen };

  FrameCipher(Direction direction, const StreamKey& key);
  ~FrameCipher();
  FrameCipher(FrameCipher&&) noexcept;
  FrameCipher& operator=(FrameCipher&&) noexcept;

  /// Replaces `out` by the frame and its tag. False when the cipher fails, which it never should.
  bool seal(std::uint64_t frame, bool is_last, std::span<const std::byte> plain, std::string& out);
  /// Replaces `out` by the plain bytes. False unless the frame is exactly what was sealed as that
  /// frame of that stream; `out` is then empty.
  bool open(std::uint64_t frame, bool is_last, std::span<const std::byte> sealed, std::string& out);

 private:
  std::unique_ptr<CipherContext> context_;
};

}  // namespace pail::encryption
