#include "store/memory/memory_content.h"

#include <algorithm>
#include <string>
#include <utility>

namespace pail::store::memory {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

class MemoryBlobWriter final : public BlobWriter {
 public:
  explicit MemoryBlobWriter(std::atomic<std::int64_t>& last_blob_id)
      : last_blob_id_(last_blob_id) {}

  StoreResult<void> write(std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const auto piece = bytes.first(std::min(bytes.size(), kBlockBytes - block_.size()));
      block_.append(reinterpret_cast<const char*>(piece.data()), piece.size());
      bytes = bytes.subspan(piece.size());
      if (block_.size() == kBlockBytes) finish_block();
    }
    return {};
  }
  StoreResult<Content> finish() override {
    if (!block_.empty()) finish_block();
    return std::move(content_);
  }

 private:
  void finish_block() {
    Segment segment;
    segment.blob_id = ++last_blob_id_;
    segment.length_bytes = block_.size();
    segment.inline_blob = std::make_shared<const std::string>(std::exchange(block_, {}));
    content_.size_bytes += segment.length_bytes;
    content_.segments.push_back(std::move(segment));
  }

  std::atomic<std::int64_t>& last_blob_id_;
  std::string block_;
  Content content_;
};

class MemoryContentReader final : public ContentReader {
 public:
  explicit MemoryContentReader(Content content) : content_(std::move(content)) {}

  StoreResult<std::optional<content::Piece>> next() override {
    if (position_ == content_.segments.size()) return std::optional<content::Piece>();
    const Segment& segment = content_.segments[position_++];
    content::SharedRange range;
    range.bytes = segment.inline_blob;
    range.offset_bytes = segment.offset_bytes;
    range.length_bytes = segment.length_bytes;
    return std::optional<content::Piece>(std::move(range));
  }

 private:
  Content content_;
  std::size_t position_ = 0;
};

}  // namespace

std::unique_ptr<BlobWriter> begin_write(std::atomic<std::int64_t>& last_blob_id) {
  return std::make_unique<MemoryBlobWriter>(last_blob_id);
}

std::unique_ptr<ContentReader> read_content(Content content) {
  return std::make_unique<MemoryContentReader>(std::move(content));
}

}  // namespace pail::store::memory
