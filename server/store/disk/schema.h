#pragma once

#include <cstdint>
#include <string>

#include "pail/result.h"

#include "store/disk/sqlite.h"

namespace pail::store::disk {

/// The number of the layout that this program writes (PRAGMA user_version).
inline constexpr std::int64_t kFormatVersion = 3;

/// Makes the tables of an empty catalogue, or checks that an existing one is ours and not newer
/// than we are, and brings an older one to this format; nothing is written before that is known.
/// Fails with a sentence for people. Throws CatalogueFailure.
Result<void, std::string> prepare_schema(Database& database);

/// Whether the last owner of the catalogue closed it in order; from now on it counts as open.
bool take_clean_mark(Database& database);
/// Says that no file is left that the catalogue does not know.
void set_clean_mark(Database& database);

}  // namespace pail::store::disk
