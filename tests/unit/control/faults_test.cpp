#include "control_fixture.h"

namespace pail::control {
namespace {

struct FaultsTest : ControlTest {};

TEST_F(FaultsTest, AreAddedListedAndRemoved) {
  const Json added =
      call_json("POST", "/faults", R"({"operation":"PutObject","error":"SlowDown"})");
  ASSERT_EQ(added["ids"].size(), 1U);
  const Json rules = call_json("GET", "/faults")["rules"];
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0]["error"], "SlowDown");
  EXPECT_EQ(rules[0]["fired"], 0);
  const std::string id = added["ids"][0];
  EXPECT_EQ(call("DELETE", "/faults/" + id).status, 204);
  EXPECT_EQ(call("DELETE", "/faults/" + id).status, 404);
}

TEST_F(FaultsTest, AreTakenAsAListToo) {
  const std::string rules =
      R"([{"operation":"PutObject","error":"SlowDown"},{"operation":"GetObject","error":"NoSuchKey"}])";
  EXPECT_EQ(call_json("POST", "/faults", rules)["ids"].size(), 2U);
  EXPECT_EQ(call_json("POST", "/faults", "{\"rules\":" + rules + "}")["ids"].size(), 2U);
  EXPECT_EQ(call("DELETE", "/faults").status, 204);
  EXPECT_EQ(call_json("GET", "/faults")["rules"].size(), 0U);
}

TEST_F(FaultsTest, AreRefusedWithAReasonWhereTheyMeanNothing) {
  const Reply refused = call("POST", "/faults", R"({"operation":"PutObjekt","error":"SlowDown"})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("PutObjekt"), std::string::npos) << refused.body;
  EXPECT_EQ(call("POST", "/faults", R"({"no":"rule"})").status, 400);
}

TEST_F(FaultsTest, ComeAsReadyMadeScenarios) {
  const Json scenarios = call_json("GET", "/scenarios")["scenarios"];
  EXPECT_EQ(scenarios.size(), 4U);
  for (const Json& scenario : scenarios) {
    const std::string name = scenario["name"];
    const Json added = call_json("POST", "/faults", R"({"scenario":")" + name + R"(","seed":7})");
    EXPECT_GT(added["ids"].size(), 0U) << name;
    call("DELETE", "/faults");
  }
  const Reply refused = call("POST", "/faults", R"({"scenario":"doomsday"})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("flaky-network"), std::string::npos) << refused.body;
  EXPECT_EQ(call("POST", "/faults", R"({"scenario":"outage","seed":"x"})").status, 400);
  EXPECT_EQ(call("POST", "/faults", R"({"scenario":"outage","sed":1})").status, 400);
}

TEST_F(FaultsTest, StayInTheirSpace) {
  call("PUT", "/spaces/one");
  call("POST", "/faults?space=one", R"({"operation":"PutObject","error":"SlowDown"})");
  EXPECT_EQ(call_json("GET", "/faults?space=one")["rules"].size(), 1U);
  EXPECT_EQ(call_json("GET", "/faults")["rules"].size(), 0U);
}

TEST_F(FaultsTest, HitRequests) {
  call("POST", "/faults", R"({"operation":"ListBuckets","error":"SlowDown"})");
  const auto response = send("GET", "/", from_localhost());
  EXPECT_NE(response.body.find("SlowDown"), std::string::npos) << response.body;
  EXPECT_EQ(call_json("GET", "/faults")["rules"][0]["fired"], 1);
}

}  // namespace
}  // namespace pail::control
