#include "time/date.h"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

namespace pail::time {
namespace {

using std::chrono::milliseconds;

Timestamp at_seconds(std::int64_t seconds) { return Timestamp(std::chrono::seconds(seconds)); }

TEST(Date, FormatsHttpDates) {
  EXPECT_EQ(format_http_date(at_seconds(784111777)), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(format_http_date(at_seconds(1445412480)), "Wed, 21 Oct 2015 07:28:00 GMT");
  EXPECT_EQ(format_http_date(at_seconds(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(format_http_date(at_seconds(-1)), "Wed, 31 Dec 1969 23:59:59 GMT");
  EXPECT_EQ(format_http_date(Timestamp(milliseconds(1999))), "Thu, 01 Jan 1970 00:00:01 GMT");
}

TEST(Date, ReadsTheThreeFormsOfHttp) {
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at_seconds(784111777));
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), at_seconds(784111777));
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994"), at_seconds(784111777));
  EXPECT_EQ(parse_http_date("Wed Oct 21 07:28:00 2015"), at_seconds(1445412480));
}

TEST(Date, ReadsIso8601InHttpFields) {
  EXPECT_EQ(parse_http_date("2015-10-21T07:28:00Z"), at_seconds(1445412480));
  EXPECT_EQ(parse_http_date("2015-10-21T07:28:00.000Z"), at_seconds(1445412480));
}

TEST(Date, KnowsFullNameOfEachWeekday) {
  for (const char* day :
       {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}) {
    EXPECT_EQ(parse_http_date(std::string(day) + ", 06-Nov-94 08:49:37 GMT"), at_seconds(784111777))
        << day;
  }
}

TEST(Date, TwoDigitYearsTurnAt70) {
  EXPECT_EQ(parse_http_date("Thursday, 01-Jan-70 00:00:00 GMT"), at_seconds(0));
  EXPECT_EQ(parse_http_date("Tuesday, 01-Jan-69 00:00:00 GMT"),
            parse_iso8601("2069-01-01T00:00:00Z"));
}

TEST(Date, RefusesMalformedHttpDates) {
  for (const char* text :
       {"", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Son, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, ", "Sun ",
        "Sun Nov 6 08:49:37 1994", "Sunda, 06-Nov-94 08:49:37 GMT", "784111777"}) {
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
  }
}

TEST(Date, FormatsIso8601WithMilliseconds) {
  EXPECT_EQ(format_iso8601(Timestamp(milliseconds(1445412480007))), "2015-10-21T07:28:00.007Z");
  std::string out = "x";
  append_iso8601(out, at_seconds(951782400));
  EXPECT_EQ(out, "x2000-02-29T00:00:00.000Z");
}

TEST(Date, FormattingKeepsItsWidthOutsideFourDigitYears) {
  EXPECT_EQ(format_iso8601(Timestamp::max()), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(format_iso8601(Timestamp::min()), "0000-01-01T00:00:00.000Z");
}

TEST(Date, ReadsIso8601WithFractionAndOffset) {
  const Timestamp expected = at_seconds(1445412480);
  EXPECT_EQ(parse_iso8601("2015-10-21T07:28:00Z"), expected);
  EXPECT_EQ(parse_iso8601("2015-10-21T07:28:00.5Z"), expected + milliseconds(500));
  EXPECT_EQ(parse_iso8601("2015-10-21T07:28:00.123456789Z"), expected + milliseconds(123));
  EXPECT_EQ(parse_iso8601("2015-10-21T09:28:00+02:00"), expected);
  EXPECT_EQ(parse_iso8601("2015-10-21T01:58:00.000-0530"), expected);
  EXPECT_EQ(parse_iso8601("2015-10-21"), at_seconds(1445385600));
  EXPECT_EQ(parse_iso8601("2024-02-29"), at_seconds(1709164800));
}

TEST(Date, RefusesMalformedIso8601) {
  for (const char* text :
       {"", "2015", "2015-10", "2015-10-2", "2015-13-01", "2015-02-29", "2015-00-01", "2015-10-21T",
        "2015-10-21T07:28", "2015-10-21T07:28:00", "2015-10-21T07:28:00.Z", "2015-10-21T07:28:00z",
        "2015-10-21 07:28:00Z", "2015-10-21T07:28:00Zx", "2015-10-21T07:28:00+2",
        "2015-10-21T07:28:00+24:00", "2015-10-21T07:28:00+02:60", "-015-10-21T07:28:00Z"}) {
    EXPECT_EQ(parse_iso8601(text), std::nullopt) << text;
  }
}

TEST(Date, AmzDatesGoBothWays) {
  const Timestamp expected = at_seconds(1369353600);
  EXPECT_EQ(format_amz_date(expected), "20130524T000000Z");
  EXPECT_EQ(parse_amz_date("20130524T000000Z"), expected);
  EXPECT_EQ(format_amz_date(at_seconds(1445412480)), "20151021T072800Z");
}

TEST(Date, RefusesMalformedAmzDates) {
  for (const char* text :
       {"", "20130524", "20130524T000000", "20130524T000000ZZ", "2013-05-24T00:00:00Z",
        "20131324T000000Z", "20130524T250000Z", "20130524t000000Z", "2013052 T000000Z"}) {
    EXPECT_EQ(parse_amz_date(text), std::nullopt) << text;
  }
}

TEST(Date, EveryDayOf200YearsGoesThroughAllFormsUnchanged) {
  for (std::int64_t day = -7000; day < 66000; ++day) {
    const Timestamp time = at_seconds(day * 86400 + 86399 - (day & 0xFFF));
    ASSERT_EQ(parse_iso8601(format_iso8601(time)), time);
    ASSERT_EQ(parse_http_date(format_http_date(time)), time);
    ASSERT_EQ(parse_amz_date(format_amz_date(time)), time);
  }
}

}  // namespace
}  // namespace pail::time
