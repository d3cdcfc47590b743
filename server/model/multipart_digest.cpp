#include "model/multipart_digest.h"

#include <vector>

#include "checksum/crc_combine.h"
#include "checksum/digest.h"
#include "text/base64.h"
#include "text/hex.h"

namespace pail::model {
namespace {

std::string with_part_count(std::string digest, std::size_t parts) {
  return std::move(digest) + "-" + std::to_string(parts);
}

/// The binary checksum of each part, or nothing if one lacks it.
std::optional<std::vector<std::vector<std::byte>>> part_digests(
    checksum::Algorithm algorithm, std::span<const UploadedPart> parts) {
  std::vector<std::vector<std::byte>> digests;
  digests.reserve(parts.size());
  for (const UploadedPart& part : parts) {
    if (!part.checksum || part.checksum->algorithm != algorithm) return std::nullopt;
    auto digest = text::base64_decode(part.checksum->value);
    if (!digest) return std::nullopt;
    digests.push_back(std::move(*digest));
  }
  return digests;
}

}  // namespace

std::string multipart_etag(std::span<const UploadedPart> parts) {
  const auto md5 = checksum::make_md5();
  for (const UploadedPart& part : parts) {
    if (const auto digest = text::hex_decode(part.etag)) md5->update(*digest);
  }
  return with_part_count(text::hex_encode(md5->finish()), parts.size());
}

std::optional<Checksum> multipart_checksum(checksum::Algorithm algorithm, ChecksumType type,
                                           std::span<const UploadedPart> parts) {
  const auto digests = part_digests(algorithm, parts);
  if (!digests || digests->empty()) return std::nullopt;
  if (type == ChecksumType::kComposite) {
    const auto composite = checksum::make_digest(algorithm);
    for (const auto& digest : *digests) composite->update(digest);
    return Checksum{algorithm, type,
                    with_part_count(text::base64_encode(composite->finish()), parts.size())};
  }
  if (!checksum::supports_full_object(algorithm)) return std::nullopt;
  std::vector<std::byte> combined = digests->front();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    combined = checksum::combine_crc(algorithm, combined, digests->at(i), parts[i].size_bytes);
  }
  return Checksum{algorithm, type, text::base64_encode(combined)};
}

}  // namespace pail::model
