#include "checksum/crc.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include <isa-l/crc.h>

#include "checksum/crc64_nvme.h"

namespace pail::checksum {
namespace {

template <typename Value>
std::vector<std::byte> big_endian(Value value) {
  std::vector<std::byte> out(sizeof(Value));
  for (std::size_t i = sizeof(Value); i > 0; --i) {
    out[i - 1] = static_cast<std::byte>(value & 0xFF);
    value >>= 8;
  }
  return out;
}

class Crc32 final : public Digest {
 public:
  // crc32_gzip_refl complements on the way in and out by itself, as zlib's crc32 does.
  void update(std::span<const std::byte> bytes) override {
    crc_ =
        crc32_gzip_refl(crc_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }
  std::vector<std::byte> finish() override { return big_endian(crc_); }

 private:
  std::uint32_t crc_ = 0;
};

class Crc32c final : public Digest {
 public:
  // crc32_iscsi works on the bare register, counts with int and takes a buffer that it only reads
  // as one that it might write.
  void update(std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const std::size_t count =
          std::min(bytes.size(), static_cast<std::size_t>(std::numeric_limits<int>::max()));
      auto* const data = const_cast<unsigned char*>(  // NOLINT: see above
          reinterpret_cast<const unsigned char*>(bytes.data()));
      state_ = crc32_iscsi(data, static_cast<int>(count), state_);
      bytes = bytes.subspan(count);
    }
  }
  std::vector<std::byte> finish() override { return big_endian(~state_); }

 private:
  std::uint32_t state_ = ~std::uint32_t{0};
};

class Crc64Nvme final : public Digest {
 public:
  void update(std::span<const std::byte> bytes) override {
    state_ = update_crc64_nvme(state_, bytes);
  }
  std::vector<std::byte> finish() override { return big_endian(~state_); }

 private:
  std::uint64_t state_ = ~std::uint64_t{0};
};

}  // namespace

std::unique_ptr<Digest> make_crc32() { return std::make_unique<Crc32>(); }

std::unique_ptr<Digest> make_crc32c() { return std::make_unique<Crc32c>(); }

std::unique_ptr<Digest> make_crc64_nvme() { return std::make_unique<Crc64Nvme>(); }

}  // namespace pail::checksum
