#include "encryption/sealing_writer.h"

#include <algorithm>
#include <utility>

#include "error/try.h"
#include "text/bytes.h"

namespace pail::encryption {
namespace {

StreamKey::Salt new_salt(random::Random& random) {
  StreamKey::Salt salt{};
  random.fill(salt);
  return salt;
}

}  // namespace

SealingWriter::SealingWriter(std::unique_ptr<store::BlobWriter> inner, const CustomerKey& key,
                             std::string_view cipher_header, std::uint32_t part_number,
                             random::Random& random)
    : inner_(std::move(inner)),
      salt_(new_salt(random)),
      cipher_(FrameCipher::Direction::kSeal, StreamKey(key, cipher_header, part_number, salt_)) {}

store::StoreResult<void> SealingWriter::write(std::span<const std::byte> bytes) {
  PAIL_CHECK(begin());
  while (!bytes.empty()) {
    // A full frame is sealed only when something follows, since the last one is marked.
    if (pending_.size() == kFrameBytes) {
      PAIL_CHECK(seal(text::as_bytes(pending_), false));
      pending_.clear();
    }
    if (pending_.empty() && bytes.size() > kFrameBytes) {
      PAIL_CHECK(seal(bytes.first(kFrameBytes), false));
      bytes = bytes.subspan(kFrameBytes);
      continue;
    }
    const auto taken = std::min<std::size_t>(bytes.size(), kFrameBytes - pending_.size());
    pending_ += text::as_text(bytes.first(taken));
    bytes = bytes.subspan(taken);
  }
  return {};
}

store::StoreResult<store::Content> SealingWriter::finish() {
  PAIL_CHECK(begin());
  PAIL_CHECK(seal(text::as_bytes(pending_), true));
  return inner_->finish();
}

store::StoreResult<void> SealingWriter::begin() {
  if (begun_) return {};
  begun_ = true;
  PAIL_CHECK(inner_->write(text::as_bytes(kStreamMagic)));
  return inner_->write(salt_);
}

store::StoreResult<void> SealingWriter::seal(std::span<const std::byte> plain, bool is_last) {
  if (!cipher_.seal(frame_, is_last, plain, sealed_)) {
    return Unexpected{
        store::StoreError{store::StoreErrorKind::kBroken, "AES-256-GCM fails to encrypt", {}}};
  }
  ++frame_;
  return inner_->write(text::as_bytes(sealed_));
}

}  // namespace pail::encryption
