#include "access/s3_actions.h"

#include <gtest/gtest.h>

namespace pail::access {
namespace {

TEST(S3Actions, KnowWhatTheyWorkOn) {
  EXPECT_TRUE(find_actions("s3:GetObject")->on_objects);
  EXPECT_FALSE(find_actions("s3:GetObject")->on_buckets);
  EXPECT_TRUE(find_actions("S3:listbucket")->on_buckets);
  EXPECT_FALSE(find_actions("s3:ListBucket")->on_objects);
  EXPECT_TRUE(find_actions("s3:Get*")->on_objects);
  EXPECT_TRUE(find_actions("s3:Get*")->on_buckets);
  EXPECT_TRUE(find_actions("*")->on_buckets);
}

TEST(S3Actions, MisspelledOnesAreNotFound) {
  EXPECT_FALSE(find_actions("s3:GetObjects"));
  EXPECT_FALSE(find_actions("GetObject"));
  EXPECT_FALSE(find_actions("ec2:*"));
  EXPECT_FALSE(find_actions(""));
  EXPECT_FALSE(find_actions("s3:ListAllMyBuckets")) << "is no action on a bucket";
}

}  // namespace
}  // namespace pail::access
