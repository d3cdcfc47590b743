#include "auth/length_range_body.h"

#include <string>

#include "error/try.h"

namespace pail::auth {

Task<S3Result<std::span<const std::byte>>> LengthRangeBody::read() {
  while (true) {
    PAIL_CO_TRY(const auto bytes, co_await inner_.read());
    size_bytes_ += bytes.size();
    const bool is_too_long = size_bytes_ > range_.most_bytes;
    if (!bytes.empty() && !is_too_long) co_return bytes;
    if (!bytes.empty()) continue;
    if (is_too_long) {
      co_return fail(S3Error(S3ErrorCode::EntityTooLarge)
                         .with("ProposedSize", std::to_string(size_bytes_))
                         .with("MaxSizeAllowed", std::to_string(range_.most_bytes)));
    }
    if (size_bytes_ < range_.least_bytes) {
      co_return fail(S3Error(S3ErrorCode::EntityTooSmall)
                         .with("ProposedSize", std::to_string(size_bytes_))
                         .with("MinSizeAllowed", std::to_string(range_.least_bytes)));
    }
    co_return bytes;
  }
}

}  // namespace pail::auth
