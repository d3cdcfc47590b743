#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/lint.h"

// One function for each thing that lint() looks for: nothing if it is not there.
namespace pail::journal {

std::optional<Finding> lint_small_parts(const LintInput& input);
std::optional<Finding> lint_open_uploads(const LintInput& input);
std::optional<Finding> lint_missing_checksums(const LintInput& input);

std::optional<Finding> lint_list_loop(const LintInput& input);
std::optional<Finding> lint_head_before_get(const LintInput& input);
std::optional<Finding> lint_retry_storm(const LintInput& input);

std::optional<Finding> lint_unsigned_headers(const LintInput& input);
std::optional<Finding> lint_public_buckets(const LintInput& input);
std::optional<Finding> lint_wrong_region(const LintInput& input);

/// Counts one more, and keeps a few examples, each once.
void add_example(Finding& finding, std::string example);

/// "s3://photos/a.png (Boto3 1.44.8)"
std::string example_of(const RequestRecord& record);

/// Whether the request was answered with success.
bool succeeded(const RequestRecord& record);

}  // namespace pail::journal
