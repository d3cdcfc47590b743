#include "store/disk/record_codec.h"

#include <gtest/gtest.h>

namespace pail::store::disk {
namespace {

model::ObjectVersion rich_version() {
  model::ObjectVersion version;
  version.checksum =
      model::Checksum{checksum::Algorithm::kSha256, model::ChecksumType::kFullObject, "abc="};
  version.attributes.content_type = "text/plain";
  version.attributes.user_metadata = {{"name", "value"}, {"", ""}};
  version.attributes.tags = {{"t", std::string(256, 'x')}};
  version.parts = {{1, std::uint64_t{5} << 40, "c"}};
  version.attributes.encryption.kind = model::EncryptionKind::kSseKms;
  version.attributes.encryption.kms_key_id = "arn";
  version.attributes.lock.legal_hold = true;
  version.attributes.acl = model::Acl{{{{}, model::Permission::kRead}}};
  version.restored_until = time::Timestamp(std::chrono::milliseconds(1'700'000'000'123));
  return version;
}

TEST(RecordCodec, VersionComesBackAsItWas) {
  const model::ObjectVersion version = rich_version();
  model::ObjectVersion decoded;
  decoded.checksum =
      model::Checksum{checksum::Algorithm::kSha256, model::ChecksumType::kFullObject, ""};
  ASSERT_TRUE(decode_version(encode_version(version), decoded));
  EXPECT_EQ(decoded.checksum, version.checksum);
  EXPECT_EQ(decoded.attributes, version.attributes);
  EXPECT_EQ(decoded.parts, version.parts);
  EXPECT_EQ(decoded.restored_until, version.restored_until);
}

TEST(RecordCodec, UploadComesBackAsItWas) {
  model::MultipartUpload upload;
  upload.attributes = rich_version().attributes;
  upload.attributes.storage_class = "GLACIER";
  upload.checksum_algorithm = checksum::Algorithm::kSha1;
  upload.checksum_type = model::ChecksumType::kFullObject;
  upload.initiator_id = "someone";
  upload.completed_version_id = "version";
  upload.completed_checksum =
      model::Checksum{checksum::Algorithm::kSha1, model::ChecksumType::kComposite, "abc-2"};
  model::MultipartUpload decoded;
  ASSERT_TRUE(decode_upload(encode_upload(upload), decoded));
  EXPECT_EQ(decoded.attributes, upload.attributes);
  EXPECT_EQ(decoded.checksum_algorithm, upload.checksum_algorithm);
  EXPECT_EQ(decoded.checksum_type, upload.checksum_type);
  EXPECT_EQ(decoded.initiator_id, upload.initiator_id);
  EXPECT_EQ(decoded.completed_version_id, upload.completed_version_id);
  EXPECT_EQ(decoded.completed_checksum, upload.completed_checksum);
}

TEST(RecordCodec, PlainVersionIsAnEmptyRecord) {
  EXPECT_EQ(encode_version(model::ObjectVersion{}), "");
}

TEST(RecordCodec, UnknownFieldsAreSkipped) {
  // Tag 100 of three bytes, then tag 1 (content type) of two.
  model::ObjectVersion decoded;
  ASSERT_TRUE(decode_version(std::string("\x64\x03zzz\x01\x02hi"), decoded));
  EXPECT_EQ(decoded.attributes.content_type, "hi");
}

TEST(RecordCodec, EveryTruncationIsRefusedOrAPrefixOfTheFields) {
  const std::string record = encode_version(rich_version());
  std::size_t refused = 0;
  for (std::size_t size = 0; size < record.size(); ++size) {
    model::ObjectVersion decoded;
    if (!decode_version(std::string_view(record).substr(0, size), decoded)) ++refused;
  }
  // Only the cuts between two of the ten fields, or before the first, are records.
  EXPECT_EQ(refused, record.size() - 10);
}

TEST(RecordCodec, EveryFlippedByteIsRefusedOrDecodedWithoutHarm) {
  const std::string record = encode_version(rich_version());
  for (std::size_t at = 0; at < record.size(); ++at) {
    for (const int bits : {0x01, 0x80, 0xFF}) {
      std::string damaged = record;
      damaged[at] = static_cast<char>(damaged[at] ^ bits);
      model::ObjectVersion decoded;
      const bool accepted = decode_version(damaged, decoded);
      if (accepted) {
        EXPECT_LE(decoded.parts.size(), 2U);
      }
    }
  }
}

TEST(RecordCodec, SegmentsComeBackAsTheyWere) {
  std::vector<Segment> segments(2);
  segments[0].blob_id = 1;
  segments[0].length_bytes = 16'384;
  segments[1].blob_id = std::int64_t{1} << 62;
  segments[1].offset_bytes = std::uint64_t{1} << 63;
  segments[1].length_bytes = 1;
  const auto decoded = decode_segments(encode_segments(segments));
  ASSERT_TRUE(decoded);
  ASSERT_EQ(decoded->size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(decoded->at(i).blob_id, segments[i].blob_id);
    EXPECT_EQ(decoded->at(i).offset_bytes, segments[i].offset_bytes);
    EXPECT_EQ(decoded->at(i).length_bytes, segments[i].length_bytes);
  }
}

TEST(RecordCodec, HalfASegmentAndEndlessNumbersAreRefused) {
  EXPECT_FALSE(decode_segments("\x01\x02"));
  EXPECT_FALSE(decode_segments(std::string(30, '\xFF')));
}

TEST(RecordCodec, ChecksumKindsAreTheNumbersThatStandInFiles) {
  using checksum::Algorithm;
  const auto number = [](Algorithm algorithm, model::ChecksumType type) {
    return checksum_kind(model::Checksum{algorithm, type, ""});
  };
  EXPECT_EQ(checksum_kind({}), 0);
  EXPECT_EQ(number(Algorithm::kCrc32, model::ChecksumType::kFullObject), 2);
  EXPECT_EQ(number(Algorithm::kCrc32, model::ChecksumType::kComposite), 3);
  EXPECT_EQ(number(Algorithm::kCrc64Nvme, model::ChecksumType::kFullObject), 6);
  EXPECT_EQ(number(Algorithm::kXxHash128, model::ChecksumType::kComposite), 21);
}

TEST(RecordCodec, EveryAlgorithmAndTypeComesBack) {
  for (const checksum::Algorithm algorithm : checksum::kAllAlgorithms) {
    for (const auto type : {model::ChecksumType::kFullObject, model::ChecksumType::kComposite}) {
      const model::Checksum checksum{algorithm, type, "v"};
      const auto kind = parse_checksum_kind(checksum_kind(checksum));
      ASSERT_TRUE(kind);
      EXPECT_EQ(kind->algorithm, algorithm);
      EXPECT_EQ(kind->type, type);
      std::optional<model::Checksum> decoded;
      ASSERT_TRUE(decode_checksum(encode_checksum(checksum), decoded));
      EXPECT_EQ(decoded, checksum);
    }
  }
  EXPECT_FALSE(parse_checksum_kind(1));
  EXPECT_FALSE(parse_checksum_kind(22));
  EXPECT_FALSE(parse_checksum_kind(-5));
}

}  // namespace
}  // namespace pail::store::disk
