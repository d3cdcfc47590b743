#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"

namespace pail::test {
namespace {

constexpr const char* kTarget = "/bucket/key?restore";

std::string restore(int days, const std::string& tier = "Standard") {
  return "<RestoreRequest><Days>" + std::to_string(days) + "</Days><GlacierJobParameters><Tier>" +
         tier + "</Tier></GlacierJobParameters></RestoreRequest>";
}

void put_archived(Loopback& server, const std::string& storage_class = "GLACIER") {
  server.put("/bucket/key", "x", {{"x-amz-storage-class", storage_class}});
}

TEST(RestoreObject, MakesAnArchivedObjectReadableForSomeDays) {
  Loopback server;
  put_archived(server);
  const Answer before = server.get("/bucket/key");
  EXPECT_EQ(before.outcome(), "403 InvalidObjectState");
  EXPECT_EQ(before.element("StorageClass"), "GLACIER");
  EXPECT_EQ(server.head("/bucket/key").header("x-amz-restore"), "");
  ASSERT_EQ(server.post(kTarget, restore(1)).outcome(), "202");
  const Answer restored = server.get("/bucket/key");
  EXPECT_EQ(restored.body, "x");
  EXPECT_EQ(restored.header("x-amz-storage-class"), "GLACIER");
  EXPECT_EQ(restored.header("x-amz-restore"),
            R"(ongoing-request="false", expiry-date="Thu, 26 Nov 2026 00:00:00 GMT")");
  server.clock().advance(std::chrono::hours(32));
  EXPECT_EQ(server.get("/bucket/key").outcome(), "403 InvalidObjectState");
  EXPECT_EQ(server.head("/bucket/key").header("x-amz-restore"), "");
  EXPECT_EQ(server.post(kTarget, restore(1)).outcome(), "202");
}

TEST(RestoreObject, OfARestoredObjectProlongsTheTime) {
  Loopback server;
  put_archived(server, "DEEP_ARCHIVE");
  server.post(kTarget, restore(1));
  EXPECT_EQ(server.post(kTarget, restore(3)).outcome(), "200");
  EXPECT_EQ(server.head("/bucket/key").header("x-amz-restore"),
            R"(ongoing-request="false", expiry-date="Sat, 28 Nov 2026 00:00:00 GMT")");
}

TEST(RestoreObject, RestoredObjectsCanBeCopiedAndTheCopyIsNotRestored) {
  Loopback server;
  put_archived(server);
  const Headers copy = {{"x-amz-copy-source", "/bucket/key"}};
  EXPECT_EQ(server.put("/bucket/copy", "", copy).outcome(), "403 InvalidObjectState");
  server.post(kTarget, restore(1));
  ASSERT_EQ(server.put("/bucket/copy", "", copy).outcome(), "200");
  EXPECT_EQ(server.get("/bucket/copy").body, "x");
  EXPECT_EQ(server.head("/bucket/copy").header("x-amz-restore"), "");
}

TEST(RestoreObject, ListingsTellOfItThoseWhoAsk) {
  Loopback server;
  put_archived(server);
  server.put("/bucket/other", "x", {{"x-amz-storage-class", "GLACIER"}});
  server.post(kTarget, restore(1));
  const Headers asking = {{"x-amz-optional-object-attributes", "RestoreStatus"}};
  for (const char* target : {"/bucket", "/bucket?list-type=2", "/bucket?versions"}) {
    const Answer answer = server.get(target, asking);
    EXPECT_EQ(elements(answer, "RestoreStatus"),
              std::vector<std::string>{"<IsRestoreInProgress>false</IsRestoreInProgress>"
                                       "<RestoreExpiryDate>2026-11-26T00:00:00.000Z"
                                       "</RestoreExpiryDate>"})
        << target;
    EXPECT_EQ(answer.body.find("</RestoreStatus></Contents><Contents>") != std::string::npos ||
                  answer.body.find("</RestoreStatus></Version><Version>") != std::string::npos,
              true)
        << target;
    EXPECT_EQ(server.get(target).body.find("RestoreStatus"), std::string::npos) << target;
  }
  EXPECT_EQ(server.get("/bucket", {{"x-amz-optional-object-attributes", "Colour"}}).outcome(),
            "400 InvalidArgument");
}

TEST(RestoreObject, IsForArchivedObjectsOnly) {
  Loopback server;
  server.put("/bucket/key", "x");
  const Answer standard = server.post(kTarget, restore(1));
  EXPECT_EQ(standard.outcome(), "403 InvalidObjectState");
  EXPECT_EQ(standard.element("Message"),
            "Restore is not allowed for the object's current storage class");
  EXPECT_EQ(server.post("/bucket/nothing?restore", restore(1)).outcome(), "404 NoSuchKey");
}

TEST(RestoreObject, RefusesWrongRequests) {
  Loopback server;
  put_archived(server, "DEEP_ARCHIVE");
  EXPECT_EQ(server.post(kTarget, restore(1, "Expedited")).element("Message"),
            "Retrieval option is not supported by this storage class");
  EXPECT_EQ(server.post(kTarget, restore(0)).outcome(), "400 InvalidArgument");
  EXPECT_EQ(server.post(kTarget, "").outcome(), "400 MalformedXML");
  EXPECT_EQ(server.post(kTarget, "<RestoreRequest><Type>SELECT</Type></RestoreRequest>").outcome(),
            "501 NotImplemented");
}

TEST(RestoreObject, IsNotForStrangers) {
  Loopback server;
  put_archived(server);
  EXPECT_EQ(
      outcomes_of_strangers(server, {.method = "POST", .target = kTarget, .body = restore(1)}),
      kAllRefused);
}

}  // namespace
}  // namespace pail::test
