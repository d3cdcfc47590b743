#include "time/date.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pail::time {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

constexpr Timestamp kEarliest =
    std::chrono::sys_days(std::chrono::year{0} / std::chrono::January / 1);
constexpr Timestamp kLatest =
    Timestamp(std::chrono::sys_days(std::chrono::year{10000} / std::chrono::January / 1)) -
    std::chrono::milliseconds(1);

struct Fields {
  unsigned year = 0;
  unsigned month = 1;
  unsigned day = 1;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  unsigned millisecond = 0;
  unsigned weekday = 0;
};

Fields split_time(Timestamp time) {
  const Timestamp bounded = std::clamp(time, kEarliest, kLatest);
  const auto day = std::chrono::floor<std::chrono::days>(bounded);
  const std::chrono::year_month_day date(day);
  const auto ms = static_cast<unsigned>((bounded - Timestamp(day)).count());
  return {.year = static_cast<unsigned>(static_cast<int>(date.year())),
          .month = static_cast<unsigned>(date.month()),
          .day = static_cast<unsigned>(date.day()),
          .hour = ms / 3'600'000,
          .minute = ms / 60'000 % 60,
          .second = ms / 1'000 % 60,
          .millisecond = ms % 1'000,
          .weekday = std::chrono::weekday(day).c_encoding()};
}

std::optional<Timestamp> join_time(const Fields& fields) {
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(fields.year)),
                                         std::chrono::month(fields.month),
                                         std::chrono::day(fields.day));
  // 60 is a leap second; like most others we count it as the first second of the next minute.
  if (!date.ok() || fields.hour > 23 || fields.minute > 59 || fields.second > 60) {
    return std::nullopt;
  }
  return Timestamp(std::chrono::sys_days(date)) + std::chrono::hours(fields.hour) +
         std::chrono::minutes(fields.minute) + std::chrono::seconds(fields.second) +
         std::chrono::milliseconds(fields.millisecond);
}

template <std::size_t kWidth>
void put_number(char* at, unsigned value) {
  for (std::size_t i = kWidth; i > 0; --i) {
    at[i - 1] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

void put_text(char* at, std::string_view text) { std::copy(text.begin(), text.end(), at); }

/// Reads a text from the left; after the first mismatch it stays failed.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool at_end() const { return ok_ && rest_.empty(); }
  bool next_is(char c) const { return ok_ && rest_.starts_with(c); }
  bool ok() const { return ok_; }
  void fail() { ok_ = false; }

  void expect(std::string_view literal) {
    if (!ok_ || !rest_.starts_with(literal)) return fail();
    rest_.remove_prefix(literal.size());
  }

  bool accept(char c) {
    if (!next_is(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  unsigned digits(std::size_t count) {
    if (!ok_ || rest_.size() < count) return fail(), 0;
    unsigned value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return fail(), 0;
      value = value * 10 + static_cast<unsigned>(c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  bool next_is_digit() const {
    return ok_ && !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
  }

  unsigned month() {
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
      if (ok_ && rest_.starts_with(kMonths[i])) {
        rest_.remove_prefix(kMonths[i].size());
        return static_cast<unsigned>(i + 1);
      }
    }
    return fail(), 0;
  }

  void clock(Fields& fields) {
    fields.hour = digits(2);
    expect(":");
    fields.minute = digits(2);
    expect(":");
    fields.second = digits(2);
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

std::optional<Timestamp> finish(const Scanner& scanner, const Fields& fields) {
  if (!scanner.at_end()) return std::nullopt;
  return join_time(fields);
}

// "21 Oct 2015 07:28:00 GMT"
std::optional<Timestamp> parse_rfc1123(std::string_view text) {
  Scanner scanner(text);
  Fields fields;
  fields.day = scanner.digits(2);
  scanner.expect(" ");
  fields.month = scanner.month();
  scanner.expect(" ");
  fields.year = scanner.digits(4);
  scanner.expect(" ");
  scanner.clock(fields);
  scanner.expect(" GMT");
  return finish(scanner, fields);
}

// "21-Oct-15 07:28:00 GMT"
std::optional<Timestamp> parse_rfc850(std::string_view text) {
  Scanner scanner(text);
  Fields fields;
  fields.day = scanner.digits(2);
  scanner.expect("-");
  fields.month = scanner.month();
  scanner.expect("-");
  const unsigned short_year = scanner.digits(2);
  fields.year = short_year + (short_year < 70 ? 2000 : 1900);
  scanner.expect(" ");
  scanner.clock(fields);
  scanner.expect(" GMT");
  return finish(scanner, fields);
}

// "Oct 21 07:28:00 2015", the day padded with a space
std::optional<Timestamp> parse_asctime(std::string_view text) {
  Scanner scanner(text);
  Fields fields;
  fields.month = scanner.month();
  scanner.expect(" ");
  fields.day = scanner.accept(' ') ? scanner.digits(1) : scanner.digits(2);
  scanner.expect(" ");
  scanner.clock(fields);
  scanner.expect(" ");
  fields.year = scanner.digits(4);
  return finish(scanner, fields);
}

bool is_weekday(std::string_view text, bool full_name) {
  constexpr std::array<std::string_view, 7> kEndings = {"day",   "day", "sday", "nesday",
                                                        "rsday", "day", "urday"};
  for (std::size_t i = 0; i < kWeekdays.size(); ++i) {
    if (!text.starts_with(kWeekdays[i])) continue;
    return text.substr(3) == (full_name ? kEndings[i] : std::string_view());
  }
  return false;
}

// ".123456" into milliseconds; digits beyond the third carry nothing that S3 shows.
unsigned scan_fraction(Scanner& scanner) {
  unsigned milliseconds = 0;
  unsigned weight = 100;
  if (!scanner.next_is_digit()) scanner.fail();
  while (scanner.next_is_digit()) {
    milliseconds += scanner.digits(1) * weight;
    weight /= 10;
  }
  return milliseconds;
}

std::chrono::minutes scan_offset(Scanner& scanner) {
  if (scanner.accept('Z')) return std::chrono::minutes(0);
  const bool west = scanner.next_is('-');
  if (!scanner.accept('-')) scanner.expect("+");
  const unsigned hours = scanner.digits(2);
  scanner.accept(':');
  const unsigned minutes = scanner.digits(2);
  if (hours > 23 || minutes > 59) scanner.fail();
  const auto offset = std::chrono::minutes(hours * 60 + minutes);
  return west ? -offset : offset;
}

}  // namespace

std::string format_http_date(Timestamp time) {
  const Fields fields = split_time(time);
  std::string out = "Thu, 01 Jan 1970 00:00:00 GMT";
  char* const at = out.data();
  put_text(at, kWeekdays[fields.weekday]);
  put_number<2>(at + 5, fields.day);
  put_text(at + 8, kMonths[fields.month - 1]);
  put_number<4>(at + 12, fields.year);
  put_number<2>(at + 17, fields.hour);
  put_number<2>(at + 20, fields.minute);
  put_number<2>(at + 23, fields.second);
  return out;
}

std::optional<Timestamp> parse_http_date(std::string_view text) {
  const std::size_t comma = text.find(", ");
  if (comma != std::string_view::npos) {
    const std::string_view weekday = text.substr(0, comma);
    const std::string_view rest = text.substr(comma + 2);
    if (is_weekday(weekday, false)) return parse_rfc1123(rest);
    if (is_weekday(weekday, true)) return parse_rfc850(rest);
    return std::nullopt;
  }
  if (text.size() > 4 && text[3] == ' ' && is_weekday(text.substr(0, 3), false)) {
    return parse_asctime(text.substr(4));
  }
  return parse_iso8601(text);
}

std::string format_iso8601(Timestamp time) {
  std::string out;
  append_iso8601(out, time);
  return out;
}

void append_iso8601(std::string& out, Timestamp time) {
  const Fields fields = split_time(time);
  std::array<char, 24> text = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0',
                               '0', ':', '0', '0', ':', '0', '0', '.', '0', '0', '0', 'Z'};
  put_number<4>(text.data(), fields.year);
  put_number<2>(text.data() + 5, fields.month);
  put_number<2>(text.data() + 8, fields.day);
  put_number<2>(text.data() + 11, fields.hour);
  put_number<2>(text.data() + 14, fields.minute);
  put_number<2>(text.data() + 17, fields.second);
  put_number<3>(text.data() + 20, fields.millisecond);
  out.append(text.data(), text.size());
}

std::optional<Timestamp> parse_iso8601(std::string_view text) {
  Scanner scanner(text);
  Fields fields;
  fields.year = scanner.digits(4);
  scanner.expect("-");
  fields.month = scanner.digits(2);
  scanner.expect("-");
  fields.day = scanner.digits(2);
  if (scanner.at_end()) return join_time(fields);
  scanner.expect("T");
  scanner.clock(fields);
  if (scanner.accept('.')) fields.millisecond = scan_fraction(scanner);
  const std::chrono::minutes offset = scan_offset(scanner);
  const std::optional<Timestamp> local = finish(scanner, fields);
  if (!local) return std::nullopt;
  return *local - offset;
}

std::string format_amz_date(Timestamp time) {
  const Fields fields = split_time(time);
  std::string out = "19700101T000000Z";
  char* const at = out.data();
  put_number<4>(at, fields.year);
  put_number<2>(at + 4, fields.month);
  put_number<2>(at + 6, fields.day);
  put_number<2>(at + 9, fields.hour);
  put_number<2>(at + 11, fields.minute);
  put_number<2>(at + 13, fields.second);
  return out;
}

std::optional<Timestamp> parse_amz_date(std::string_view text) {
  Scanner scanner(text);
  Fields fields;
  fields.year = scanner.digits(4);
  fields.month = scanner.digits(2);
  fields.day = scanner.digits(2);
  scanner.expect("T");
  fields.hour = scanner.digits(2);
  fields.minute = scanner.digits(2);
  fields.second = scanner.digits(2);
  scanner.expect("Z");
  return finish(scanner, fields);
}

}  // namespace pail::time
