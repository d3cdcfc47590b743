#include <string>

#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"

namespace pail::test {
namespace {

TEST(GetObjectLockConfiguration, ShowsWhatWasPut) {
  Loopback server;
  make_locked_bucket(server);
  const Answer plain = server.get("/locked?object-lock");
  EXPECT_EQ(plain.element("ObjectLockEnabled"), "Enabled");
  EXPECT_EQ(plain.body.find("<Rule>"), std::string::npos);
  put_whole(server, "/locked?object-lock",
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>"
            "<DefaultRetention><Mode>GOVERNANCE</Mode><Years>7</Years></DefaultRetention></Rule>"
            "</ObjectLockConfiguration>");
  EXPECT_EQ(server.get("/locked?object-lock").element("DefaultRetention"),
            "<Mode>GOVERNANCE</Mode><Years>7</Years>");
}

TEST(GetObjectLockConfiguration, OfABucketWithoutIsNotFound) {
  Loopback server;
  const Answer answer = server.get("/bucket?object-lock");
  EXPECT_EQ(answer.outcome(), "404 ObjectLockConfigurationNotFoundError");
  EXPECT_EQ(answer.element("Message"), "Object Lock configuration does not exist for this bucket");
  EXPECT_EQ(answer.element("BucketName"), "bucket");
}

TEST(GetObjectLockConfiguration, IsNotForStrangers) {
  Loopback server;
  make_locked_bucket(server);
  EXPECT_EQ(outcomes_of_strangers(server, {.target = "/locked?object-lock"}), kAllRefused);
}

}  // namespace
}  // namespace pail::test
