#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "store/disk/blob_files.h"
#include "store/disk/blob_pins.h"
#include "store/store.h"

namespace pail::store::disk {

/// Blobs up to this size live in the catalogue.
inline constexpr std::size_t kInlineLimitBytes = std::size_t{16} << 10;

/// Collects a small blob in memory and puts a larger one into a file.
class DiskBlobWriter final : public BlobWriter {
 public:
  DiskBlobWriter(std::shared_ptr<BlobFiles> files, std::shared_ptr<BlobPins> pins)
      : files_(std::move(files)), pins_(std::move(pins)) {}
  ~DiskBlobWriter() override;

  StoreResult<void> write(std::span<const std::byte> bytes) override;
  StoreResult<Content> finish() override;

 private:
  StoreResult<void> start_file();
  StoreResult<void> flush();
  StoreResult<Content> finish_file();

  std::shared_ptr<BlobFiles> files_;
  std::shared_ptr<BlobPins> pins_;
  std::string buffer_;
  std::int64_t file_id_ = 0;
  BlobFiles::Unplaced file_;
  std::uint64_t size_bytes_ = 0;
};

}  // namespace pail::store::disk
