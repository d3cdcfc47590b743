#include "journal/lint.h"

#include <algorithm>
#include <array>
#include <utility>

#include "journal/lint_rules.h"

namespace pail::journal {
namespace {

constexpr std::size_t kExamplesMost = 5;

constexpr std::array kRules = {lint_small_parts,  lint_unsigned_headers, lint_wrong_region,
                               lint_open_uploads, lint_retry_storm,      lint_public_buckets,
                               lint_list_loop,    lint_head_before_get,  lint_missing_checksums};

}  // namespace

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      break;
  }
  return "error";
}

std::vector<Finding> lint(const LintInput& input) {
  std::vector<Finding> findings;
  for (const auto& rule : kRules) {
    if (auto finding = rule(input)) findings.push_back(*std::move(finding));
  }
  std::ranges::stable_sort(findings, std::ranges::greater{}, &Finding::severity);
  return findings;
}

bool has_severity(std::span<const Finding> findings, Severity least) {
  return std::ranges::any_of(findings,
                             [least](const Finding& one) { return one.severity >= least; });
}

void add_example(Finding& finding, std::string example) {
  ++finding.count;
  const bool is_known = std::ranges::find(finding.examples, example) != finding.examples.end();
  if (!is_known && finding.examples.size() < kExamplesMost) {
    finding.examples.push_back(std::move(example));
  }
}

std::string example_of(const RequestRecord& record) {
  std::string text = "s3://" + record.bucket;
  if (!record.key.empty()) text += "/" + record.key;
  if (record.sdk.empty()) return text;
  text += " (" + record.sdk;
  if (!record.sdk_version.empty()) text += " " + record.sdk_version;
  return text + ")";
}

bool succeeded(const RequestRecord& record) {
  constexpr int kFirstRedirect = 300;
  return record.status >= 200 && record.status < kFirstRedirect;
}

}  // namespace pail::journal
