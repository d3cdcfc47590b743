#pragma once

#include <cstdint>
#include <optional>

#include "http/body_pace.h"
#include "http/body_reader.h"

namespace pail::service {

/// The body of a request that faults may slow down or cut off. Until arm() it passes everything on.
class StruckBody final : public http::BodyReader {
 public:
  /// `inner` outlives it.
  explicit StruckBody(http::BodyReader& inner) : inner_(inner) {}

  /// From now on bytes pass at this pace. `end_bytes`: with so many passed it fails with
  /// IncompleteBody.
  void arm(const http::Pace& pace, std::optional<std::uint64_t> end_bytes) {
    pace_.emplace(pace, end_bytes);
  }
  /// Whether it was cut off where arm() said.
  [[nodiscard]] bool was_cut_off() const { return was_cut_off_; }

  Task<S3Result<std::span<const std::byte>>> read() override;
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override {
    return inner_.length_bytes();
  }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return inner_.trailers(); }
  Task<void> pause(std::chrono::microseconds time) override { return inner_.pause(time); }

 private:
  http::BodyReader& inner_;
  std::optional<http::BodyPace> pace_;
  /// Read, but not yet passed on.
  std::span<const std::byte> rest_;
  bool was_cut_off_ = false;
};

}  // namespace pail::service
