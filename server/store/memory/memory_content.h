#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "store/store.h"

namespace pail::store::memory {

/// Collects bytes in blocks of bounded size. `last_blob_id` outlives it.
std::unique_ptr<BlobWriter> begin_write(std::atomic<std::int64_t>& last_blob_id);
std::unique_ptr<ContentReader> read_content(Content content);

}  // namespace pail::store::memory
