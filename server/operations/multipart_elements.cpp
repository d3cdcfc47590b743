#include "operations/multipart_elements.h"

#include "checksum/algorithm.h"

namespace pail::operations {

void write_person(xml::XmlWriter& xml, std::string_view name, std::string_view canonical_id) {
  xml.open(name);
  xml.element("ID", canonical_id);
  xml.close(name);
}

void write_checksum(xml::XmlWriter& xml, const std::optional<model::Checksum>& checksum) {
  if (!checksum) return;
  xml.element("Checksum" + std::string(checksum::algorithm_name(checksum->algorithm)),
              std::string_view(checksum->value));
}

void write_checksum_kind(xml::XmlWriter& xml, const model::MultipartUpload& upload) {
  if (!upload.checksum_algorithm) return;
  xml.element("ChecksumAlgorithm", checksum::algorithm_name(*upload.checksum_algorithm));
  xml.element("ChecksumType", model::checksum_type_name(upload.checksum_type));
}

Unexpected<S3Error> no_such_upload(std::string_view upload_id) {
  return fail(S3Error(S3ErrorCode::NoSuchUpload).with("UploadId", std::string(upload_id)));
}

}  // namespace pail::operations
