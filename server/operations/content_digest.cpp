#include "operations/content_digest.h"

#include <algorithm>
#include <cerrno>
#include <coroutine>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <unistd.h>

#include "content/piece.h"
#include "error/try.h"
#include "operations/store_failure.h"
#include "text/bytes.h"

namespace pail::operations {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} * 1024;
constexpr std::uint64_t kBytesBetweenPauses = std::uint64_t{8} * 1024 * 1024;

/// Puts the coroutine at the end of its executor's queue.
struct LetOthersPass {
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  template <typename Promise>
  bool await_suspend(std::coroutine_handle<Promise> self) const {
    if (!self.promise().executor) return false;
    self.promise().executor->post(self);
    return true;
  }
  void await_resume() const noexcept {}
};

/// Feeds pieces into the digests and the copy, at most a buffer at a time.
class PieceFeeder {
 public:
  PieceFeeder(BodyDigests& digests, store::BlobWriter* copy_to)
      : digests_(digests), copy_to_(copy_to) {}

  /// Up to kBytesBetweenPauses from `offset_bytes` of the piece: how many, 0 at its end.
  S3Result<std::uint64_t> feed(const content::Piece& piece, std::uint64_t offset_bytes) {
    if (const auto* text = std::get_if<std::string>(&piece)) return feed_text(*text, offset_bytes);
    if (const auto* shared = std::get_if<content::SharedRange>(&piece)) {
      const auto text = std::string_view(*shared->bytes);
      return feed_text(text.substr(shared->offset_bytes, shared->length_bytes), offset_bytes);
    }
    return feed_file(std::get<content::FileRange>(piece), offset_bytes);
  }

 private:
  S3Result<std::uint64_t> feed_text(std::string_view text, std::uint64_t offset_bytes) {
    const auto rest = text.substr(static_cast<std::size_t>(offset_bytes), kBytesBetweenPauses);
    PAIL_CHECK(take(text::as_bytes(rest)));
    return rest.size();
  }

  S3Result<std::uint64_t> feed_file(const content::FileRange& range, std::uint64_t offset_bytes) {
    buffer_.resize(kBufferBytes);
    const std::uint64_t end = std::min(range.length_bytes, offset_bytes + kBytesBetweenPauses);
    std::uint64_t at = offset_bytes;
    while (at < end) {
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(end - at, kBufferBytes));
      const auto got = ::pread(range.file->descriptor(), buffer_.data(), wanted,
                               static_cast<off_t>(range.offset_bytes + at));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) {
        return fail(S3Error(S3ErrorCode::InternalError).because("a stored file can not be read"));
      }
      PAIL_CHECK(take(std::span(buffer_).first(static_cast<std::size_t>(got))));
      at += static_cast<std::uint64_t>(got);
    }
    return at - offset_bytes;
  }

  S3Result<void> take(std::span<const std::byte> bytes) {
    digests_.update(bytes);
    if (!copy_to_) return {};
    auto written = copy_to_->write(bytes);
    if (!written) return store_failure(std::move(written).error(), {});
    return {};
  }

  BodyDigests& digests_;
  store::BlobWriter* copy_to_;
  std::vector<std::byte> buffer_;
};

}  // namespace

Task<S3Result<BodyDigests::Values>> digest_content(store::ContentReader& reader,
                                                   checksum::Algorithm algorithm,
                                                   store::BlobWriter* copy_to) {
  BodyDigests digests(algorithm);
  PieceFeeder feeder(digests, copy_to);
  while (true) {
    auto piece = reader.next();
    if (!piece) co_return store_failure(std::move(piece).error(), {});
    if (!*piece) break;
    std::uint64_t offset_bytes = 0;
    while (true) {
      PAIL_CO_TRY(const std::uint64_t fed, feeder.feed(**piece, offset_bytes));
      if (fed == 0) break;
      offset_bytes += fed;
      if (fed == kBytesBetweenPauses) co_await LetOthersPass{};
    }
  }
  co_return digests.finish();
}

}  // namespace pail::operations
