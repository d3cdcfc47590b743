#include "model/multipart_digest.h"

#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "checksum/digest.h"
#include "text/base64.h"
#include "text/bytes.h"
#include "text/hex.h"

namespace pail::model {
namespace {

std::string digest_of(checksum::Algorithm algorithm, std::string_view bytes) {
  const auto digest = checksum::make_digest(algorithm);
  digest->update(text::as_bytes(bytes));
  return text::base64_encode(digest->finish());
}

UploadedPart part(std::uint32_t number, std::string_view bytes, checksum::Algorithm algorithm) {
  UploadedPart part;
  part.number = number;
  part.size_bytes = bytes.size();
  part.etag = text::hex_encode(checksum::md5(text::as_bytes(bytes)));
  part.checksum = Checksum{algorithm, ChecksumType::kFullObject, digest_of(algorithm, bytes)};
  return part;
}

TEST(MultipartEtag, IsTheMd5OfTheBinaryMd5sWithTheirNumber) {
  const std::array parts = {part(1, "hello", checksum::Algorithm::kCrc32),
                            part(2, "world", checksum::Algorithm::kCrc32)};
  std::vector<std::byte> binary = *text::hex_decode("5d41402abc4b2a76b9719d911017c592");
  const auto second = *text::hex_decode("7d793037a0760186574b0282f2f435e7");
  binary.insert(binary.end(), second.begin(), second.end());
  EXPECT_EQ(multipart_etag(parts), text::hex_encode(checksum::md5(binary)) + "-2");
}

TEST(MultipartChecksum, FullObjectIsTheChecksumOfAllBytes) {
  for (const auto algorithm : {checksum::Algorithm::kCrc32, checksum::Algorithm::kCrc32c,
                               checksum::Algorithm::kCrc64Nvme}) {
    const std::array parts = {part(1, "the first part,", algorithm), part(2, "", algorithm),
                              part(7, " and the rest of it", algorithm)};
    const auto checksum = multipart_checksum(algorithm, ChecksumType::kFullObject, parts);
    ASSERT_TRUE(checksum.has_value());
    EXPECT_EQ(checksum->value, digest_of(algorithm, "the first part, and the rest of it"));
  }
}

TEST(MultipartChecksum, CompositeCarriesTheNumberOfParts) {
  const std::array parts = {part(1, "a", checksum::Algorithm::kSha256),
                            part(2, "b", checksum::Algorithm::kSha256)};
  const auto checksum =
      multipart_checksum(checksum::Algorithm::kSha256, ChecksumType::kComposite, parts);
  ASSERT_TRUE(checksum.has_value());
  EXPECT_TRUE(checksum->value.ends_with("=-2"));
}

TEST(MultipartChecksum, IsMissingWhenAPartHasAnother) {
  const std::array parts = {part(1, "a", checksum::Algorithm::kCrc32),
                            part(2, "b", checksum::Algorithm::kCrc32c)};
  EXPECT_FALSE(multipart_checksum(checksum::Algorithm::kCrc32, ChecksumType::kFullObject, parts));
}

TEST(MultipartChecksum, ShaHasNoFullObjectForm) {
  const std::array parts = {part(1, "a", checksum::Algorithm::kSha256)};
  EXPECT_FALSE(multipart_checksum(checksum::Algorithm::kSha256, ChecksumType::kFullObject, parts));
}

}  // namespace
}  // namespace pail::model
