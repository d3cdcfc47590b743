#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "journal/lint_rules.h"

namespace pail::journal {
namespace {

using std::chrono::system_clock;

/// Counts what happens within a time.
class Window {
 public:
  explicit Window(std::chrono::seconds width) : width_(width) {}
  /// How many there are with this one.
  std::size_t add(system_clock::time_point when) {
    times_.push_back(when);
    while (times_.front() + width_ < when) times_.pop_front();
    return times_.size();
  }

 private:
  std::chrono::seconds width_;
  std::deque<system_clock::time_point> times_;
};

std::string_view parameter(const RequestRecord& record, std::string_view name) {
  if (!record.exchange) return {};
  for (const RecordedField& field : record.exchange->query) {
    if (field.name == name) return field.value;
  }
  return {};
}

/// The beginning of a listing, not a further page of one.
bool begins_listing(const RequestRecord& record) {
  const bool is_listing = record.operation == "ListObjectsV2" ||
                          record.operation == "ListObjects" ||
                          record.operation == "ListObjectVersions";
  return is_listing && record.exchange && succeeded(record) &&
         parameter(record, "continuation-token").empty() && parameter(record, "marker").empty() &&
         parameter(record, "key-marker").empty() && parameter(record, "start-after").empty();
}

bool is_transient(const RequestRecord& record) {
  constexpr int kTooManyRequests = 429;
  return record.status >= 500 || record.status == kTooManyRequests || !record.is_delivered;
}

}  // namespace

std::optional<Finding> lint_list_loop(const LintInput& input) {
  constexpr std::size_t kMany = 10;
  constexpr std::chrono::seconds kWithin{60};
  using Listing = std::tuple<std::string_view, std::string_view, std::string_view>;
  struct Seen {
    Window window{kWithin};
    std::size_t count = 0;
    std::size_t most = 0;
    const RequestRecord* record = nullptr;
  };
  std::map<Listing, Seen> listings;
  for (const EntryPtr& entry : input.entries) {
    const RequestRecord& record = entry->record;
    if (!begins_listing(record)) continue;
    Seen& seen = listings[{record.access_key_id, record.bucket, parameter(record, "prefix")}];
    seen.most = std::max(seen.most, seen.window.add(record.received));
    seen.record = &record;
    ++seen.count;
  }
  Finding finding;
  for (const auto& [listing, seen] : listings) {
    if (seen.most < kMany) continue;
    finding.count += seen.count - 1;
    add_example(finding, example_of(*seen.record) + ": prefix \"" +
                             std::string(std::get<2>(listing)) + "\" " +
                             std::to_string(seen.count) + " times");
  }
  if (finding.count == 0) return std::nullopt;
  finding.name = "list-loop";
  finding.severity = Severity::kWarning;
  finding.what =
      "the same prefix was listed again and again: " + std::to_string(finding.count) + " listings";
  finding.why =
      "AWS bills listings as it bills writes, and slows down a prefix that is listed a lot";
  finding.what_to_do =
      "remember what was written, ask for the one key with HeadObject, or let the bucket send "
      "notifications instead of listing until something appears";
  return finding;
}

std::optional<Finding> lint_head_before_get(const LintInput& input) {
  constexpr std::size_t kMany = 5;
  constexpr std::chrono::seconds kWithin{10};
  using Object = std::tuple<std::string_view, std::string_view, std::string_view>;
  std::map<Object, system_clock::time_point> headed;
  Finding finding;
  std::size_t reads = 0;
  for (const EntryPtr& entry : input.entries) {
    const RequestRecord& record = entry->record;
    const Object object{record.access_key_id, record.bucket, record.key};
    if (record.operation == "HeadObject" && succeeded(record)) headed[object] = record.received;
    if (record.operation != "GetObject" || !succeeded(record)) continue;
    ++reads;
    const auto head = headed.find(object);
    if (head == headed.end()) continue;
    const bool is_soon = record.received - head->second <= kWithin;
    headed.erase(head);
    if (is_soon) add_example(finding, example_of(record));
  }
  if (finding.count < kMany || finding.count * 2 < reads) return std::nullopt;
  finding.name = "head-before-get";
  finding.severity = Severity::kInfo;
  finding.what = std::to_string(finding.count) + " of " + std::to_string(reads) +
                 " downloads asked with HeadObject first";
  finding.why = "it doubles requests and waiting, and the object may change between the two";
  finding.what_to_do =
      "get the object and take NoSuchKey (404) for an answer; size and metadata come with it";
  return finding;
}

std::optional<Finding> lint_retry_storm(const LintInput& input) {
  constexpr std::uint32_t kManyAttempts = 4;
  constexpr std::size_t kManyFailures = 10;
  constexpr std::chrono::seconds kWithin{10};
  using Call = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;
  std::map<Call, std::pair<Window, bool>> failing;
  Finding finding;
  for (const EntryPtr& entry : input.entries) {
    const RequestRecord& record = entry->record;
    if (record.attempt >= kManyAttempts) {
      add_example(finding, example_of(record) + ": attempt " + std::to_string(record.attempt) +
                               " of " + record.operation);
      continue;
    }
    // Clients that do not count their attempts.
    if (!is_transient(record)) continue;
    const Call call{record.access_key_id, record.operation, record.bucket, record.key};
    auto& [window, is_told] =
        failing.try_emplace(call, std::pair{Window(kWithin), false}).first->second;
    if (window.add(record.received) < kManyFailures || std::exchange(is_told, true)) continue;
    add_example(finding, example_of(record) + ": " + record.operation + " failed " +
                             std::to_string(kManyFailures) + " times within 10 seconds");
  }
  if (finding.count == 0) return std::nullopt;
  finding.name = "retry-storm";
  finding.severity = Severity::kWarning;
  finding.what = "requests were tried again and again: " + std::to_string(finding.count) + " times";
  finding.why =
      "AWS answers SlowDown to whoever does not wait longer each time, and bills each attempt";
  finding.what_to_do =
      "leave trying again to the SDK (retry mode \"standard\" or \"adaptive\") instead of a loop "
      "around it, with a growing and random pause";
  return finding;
}

}  // namespace pail::journal
