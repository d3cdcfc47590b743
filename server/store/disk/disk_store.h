#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "random/random.h"
#include "store/store.h"
#include "time/clock.h"

namespace pail::store {

/// How much an acknowledged write survives.
enum class Durability {
  /// The death of the process at any moment.
  kProcess,
  /// The loss of power as well: blobs and catalogue are synced before the answer.
  kPower,
};

struct DiskStoreOptions {
  std::filesystem::path directory;
  Durability durability = Durability::kProcess;
};

/// Opens a data directory, making it if it is missing, and brings it into order (unreferenced blobs
/// and temporary files go). `clock` and `random` outlive the store. Fails with a sentence for
/// people: the directory is in use by another pail, not writable, of a newer format; the directory
/// is unchanged then.
Result<std::unique_ptr<Store>, std::string> open_disk_store(const DiskStoreOptions& options,
                                                            time::Clock& clock,
                                                            random::Random& random);

}  // namespace pail::store
