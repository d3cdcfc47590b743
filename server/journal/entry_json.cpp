#include "journal/entry_json.h"

#include <chrono>
#include <utility>
#include <vector>

#include "time/date.h"

namespace pail::journal {
namespace {

using Json = nlohmann::ordered_json;

void add(Json& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

void add_number(Json& object, const char* name, std::uint64_t number) {
  if (number != 0) object[name] = number;
}

Json fields_json(const std::vector<RecordedField>& fields) {
  Json list = Json::array();
  for (const RecordedField& field : fields) {
    list.push_back({{"name", field.name}, {"value", field.value}});
  }
  return list;
}

Json refusal_json(const RecordedRefusal& refusal) {
  Json object;
  add(object, "message", refusal.message);
  if (!refusal.fields.empty()) object["fields"] = fields_json(refusal.fields);
  add(object, "canonical_request", refusal.canonical_request);
  add(object, "string_to_sign", refusal.string_to_sign);
  add(object, "differing_part", refusal.differing_part);
  add(object, "server_line", refusal.server_line);
  add(object, "client_line", refusal.client_line);
  add(object, "finding", refusal.finding);
  return object;
}

Json exchange_json(const RecordedExchange& exchange) {
  Json object;
  object["is_tls"] = exchange.is_tls;
  add(object, "path", exchange.path);
  object["query"] = fields_json(exchange.query);
  object["request_headers"] = fields_json(exchange.request_headers);
  object["response_headers"] = fields_json(exchange.response_headers);
  if (!exchange.signed_headers.empty()) object["signed_headers"] = exchange.signed_headers;
  add(object, "signed_region", exchange.signed_region);
  if (exchange.refusal) object["refusal"] = refusal_json(*exchange.refusal);
  return object;
}

void add_client(Json& object, const RequestRecord& record) {
  add(object, "access_key_id", record.access_key_id);
  object["authentication"] = authentication_name(record.authentication);
  if (record.has_session_token) object["has_session_token"] = true;
  if (record.is_presigned()) object["is_presigned"] = true;
  add(object, "checksum_algorithm", record.checksum_algorithm);
  object["checksum_place"] = checksum_place_name(record.checksum_place);
  add_number(object, "attempt", record.attempt);
  add_number(object, "attempts_most", record.attempts_most);
  add(object, "invocation_id", record.invocation_id);
  add(object, "sdk", record.sdk);
  add(object, "sdk_version", record.sdk_version);
  add(object, "user_agent", record.user_agent);
}

}  // namespace

Json entry_json(const Entry& entry, EntryForm form) {
  const RequestRecord& record = entry.record;
  Json object;
  object["sequence"] = entry.sequence;
  object["time"] = time::format_iso8601(
      std::chrono::time_point_cast<std::chrono::milliseconds>(record.received));
  add(object, "request_id", record.request_id);
  add(object, "remote_address", record.remote_address);
  add(object, "method", record.method);
  add(object, "operation", record.operation);
  add(object, "bucket", record.bucket);
  add(object, "key", record.key);
  add(object, "version_id", record.version_id);
  add(object, "upload_id", record.upload_id);
  add_number(object, "part_number", record.part_number);
  object["status"] = record.status;
  add(object, "error_code", record.error_code);
  object["request_body_bytes"] = record.request_body_bytes;
  object["response_body_bytes"] = record.response_body_bytes;
  object["duration_us"] = record.duration.count();
  object["is_delivered"] = record.is_delivered;
  add(object, "fault", record.fault);
  add_client(object, record);
  add(object, "hint", record.hint);
  add(object, "detail", record.detail);
  if (form == EntryForm::kFull && record.exchange) {
    object["exchange"] = exchange_json(*record.exchange);
  }
  return object;
}

std::string json_lines(std::span<const EntryPtr> entries, EntryForm form) {
  std::string lines;
  for (const EntryPtr& entry : entries) {
    lines += json_text(entry_json(*entry, form));
    lines += '\n';
  }
  return lines;
}

std::string json_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pail::journal
