#include "store/disk/content_reader.h"

#include <utility>

#include "error/try.h"
#include "store/disk/blob_table.h"

namespace pail::store::disk {
namespace {

class DiskContentReader final : public ContentReader {
 public:
  DiskContentReader(BlobFiles& files, BlobPins& pins, ReaderPool& readers, Content content)
      : files_(files), pins_(pins), readers_(readers), content_(std::move(content)) {}

  StoreResult<std::optional<content::Piece>> next() override {
    if (position_ == content_.segments.size()) return std::optional<content::Piece>();
    Segment& segment = content_.segments[position_++];
    if (!segment.inline_blob && is_file(segment.blob_id)) return open_file(segment);
    std::shared_ptr<const std::string> bytes = std::move(segment.inline_blob);
    if (!bytes) {
      PAIL_TRY(bytes, read_catalogue(segment.blob_id));
    }
    if (segment.offset_bytes > bytes->size() ||
        segment.length_bytes > bytes->size() - segment.offset_bytes) {
      return broken(segment.blob_id);
    }
    content::SharedRange range;
    range.bytes = std::move(bytes);
    range.offset_bytes = segment.offset_bytes;
    range.length_bytes = segment.length_bytes;
    return std::optional<content::Piece>(std::move(range));
  }

 private:
  static Unexpected<StoreError> broken(std::int64_t id) {
    return {StoreError{StoreErrorKind::kBroken, "blob " + std::to_string(id) + " is gone", {}}};
  }

  StoreResult<std::optional<content::Piece>> open_file(const Segment& segment) {
    content::FileRange range;
    PAIL_TRY(range.file, files_.open(segment.blob_id));
    range.offset_bytes = segment.offset_bytes;
    range.length_bytes = segment.length_bytes;
    return std::optional<content::Piece>(std::move(range));
  }

  StoreResult<std::shared_ptr<const std::string>> read_catalogue(std::int64_t id) {
    try {
      const ReaderPool::Lease reader = readers_.lease();
      if (auto bytes = reader->blobs.read(id)) return bytes;
    } catch (const CatalogueFailure& failure) {
      return Unexpected{failure.error()};
    }
    // The row went while we held the blob, which made it an orphan before.
    const auto orphan = pins_.find_orphan(id);
    if (!orphan || !orphan->data) return broken(id);
    return orphan->data;
  }

  BlobFiles& files_;
  BlobPins& pins_;
  ReaderPool& readers_;
  Content content_;
  std::size_t position_ = 0;
};

}  // namespace

std::unique_ptr<ContentReader> read_content(BlobFiles& files, BlobPins& pins, ReaderPool& readers,
                                            Content content) {
  return std::make_unique<DiskContentReader>(files, pins, readers, std::move(content));
}

}  // namespace pail::store::disk
