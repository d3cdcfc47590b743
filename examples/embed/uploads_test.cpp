#include <string>

#include <gtest/gtest.h>
#include <pail/server.h>

// A server of its own for each test: in memory, on a free port.
struct Uploads : testing::Test {
  pail::Server server = *pail::Server::start({.buckets = {{"photos"}}});
};

TEST_F(Uploads, HaveAnEndpointAndABucket) {
  EXPECT_EQ(server.endpoint().substr(0, 17), "http://127.0.0.1:");
  EXPECT_EQ(server.bucket_names(), std::vector<std::string>{"photos"});
}

TEST_F(Uploads, CanBeMadeToFail) {
  const auto added =
      server.control("POST", "/faults", R"({"operation": "PutObject", "error": "SlowDown"})");
  EXPECT_EQ(added.status, 201) << added.body;
}

TEST_F(Uploads, GoByAClockThatCanBeMoved) {
  const auto moved = server.control(
      "PUT", "/clock", R"({"time": "2030-01-01T00:00:00Z", "frozen": true, "settle": false})");
  EXPECT_NE(moved.body.find("2030-01-01"), std::string::npos) << moved.body;
}

TEST_F(Uploads, ShareNothingWithAnotherServer) {
  const auto other = pail::Server::start({.buckets = {{"music"}}});
  ASSERT_TRUE(other) << other.error();
  EXPECT_NE(other->endpoint(), server.endpoint());
  EXPECT_EQ(other->bucket_names(), std::vector<std::string>{"music"});
}

TEST(Start, SaysWhatIsWrong) {
  const auto started = pail::Server::start({.buckets = {{"NOT A NAME"}}});
  ASSERT_FALSE(started);
  EXPECT_NE(started.error().find("NOT A NAME"), std::string::npos);
}
