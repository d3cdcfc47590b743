#include "cli/run_tally.h"

#include <algorithm>
#include <vector>

namespace pail::cli {
namespace {

constexpr std::size_t kUploadsShownMost = 10;

std::string counted(std::size_t count, const std::string& one, const std::string& more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

}  // namespace

void RunTally::add(const RequestRecord& record) {
  const std::lock_guard lock(mutex_);
  ++requests_;
  ++operations_[record.operation.empty() ? "no operation" : record.operation];
  if (record.attempt > 1) ++repeated_;
  if (!record.error_code.empty()) ++errors_[record.error_code];
  if (record.error_code.empty()) follow_upload(record);
}

void RunTally::follow_upload(const RequestRecord& record) {
  const bool begins = record.operation == "CreateMultipartUpload";
  const bool ends =
      record.operation == "CompleteMultipartUpload" || record.operation == "AbortMultipartUpload";
  if (!begins && !ends) return;
  const auto upload = std::make_pair(record.bucket, record.key);
  int& open = open_uploads_[upload];
  open += begins ? 1 : -1;
  if (open <= 0) open_uploads_.erase(upload);
}

/// The most frequent first.
std::string RunTally::list(const Counts& counts) {
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::greater(), &std::pair<std::string, std::size_t>::second);
  std::string text;
  for (const auto& [name, count] : sorted) {
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + name;
  }
  return text;
}

std::string RunTally::summary() const {
  const std::lock_guard lock(mutex_);
  if (requests_ == 0) return "pail: no request\n";
  std::string text =
      "pail: " + counted(requests_, "request", "requests") + ": " + list(operations_) + "\n";
  if (!errors_.empty()) text += "pail: errors: " + list(errors_) + "\n";
  if (repeated_ > 0) {
    text += "pail: " + counted(repeated_, "request was", "requests were") + " a further attempt\n";
  }
  std::size_t shown = 0;
  for (const auto& [upload, count] : open_uploads_) {
    if (++shown > kUploadsShownMost) break;
    text += "pail: upload never completed: s3://" + upload.first + "/" + upload.second +
            (count > 1 ? " (" + std::to_string(count) + " times)" : "") + "\n";
  }
  if (shown > kUploadsShownMost) {
    text += "pail: … and " + std::to_string(open_uploads_.size() - kUploadsShownMost) +
            " further uploads\n";
  }
  return text;
}

}  // namespace pail::cli
