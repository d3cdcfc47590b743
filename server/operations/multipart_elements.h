#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "model/checksum.h"
#include "model/multipart.h"
#include "xml/writer.h"

// XML elements and refusals that the operations on uploads in parts have in common.
namespace pail::operations {

/// <name><ID>…</ID></name>; AWS has left out display names since 2025.
void write_person(xml::XmlWriter& xml, std::string_view name, std::string_view canonical_id);

/// <ChecksumCRC32>…</ChecksumCRC32>, if there is one.
void write_checksum(xml::XmlWriter& xml, const std::optional<model::Checksum>& checksum);

/// <ChecksumAlgorithm> and <ChecksumType> of an upload that was created with one.
void write_checksum_kind(xml::XmlWriter& xml, const model::MultipartUpload& upload);

/// NoSuchUpload with UploadId.
Unexpected<S3Error> no_such_upload(std::string_view upload_id);

}  // namespace pail::operations
