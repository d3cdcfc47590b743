#pragma once

#include <memory>

#include "store/store.h"

namespace pail::store {

/// A store in plain memory: nothing touches the disk, everything is gone with it.
std::unique_ptr<Store> make_memory_store();

}  // namespace pail::store
