#include "operations/multipart_fixture.h"

namespace pail::test {
namespace {

using AbortMultipartUpload = MultipartTest;

TEST_F(AbortMultipartUpload, DropsTheUpload) {
  const std::string id = create("k");
  upload("k", id, 1, "x");
  EXPECT_EQ(server_.remove("/bucket/k?uploadId=" + id).outcome(), "204");
  EXPECT_EQ(server_.get("/bucket/k?uploadId=" + id).outcome(), "404 NoSuchUpload");
  EXPECT_EQ(server_.get("/bucket/k").outcome(), "404 NoSuchKey");
}

TEST_F(AbortMultipartUpload, UnknownUploadIsNoSuchUpload) {
  const Answer answer = server_.remove("/bucket/k?uploadId=unknown");
  EXPECT_EQ(answer.outcome(), "404 NoSuchUpload");
  EXPECT_EQ(answer.element("UploadId"), "unknown");
}

TEST_F(AbortMultipartUpload, CompletedUploadIsNoSuchUpload) {
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "x");
  complete("k", id, {{1, etag}});
  EXPECT_EQ(server_.remove("/bucket/k?uploadId=" + id).outcome(), "404 NoSuchUpload");
  EXPECT_EQ(server_.get("/bucket/k").body, "x");
}

}  // namespace
}  // namespace pail::test
