#include "cli/request_line.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <string_view>

#include <nlohmann/json.hpp>

#include "text/utf8.h"
#include "time/date.h"

namespace pail::cli {
namespace {

constexpr std::string_view kRed = "\x1b[31m";
constexpr std::string_view kYellow = "\x1b[33m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kPlain = "\x1b[0m";

std::string escape(std::string_view text) {
  const bool is_utf8 = text::is_valid_utf8(text);
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f || (byte >= 0x80 && !is_utf8)) {
      std::array<char, 5> hex{};
      std::snprintf(hex.data(), hex.size(), "\\x%02X", static_cast<unsigned>(byte));
      escaped += hex.data();
    } else {
      escaped += c;
    }
  }
  // The control characters U+0080 to U+009F are well-formed UTF-8, and some terminals obey them.
  for (auto at = escaped.find('\xC2'); at + 1 < escaped.size() && at != std::string::npos;
       at = escaped.find('\xC2', at + 1)) {
    if (static_cast<unsigned char>(escaped[at + 1]) < 0xA0) escaped.replace(at, 2, "?");
  }
  return escaped;
}

std::string clock_time(std::chrono::system_clock::time_point when) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch()).count() % 1000;
  std::tm local{};
  ::localtime_r(&seconds, &local);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d:%02d.%03d", local.tm_hour, local.tm_min,
                local.tm_sec, static_cast<int>(milliseconds));
  return text.data();
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 10'000) return std::to_string(bytes) + " B";
  constexpr std::array kUnits = {"KB", "MB", "GB", "TB"};
  double amount = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; amount >= 1000 && unit + 1 < kUnits.size(); ++unit) amount /= 1000;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f %s", amount, kUnits[unit]);
  return text.data();
}

std::string duration_text(std::chrono::microseconds duration) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f ms", static_cast<double>(duration.count()) / 1000);
  return text.data();
}

std::string_view status_colour(int status) {
  if (status >= 500) return kRed;
  return status >= 400 ? kYellow : kGreen;
}

std::string what(const RequestRecord& record) {
  if (!record.operation.empty()) return escape(record.operation);
  return record.method.empty() ? "-" : escape(record.method);
}

std::string where(const RequestRecord& record) {
  if (record.bucket.empty()) return "-";
  if (record.key.empty()) return escape(record.bucket);
  return escape(record.bucket) + "/" + escape(record.key);
}

void add_reason(std::string& line, std::string_view name, const std::string& text) {
  if (text.empty()) return;
  line += "  ";
  line += name;
  line += escape(text);
}

}  // namespace

std::string human_line(const RequestRecord& record, bool with_colours) {
  const auto painted = [with_colours](std::string_view colour, const std::string& text) {
    return with_colours ? std::string(colour) + text + std::string(kPlain) : text;
  };
  std::string line = painted(kDim, clock_time(record.received));
  line += "  " + painted(status_colour(record.status), std::to_string(record.status));
  line += "  " + what(record) + "  " + where(record);
  line += "  " + bytes_text(record.request_body_bytes) + " in";
  line += "  " + bytes_text(record.response_body_bytes) + " out";
  line += "  " + duration_text(record.duration);
  line += "  " + painted(kDim, escape(record.request_id));
  if (!record.error_code.empty()) {
    line += "  " + painted(status_colour(record.status), escape(record.error_code));
  }
  add_reason(line, "hint: ", record.hint);
  add_reason(line, "detail: ", record.detail);
  return line;
}

std::string json_line(const RequestRecord& record) {
  nlohmann::ordered_json object;
  object["time"] = time::format_iso8601(
      std::chrono::time_point_cast<std::chrono::milliseconds>(record.received));
  const auto add = [&object](const char* name, const std::string& text) {
    if (!text.empty()) object[name] = text;
  };
  add("request_id", record.request_id);
  add("remote_address", record.remote_address);
  add("method", record.method);
  add("operation", record.operation);
  add("bucket", record.bucket);
  add("key", record.key);
  add("access_key_id", record.access_key_id);
  object["status"] = record.status;
  add("error_code", record.error_code);
  object["request_body_bytes"] = record.request_body_bytes;
  object["response_body_bytes"] = record.response_body_bytes;
  object["duration_us"] = record.duration.count();
  add("hint", record.hint);
  add("detail", record.detail);
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace pail::cli
