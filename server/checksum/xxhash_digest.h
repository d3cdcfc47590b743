#pragma once

#include <memory>

#include "checksum/digest.h"

namespace pail::checksum {

// XXHash with seed 0 as Digests, in xxHash's canonical (big-endian) form.
std::unique_ptr<Digest> make_xxhash64();
/// XXH3 with 64 bits.
std::unique_ptr<Digest> make_xxhash3();
/// XXH3 with 128 bits.
std::unique_ptr<Digest> make_xxhash128();

}  // namespace pail::checksum
