#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "encryption/customer_key.h"
#include "model/object.h"
#include "store/store.h"

namespace pail::encryption {

/// The plain bytes [offset, offset + length) of an object that was encrypted with a customer's key,
/// which must be the right one (is_key_of()). Reads and decrypts only the frames that they lie in,
/// one at a time. Fails, at once or from a piece on, with kBroken where the stored bytes are not
/// those that were written; nothing of a damaged frame is handed out. `store` outlives the reader.
store::StoreResult<std::unique_ptr<store::ContentReader>> open_sealed(
    store::Store& store, const store::StoredObject& object, const CustomerKey& key,
    std::uint64_t offset_bytes, std::uint64_t length_bytes);

}  // namespace pail::encryption
