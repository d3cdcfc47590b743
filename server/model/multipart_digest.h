#pragma once

#include <optional>
#include <span>
#include <string>

#include "model/checksum.h"
#include "model/multipart.h"

namespace pail::model {

/// The ETag of the object that these parts become: the MD5 of their binary MD5s, "-", their number.
std::string multipart_etag(std::span<const UploadedPart> parts);

/// The checksum of the object that these parts become. COMPOSITE: the digest of the parts' binary
/// digests, "-", their number. FULL_OBJECT: of all bytes, combined from the parts' CRCs without
/// reading them. Nothing if a part has no checksum of that algorithm, or if the algorithm can not
/// be combined.
std::optional<Checksum> multipart_checksum(checksum::Algorithm algorithm, ChecksumType type,
                                           std::span<const UploadedPart> parts);

}  // namespace pail::model
