#include "control/drop_in.h"

#include "control_fixture.h"
#include "task/task.h"

namespace pail::control {
namespace {

TEST_F(ControlTest, AnswersTheHealthChecksOfMinio) {
  EXPECT_EQ(send("GET", "/minio/health/live", from_localhost()).status, 200);
  EXPECT_EQ(send("HEAD", "/minio/health/ready", from_localhost()).status, 200);
  is_ready = false;
  EXPECT_EQ(send("GET", "/minio/health/live", from_localhost()).status, 503);
}

TEST_F(ControlTest, AnswersTheHealthCheckOfLocalStack) {
  const auto response = send("GET", "/_localstack/health", from_localhost());
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(Json::parse(response.body)["services"]["s3"], "running");
}

TEST_F(ControlTest, ResetsAsMotoDoesForProgramsOfThisMachine) {
  model::Bucket bucket;
  bucket.name = "later";
  ASSERT_TRUE(task::run_blocking(spaces->home().store().create_bucket(bucket)));
  EXPECT_EQ(send("POST", "/moto-api/reset", from_localhost(), "192.0.2.1").status, 403);
  http::HeaderMap page = from_localhost();
  page.add("Origin", "http://evil.test");
  EXPECT_EQ(send("POST", "/moto-api/reset", page, "127.0.0.1").status, 403);
  EXPECT_TRUE(spaces->home().store().find_bucket("later"));
  const auto response = send("POST", "/moto-api/reset", from_localhost(), "127.0.0.1");
  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(Json::parse(response.body)["status"], "ok");
  EXPECT_FALSE(spaces->home().store().find_bucket("later"));
  EXPECT_TRUE(spaces->home().store().find_bucket("photos"));
}

TEST_F(ControlTest, LeavesSignedRequestsToABucketOfThatNameAlone) {
  http::HeaderMap headers = from_localhost();
  headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=AKID/20261124/us-east-1/s3/x");
  EXPECT_NE(send("GET", "/minio/health/live", headers).status, 200);
  EXPECT_NE(send("GET", "/minio/health/live?X-Amz-Signature=0", from_localhost()).status, 200);
}

TEST_F(ControlTest, LeavesABucketOfThatNameAlone) {
  model::Bucket bucket;
  bucket.name = "minio";
  ASSERT_TRUE(task::run_blocking(spaces->home().store().create_bucket(bucket)));
  EXPECT_EQ(send("GET", "/minio/health/live", from_localhost()).status, 403);
}

}  // namespace
}  // namespace pail::control
