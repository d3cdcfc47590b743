#include "operations/archive.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "time/date.h"

namespace pail::operations {
namespace {

const time::Timestamp kNow = time::parse_iso8601("2026-11-24T16:00:00Z").value();

model::ObjectVersion object_of(const std::string& storage_class) {
  model::ObjectVersion version;
  version.attributes.storage_class = storage_class;
  return version;
}

std::string outcome(const std::string& document) {
  const auto request = parse_restore_request(document);
  return request ? std::to_string(request->days) : std::string(error_name(request.error().code));
}

TEST(Archive, HoldsGlacierAndDeepArchiveOnly) {
  EXPECT_FALSE(is_readable(object_of("GLACIER"), kNow));
  EXPECT_FALSE(is_readable(object_of("DEEP_ARCHIVE"), kNow));
  for (const char* storage_class :
       {"STANDARD", "STANDARD_IA", "GLACIER_IR", "INTELLIGENT_TIERING"}) {
    EXPECT_TRUE(is_readable(object_of(storage_class), kNow)) << storage_class;
  }
}

TEST(Archive, RestoredObjectIsReadableUntilItsTime) {
  auto version = object_of("GLACIER");
  version.restored_until = kNow;
  EXPECT_TRUE(is_readable(version, kNow - std::chrono::milliseconds(1)));
  EXPECT_FALSE(is_readable(version, kNow));
  const auto refused = require_readable(version, kNow);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fields.front().value, "GLACIER");
}

TEST(Archive, HeaderTellsOfARestorationWhileItLasts) {
  auto version = object_of("GLACIER");
  version.restored_until = kNow + std::chrono::hours(8);
  http::HeaderMap headers;
  add_restore_header(version, kNow, headers);
  EXPECT_EQ(headers.find("x-amz-restore").value_or(""),
            R"(ongoing-request="false", expiry-date="Wed, 25 Nov 2026 00:00:00 GMT")");
  http::HeaderMap later;
  add_restore_header(version, *version.restored_until, later);
  EXPECT_FALSE(later.contains("x-amz-restore"));
  // Left behind by a lifecycle that moved the object, or by a copy.
  version.attributes.storage_class = "STANDARD";
  add_restore_header(version, kNow, later);
  EXPECT_FALSE(later.contains("x-amz-restore"));
}

TEST(RestoreRequest, HasDaysAndATier) {
  EXPECT_EQ(outcome("<RestoreRequest><Days>3</Days></RestoreRequest>"), "3");
  const auto request = parse_restore_request(
      "<RestoreRequest><Days>1</Days><GlacierJobParameters><Tier>Bulk</Tier>"
      "</GlacierJobParameters></RestoreRequest>");
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->tier, RetrievalTier::kBulk);
}

TEST(RestoreRequest, OfAnotherShapeIsRefused) {
  EXPECT_EQ(outcome(""), "MalformedXML");
  EXPECT_EQ(outcome("<RestoreRequest/>"), "MalformedXML");
  EXPECT_EQ(outcome("<RestoreRequest><Days>0</Days></RestoreRequest>"), "InvalidArgument");
  EXPECT_EQ(outcome("<RestoreRequest><Days>2147483648</Days></RestoreRequest>"), "MalformedXML");
  EXPECT_EQ(outcome("<RestoreRequest><Days>1</Days><Tier>Slow</Tier></RestoreRequest>"),
            "MalformedXML");
  EXPECT_EQ(outcome("<RestoreRequest><Type>SELECT</Type></RestoreRequest>"), "NotImplemented");
}

TEST(RestoreRequest, IsForArchivedObjectsAndTheirTiers) {
  const RestoreRequest expedited{1, RetrievalTier::kExpedited};
  EXPECT_TRUE(check_restorable(expedited, "GLACIER").has_value());
  EXPECT_EQ(check_restorable(expedited, "DEEP_ARCHIVE").error().message,
            "Retrieval option is not supported by this storage class");
  EXPECT_EQ(check_restorable(expedited, "STANDARD").error().message,
            "Restore is not allowed for the object's current storage class");
}

TEST(RestoreRequest, EndsAtMidnightAfterItsDays) {
  EXPECT_EQ(time::format_iso8601(restored_until({2, RetrievalTier::kStandard}, kNow)),
            "2026-11-27T00:00:00.000Z");
}

}  // namespace
}  // namespace pail::operations
