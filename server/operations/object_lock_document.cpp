#include "operations/object_lock_document.h"

#include <array>
#include <chrono>
#include <utility>

#include "error/try.h"
#include "model/document_kind.h"
#include "protocol/object_lock_headers.h"
#include "text/ascii.h"
#include "text/decimal.h"
#include "time/date.h"
#include "xml/reader.h"
#include "xml/writer.h"

namespace pail::operations {
namespace {

constexpr std::uint32_t kDaysMost = 36'500;
constexpr std::uint32_t kYearsMost = 100;

S3Result<std::uint32_t> parse_period(const std::string& text, const char* name,
                                     std::uint32_t most) {
  const auto refuse = [&](const char* message) {
    return fail(S3Error(S3ErrorCode::InvalidArgument, message).with("ArgumentName", name));
  };
  const auto number = text::parse_signed_decimal(text::trim(text));
  if (!number) return fail(S3ErrorCode::MalformedXML);
  if (*number < 1) return refuse("Default retention period must be a positive integer value.");
  if (*number > most) return refuse("Default retention period too large.");
  return static_cast<std::uint32_t>(*number);
}

S3Result<DefaultRetention> parse_default_retention(const xml::Element& rule) {
  const auto element = rule.child("DefaultRetention");
  if (!element) return fail(S3ErrorCode::MalformedXML);
  const auto mode = protocol::parse_retention_mode(element->child_text("Mode").value_or(""));
  const auto days = element->child_text("Days");
  const auto years = element->child_text("Years");
  if (!mode || days.has_value() == years.has_value()) return fail(S3ErrorCode::MalformedXML);
  DefaultRetention retention;
  retention.mode = *mode;
  if (days) {
    PAIL_TRY(retention.days, parse_period(*days, "Days", kDaysMost));
  } else {
    PAIL_TRY(retention.years, parse_period(*years, "Years", kYearsMost));
  }
  return retention;
}

/// Whether clocks in Los Angeles are on summer time: from 2 o'clock of the second Sunday in March
/// to 2 o'clock of the first Sunday in November (the rule since 2007).
bool is_pacific_summer(time::Timestamp when) {
  using std::chrono::days, std::chrono::floor, std::chrono::hours, std::chrono::Sunday;
  using std::chrono::March, std::chrono::November;
  using std::chrono::sys_days, std::chrono::year_month_day;
  const year_month_day date(floor<days>(when));
  const sys_days begin = date.year() / March / Sunday[2];
  const sys_days end = date.year() / November / Sunday[1];
  return when >= begin + hours(10) && when < end + hours(9);
}

std::string two_digits(long long number) {
  std::string digits = std::to_string(number);
  return digits.size() < 2 ? "0" + digits : digits;
}

/// "Tue Dec 31 16:00:00 PST 2019": AWS was recorded to show the date in the time of Los Angeles,
/// wherever the bucket is.
std::string format_pacific(time::Timestamp when) {
  using std::chrono::days, std::chrono::floor, std::chrono::hours, std::chrono::seconds;
  using std::chrono::hh_mm_ss, std::chrono::weekday, std::chrono::year_month_day;
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const bool summer = is_pacific_summer(when);
  const time::Timestamp local = when - hours(summer ? 7 : 8);
  const auto day = floor<days>(local);
  const year_month_day date(day);
  const hh_mm_ss clock(floor<seconds>(local - day));
  return std::string(kDays.at(weekday(day).c_encoding())) + " " +
         kMonths.at(static_cast<unsigned>(date.month()) - 1) + " " +
         two_digits(static_cast<unsigned>(date.day())) + " " + two_digits(clock.hours().count()) +
         ":" + two_digits(clock.minutes().count()) + ":" + two_digits(clock.seconds().count()) +
         (summer ? " PDT " : " PST ") + std::to_string(static_cast<int>(date.year()));
}

}  // namespace

S3Result<std::optional<DefaultRetention>> parse_object_lock_configuration(std::string_view text) {
  const auto document = xml::Document::parse(text);
  if (!document || document->root().name() != "ObjectLockConfiguration" ||
      document->root().child_text("ObjectLockEnabled") != "Enabled") {
    return fail(S3ErrorCode::MalformedXML);
  }
  const auto rules = document->root().children("Rule");
  if (rules.empty()) return std::optional<DefaultRetention>();
  if (rules.size() > 1) return fail(S3ErrorCode::MalformedXML);
  PAIL_TRY(const auto retention, parse_default_retention(rules.front()));
  return std::optional(retention);
}

std::string render_object_lock_configuration(const std::optional<DefaultRetention>& retention) {
  std::string out;
  xml::XmlWriter xml(out);
  xml.declaration();
  xml.open_root("ObjectLockConfiguration");
  xml.element("ObjectLockEnabled", "Enabled");
  if (retention) {
    xml.open("Rule");
    xml.open("DefaultRetention");
    xml.element("Mode", protocol::retention_mode_name(retention->mode));
    if (retention->days != 0) xml.element("Days", retention->days);
    if (retention->years != 0) xml.element("Years", retention->years);
    xml.close("DefaultRetention");
    xml.close("Rule");
  }
  xml.close("ObjectLockConfiguration");
  return out;
}

std::optional<DefaultRetention> default_retention_of(const model::Bucket& bucket) {
  const auto document = bucket.documents.find(model::document_kind::kObjectLock);
  if (document == bucket.documents.end()) return std::nullopt;
  auto retention = parse_object_lock_configuration(document->second);
  return retention ? *retention : std::nullopt;
}

S3Result<std::optional<model::Retention>> parse_retention_document(std::string_view text,
                                                                   time::Timestamp now) {
  const auto document = xml::Document::parse(text);
  if (!document || document->root().name() != "Retention") return fail(S3ErrorCode::MalformedXML);
  if (document->root().children().empty()) return std::optional<model::Retention>();
  const auto mode =
      protocol::parse_retention_mode(document->root().child_text("Mode").value_or(""));
  const auto until =
      time::parse_iso8601(document->root().child_text("RetainUntilDate").value_or(""));
  if (!mode || !until) return fail(S3ErrorCode::MalformedXML);
  if (*until <= now) {
    return invalid_argument("The retain until date must be in the future!", "RetainUntilDate",
                            format_pacific(*until));
  }
  return std::optional(model::Retention{*mode, *until});
}

std::string render_retention(const model::Retention& retention) {
  std::string out;
  xml::XmlWriter xml(out);
  xml.declaration();
  xml.open_root("Retention");
  xml.element("Mode", protocol::retention_mode_name(retention.mode));
  xml.element("RetainUntilDate", time::format_iso8601(retention.retain_until));
  xml.close("Retention");
  return out;
}

S3Result<bool> parse_legal_hold_document(std::string_view text) {
  const auto document = xml::Document::parse(text);
  if (!document || document->root().name() != "LegalHold") return fail(S3ErrorCode::MalformedXML);
  const auto status =
      protocol::parse_legal_hold(document->root().child_text("Status").value_or(""));
  if (!status) return fail(S3ErrorCode::MalformedXML);
  return *status;
}

std::string render_legal_hold(bool legal_hold) {
  std::string out;
  xml::XmlWriter xml(out);
  xml.declaration();
  xml.open_root("LegalHold");
  xml.element("Status", protocol::legal_hold_name(legal_hold));
  xml.close("LegalHold");
  return out;
}

}  // namespace pail::operations
