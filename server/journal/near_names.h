#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

// "Did you mean ...": names that exist and are like one that does not. What is looked at is bounded
// whatever the store holds, so a name that is far away in the order of names may be missed.
namespace pail::journal {

inline constexpr std::size_t kNearNamesMost = 3;

/// How many bytes have to be inserted, removed, replaced or swapped with their neighbour to make
/// one from the other; `most` + 1 if that is more than `most`.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t most);

/// Buckets whose name is like this one, the nearest first; at most kNearNamesMost.
std::vector<std::string> near_buckets(const store::Store& store, std::string_view name);

/// Keys of current objects that are like this one, the nearest first; at most kNearNamesMost. What
/// clients get wrong is looked for wherever it stands: escapes left or decoded twice, '+' for a
/// space, a slash in front, the name of the bucket in front. Other keys are looked for beside the
/// key, in its folder, and at the beginning of the bucket.
std::vector<std::string> near_keys(store::Store& store, const model::Bucket& bucket,
                                   std::string_view key);

}  // namespace pail::journal
