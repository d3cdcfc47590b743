#include "encryption/opening_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <unistd.h>

#include "encryption/frames.h"
#include "error/try.h"
#include "text/bytes.h"

namespace pail::encryption {
namespace {

using store::StoreResult;

Unexpected<store::StoreError> damaged(std::string what) {
  return Unexpected{store::StoreError{
      store::StoreErrorKind::kBroken,
      "stored bytes that were encrypted with a customer's key are not those that were written: " +
          std::move(what),
      {}}};
}

/// Stored bytes in the amounts that the reader wants, whatever pieces they come in.
class ByteSource {
 public:
  explicit ByteSource(std::unique_ptr<store::ContentReader> reader) : reader_(std::move(reader)) {}

  /// Overwrites every byte of `out`. Fails: kBroken, also where the bytes end before.
  StoreResult<void> read(std::span<std::byte> out) {
    while (!out.empty()) {
      PAIL_CHECK(make_available());
      PAIL_TRY(const std::size_t got, take(out));
      out = out.subspan(got);
    }
    return {};
  }

 private:
  [[nodiscard]] std::uint64_t length() const {
    if (const auto* text = std::get_if<std::string>(&piece_)) return text->size();
    if (const auto* shared = std::get_if<content::SharedRange>(&piece_))
      return shared->length_bytes;
    return std::get<content::FileRange>(piece_).length_bytes;
  }

  StoreResult<void> make_available() {
    while (at_ == length()) {
      PAIL_TRY(auto next, reader_->next());
      if (!next) return damaged("they end too soon");
      piece_ = std::move(*next);
      at_ = 0;
    }
    return {};
  }

  StoreResult<std::size_t> take(std::span<std::byte> out) {
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), length() - at_));
    if (const auto* range = std::get_if<content::FileRange>(&piece_)) {
      const auto got = ::pread(range->file->descriptor(), out.data(), wanted,
                               static_cast<off_t>(range->offset_bytes + at_));
      if (got < 0 && errno == EINTR) return std::size_t{0};
      if (got <= 0) return damaged("a file is shorter than it was");
      at_ += static_cast<std::uint64_t>(got);
      return static_cast<std::size_t>(got);
    }
    std::string_view bytes;
    if (const auto* shared = std::get_if<content::SharedRange>(&piece_)) {
      bytes = std::string_view(*shared->bytes).substr(shared->offset_bytes, shared->length_bytes);
    } else {
      bytes = std::get<std::string>(piece_);
    }
    std::ranges::copy(text::as_bytes(bytes.substr(static_cast<std::size_t>(at_), wanted)),
                      out.begin());
    at_ += wanted;
    return wanted;
  }

  std::unique_ptr<store::ContentReader> reader_;
  content::Piece piece_ = std::string();
  std::uint64_t at_ = 0;
};

/// What was encrypted under one key: an object, or one part of it.
struct Stream {
  std::uint32_t part_number = 0;
  std::uint64_t plain_bytes = 0;
};

class OpeningReader final : public store::ContentReader {
 public:
  OpeningReader(store::Store& store, store::Content content, const CustomerKey& key,
                std::string cipher_header, std::vector<Stream> streams, std::uint64_t offset_bytes,
                std::uint64_t length_bytes)
      : store_(store),
        content_(std::move(content)),
        key_(key),
        cipher_header_(std::move(cipher_header)),
        streams_(std::move(streams)),
        skip_(offset_bytes),
        remaining_(length_bytes) {}

  StoreResult<std::optional<content::Piece>> next() override {
    while (remaining_ > 0) {
      if (!frames_) PAIL_CHECK(begin_stream());
      PAIL_TRY(std::string plain, read_frame());
      if (skip_ > 0) {
        plain.erase(0, static_cast<std::size_t>(skip_));
        skip_ = 0;
      }
      if (plain.size() > remaining_) plain.resize(static_cast<std::size_t>(remaining_));
      remaining_ -= plain.size();
      if (!plain.empty()) return std::optional<content::Piece>(std::move(plain));
    }
    return std::optional<content::Piece>();
  }

  /// Nothing of an object without bytes is ever handed out; it is looked at all the same.
  StoreResult<void> verify_emptiness() {
    PAIL_CHECK(begin_stream());
    PAIL_CHECK(read_frame());
    return {};
  }

 private:
  /// The stream in which the next wanted byte lies; afterwards skip_ counts within its frame.
  StoreResult<void> begin_stream() {
    while (stream_ + 1 < streams_.size() && skip_ >= streams_[stream_].plain_bytes) {
      skip_ -= streams_[stream_].plain_bytes;
      stream_begin_ += sealed_size(streams_[stream_].plain_bytes);
      ++stream_;
    }
    const Stream& stream = streams_[stream_];
    PAIL_TRY(const StreamKey::Salt salt, read_header());
    cipher_.emplace(FrameCipher::Direction::kOpen,
                    StreamKey(key_, cipher_header_, stream.part_number, salt));
    frame_ = skip_ / kFrameBytes;
    skip_ %= kFrameBytes;
    const std::uint64_t wanted =
        std::min(remaining_,
                 stream.plain_bytes - std::min(stream.plain_bytes, frame_ * kFrameBytes + skip_));
    const std::uint64_t end =
        std::min(frame_ + frame_count(skip_ + wanted), frame_count(stream.plain_bytes));
    const std::uint64_t first_byte = kStreamHeaderBytes + frame_ * (kFrameBytes + kTagBytes);
    const std::uint64_t last_byte = std::min(kStreamHeaderBytes + end * (kFrameBytes + kTagBytes),
                                             sealed_size(stream.plain_bytes));
    frames_.emplace(
        store_.open(content_.slice(stream_begin_ + first_byte, last_byte - first_byte)));
    return {};
  }

  StoreResult<StreamKey::Salt> read_header() {
    ByteSource source(store_.open(content_.slice(stream_begin_, kStreamHeaderBytes)));
    std::array<std::byte, kStreamMagic.size()> magic{};
    PAIL_CHECK(source.read(magic));
    if (text::as_text(magic) != kStreamMagic) return damaged("no stream begins there");
    StreamKey::Salt salt{};
    PAIL_CHECK(source.read(salt));
    return salt;
  }

  StoreResult<std::string> read_frame() {
    const Stream& stream = streams_[stream_];
    const std::uint64_t count = frame_count(stream.plain_bytes);
    const std::uint64_t before = frame_ * kFrameBytes;
    sealed_.resize(
        static_cast<std::size_t>(std::min(kFrameBytes, stream.plain_bytes - before) + kTagBytes));
    PAIL_CHECK(frames_->read(sealed_));
    std::string plain;
    if (!cipher_->open(frame_, frame_ + 1 == count, sealed_, plain)) {
      return damaged("frame " + std::to_string(frame_) + " of part " +
                     std::to_string(stream.part_number) + " is not authentic");
    }
    if (++frame_ == count) finish_stream();
    return plain;
  }

  void finish_stream() {
    stream_begin_ += sealed_size(streams_[stream_].plain_bytes);
    ++stream_;
    frames_.reset();
  }

  store::Store& store_;
  store::Content content_;
  CustomerKey key_;
  std::string cipher_header_;
  std::vector<Stream> streams_;
  std::size_t stream_ = 0;
  std::uint64_t stream_begin_ = 0;  // in content_
  std::uint64_t frame_ = 0;
  std::uint64_t skip_;
  std::uint64_t remaining_;
  std::optional<FrameCipher> cipher_;
  std::optional<ByteSource> frames_;
  std::vector<std::byte> sealed_;
};

std::vector<Stream> streams_of(const model::ObjectVersion& version) {
  if (version.parts.empty()) return {{0, version.size_bytes}};
  std::vector<Stream> streams;
  streams.reserve(version.parts.size());
  for (const model::ObjectPart& part : version.parts)
    streams.push_back({part.number, part.size_bytes});
  return streams;
}

}  // namespace

StoreResult<std::unique_ptr<store::ContentReader>> open_sealed(store::Store& store,
                                                               const store::StoredObject& object,
                                                               const CustomerKey& key,
                                                               std::uint64_t offset_bytes,
                                                               std::uint64_t length_bytes) {
  const model::ObjectVersion& version = object.version;
  std::vector<Stream> streams = streams_of(version);
  std::uint64_t plain_bytes = 0;
  std::uint64_t sealed_bytes = 0;
  for (const Stream& stream : streams) {
    plain_bytes += stream.plain_bytes;
    sealed_bytes += sealed_size(stream.plain_bytes);
  }
  if (plain_bytes != version.size_bytes || sealed_bytes != object.content.size_bytes)
    return damaged("there are " + std::to_string(object.content.size_bytes) + " instead of " +
                   std::to_string(sealed_bytes));
  auto reader = std::make_unique<OpeningReader>(store, object.content, key,
                                                version.attributes.encryption.cipher_header,
                                                std::move(streams), offset_bytes, length_bytes);
  if (plain_bytes == 0) PAIL_CHECK(reader->verify_emptiness());
  return std::unique_ptr<store::ContentReader>(std::move(reader));
}

}  // namespace pail::encryption
