#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "store/disk/catalogue.h"
#include "store/store.h"

namespace pail::store::disk {

// What is asked of snapshots, on a connection that reads. Throws CatalogueFailure.

std::vector<Snapshot> list_snapshots(Catalogue& catalogue);
StoreResult<void> compare_snapshots(Catalogue& catalogue, std::string_view from,
                                    std::optional<std::string_view> to,
                                    const DifferenceVisitor& visit);

}  // namespace pail::store::disk
