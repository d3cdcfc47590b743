#include "control_fixture.h"

namespace pail::control {
namespace {

TEST_F(ControlTest, MakesAndDropsSpaces) {
  const Json made = call_json("PUT", "/spaces/one");
  EXPECT_EQ(made["access_key_ids"], Json::array({"AKID.one"}));
  EXPECT_EQ(call_json("GET", "/spaces")["spaces"].size(), 2U);
  EXPECT_EQ(call("DELETE", "/spaces/one").status, 204);
  EXPECT_EQ(call("DELETE", "/spaces/one").status, 404);
  EXPECT_EQ(call_json("GET", "/spaces")["spaces"].size(), 1U);
}

TEST_F(ControlTest, BeginsASpaceWithTheBucketsOfTheServer) {
  call("PUT", "/spaces/one");
  EXPECT_TRUE(spaces->find("one")->store().find_bucket("photos"));
}

TEST_F(ControlTest, KeepsTheSpaceAtHome) {
  EXPECT_EQ(call("DELETE", "/spaces/default").status, 400);
}

TEST_F(ControlTest, RefusesNamesThatLeadAstray) {
  EXPECT_EQ(call("PUT", "/spaces/..").status, 400);
  EXPECT_EQ(call("PUT", "/spaces/a.b").status, 400);
  EXPECT_EQ(call("PUT", "/spaces/" + std::string(65, 'a')).status, 400);
}

}  // namespace
}  // namespace pail::control
