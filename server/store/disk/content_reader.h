#pragma once

#include <memory>

#include "store/disk/blob_files.h"
#include "store/disk/blob_pins.h"
#include "store/disk/reader_pool.h"
#include "store/store.h"

namespace pail::store::disk {

std::unique_ptr<ContentReader> read_content(BlobFiles& files, BlobPins& pins, ReaderPool& readers,
                                            Content content);

}  // namespace pail::store::disk
