#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::Loopback;
using test::send;

TEST(GetBucketLocation, FirstRegionIsAnEmptyElement) {
  Loopback server;
  const Answer answer = send(server, "GET", "/bucket?location");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "application/xml");
  EXPECT_EQ(answer.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>");
}

TEST(GetBucketLocation, OtherRegionIsNamed) {
  Loopback server("eu-west-1");
  EXPECT_EQ(send(server, "GET", "/bucket?location").body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">eu-west-1"
            "</LocationConstraint>");
}

TEST(GetBucketLocation, UnknownBucketIsNoSuchBucket) {
  Loopback server;
  EXPECT_EQ(send(server, "GET", "/unknown?location").element("Code"), "NoSuchBucket");
}

}  // namespace
}  // namespace pail::operations
