#include "control_fixture.h"
#include "time/date.h"

namespace pail::control {
namespace {

TEST_F(ControlTest, FreezesTheClockAtATime) {
  const Json json =
      call_json("PUT", "/clock", R"({"time":"2030-01-01T00:00:00Z","frozen":true,"settle":false})");
  EXPECT_EQ(json["now"], "2030-01-01T00:00:00.000Z");
  EXPECT_EQ(json["frozen"], true);
  EXPECT_EQ(call_json("GET", "/clock")["now"], "2030-01-01T00:00:00.000Z");
  EXPECT_EQ(time::format_iso8601(spaces->home().clock().now()), "2030-01-01T00:00:00.000Z");
}

TEST_F(ControlTest, MovesTheClockOn) {
  call("PUT", "/clock", R"({"time":"2030-01-01T00:00:00Z","frozen":true,"settle":false})");
  EXPECT_EQ(call_json("PUT", "/clock", R"({"advance_s":86400.5,"settle":false})")["now"],
            "2030-01-02T00:00:00.500Z");
  EXPECT_EQ(call_json("PUT", "/clock", R"({"advance_s":-86400.5,"settle":false})")["now"],
            "2030-01-01T00:00:00.000Z");
}

TEST_F(ControlTest, LetsTheClockFollowTheMachineAgain) {
  call("PUT", "/clock", R"({"time":"2030-01-01T00:00:00Z","speed":1000,"settle":false})");
  EXPECT_EQ(call_json("GET", "/clock")["adjusted"], true);
  EXPECT_EQ(call_json("DELETE", "/clock")["adjusted"], false);
}

TEST_F(ControlTest, RefusesMovesThatMeanNothing) {
  EXPECT_EQ(call("PUT", "/clock").status, 400);
  EXPECT_EQ(call("PUT", "/clock", R"({"time":"tomorrow"})").status, 400);
  EXPECT_EQ(call("PUT", "/clock", R"({"speed":-1})").status, 400);
  EXPECT_EQ(call("PUT", "/clock", R"({"advance_s":1e300})").status, 400);
  EXPECT_EQ(call("PUT", "/clock", R"({"frozen":true,"speed":1})").status, 400);
}

TEST_F(ControlTest, GivesEverySpaceItsOwnClock) {
  call("PUT", "/spaces/one");
  call("PUT", "/clock?space=one",
       R"({"time":"2030-01-01T00:00:00Z","frozen":true,"settle":false})");
  EXPECT_EQ(call_json("GET", "/clock?space=one")["adjusted"], true);
  EXPECT_EQ(call_json("GET", "/clock")["adjusted"], false);
  EXPECT_EQ(call("GET", "/clock?space=two").status, 404);
}

}  // namespace
}  // namespace pail::control
