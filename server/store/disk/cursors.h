#pragma once

#include <cstdint>
#include <memory>

#include "store/disk/bucket_cache.h"
#include "store/disk/reader_pool.h"
#include "store/store.h"

namespace pail::store::disk {

/// Without a bucket the cursor is empty.
std::unique_ptr<ObjectCursor> scan_objects(ReaderPool& readers, SharedBucket bucket);
std::unique_ptr<VersionCursor> scan_versions(ReaderPool& readers, SharedBucket bucket);
std::unique_ptr<UploadCursor> scan_uploads(ReaderPool& readers, std::int64_t bucket_id);

}  // namespace pail::store::disk
