#include "journal/explain.h"

#include <utility>

#include "journal/advice.h"
#include "journal/near_names.h"

namespace pail::journal {
namespace {

std::string where(const RequestRecord& record) {
  if (record.bucket.empty()) return {};
  std::string place = " s3://" + record.bucket;
  if (!record.key.empty()) place += "/" + record.key;
  return place;
}

std::string headline(const RequestRecord& record) {
  std::string line = record.operation.empty() ? record.method : record.operation;
  if (line.empty()) line = "a request that could not be read";
  line += where(record) + ": " + std::to_string(record.status);
  if (!record.error_code.empty()) line += " " + record.error_code;
  return line;
}

void add(std::vector<std::string>& list, std::string text) {
  if (!text.empty()) list.push_back(std::move(text));
}

/// What of the error's elements people ask for.
void add_fields(std::vector<std::string>& reasons, const RecordedRefusal& refusal) {
  for (const RecordedField& field : refusal.fields) {
    if (field.value.empty() || field.name == "Resource") continue;
    reasons.push_back(field.name + ": " + field.value);
  }
}

std::vector<std::string> reasons_of(const RequestRecord& record) {
  std::vector<std::string> reasons;
  if (!record.fault.empty()) {
    reasons.push_back("the fault '" + record.fault + "' was injected");
  }
  const RecordedRefusal* refusal =
      record.exchange && record.exchange->refusal ? &*record.exchange->refusal : nullptr;
  if (refusal != nullptr) add(reasons, refusal->message);
  // The finding knows more than the hint that was made before it.
  add(reasons, refusal != nullptr && !refusal->finding.empty() ? refusal->finding : record.hint);
  add(reasons, record.detail);
  if (refusal != nullptr) add_fields(reasons, *refusal);
  if (!record.is_delivered) {
    reasons.emplace_back(
        "the answer was not delivered as a whole: the client went away, or the connection was cut");
  }
  return reasons;
}

std::vector<std::string> suggestions(const RequestRecord& record, store::Store& store) {
  if (record.error_code == "NoSuchBucket") return near_buckets(store, record.bucket);
  const bool may_lack_key = record.error_code == "NoSuchKey" ||
                            record.hint.find("there is no such key") != std::string::npos;
  if (!may_lack_key || record.key.empty()) return {};
  const auto bucket = store.find_bucket(record.bucket);
  return bucket ? near_keys(store, *bucket, record.key) : std::vector<std::string>{};
}

}  // namespace

std::string_view cause_name(Cause cause) {
  switch (cause) {
    case Cause::kNothing:
      return "nothing";
    case Cause::kFault:
      return "fault";
    case Cause::kSignature:
      return "signature";
    case Cause::kClock:
      return "clock";
    case Cause::kRegion:
      return "region";
    case Cause::kAccess:
      return "access";
    case Cause::kLock:
      return "lock";
    case Cause::kCondition:
      return "condition";
    case Cause::kMissing:
      return "missing";
    case Cause::kChecksum:
      return "checksum";
    case Cause::kDelivery:
      return "delivery";
    case Cause::kRequest:
      return "request";
    case Cause::kServer:
      break;
  }
  return "server";
}

Explanation explain(const Entry& entry, store::Store* store) {
  const RequestRecord& record = entry.record;
  Explanation explanation;
  explanation.request_id = record.request_id;
  explanation.headline = headline(record);
  explanation.cause = find_cause(record);
  explanation.reasons = reasons_of(record);
  if (record.exchange && record.exchange->refusal) {
    const RecordedRefusal& refusal = *record.exchange->refusal;
    explanation.canonical_request = refusal.canonical_request;
    explanation.string_to_sign = refusal.string_to_sign;
    explanation.differing_part = refusal.differing_part;
    explanation.server_line = refusal.server_line;
    explanation.client_line = refusal.client_line;
  }
  if (store != nullptr) explanation.did_you_mean = suggestions(record, *store);
  explanation.next_steps = next_steps(record, explanation.cause);
  return explanation;
}

}  // namespace pail::journal
