#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "store/disk/transaction.h"
#include "store/store.h"

// The order of the versions of a key, over the two tables that hold them: its current object, if it
// has one, is the latest and has a table of its own; else the latest is the newest row of the other
// table, a delete marker. A bucket that never had a second version does not touch that table.
namespace pail::store::disk {

/// A version and where it is.
struct FoundVersion : VersionRow {
  bool is_current_object = false;
};

/// The version of that id, or the latest. Throws CatalogueFailure.
std::optional<FoundVersion> find_version(Catalogue& catalogue, const model::Bucket& bucket,
                                         std::string_view key,
                                         std::optional<std::string_view> version_id);

/// Makes it the latest version of its key, in the place of one of the same id. `current` is the
/// current object of the key as it stands. The segments have been counted already. Throws
/// CatalogueFailure.
void add_version(Transaction& transaction, const model::Bucket& bucket,
                 const std::optional<CurrentObject>& current, const model::ObjectVersion& version,
                 const std::vector<Segment>& segments);

/// Takes away the current object of a key. Throws CatalogueFailure.
void remove_current(Transaction& transaction, const model::Bucket& bucket, std::string_view key,
                    const std::vector<Segment>& segments);
/// Takes away any version. Throws CatalogueFailure.
void remove_version(Transaction& transaction, const model::Bucket& bucket,
                    const FoundVersion& found);

/// Writes what has changed of it. Throws CatalogueFailure.
void rewrite_version(Transaction& transaction, const model::Bucket& bucket,
                     const FoundVersion& found);

}  // namespace pail::store::disk
