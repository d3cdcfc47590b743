#include "journal/journal.h"

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "control/handlers.h"
#include "error/try.h"
#include "journal/entry_json.h"
#include "journal/explain.h"
#include "journal/explanation_text.h"
#include "journal/filter.h"
#include "journal/har.h"
#include "journal/lint_text.h"
#include "text/decimal.h"

namespace pail::control {
namespace {

constexpr std::uint64_t kEntriesShown = 100;
constexpr std::uint64_t kWaitMost_s = 300;
constexpr std::chrono::milliseconds kLook{5};

/// Parameters that say how to show entries, not which.
constexpr std::array<std::string_view, 7> kNoConditions = {
    "space", "limit", "newest_first", "details", "count", "timeout_s", "format"};

Answer<journal::Filter> filter_of(const Call& call) {
  journal::Filter filter;
  for (const auto& parameter : call.query.parameters()) {
    if (std::ranges::find(kNoConditions, parameter.name) != kNoConditions.end()) continue;
    const auto set = journal::set_condition(filter, parameter.name, parameter.value);
    if (!set) return refuse(400, set.error());
  }
  return filter;
}

/// Checked to be a number by its route.
std::uint64_t number(const Call& call, std::string_view name, std::uint64_t otherwise) {
  const auto text = call.query.find(name);
  return text ? text::parse_decimal(*text).value_or(otherwise) : otherwise;
}

bool is_set(const Call& call, std::string_view name) {
  const auto text = call.query.find(name);
  return text && *text != "false" && *text != "0";
}

Reply entries_reply(const std::vector<journal::EntryPtr>& entries, const Call& call) {
  const auto form =
      is_set(call, "details") ? journal::EntryForm::kFull : journal::EntryForm::kSummary;
  Json json;
  json["entries"] = Json::array();
  for (const auto& entry : entries) json["entries"].push_back(journal::entry_json(*entry, form));
  return json_reply(json);
}

/// What a watch has brought, once it has.
struct Caught {
  std::atomic<bool> is_done{false};
  std::vector<journal::EntryPtr> entries;
};

Unexpected<Refusal> no_journal() {
  return refuse(409,
                "no journal is kept: start the server with --journal and the number of "
                "requests to remember");
}

}  // namespace

Task<Answer<Reply>> show_journal(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  if (space->journal() == nullptr) co_return no_journal();
  PAIL_CO_TRY(const auto filter, filter_of(call));
  const auto order =
      is_set(call, "newest_first") ? journal::Order::kNewestFirst : journal::Order::kOldestFirst;
  const auto entries = space->journal()->find(filter, number(call, "limit", kEntriesShown), order);
  co_return entries_reply(entries, call);
}

Task<Answer<Reply>> wait_for_journal(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  if (space->journal() == nullptr) co_return no_journal();
  PAIL_CO_TRY(const auto filter, filter_of(call));
  const auto count = number(call, "count", 1);
  const std::chrono::seconds timeout(std::min(number(call, "timeout_s", 10), kWaitMost_s));
  const auto caught = std::make_shared<Caught>();
  auto watch =
      space->journal()->watch(filter, count, [caught](std::vector<journal::EntryPtr> entries) {
        caught->entries = std::move(entries);
        caught->is_done.store(true, std::memory_order_release);
      });
  const auto end = std::chrono::steady_clock::now() + timeout;
  while (!caught->is_done.load(std::memory_order_acquire)) {
    if (std::chrono::steady_clock::now() >= end) {
      co_return refuse(408, "fewer than " + std::to_string(count) + " such requests came within " +
                                std::to_string(timeout.count()) + " s");
    }
    co_await call.waiter->wait(kLook);
  }
  co_return entries_reply(caught->entries, call);
}

Task<Answer<Reply>> export_journal(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  if (space->journal() == nullptr) co_return no_journal();
  PAIL_CO_TRY(const auto filter, filter_of(call));
  const auto entries = space->journal()->find(filter);
  const auto format = call.query.find("format").value_or("jsonl");
  if (format == "har") {
    co_return Reply{200, "application/json", journal::har(entries, powers.version)};
  }
  if (format != "jsonl") co_return refuse(400, "'format' has to be jsonl or har");
  co_return Reply{200, "application/jsonl",
                  journal::json_lines(entries, journal::EntryForm::kFull)};
}

Task<Answer<Reply>> clear_journal(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  if (space->journal() == nullptr) co_return no_journal();
  space->journal()->clear();
  co_return Reply{204, "", ""};
}

Task<Answer<Reply>> lint_requests(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  if (space->journal() == nullptr) co_return no_journal();
  const auto findings = space->lint();
  if (call.query.find("format") == "text") {
    co_return Reply{200, "text/plain; charset=utf-8", journal::lint_text(findings)};
  }
  Json json;
  json["findings"] = journal::lint_json(findings);
  co_return json_reply(json);
}

Task<Answer<Reply>> explain_request(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  if (space->journal() == nullptr) co_return no_journal();
  const std::string& id = call.names.at("request_id");
  const auto entry = space->journal()->find_request(id);
  if (!entry) {
    co_return refuse(404, "the journal has no request '" + id +
                              "' (any more); its id is in the "
                              "answer as x-amz-request-id");
  }
  const auto explanation = journal::explain(*entry, &space->store());
  if (call.query.find("format") == "text") {
    co_return Reply{200, "text/plain; charset=utf-8", journal::explanation_text(explanation)};
  }
  co_return json_reply(journal::explanation_json(explanation));
}

}  // namespace pail::control
