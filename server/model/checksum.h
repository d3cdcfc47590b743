#pragma once

#include <string>

#include "checksum/algorithm.h"

namespace pail::model {

/// COMPOSITE: a digest of the parts' digests, FULL_OBJECT: of the object's bytes.
enum class ChecksumType { kFullObject, kComposite };

/// "FULL_OBJECT" or "COMPOSITE", as in x-amz-checksum-type.
constexpr const char* checksum_type_name(ChecksumType type) {
  return type == ChecksumType::kComposite ? "COMPOSITE" : "FULL_OBJECT";
}

struct Checksum {
  checksum::Algorithm algorithm = checksum::Algorithm::kCrc64Nvme;
  ChecksumType type = ChecksumType::kFullObject;
  /// Base64 as on the wire; a composite value carries its "-N".
  std::string value;
  bool operator==(const Checksum&) const = default;
};

}  // namespace pail::model
