#include <string>

#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"

namespace pail::test {
namespace {

TEST(GetObjectLegalHold, ShowsOnAndOff) {
  Loopback server;
  make_locked_bucket(server);
  put_whole(server, "/locked/on", "x", {{"x-amz-object-lock-legal-hold", "ON"}});
  put_whole(server, "/locked/off", "x", {{"x-amz-object-lock-legal-hold", "OFF"}});
  EXPECT_EQ(server.get("/locked/on?legal-hold").element("Status"), "ON");
  EXPECT_EQ(server.get("/locked/off?legal-hold").element("Status"), "OFF");
}

TEST(GetObjectLegalHold, ThatWasNeverSetIsNotFound) {
  Loopback server;
  make_locked_bucket(server);
  server.put("/locked/key", "x");
  server.put("/bucket/key", "x");
  EXPECT_EQ(server.get("/locked/key?legal-hold").outcome(), "404 NoSuchObjectLockConfiguration");
  EXPECT_EQ(server.get("/bucket/key?legal-hold").outcome(), "400 InvalidRequest");
}

TEST(GetObjectLegalHold, IsNotForStrangers) {
  Loopback server;
  make_locked_bucket(server);
  put_whole(server, "/locked/key", "x", {{"x-amz-object-lock-legal-hold", "ON"}});
  EXPECT_EQ(outcomes_of_strangers(server, {.target = "/locked/key?legal-hold"}), kAllRefused);
}

}  // namespace
}  // namespace pail::test
