#include "fault/effect_writer.h"

#include <cmath>
#include <string>

namespace pail::fault {
namespace {

using OrderedJson = nlohmann::ordered_json;

/// Whole numbers as people write them.
OrderedJson number_json(double number) {
  constexpr double kExactMost = 9e15;
  if (std::trunc(number) == number && std::abs(number) < kExactMost) {
    return static_cast<std::int64_t>(number);
  }
  return number;
}

OrderedJson error_json(const ErrorAnswer& answer) {
  const std::string code(error_name(answer.code));
  if (!answer.message && !answer.status) return code;
  OrderedJson json = {{"code", code}};
  if (answer.message) json["message"] = *answer.message;
  if (answer.status) json["status"] = *answer.status;
  return json;
}

OrderedJson redirect_json(const Redirect& redirect) {
  if (redirect.endpoint.empty() && redirect.region.empty()) return redirect.status;
  OrderedJson json = {{"status", redirect.status}};
  if (!redirect.endpoint.empty()) json["endpoint"] = redirect.endpoint;
  if (!redirect.region.empty()) json["region"] = redirect.region;
  return json;
}

OrderedJson latency_json(const Latency& latency) {
  if (const auto* fixed_ms = std::get_if<double>(&latency)) return number_json(*fixed_ms);
  if (const auto* uniform = std::get_if<UniformLatency>(&latency)) {
    return {{"uniform",
             {{"from", number_json(uniform->from_ms)}, {"to", number_json(uniform->to_ms)}}}};
  }
  const auto& log_normal = std::get<LogNormalLatency>(latency);
  return {
      {"log_normal",
       {{"median", number_json(log_normal.median_ms)}, {"sigma", number_json(log_normal.sigma)}}}};
}

OrderedJson reset_json(const Reset& reset) {
  switch (reset.point) {
    case Reset::Point::kBeforeOperation:
      return "before_operation";
    case Reset::Point::kAfterOperation:
      return "after_operation";
    case Reset::Point::kDuringUpload:
      return {{"after_upload_bytes", reset.after_bytes}};
    case Reset::Point::kDuringAnswer:
      break;
  }
  return {{"after_answer_bytes", reset.after_bytes}};
}

void write_bandwidth(const Effect& effect, OrderedJson& json) {
  const auto& upload = effect.upload.bytes_per_s;
  const auto& answer = effect.answer.bytes_per_s;
  if (!upload && !answer) return;
  OrderedJson& written = json["bandwidth_bytes_per_s"];
  if (upload == answer) {
    written = *upload;
    return;
  }
  if (upload) written["upload"] = *upload;
  if (answer) written["answer"] = *answer;
}

OrderedJson stall_json(const http::Stall& stall, const char* of) {
  return {{"after_bytes", stall.after_bytes}, {"ms", stall.time.count()}, {"of", of}};
}

}  // namespace

void write_effect(const Effect& effect, OrderedJson& json) {
  if (effect.error) json["error"] = error_json(*effect.error);
  if (effect.error_in_200) json["error_in_200"] = error_json(*effect.error_in_200);
  if (const auto& limit = effect.rate_limit) {
    json["rate_limit"] = {{"requests_per_s", number_json(limit->requests_per_s)},
                          {"burst", number_json(limit->burst)}};
  }
  if (effect.redirect) json["redirect"] = redirect_json(*effect.redirect);
  if (effect.retry_after_s) json["retry_after_s"] = *effect.retry_after_s;
  if (effect.latency) json["latency_ms"] = latency_json(*effect.latency);
  write_bandwidth(effect, json);
  if (effect.answer.stall) json["stall"] = stall_json(*effect.answer.stall, "answer");
  if (effect.upload.stall) json["stall"] = stall_json(*effect.upload.stall, "upload");
  if (effect.reset) json["reset"] = reset_json(*effect.reset);
  if (effect.truncate_after_bytes) json["truncate_after_bytes"] = *effect.truncate_after_bytes;
  if (effect.corrupt_at_byte) json["corrupt_at_byte"] = *effect.corrupt_at_byte;
  if (effect.wrong_etag) json["wrong_etag"] = true;
  if (effect.wrong_checksum) json["wrong_checksum"] = true;
  if (effect.date_offset_s) json["date_offset_s"] = *effect.date_offset_s;
}

}  // namespace pail::fault
