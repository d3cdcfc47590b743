#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "journal/advice.h"
#include "journal/lint_rules.h"
#include "text/ascii.h"

namespace pail::journal {
namespace {

/// x-amz-content-sha256 stands in what is signed by itself.
bool must_be_signed(std::string_view name) {
  return text::starts_with_ignore_case(name, "x-amz-") &&
         !text::equals_ignore_case(name, "x-amz-content-sha256");
}

/// Fields that AWS wants to be signed, and that are not; "" if there are none.
std::string unsigned_fields(const RequestRecord& record) {
  if (!record.exchange || record.exchange->signed_headers.empty()) return {};
  const auto& signed_headers = record.exchange->signed_headers;
  std::set<std::string> missing;
  for (const RecordedField& field : record.exchange->request_headers) {
    std::string name = text::to_lower(field.name);
    if (!must_be_signed(name)) continue;
    if (std::ranges::find(signed_headers, name) == signed_headers.end()) {
      missing.insert(std::move(name));
    }
  }
  std::string list;
  for (const std::string& name : missing) list += (list.empty() ? "" : ", ") + name;
  return list;
}

/// Read or written by somebody without a signature. Preflights and forms say nothing about the
/// bucket.
bool is_public_use(const RequestRecord& record) {
  return record.authentication == Authentication::kAnonymous && succeeded(record) &&
         !record.bucket.empty() && record.exchange && record.method != "OPTIONS";
}

bool is_wrong_region(const RequestRecord& record) {
  const bool is_redirect = record.error_code == "PermanentRedirect" ||
                           record.error_code == "TemporaryRedirect" ||
                           record.error_code == "IllegalLocationConstraintException";
  const bool is_scope =
      record.error_code.starts_with("Authorization") && !refusal_field(record, "Region").empty();
  return is_redirect || is_scope;
}

}  // namespace

std::optional<Finding> lint_unsigned_headers(const LintInput& input) {
  Finding finding;
  for (const EntryPtr& entry : input.entries) {
    const std::string names = unsigned_fields(entry->record);
    if (!names.empty()) add_example(finding, example_of(entry->record) + ": " + names);
  }
  if (finding.count == 0) return std::nullopt;
  finding.name = "unsigned-headers";
  finding.severity = Severity::kError;
  finding.what =
      std::to_string(finding.count) + " signed requests carry x-amz-* fields that they do not sign";
  finding.why = "AWS refuses them: AccessDenied, with HeadersNotSigned";
  finding.what_to_do =
      "let the SDK set the fields before it signs; make presigned URLs with the very fields that "
      "are sent with them";
  return finding;
}

std::optional<Finding> lint_public_buckets(const LintInput& input) {
  Finding finding;
  for (const std::string& bucket : input.public_buckets) {
    add_example(finding, "s3://" + bucket + " is open to everybody");
  }
  std::set<std::string_view> seen;
  for (const EntryPtr& entry : input.entries) {
    const RequestRecord& record = entry->record;
    if (!is_public_use(record)) continue;
    const bool is_known =
        std::ranges::find(input.public_buckets, record.bucket) != input.public_buckets.end();
    if (is_known || !seen.insert(record.bucket).second) continue;
    add_example(finding,
                "s3://" + record.bucket + ": " + record.operation + " without a signature");
  }
  if (finding.count == 0) return std::nullopt;
  finding.name = "public-buckets";
  finding.severity = Severity::kWarning;
  finding.what = std::to_string(finding.count) + " buckets are used or open without a signature";
  finding.why =
      "new buckets on AWS refuse that (public access block, no ACLs) until somebody opens them; "
      "what is open is read, and paid for, by the whole world";
  finding.what_to_do =
      "hand out presigned URLs, or put a CDN in front; if the bucket is meant to be public, delete "
      "its public access block and write a policy for s3:GetObject only";
  return finding;
}

std::optional<Finding> lint_wrong_region(const LintInput& input) {
  Finding finding;
  for (const EntryPtr& entry : input.entries) {
    const RequestRecord& record = entry->record;
    if (!is_wrong_region(record)) continue;
    std::string example = example_of(record) + ": ";
    if (record.exchange && !record.exchange->signed_region.empty()) {
      example += "signed for " + record.exchange->signed_region;
    } else {
      example += record.error_code;
    }
    const std::string region = refusal_field(record, "Region");
    add_example(finding, region.empty() ? example : example + ", expected " + region);
  }
  if (finding.count == 0) return std::nullopt;
  finding.name = "wrong-region";
  finding.severity = Severity::kError;
  finding.what =
      std::to_string(finding.count) + " requests were made for another region than the bucket's";
  finding.why =
      "AWS refuses them or sends them elsewhere: each costs a further round trip, and some SDKs "
      "give up";
  finding.what_to_do =
      "set the region of the client to that of the bucket (AWS_REGION, region_name)";
  return finding;
}

}  // namespace pail::journal
