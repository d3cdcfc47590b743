#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "journal/lint_rules.h"

namespace pail::journal {
namespace {

/// AWS's smallest part, the last one of an upload aside.
constexpr std::uint64_t kPartBytesLeast = std::uint64_t{5} * 1024 * 1024;

struct Part {
  const RequestRecord* record = nullptr;
  std::uint64_t size_bytes = 0;
};

/// The parts of each upload by number; a part that was sent again counts as it was sent last.
using Uploads = std::map<std::string_view, std::map<std::uint32_t, Part>>;

Uploads collect_parts(std::span<const EntryPtr> entries) {
  Uploads uploads;
  for (const EntryPtr& entry : entries) {
    const RequestRecord& record = entry->record;
    const bool is_part = record.operation == "UploadPart" || record.operation == "UploadPartCopy";
    if (!is_part || !succeeded(record) || record.upload_id.empty()) continue;
    // How much a copy took is not known: it only tells that other parts are not the last.
    const bool is_copy = record.operation == "UploadPartCopy";
    uploads[record.upload_id][record.part_number] =
        Part{&record, is_copy ? kPartBytesLeast : record.request_body_bytes};
  }
  return uploads;
}

bool is_upload(std::string_view operation) {
  return operation == "PutObject" || operation == "UploadPart";
}

bool is_by_sdk(const RequestRecord& record) {
  return record.authentication == Authentication::kSigV4Header ||
         record.authentication == Authentication::kSigV2Header;
}

}  // namespace

std::optional<Finding> lint_small_parts(const LintInput& input) {
  Finding finding;
  for (const auto& [upload_id, parts] : collect_parts(input.entries)) {
    if (parts.empty()) continue;
    for (auto part = parts.begin(); part != std::prev(parts.end()); ++part) {
      if (part->second.size_bytes >= kPartBytesLeast) continue;
      const RequestRecord& record = *part->second.record;
      add_example(finding, example_of(record) + ": part " + std::to_string(part->first) + " of " +
                               std::to_string(part->second.size_bytes) + " bytes");
    }
  }
  if (finding.count == 0) return std::nullopt;
  finding.name = "small-parts";
  finding.severity = Severity::kError;
  finding.what = std::to_string(finding.count) +
                 " parts that are not the last of their upload have less than 5 MiB";
  finding.why = "AWS refuses to complete such an upload: EntityTooSmall";
  finding.what_to_do =
      "gather at least 5 MiB (5,242,880 bytes) for each part but the last (multipart_chunksize, "
      "partSize)";
  return finding;
}

std::optional<Finding> lint_open_uploads(const LintInput& input) {
  Finding finding;
  for (const OpenUpload& upload : input.open_uploads) {
    add_example(finding,
                "s3://" + upload.bucket + "/" + upload.key + " (upload " + upload.upload_id + ")");
  }
  if (finding.count == 0) return std::nullopt;
  finding.name = "open-uploads";
  finding.severity = Severity::kWarning;
  finding.what =
      std::to_string(finding.count) + " multipart uploads were neither completed nor aborted";
  finding.why = "AWS keeps and bills their parts until somebody aborts them";
  finding.what_to_do =
      "abort an upload when it fails, and give the bucket a lifecycle rule with "
      "AbortIncompleteMultipartUpload";
  return finding;
}

std::optional<Finding> lint_missing_checksums(const LintInput& input) {
  Finding finding;
  for (const EntryPtr& entry : input.entries) {
    const RequestRecord& record = entry->record;
    // A presigned URL is made before its body is known.
    const bool counts = is_upload(record.operation) && succeeded(record) && is_by_sdk(record) &&
                        record.request_body_bytes > 0;
    if (!counts || record.checksum_place != ChecksumPlace::kNone) continue;
    add_example(finding, example_of(record));
  }
  if (finding.count == 0) return std::nullopt;
  finding.name = "missing-checksums";
  finding.severity = Severity::kInfo;
  finding.what = std::to_string(finding.count) + " uploads came without a checksum of their body";
  finding.why =
      "what is changed on the way is stored as it arrives; AWS refuses such uploads to buckets "
      "with object lock";
  finding.what_to_do =
      "use a current SDK with its defaults (request_checksum_calculation = when_supported), or "
      "send "
      "x-amz-checksum-crc32 or Content-MD5";
  return finding;
}

}  // namespace pail::journal
