#include "model/bucket_name.h"

#include <string>

#include <gtest/gtest.h>

namespace pail::model {
namespace {

TEST(BucketName, LettersDigitsDotsAndHyphensAreValid) {
  for (const char* name : {"abc", "photos", "my.bucket-2", "0a1", "a-b", "a.b.c.d", "1.2.3",
                           "x--s3", "xn-a", "192.168.5", "a.-b", "192.168.5.4a"}) {
    EXPECT_TRUE(is_valid_bucket_name(name)) << name;
  }
}

TEST(BucketName, LengthIsThreeToSixtyThree) {
  EXPECT_FALSE(is_valid_bucket_name(""));
  EXPECT_FALSE(is_valid_bucket_name("ab"));
  EXPECT_TRUE(is_valid_bucket_name(std::string(3, 'a')));
  EXPECT_TRUE(is_valid_bucket_name(std::string(63, 'a')));
  EXPECT_FALSE(is_valid_bucket_name(std::string(64, 'a')));
}

TEST(BucketName, OtherCharactersAreRefused) {
  for (const char* name : {"Abc", "abC", "a_b", "a b", "a/b", "a%b", "bücket", "a\tb", "abc\n"}) {
    EXPECT_FALSE(is_valid_bucket_name(name)) << name;
  }
  EXPECT_FALSE(is_valid_bucket_name(std::string_view("a\0b", 3)));
}

TEST(BucketName, BeginsAndEndsWithLetterOrDigit) {
  for (const char* name : {"-abc", "abc-", ".abc", "abc."}) {
    EXPECT_FALSE(is_valid_bucket_name(name)) << name;
  }
}

TEST(BucketName, TwoDotsInARowAreRefused) { EXPECT_FALSE(is_valid_bucket_name("a..b")); }

TEST(BucketName, FormOfAnIpv4AddressIsRefused) {
  EXPECT_FALSE(is_valid_bucket_name("192.168.5.4"));
  EXPECT_FALSE(is_valid_bucket_name("999.999.999.999"));
}

TEST(BucketName, ReservedPrefixesAndSuffixesAreRefused) {
  for (const char* name :
       {"xn--bucket", "sthree-bucket", "amzn-s3-demo-bucket", "bucket-s3alias", "bucket--ol-s3",
        "bucket.mrap", "bucket--use1-az4--x-s3", "bucket--table-s3"}) {
    EXPECT_FALSE(is_valid_bucket_name(name)) << name;
  }
}

}  // namespace
}  // namespace pail::model
