#pragma once

#include <memory>

#include "checksum/digest.h"

namespace pail::checksum {

// CRCs as Digests; finish gives them most significant byte first.
std::unique_ptr<Digest> make_crc32();
std::unique_ptr<Digest> make_crc32c();
std::unique_ptr<Digest> make_crc64_nvme();

}  // namespace pail::checksum
