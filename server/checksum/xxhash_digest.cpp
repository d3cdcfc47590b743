#include "checksum/xxhash_digest.h"

#include <new>

#include <xxhash.h>

namespace pail::checksum {
namespace {

template <typename Canonical>
std::vector<std::byte> bytes_of(const Canonical& canonical) {
  const auto bytes = std::as_bytes(std::span(canonical.digest));
  return {bytes.begin(), bytes.end()};
}

struct FreeXxh64 {
  void operator()(XXH64_state_t* state) const { XXH64_freeState(state); }
};
struct FreeXxh3 {
  void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

class XxHash64 final : public Digest {
 public:
  XxHash64() : state_(XXH64_createState()) {
    if (state_ == nullptr) throw std::bad_alloc();
    XXH64_reset(state_.get(), 0);
  }
  void update(std::span<const std::byte> bytes) override {
    XXH64_update(state_.get(), bytes.data(), bytes.size());
  }
  std::vector<std::byte> finish() override {
    XXH64_canonical_t canonical;
    XXH64_canonicalFromHash(&canonical, XXH64_digest(state_.get()));
    return bytes_of(canonical);
  }

 private:
  std::unique_ptr<XXH64_state_t, FreeXxh64> state_;
};

class XxHash3 final : public Digest {
 public:
  XxHash3() : state_(XXH3_createState()) {
    if (state_ == nullptr) throw std::bad_alloc();
    XXH3_64bits_reset(state_.get());
  }
  void update(std::span<const std::byte> bytes) override {
    XXH3_64bits_update(state_.get(), bytes.data(), bytes.size());
  }
  std::vector<std::byte> finish() override {
    XXH64_canonical_t canonical;
    XXH64_canonicalFromHash(&canonical, XXH3_64bits_digest(state_.get()));
    return bytes_of(canonical);
  }

 private:
  std::unique_ptr<XXH3_state_t, FreeXxh3> state_;
};

class XxHash128 final : public Digest {
 public:
  XxHash128() : state_(XXH3_createState()) {
    if (state_ == nullptr) throw std::bad_alloc();
    XXH3_128bits_reset(state_.get());
  }
  void update(std::span<const std::byte> bytes) override {
    XXH3_128bits_update(state_.get(), bytes.data(), bytes.size());
  }
  std::vector<std::byte> finish() override {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_.get()));
    return bytes_of(canonical);
  }

 private:
  std::unique_ptr<XXH3_state_t, FreeXxh3> state_;
};

}  // namespace

std::unique_ptr<Digest> make_xxhash64() { return std::make_unique<XxHash64>(); }

std::unique_ptr<Digest> make_xxhash3() { return std::make_unique<XxHash3>(); }

std::unique_ptr<Digest> make_xxhash128() { return std::make_unique<XxHash128>(); }

}  // namespace pail::checksum
