#include "model/region.h"

#include <gtest/gtest.h>

namespace pail::model {
namespace {

TEST(Region, RegionsOfAwsAreKnown) {
  for (const char* name : {"us-east-1", "af-south-1", "us-west-2", "eu-west-1", "cn-north-1"}) {
    EXPECT_TRUE(is_aws_region(name)) << name;
  }
}

TEST(Region, OtherNamesAreNot) {
  for (const char* name : {"", "EU", "eu-east-1", "aws-global", "auto", "local", "US-EAST-1"}) {
    EXPECT_FALSE(is_aws_region(name)) << name;
  }
}

}  // namespace
}  // namespace pail::model
