#include "journal/har.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "journal/entry_json.h"
#include "text/ascii.h"
#include "text/percent.h"
#include "time/date.h"

namespace pail::journal {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kHttpVersion = "HTTP/1.1";
constexpr int kNotKnown = -1;  // HAR's own way to say so

constexpr std::array<std::pair<int, std::string_view>, 22> kStatusTexts = {{
    {200, "OK"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {400, "Bad Request"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Payload Too Large"},
    {416, "Range Not Satisfiable"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
}};

std::string_view status_text(int status) {
  const auto* const found =
      std::ranges::find(kStatusTexts, status, [](const auto& row) { return row.first; });
  return found == kStatusTexts.end() ? std::string_view{} : found->second;
}

std::string field(const std::vector<RecordedField>& fields, std::string_view name) {
  for (const RecordedField& one : fields) {
    if (text::equals_ignore_case(one.name, name)) return one.value;
  }
  return {};
}

Json pairs(const std::vector<RecordedField>& fields) {
  Json list = Json::array();
  for (const RecordedField& one : fields) {
    list.push_back({{"name", one.name}, {"value", one.value}});
  }
  return list;
}

std::string plain_path(const RequestRecord& record) {
  std::string path = "/" + text::percent_encode(record.bucket);
  if (!record.key.empty()) path += "/" + text::percent_encode_path(record.key);
  return path;
}

std::string url(const RequestRecord& record, const RecordedExchange& exchange) {
  std::string host = field(exchange.request_headers, "Host");
  if (host.empty()) host = "localhost";
  std::string address = exchange.is_tls ? "https://" : "http://";
  address += host;
  address += exchange.path.empty() ? plain_path(record) : exchange.path;
  char separator = '?';
  for (const RecordedField& parameter : exchange.query) {
    address.append(1, separator).append(text::percent_encode(parameter.name));
    address.append(1, '=').append(text::percent_encode(parameter.value));
    separator = '&';
  }
  return address;
}

Json request_json(const RequestRecord& record, const RecordedExchange& exchange) {
  Json request;
  request["method"] = record.method;
  request["url"] = url(record, exchange);
  request["httpVersion"] = kHttpVersion;
  request["cookies"] = Json::array();
  request["headers"] = pairs(exchange.request_headers);
  request["queryString"] = pairs(exchange.query);
  request["headersSize"] = kNotKnown;
  request["bodySize"] = record.request_body_bytes;
  if (record.is_presigned()) request["comment"] = "a presigned URL: its signature is left out";
  return request;
}

Json response_json(const RequestRecord& record, const RecordedExchange& exchange) {
  Json response;
  response["status"] = record.status;
  response["statusText"] = status_text(record.status);
  response["httpVersion"] = kHttpVersion;
  response["cookies"] = Json::array();
  response["headers"] = pairs(exchange.response_headers);
  response["content"] = {{"size", record.response_body_bytes},
                         {"mimeType", field(exchange.response_headers, "Content-Type")}};
  response["redirectURL"] = field(exchange.response_headers, "Location");
  response["headersSize"] = kNotKnown;
  response["bodySize"] = record.response_body_bytes;
  return response;
}

Json har_entry(const Entry& entry) {
  static const RecordedExchange kNothing;
  const RequestRecord& record = entry.record;
  const RecordedExchange& exchange = record.exchange ? *record.exchange : kNothing;
  const double milliseconds = static_cast<double>(record.duration.count()) / 1000;
  Json object;
  object["startedDateTime"] = time::format_iso8601(
      std::chrono::time_point_cast<std::chrono::milliseconds>(record.received));
  object["time"] = milliseconds;
  object["request"] = request_json(record, exchange);
  object["response"] = response_json(record, exchange);
  object["cache"] = Json::object();
  object["timings"] = {{"send", 0}, {"wait", milliseconds}, {"receive", 0}};
  const auto add = [&object](const char* name, const std::string& text) {
    if (!text.empty()) object[name] = text;
  };
  add("_operation", record.operation);
  add("_bucket", record.bucket);
  add("_key", record.key);
  add("_requestId", record.request_id);
  add("_errorCode", record.error_code);
  add("_fault", record.fault);
  add("_hint", record.hint);
  if (record.attempt != 0) object["_attempt"] = record.attempt;
  return object;
}

}  // namespace

std::string har(std::span<const EntryPtr> entries, std::string_view version) {
  Json list = Json::array();
  for (const EntryPtr& entry : entries) list.push_back(har_entry(*entry));
  Json log;
  log["version"] = "1.2";
  log["creator"] = {{"name", "pail"}, {"version", version}};
  log["entries"] = std::move(list);
  return json_text({{"log", std::move(log)}});
}

}  // namespace pail::journal
