#include <gtest/gtest.h>

#include "support/loopback.h"

namespace pail::test {
namespace {

TEST(HeadObject, SaysWhatGetWouldSayWithoutTheBytes) {
  Loopback server;
  server.put("/bucket/key", "hello", {{"Content-Type", "text/plain"}, {"x-amz-meta-a", "b"}});
  const Answer head = server.head("/bucket/key", {{"x-amz-checksum-mode", "ENABLED"}});
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  const Answer get = server.get("/bucket/key", {{"x-amz-checksum-mode", "ENABLED"}});
  for (const char* name :
       {"Content-Length", "Content-Type", "ETag", "Last-Modified", "x-amz-meta-a",
        "x-amz-checksum-crc64nvme", "Accept-Ranges", "x-amz-server-side-encryption"}) {
    EXPECT_NE(head.header(name), "") << name;
    EXPECT_EQ(head.header(name), get.header(name)) << name;
  }
}

TEST(HeadObject, RangeIsAnsweredInPart) {
  Loopback server;
  server.put("/bucket/key", "0123456789");
  const Answer head = server.head("/bucket/key", {{"Range", "bytes=2-4"}});
  EXPECT_EQ(head.status, 206);
  EXPECT_EQ(head.header("Content-Length"), "3");
  EXPECT_EQ(head.header("Content-Range"), "bytes 2-4/10");
}

TEST(HeadObject, ErrorsHaveNoBody) {
  Loopback server;
  const Answer missing = server.head("/bucket/nothing");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.body, "");
  server.put("/bucket/key", "x");
  const Answer failed = server.head("/bucket/key", {{"If-Match", "\"other\""}});
  EXPECT_EQ(failed.status, 412);
  EXPECT_EQ(failed.body, "");
  EXPECT_EQ(server.head("/bucket/key", {{"Range", "bytes=5-"}}).status, 416);
}

TEST(HeadObject, OfAnArchivedObjectIsAnswered) {
  Loopback server;
  server.put("/bucket/key", "x", {{"x-amz-storage-class", "GLACIER"}});
  const Answer head = server.head("/bucket/key");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("x-amz-storage-class"), "GLACIER");
}

}  // namespace
}  // namespace pail::test
