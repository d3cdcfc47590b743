#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "journal/entry.h"

// What works here, and fails or costs on AWS.
namespace pail::journal {

enum class Severity {
  kInfo,     // costs a little, or is worth knowing
  kWarning,  // costs, or works by luck
  kError,    // fails on AWS
};

/// "info", "warning", "error".
std::string_view severity_name(Severity severity);

/// One thing that was found. A value.
struct Finding {
  /// "small-parts", "open-uploads", "list-loop", "head-before-get", "unsigned-headers",
  /// "missing-checksums", "retry-storm", "public-buckets", "wrong-region".
  std::string name;
  Severity severity = Severity::kInfo;
  /// One sentence.
  std::string what;
  std::string why;
  std::string what_to_do;
  /// How often.
  std::size_t count = 0;
  /// "s3://photos/a.png (Boto3 1.44.8)"; a few.
  std::vector<std::string> examples;
};

/// An upload that was neither completed nor aborted.
struct OpenUpload {
  std::string bucket;
  std::string key;
  std::string upload_id;
};

/// What is looked at. Views.
struct LintInput {
  /// From the oldest to the newest.
  std::span<const EntryPtr> entries;
  /// Those that are open at the end.
  std::span<const OpenUpload> open_uploads;
  /// Buckets that everybody may read or write at the end.
  std::span<const std::string> public_buckets;
};

/// All findings, the most severe first. Pure. Some need what is only recorded where it is asked for
/// (ServerOptions::request_details): without it they find nothing.
std::vector<Finding> lint(const LintInput& input);

/// The worst of the findings is at least this bad.
bool has_severity(std::span<const Finding> findings, Severity least);

}  // namespace pail::journal
