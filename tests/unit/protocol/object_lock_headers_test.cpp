#include "protocol/object_lock_headers.h"

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "time/date.h"

namespace pail::protocol {
namespace {

const time::Timestamp kNow = time::parse_iso8601("2026-11-24T16:00:00Z").value();

std::string outcome(const std::vector<http::Header>& fields) {
  http::HeaderMap headers;
  for (const http::Header& field : fields) headers.add(field.name, field.value);
  const auto lock = parse_object_lock_headers(headers, kNow);
  if (!lock) {
    std::string text = lock.error().message;
    for (const auto& field : lock.error().fields) text += " " + field.name + "=" + field.value;
    return text;
  }
  http::HeaderMap shown;
  if (lock->retention) add_retention_headers(*lock->retention, shown);
  if (lock->legal_hold) add_legal_hold_header(*lock->legal_hold, shown);
  std::string text;
  for (const http::Header& field : shown) text += field.value + " ";
  return text;
}

TEST(ObjectLockHeaders, AreReadAndShown) {
  EXPECT_EQ(outcome({{"x-amz-object-lock-mode", "GOVERNANCE"},
                     {"x-amz-object-lock-retain-until-date", "2027-01-01T00:00:00Z"},
                     {"x-amz-object-lock-legal-hold", "ON"}}),
            "GOVERNANCE 2027-01-01T00:00:00.000Z ON ");
  EXPECT_EQ(outcome({{"x-amz-object-lock-mode", "COMPLIANCE"},
                     {"x-amz-object-lock-retain-until-date", "2027-01-01T00:00:00.250Z"}}),
            "COMPLIANCE 2027-01-01T00:00:00.250Z ");
  EXPECT_EQ(outcome({{"x-amz-object-lock-legal-hold", "OFF"}}), "OFF ");
  EXPECT_EQ(outcome({}), "");
}

TEST(ObjectLockHeaders, ModeAndDateGoTogether) {
  const std::string message =
      "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied "
      "ArgumentName=";
  EXPECT_EQ(outcome({{"x-amz-object-lock-mode", "GOVERNANCE"}}),
            message + "x-amz-object-lock-retain-until-date");
  EXPECT_EQ(outcome({{"x-amz-object-lock-retain-until-date", "2027-01-01T00:00:00Z"}}),
            message + "x-amz-object-lock-mode");
}

TEST(ObjectLockHeaders, WrongValuesAreRefusedByName) {
  EXPECT_EQ(outcome({{"x-amz-object-lock-mode", "governance"},
                     {"x-amz-object-lock-retain-until-date", "2027-01-01T00:00:00Z"}}),
            "Unknown wormMode directive. ArgumentName=x-amz-object-lock-mode "
            "ArgumentValue=governance");
  EXPECT_EQ(outcome({{"x-amz-object-lock-mode", "GOVERNANCE"},
                     {"x-amz-object-lock-retain-until-date", "tomorrow"}}),
            "The retain until date must be provided in ISO 8601 format "
            "ArgumentName=x-amz-object-lock-retain-until-date ArgumentValue=tomorrow");
  EXPECT_EQ(outcome({{"x-amz-object-lock-mode", "GOVERNANCE"},
                     {"x-amz-object-lock-retain-until-date", "2026-11-24T16:00:00Z"}}),
            "The retain until date must be in the future! "
            "ArgumentName=x-amz-object-lock-retain-until-date ArgumentValue=2026-11-24T16:00:00Z");
  EXPECT_EQ(outcome({{"x-amz-object-lock-legal-hold", "on"}}),
            "Legal Hold must be either of 'ON' or 'OFF' ArgumentName=x-amz-object-lock-legal-hold "
            "ArgumentValue=on");
}

}  // namespace
}  // namespace pail::protocol
