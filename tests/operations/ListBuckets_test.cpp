#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/calls.h"
#include "text/percent.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::elements;
using test::Loopback;
using test::send;
using test::send_anonymously;

using Names = std::vector<std::string>;

TEST(ListBuckets, ShowsOwnerAndBucketsByName) {
  Loopback server;
  const Answer answer = send(server, "GET", "/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(elements(answer, "Name"), (Names{"bucket", "classic", "other", "public"}));
  EXPECT_EQ(answer.element("ID").size(), 64U);
  const std::string created = answer.element("CreationDate");
  EXPECT_EQ(created.size(), 24U);
  EXPECT_TRUE(created.ends_with(".000Z")) << created;
  EXPECT_TRUE(elements(answer, "BucketRegion").empty());
  EXPECT_TRUE(elements(answer, "ContinuationToken").empty());
  EXPECT_TRUE(elements(answer, "Prefix").empty());
}

TEST(ListBuckets, NoBucketsIsAnEmptyList) {
  Loopback server;
  for (const char* name : {"/bucket", "/classic", "/other", "/public"}) {
    ASSERT_EQ(send(server, "DELETE", name).status, 204);
  }
  const Answer answer = send(server, "GET", "/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find("<Buckets></Buckets>"), std::string::npos) << answer.body;
}

TEST(ListBuckets, PagesGoOnWhereTheLastEnded) {
  Loopback server;
  const Answer first = send(server, "GET", "/?max-buckets=2");
  EXPECT_EQ(elements(first, "Name"), (Names{"bucket", "classic"}));
  EXPECT_EQ(first.element("BucketRegion"), "us-east-1");
  const std::string token = first.element("ContinuationToken");
  ASSERT_FALSE(token.empty());
  const Answer second =
      send(server, "GET", "/?max-buckets=2&continuation-token=" + text::percent_encode_path(token));
  EXPECT_EQ(elements(second, "Name"), (Names{"other", "public"}));
  EXPECT_TRUE(elements(second, "ContinuationToken").empty());
}

TEST(ListBuckets, PrefixSelectsAndIsEchoed) {
  Loopback server;
  for (const char* name : {"/photos-2", "/photos-1"}) {
    ASSERT_EQ(send(server, "PUT", name).status, 200);
  }
  const Answer answer = send(server, "GET", "/?prefix=photos");
  EXPECT_EQ(elements(answer, "Name"), (Names{"photos-1", "photos-2"}));
  EXPECT_EQ(answer.element("Prefix"), "photos");
  EXPECT_TRUE(elements(send(server, "GET", "/?prefix=PHOTOS"), "Name").empty());
}

TEST(ListBuckets, RegionSelects) {
  Loopback server;
  EXPECT_EQ(elements(send(server, "GET", "/?bucket-region=us-east-1"), "Name"),
            (Names{"bucket", "classic", "other", "public"}));
  EXPECT_TRUE(elements(send(server, "GET", "/?bucket-region=eu-west-1"), "Name").empty());
  const Answer answer = send(server, "GET", "/?bucket-region=eu-east-1");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.element("Message"), "Argument value eu-east-1 is not a valid AWS Region");
  EXPECT_EQ(answer.element("ArgumentName"), "bucket-region");
}

TEST(ListBuckets, EmptyTokenStartsAtTheBeginning) {
  Loopback server;
  EXPECT_EQ(elements(send(server, "GET", "/?continuation-token="), "Name"),
            (Names{"bucket", "classic", "other", "public"}));
}

TEST(ListBuckets, TokenThatIsNoneIsInvalidArgument) {
  Loopback server;
  const Answer answer = send(server, "GET", "/?continuation-token=photos");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.element("Code"), "InvalidArgument");
  EXPECT_EQ(answer.element("ArgumentName"), "continuation-token");
}

TEST(ListBuckets, MaxBucketsIsOneToTenThousand) {
  Loopback server;
  for (const char* wrong : {"0", "10001", "-1", "many"}) {
    const Answer answer = send(server, "GET", std::string("/?max-buckets=") + wrong);
    EXPECT_EQ(answer.status, 400) << wrong;
    EXPECT_EQ(answer.element("ArgumentValue"), wrong);
  }
  EXPECT_EQ(send(server, "GET", "/?max-buckets=10000").status, 200);
}

TEST(ListBuckets, StrangersMayNot) {
  Loopback server;
  EXPECT_EQ(send_anonymously(server, "GET", "/").status, 403);
}

}  // namespace
}  // namespace pail::operations
