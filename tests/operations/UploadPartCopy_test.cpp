#include "operations/multipart_fixture.h"

namespace pail::test {
namespace {

class UploadPartCopy : public MultipartTest {
 protected:
  void SetUp() override {
    server_.put("/bucket/source", "0123456789");
    id_ = create("k");
  }

  Answer copy(const Headers& more = {}, const std::string& source = "/bucket/source") {
    Headers headers = {{"x-amz-copy-source", source}};
    headers.insert(headers.end(), more.begin(), more.end());
    return server_.put(part_target("k", id_, 1), "", headers);
  }

  std::string id_;
};

TEST_F(UploadPartCopy, TakesTheWholeSource) {
  const Answer answer = copy();
  EXPECT_EQ(answer.outcome(), "200");
  EXPECT_EQ(complete("k", id_, {{1, answer.element("ETag")}}).outcome(), "200");
  EXPECT_EQ(server_.get("/bucket/k").body, "0123456789");
}

TEST_F(UploadPartCopy, TakesARangeOfTheSource) {
  const Answer answer = copy({{"x-amz-copy-source-range", "bytes=2-4"}});
  EXPECT_EQ(answer.outcome(), "200");
  complete("k", id_, {{1, answer.element("ETag")}});
  EXPECT_EQ(server_.get("/bucket/k").body, "234");
}

TEST_F(UploadPartCopy, PartOutlivesItsSource) {
  const Answer answer = copy();
  server_.remove("/bucket/source");
  complete("k", id_, {{1, answer.element("ETag")}});
  EXPECT_EQ(server_.get("/bucket/k").body, "0123456789");
}

TEST_F(UploadPartCopy, RangeBeyondTheSourceIsRefusedAsRecorded) {
  const Answer answer = copy({{"x-amz-copy-source-range", "bytes=0-100"}});
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("Message"),
            "Range specified is not valid for source object of size: 10");
}

TEST_F(UploadPartCopy, MalformedRangeIsInvalidArgument) {
  EXPECT_EQ(copy({{"x-amz-copy-source-range", "0-8"}}).outcome(), "400 InvalidArgument");
}

TEST_F(UploadPartCopy, MissingSourceIsNoSuchKey) {
  EXPECT_EQ(copy({}, "/bucket/missing").outcome(), "404 NoSuchKey");
  EXPECT_EQ(copy({}, "/missing-bucket/k").outcome(), "404 NoSuchBucket");
}

TEST_F(UploadPartCopy, FailedSourceConditionIsPreconditionFailed) {
  EXPECT_EQ(copy({{"x-amz-copy-source-if-match", "\"other\""}}).outcome(),
            "412 PreconditionFailed");
}

}  // namespace
}  // namespace pail::test
