#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "encryption/customer_key.h"
#include "encryption/frames.h"
#include "random/random.h"
#include "store/store.h"

namespace pail::encryption {

/// Encrypts one stream (see frames.h) on its way into the store. Holds one frame in memory.
class SealingWriter final : public store::BlobWriter {
 public:
  /// `cipher_header` is the object's or upload's; `part_number` 0 for an object written at once.
  SealingWriter(std::unique_ptr<store::BlobWriter> inner, const CustomerKey& key,
                std::string_view cipher_header, std::uint32_t part_number, random::Random& random);

  store::StoreResult<void> write(std::span<const std::byte> bytes) override;
  /// The content has the size of the sealed stream, not of the bytes that were written.
  store::StoreResult<store::Content> finish() override;

 private:
  store::StoreResult<void> begin();
  store::StoreResult<void> seal(std::span<const std::byte> plain, bool is_last);

  std::unique_ptr<store::BlobWriter> inner_;
  StreamKey::Salt salt_;
  FrameCipher cipher_;
  std::uint64_t frame_ = 0;
  bool begun_ = false;
  std::string pending_;  // less than a frame, or a whole one that may be the last
  std::string sealed_;
};

}  // namespace pail::encryption
