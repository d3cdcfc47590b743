#include "fault/effect_json.h"

#include <algorithm>
#include <array>

#include "error/try.h"

namespace pail::fault {
namespace {

constexpr std::uint64_t kBytesMost = std::uint64_t{1} << 50U;
constexpr std::uint64_t kTimeMost_ms = 3'600'000;
constexpr std::uint64_t kRetryAfterMost_s = 86'400;
constexpr std::int64_t kDateOffsetMost_s = 315'360'000;
constexpr double kRateMost = 1'000'000;
constexpr double kRateLeast = 0.001;
constexpr double kSigmaMost = 10;

std::string joined(std::string_view name, std::string_view inner) {
  return std::string(name) + "." + std::string(inner);
}

Read<void> read_bytes(const Json& json, std::string_view name, std::optional<std::uint64_t>& into) {
  PAIL_TRY(into, read_whole(json, name, 0, kBytesMost));
  return {};
}

Read<S3ErrorCode> read_code(const Json& json, std::string_view name) {
  const auto names = error_names();
  if (json.is_string()) {
    const auto& given = json.get_ref<const std::string&>();
    const auto code = find_error(given);
    // A 304 is an answer to a condition and has no document.
    if (code && *code != S3ErrorCode::NotModified) return *code;
    if (const auto near = nearest_word(given, names); !near.empty()) {
      return Unexpected{"'" + std::string(name) + "': there is no error '" + given +
                        "'; did you mean '" + std::string(near) + "'?"};
    }
  }
  return Unexpected{"'" + std::string(name) +
                    "' must be the code of an S3 error, for example 'SlowDown', 'InternalError', "
                    "'ServiceUnavailable', 'RequestTimeout', 'AccessDenied', 'ExpiredToken' or "
                    "'NoSuchKey'"};
}

/// Either the name of a code or an object with it.
Read<void> read_error(const Json& json, std::string_view name, std::optional<ErrorAnswer>& into) {
  ErrorAnswer answer;
  if (!json.is_object()) {
    PAIL_TRY(answer.code, read_code(json, name));
    into = std::move(answer);
    return {};
  }
  constexpr std::uint64_t kStatusLeast = 400;
  constexpr std::uint64_t kStatusMost = 599;
  PAIL_CHECK(check_fields(json, name, {"code"}, {"message", "status"}));
  PAIL_TRY(answer.code, read_code(json["code"], joined(name, "code")));
  if (json.contains("message")) {
    PAIL_TRY(answer.message, read_text(json["message"], joined(name, "message")));
  }
  if (json.contains("status")) {
    PAIL_TRY(const auto status,
             read_whole(json["status"], joined(name, "status"), kStatusLeast, kStatusMost));
    answer.status = static_cast<int>(status);
  }
  into = std::move(answer);
  return {};
}

Read<void> read_error_answer(const Json& json, std::string_view name, Effect& effect) {
  return read_error(json, name, effect.error);
}

Read<void> read_error_in_200(const Json& json, std::string_view name, Effect& effect) {
  PAIL_CHECK(read_error(json, name, effect.error_in_200));
  if (!effect.error_in_200->status) return {};
  return Unexpected{"'" + std::string(name) + "' can have no 'status': it is 200"};
}

Read<void> read_rate_limit(const Json& json, std::string_view name, Effect& effect) {
  RateLimit limit;
  PAIL_CHECK(check_fields(json, name, {"requests_per_s"}, {"burst"}));
  PAIL_TRY(limit.requests_per_s, read_number(json["requests_per_s"], joined(name, "requests_per_s"),
                                             kRateLeast, kRateMost));
  limit.burst = std::max(1.0, limit.requests_per_s);
  if (json.contains("burst")) {
    PAIL_TRY(limit.burst, read_number(json["burst"], joined(name, "burst"), 1, kRateMost));
  }
  effect.rate_limit = limit;
  return {};
}

Read<int> read_redirect_status(const Json& json, std::string_view name) {
  for (const int status : {301, 307}) {
    if (json.is_number_integer() && json == status) return status;
  }
  return Unexpected{"'" + std::string(name) +
                    "' must be 301 (PermanentRedirect) or 307 (TemporaryRedirect), or an object "
                    "with 'status', 'endpoint' or 'region'"};
}

Read<void> read_redirect(const Json& json, std::string_view name, Effect& effect) {
  Redirect redirect;
  if (!json.is_object()) {
    PAIL_TRY(redirect.status, read_redirect_status(json, name));
    effect.redirect = redirect;
    return {};
  }
  PAIL_CHECK(check_fields(json, name, {"status"}, {"endpoint", "region"}));
  PAIL_TRY(redirect.status, read_redirect_status(json["status"], joined(name, "status")));
  if (json.contains("endpoint")) {
    PAIL_TRY(redirect.endpoint, read_text(json["endpoint"], joined(name, "endpoint")));
  }
  if (json.contains("region")) {
    PAIL_TRY(redirect.region, read_text(json["region"], joined(name, "region")));
  }
  effect.redirect = std::move(redirect);
  return {};
}

Read<void> read_retry_after(const Json& json, std::string_view name, Effect& effect) {
  PAIL_TRY(effect.retry_after_s, read_whole(json, name, 0, kRetryAfterMost_s));
  return {};
}

Read<Latency> read_uniform(const Json& json, const std::string& name) {
  UniformLatency latency;
  PAIL_CHECK(check_fields(json, name, {"from", "to"}));
  PAIL_TRY(latency.from_ms, read_number(json["from"], name + ".from", 0, kTimeMost_ms));
  PAIL_TRY(latency.to_ms, read_number(json["to"], name + ".to", 0, kTimeMost_ms));
  if (latency.to_ms < latency.from_ms) {
    return Unexpected{"'" + name + ".to' must not be less than '" + name + ".from'"};
  }
  return Latency(latency);
}

Read<Latency> read_log_normal(const Json& json, const std::string& name) {
  LogNormalLatency latency;
  PAIL_CHECK(check_fields(json, name, {"median", "sigma"}));
  PAIL_TRY(latency.median_ms, read_number(json["median"], name + ".median", 0, kTimeMost_ms));
  PAIL_TRY(latency.sigma, read_number(json["sigma"], name + ".sigma", 0, kSigmaMost));
  return Latency(latency);
}

Read<void> read_latency(const Json& json, std::string_view name, Effect& effect) {
  if (json.is_number()) {
    PAIL_TRY(const double fixed_ms, read_number(json, name, 0, kTimeMost_ms));
    effect.latency = fixed_ms;
    return {};
  }
  if (json.is_object() && json.size() == 1 && json.contains("uniform")) {
    PAIL_TRY(effect.latency, read_uniform(json["uniform"], joined(name, "uniform")));
    return {};
  }
  if (json.is_object() && json.size() == 1 && json.contains("log_normal")) {
    PAIL_TRY(effect.latency, read_log_normal(json["log_normal"], joined(name, "log_normal")));
    return {};
  }
  return Unexpected{"'" + std::string(name) +
                    "' must be a number of milliseconds, {\"uniform\": {\"from\": 10, \"to\": 50}} "
                    "or {\"log_normal\": {\"median\": 20, \"sigma\": 0.5}}"};
}

Read<void> read_bandwidth(const Json& json, std::string_view name, Effect& effect) {
  if (!json.is_object()) {
    PAIL_TRY(const auto both, read_whole(json, name, 1, kBytesMost));
    effect.upload.bytes_per_s = effect.answer.bytes_per_s = both;
    return {};
  }
  PAIL_CHECK(check_fields(json, name, {}, {"upload", "answer"}));
  if (json.contains("upload")) {
    PAIL_TRY(effect.upload.bytes_per_s,
             read_whole(json["upload"], joined(name, "upload"), 1, kBytesMost));
  }
  if (json.contains("answer")) {
    PAIL_TRY(effect.answer.bytes_per_s,
             read_whole(json["answer"], joined(name, "answer"), 1, kBytesMost));
  }
  return {};
}

Read<void> read_stall(const Json& json, std::string_view name, Effect& effect) {
  http::Stall stall;
  PAIL_CHECK(check_fields(json, name, {"ms"}, {"after_bytes", "of"}));
  PAIL_TRY(const auto time_ms, read_whole(json["ms"], joined(name, "ms"), 1, kTimeMost_ms));
  stall.time = std::chrono::milliseconds(time_ms);
  if (json.contains("after_bytes")) {
    PAIL_TRY(stall.after_bytes,
             read_whole(json["after_bytes"], joined(name, "after_bytes"), 0, kBytesMost));
  }
  const Json of = json.value("of", Json("answer"));
  if (of == "answer") {
    effect.answer.stall = stall;
  } else if (of == "upload") {
    effect.upload.stall = stall;
  } else {
    return Unexpected{"'" + joined(name, "of") + "' must be 'answer' or 'upload'"};
  }
  return {};
}

struct ResetForm {
  std::string_view word;
  Reset::Point point;
};
constexpr std::array kResetPoints = {ResetForm{"before_operation", Reset::Point::kBeforeOperation},
                                     ResetForm{"after_operation", Reset::Point::kAfterOperation}};
constexpr std::array kResetCounts = {ResetForm{"after_upload_bytes", Reset::Point::kDuringUpload},
                                     ResetForm{"after_answer_bytes", Reset::Point::kDuringAnswer}};

Read<void> read_reset(const Json& json, std::string_view name, Effect& effect) {
  for (const ResetForm& form : kResetPoints) {
    if (json != form.word) continue;
    effect.reset = Reset{form.point, 0};
    return {};
  }
  for (const ResetForm& form : kResetCounts) {
    if (!json.is_object() || json.size() != 1 || !json.contains(form.word)) continue;
    PAIL_TRY(const auto bytes,
             read_whole(json[std::string(form.word)], joined(name, form.word), 0, kBytesMost));
    effect.reset = Reset{form.point, bytes};
    return {};
  }
  return Unexpected{"'" + std::string(name) +
                    "' must be 'before_operation', 'after_operation', {\"after_upload_bytes\": n} "
                    "or {\"after_answer_bytes\": n}"};
}

Read<void> read_truncate(const Json& json, std::string_view name, Effect& effect) {
  return read_bytes(json, name, effect.truncate_after_bytes);
}

Read<void> read_corrupt(const Json& json, std::string_view name, Effect& effect) {
  return read_bytes(json, name, effect.corrupt_at_byte);
}

Read<void> read_wrong_etag(const Json& json, std::string_view name, Effect& effect) {
  PAIL_TRY(effect.wrong_etag, read_true(json, name));
  return {};
}

Read<void> read_wrong_checksum(const Json& json, std::string_view name, Effect& effect) {
  PAIL_TRY(effect.wrong_checksum, read_true(json, name));
  return {};
}

Read<void> read_date_offset(const Json& json, std::string_view name, Effect& effect) {
  PAIL_TRY(effect.date_offset_s, read_signed(json, name, kDateOffsetMost_s));
  return {};
}

}  // namespace

const std::vector<EffectField>& effect_fields() {
  static const std::vector<EffectField> kFields = {
      {"error", &read_error_answer},
      {"error_in_200", &read_error_in_200},
      {"rate_limit", &read_rate_limit},
      {"redirect", &read_redirect},
      {"retry_after_s", &read_retry_after},
      {"latency_ms", &read_latency},
      {"bandwidth_bytes_per_s", &read_bandwidth},
      {"stall", &read_stall},
      {"reset", &read_reset},
      {"truncate_after_bytes", &read_truncate},
      {"corrupt_at_byte", &read_corrupt},
      {"wrong_etag", &read_wrong_etag},
      {"wrong_checksum", &read_wrong_checksum},
      {"date_offset_s", &read_date_offset},
  };
  return kFields;
}

Read<void> check_effect(const Effect& effect) {
  const bool is_reset_before =
      effect.reset && effect.reset->point == Reset::Point::kBeforeOperation;
  const int replacements = (effect.error ? 1 : 0) + (effect.error_in_200 ? 1 : 0) +
                           (effect.rate_limit ? 1 : 0) + (effect.redirect ? 1 : 0) +
                           (is_reset_before ? 1 : 0);
  if (replacements > 1) {
    return Unexpected<std::string>{
        "a rule can have only one of 'error', 'error_in_200', 'rate_limit', 'redirect' and "
        "'reset': 'before_operation'"};
  }
  if (effect.retry_after_s && !effect.error && !effect.rate_limit) {
    return Unexpected<std::string>{"'retry_after_s' needs 'error' or 'rate_limit'"};
  }
  if (effect.truncate_after_bytes && effect.reset) {
    return Unexpected<std::string>{
        "a rule can have only one of 'truncate_after_bytes' and 'reset'"};
  }
  if (effect == Effect{}) {
    std::vector<std::string_view> names;
    for (const EffectField& field : effect_fields()) names.push_back(field.name);
    return Unexpected{"the rule says nothing of what is to happen: it needs " +
                      alternatives(names)};
  }
  return {};
}

}  // namespace pail::fault
