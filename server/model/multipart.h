#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/checksum.h"
#include "model/object.h"
#include "time/clock.h"

namespace pail::model {

/// An upload in parts that was started and neither completed nor aborted, or was completed lately.
/// A value.
struct MultipartUpload {
  std::string upload_id;
  std::string key;
  time::Timestamp initiated;
  ObjectAttributes attributes;
  std::optional<checksum::Algorithm> checksum_algorithm;
  ChecksumType checksum_type = ChecksumType::kComposite;
  std::string initiator_id;
  /// The ETag of the object that it became; empty while it is under way.
  std::string completed_etag;
  /// Of that object, too: its version, if versions are kept, and its checksum.
  std::string completed_version_id;
  std::optional<Checksum> completed_checksum;
};

struct UploadedPart {
  std::uint32_t number = 0;
  std::uint64_t size_bytes = 0;
  std::string etag;  // without quotes: MD5 as hex
  time::Timestamp last_modified;
  /// Of the upload's algorithm, or CRC64NVME computed by us when the upload named none.
  std::optional<Checksum> checksum;
};

}  // namespace pail::model
