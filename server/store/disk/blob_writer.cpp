#include "store/disk/blob_writer.h"

#include <utility>

#include "error/try.h"

namespace pail::store::disk {
namespace {

/// Smaller pieces are put together to this before they go to the file.
constexpr std::size_t kFileBlockBytes = std::size_t{128} << 10;

}  // namespace

DiskBlobWriter::~DiskBlobWriter() {
  if (!file_.path.empty()) files_->remove_unplaced(file_.path);
}

StoreResult<void> DiskBlobWriter::write(std::span<const std::byte> bytes) {
  size_bytes_ += bytes.size();
  if (file_id_ == 0 && size_bytes_ > kInlineLimitBytes) PAIL_CHECK(start_file());
  if (file_id_ != 0 && buffer_.size() + bytes.size() > kFileBlockBytes) {
    PAIL_CHECK(flush());
    if (bytes.size() >= kFileBlockBytes) return file_.file->write(bytes);
  }
  buffer_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return {};
}

StoreResult<void> DiskBlobWriter::start_file() {
  const std::int64_t id = files_->make_id(true);
  PAIL_TRY(file_, files_->create(id));
  file_id_ = id;
  return {};
}

StoreResult<void> DiskBlobWriter::flush() {
  if (buffer_.empty()) return {};
  PAIL_CHECK(file_.file->write(std::as_bytes(std::span(buffer_))));
  buffer_.clear();
  return {};
}

StoreResult<Content> DiskBlobWriter::finish() {
  if (file_id_ != 0) return finish_file();
  Content content;
  content.size_bytes = size_bytes_;
  if (size_bytes_ == 0) return content;
  Segment segment;
  segment.blob_id = files_->make_id(false);
  segment.length_bytes = size_bytes_;
  segment.inline_blob = std::make_shared<const std::string>(std::move(buffer_));
  content.segments.push_back(std::move(segment));
  return content;
}

StoreResult<Content> DiskBlobWriter::finish_file() {
  PAIL_CHECK(flush());
  const std::string unplaced = file_.path;
  // From here on the destructor of the pin takes the file away, wherever it stands.
  auto hold = pins_->pin_fresh_file(file_id_, size_bytes_);
  BlobFiles::Unplaced file = std::move(file_);
  file_.path = unplaced;
  PAIL_CHECK(files_->place(file_id_, std::move(file)));
  file_.path.clear();
  Content content;
  content.size_bytes = size_bytes_;
  content.hold = std::move(hold);
  Segment segment;
  segment.blob_id = file_id_;
  segment.length_bytes = size_bytes_;
  content.segments.push_back(std::move(segment));
  return content;
}

}  // namespace pail::store::disk
