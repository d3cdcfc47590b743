#include "transport/response_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <variant>

#include <unistd.h>

#include "transport/pause.h"

namespace pail::transport {
namespace {

/// A body up to this size is sent together with its head.
constexpr std::size_t kJoinedBodyBytes = std::size_t{16} * 1024;
constexpr std::size_t kCopyBlockBytes = std::size_t{256} * 1024;
/// How much one connection sends before another one of the same thread gets its turn.
constexpr std::size_t kTurnBytes = std::size_t{4} * 1024 * 1024;
constexpr std::size_t kSendFileBytes = std::size_t{2} * 1024 * 1024;
constexpr std::size_t kKeptHeadBytes = std::size_t{32} * 1024;

std::uint64_t size_of(const http::BodyPiece& piece) {
  if (const auto* text = std::get_if<std::string>(&piece)) return text->size();
  if (const auto* shared = std::get_if<http::SharedRange>(&piece)) return shared->length_bytes;
  return std::get<http::FileRange>(piece).length_bytes;
}

std::string chunk_line(std::uint64_t size_bytes) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size_bytes, 16).ptr;
  return std::string(digits.data(), end) + "\r\n";
}

}  // namespace

Task<http::Delivery> ResponseWriter::write(http::Response& response, const ResponsePlan& plan,
                                           const AnswerContext& context) {
  body_bytes_ = 0;
  pace_.reset();
  if (response.delivery_plan) {
    const auto& cut = response.delivery_plan->cut;
    if (cut && !cut->after_body_bytes) co_return http::Delivery{0, false};
    pace_.emplace(response.delivery_plan->pace, cut ? cut->after_body_bytes : std::nullopt);
  }
  head_.clear();
  render_head(response, plan, context, head_);
  const bool sends_body = plan.framing != BodyFraming::None;
  const bool joined =
      sends_body && !response.source && response.body.size() <= kJoinedBodyBytes && !pace_;
  if (joined) head_ += response.body;
  bool complete = co_await write_all(head_, sends_body && !joined && !pace_);
  if (complete && joined) body_bytes_ = response.body.size();
  if (head_.capacity() > kKeptHeadBytes) std::string().swap(head_);
  if (complete && sends_body && !joined) {
    if (response.source) {
      complete = co_await write_source(*response.source, plan);
    } else {
      complete = co_await write_body(response.body);
    }
  }
  http::Delivery delivery;
  delivery.body_bytes = body_bytes_;
  delivery.complete = complete && !(pace_ && pace_->is_at_end());
  co_return delivery;
}

Task<bool> ResponseWriter::write_all(std::span<const char> bytes, bool more_follows) {
  while (!bytes.empty()) {
    IoResult result;
    if (!stream_.is_tls()) result = stream_.try_write(bytes, more_follows);
    if (!result.failed && result.bytes == 0) {
      deadline_.arm(Wait::Write, limits_.body_stall_time);
      result = co_await stream_.write_some(bytes);
      deadline_.disarm();
    }
    if (result.failed) co_return false;
    bytes = bytes.subspan(result.bytes);
  }
  co_return true;
}

Task<bool> ResponseWriter::write_source(http::BodySource& source, const ResponsePlan& plan) {
  const bool is_chunked = plan.framing == BodyFraming::Chunked;
  while (true) {
    auto next = co_await source.next();
    if (!next.has_value()) co_return false;
    if (!next->has_value()) break;
    http::BodyPiece& piece = **next;
    const std::uint64_t piece_bytes = size_of(piece);
    if (piece_bytes == 0) continue;
    if (plan.content_length_bytes && piece_bytes > *plan.content_length_bytes - body_bytes_) {
      co_return false;
    }
    if (is_chunked) {
      // The line end behind a chunk goes out with what follows it, so that data never waits.
      const std::string line = (body_bytes_ > 0 ? "\r\n" : "") + chunk_line(piece_bytes);
      const bool line_written = co_await write_all(line, true);
      if (!line_written) co_return false;
    }
    const bool piece_written = co_await write_piece(piece);
    if (!piece_written) co_return false;
  }
  if (is_chunked) {
    const std::string_view end = body_bytes_ > 0 ? "\r\n0\r\n\r\n" : "0\r\n\r\n";
    co_return co_await write_all(end, false);
  }
  co_return !plan.content_length_bytes || body_bytes_ == *plan.content_length_bytes;
}

Task<bool> ResponseWriter::write_piece(http::BodyPiece& piece) {
  if (const auto* text = std::get_if<std::string>(&piece)) {
    const std::span<const char> bytes(*text);
    co_return co_await write_body(bytes);
  }
  if (const auto* shared = std::get_if<http::SharedRange>(&piece)) {
    const std::span<const char> all(*shared->bytes);
    if (shared->offset_bytes > all.size()) co_return false;
    const auto rest = all.subspan(shared->offset_bytes);
    if (shared->length_bytes > rest.size()) co_return false;
    const auto bytes = rest.first(shared->length_bytes);
    co_return co_await write_body(bytes);
  }
  const auto& range = std::get<http::FileRange>(piece);
  if (stream_.is_tls() || pace_) {
    co_return co_await copy_file(range);
  }
  co_return co_await send_file(range);
}

Task<bool> ResponseWriter::write_body(std::span<const char> bytes) {
  if (pace_) {
    co_return co_await write_paced(bytes);
  }
  while (!bytes.empty()) {
    const auto block = bytes.first(std::min(bytes.size(), kCopyBlockBytes));
    const bool written = co_await write_all(block, false);
    if (!written) co_return false;
    body_bytes_ += block.size();
    bytes = bytes.subspan(block.size());
    co_await pause_after(block.size());
  }
  co_return true;
}

Task<bool> ResponseWriter::write_paced(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const http::BodyPace::Step step = pace_->next(bytes.size());
    if (step.wait.count() > 0) {
      const bool goes_on = co_await pause(stream_, deadline_, step.wait);
      if (!goes_on) co_return false;
    }
    if (step.bytes == 0) co_return false;
    const auto block = bytes.first(step.bytes);
    const bool written = co_await write_all(block, false);
    if (!written) co_return false;
    body_bytes_ += block.size();
    bytes = bytes.subspan(block.size());
  }
  co_return true;
}

Task<bool> ResponseWriter::send_file(const http::FileRange& range) {
  http::FileRange rest = range;
  while (rest.length_bytes > 0) {
    const auto turn =
        static_cast<std::size_t>(std::min<std::uint64_t>(rest.length_bytes, kSendFileBytes));
    const auto sent = stream_.try_send_file(rest.file->descriptor(), rest.offset_bytes, turn);
    if (!sent) co_return co_await copy_file(rest);
    if (sent->failed) co_return false;
    rest.offset_bytes += sent->bytes;
    rest.length_bytes -= sent->bytes;
    body_bytes_ += sent->bytes;
    if (sent->bytes == 0) {
      deadline_.arm(Wait::Write, limits_.body_stall_time);
      const IoResult waited = co_await stream_.wait_writable();
      deadline_.disarm();
      if (waited.failed) co_return false;
    } else {
      co_await pause_after(sent->bytes);
    }
  }
  co_return true;
}

Task<bool> ResponseWriter::copy_file(const http::FileRange& range) {
  const auto block_bytes =
      static_cast<std::size_t>(std::min<std::uint64_t>(range.length_bytes, kCopyBlockBytes));
  const auto block = std::make_unique_for_overwrite<char[]>(block_bytes);
  std::uint64_t done_bytes = 0;
  while (done_bytes < range.length_bytes) {
    const auto wanted = static_cast<std::size_t>(
        std::min<std::uint64_t>(range.length_bytes - done_bytes, block_bytes));
    const ssize_t got = ::pread(range.file->descriptor(), block.get(), wanted,
                                static_cast<off_t>(range.offset_bytes + done_bytes));
    if (got <= 0) co_return false;
    const std::span<const char> bytes(block.get(), static_cast<std::size_t>(got));
    const bool written = co_await write_body(bytes);
    if (!written) co_return false;
    done_bytes += bytes.size();
  }
  co_return true;
}

Task<void> ResponseWriter::pause_after(std::size_t bytes) {
  since_pause_bytes_ += bytes;
  if (since_pause_bytes_ < kTurnBytes) co_return;
  since_pause_bytes_ = 0;
  co_await stream_.yield();
}

}  // namespace pail::transport
