#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "time/clock.h"

// Dates as HTTP and S3 write them, without locale and without the time zone of the machine. All
// functions are pure and thread-safe. Formatting covers the years 0 to 9999; a time outside is
// written as the nearest representable one, so that the width of the output never changes.
namespace pail::time {

/// "Wed, 21 Oct 2015 07:28:00 GMT" (RFC 1123 form); milliseconds are cut off.
std::string format_http_date(Timestamp time);

/// Reads the three forms of RFC 9110 (RFC 1123, RFC 850, asctime) and ISO 8601, which AWS also
/// accepts in conditions. Nullopt for anything else; the name of the weekday is not compared with
/// the date. Two-digit years: 70-99 are 1970-1999, 00-69 are 2000-2069.
std::optional<Timestamp> parse_http_date(std::string_view text);

/// "2026-11-24T16:00:00.000Z", as S3's XML has it.
std::string format_iso8601(Timestamp time);

/// Appends format_iso8601(time) to out.
void append_iso8601(std::string& out, Timestamp time);

/// Reads YYYY-MM-DDThh:mm:ss with an optional fraction (digits after the milliseconds are cut off)
/// and Z or +hh:mm, +hhmm, -hh:mm; also YYYY-MM-DD alone, which is midnight UTC. Nullopt for
/// anything else and for days that do not exist.
std::optional<Timestamp> parse_iso8601(std::string_view text);

/// "20130524T000000Z", as x-amz-date has it.
std::string format_amz_date(Timestamp time);

/// Reads exactly the form of format_amz_date.
std::optional<Timestamp> parse_amz_date(std::string_view text);

}  // namespace pail::time
