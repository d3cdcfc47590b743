#include "control/control.h"

#include "control_fixture.h"

namespace pail::control {
namespace {

TEST_F(ControlTest, AnswersHealthToEverybody) {
  const auto response = send("GET", "/_pail/health", from_localhost());
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "ok\n");
}

TEST_F(ControlTest, SaysWhetherItIsReady) {
  EXPECT_EQ(send("GET", "/_pail/ready", from_localhost()).status, 200);
  is_ready = false;
  EXPECT_EQ(send("GET", "/_pail/ready", from_localhost()).status, 503);
}

TEST_F(ControlTest, AnswersNothingElseWithoutTheToken) {
  EXPECT_EQ(send("GET", "/_pail/spaces", from_localhost()).status, 401);
  EXPECT_EQ(send("GET", "/_pail/there/is/no/such/thing", from_localhost()).status, 401);
  EXPECT_EQ(send("GET", "/_pail/spaces", with_token()).status, 200);
}

TEST_F(ControlTest, TakesTheTokenInAHeaderOfItsOwn) {
  http::HeaderMap headers = from_localhost();
  headers.add("x-pail-token", kToken);
  EXPECT_EQ(send("GET", "/_pail/spaces", headers).status, 200);
}

TEST_F(ControlTest, TurnsWebPagesOfOtherOriginsAway) {
  http::HeaderMap headers = with_token();
  headers.add("Origin", "http://evil.test");
  EXPECT_EQ(send("GET", "/_pail/spaces", headers).status, 403);
}

TEST_F(ControlTest, LetsAPageOfItsOwnIn) {
  http::HeaderMap headers = with_token();
  headers.add("Origin", "http://localhost:9000");
  EXPECT_EQ(send("GET", "/_pail/spaces", headers).status, 200);
}

TEST_F(ControlTest, TurnsAwayWhoseNameWasMadeToPointHere) {
  http::HeaderMap headers;
  headers.add("Host", "evil.test:9000");
  headers.add("x-pail-token", kToken);
  EXPECT_EQ(send("GET", "/_pail/spaces", headers).status, 403);
}

TEST_F(ControlTest, SaysWhatThereIsNot) {
  EXPECT_EQ(call("GET", "/nothing").status, 404);
  EXPECT_EQ(call("POST", "/clock").status, 405);
}

TEST_F(ControlTest, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(call("GET", "/clock?speed=2").status, 400);
  EXPECT_EQ(call("PUT", "/clock", R"({"sped":2})").status, 400);
  EXPECT_EQ(call("PUT", "/clock", R"({"speed":"2"})").status, 400);
  EXPECT_EQ(call("PUT", "/clock", "{").status, 400);
  EXPECT_EQ(call("PUT", "/clock", "[]").status, 400);
  EXPECT_EQ(call("GET", "/%zz").status, 400);
}

TEST_F(ControlTest, LeavesS3RequestsToS3) {
  EXPECT_EQ(send("GET", "/photos/_pail/health", from_localhost()).status, 403);
  EXPECT_EQ(send("GET", "/_pailed", from_localhost()).status, 400);
}

TEST_F(ControlTest, TakesAKeyUnderThePrefixForAKeyWhereTheHostNamesTheBucket) {
  http::HeaderMap headers;
  headers.add("Host", "photos.localhost:9000");
  EXPECT_EQ(send("GET", "/_pail/health", headers).status, 403);
}

}  // namespace
}  // namespace pail::control
