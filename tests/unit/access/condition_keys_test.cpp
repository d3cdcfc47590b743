#include "access/condition_keys.h"

#include <gtest/gtest.h>

namespace pail::access {
namespace {

bool applies(std::string_view key, std::string_view action) {
  const auto* spec = find_condition_key(ConditionKey::parse(key));
  EXPECT_NE(spec, nullptr) << key;
  return spec != nullptr && spec->applies_to(action);
}

TEST(ConditionKeys, AreKnownWhateverTheirCase) {
  for (const char* key : {"s3:prefix", "s3:VersionId", "S3:X-Amz-Acl", "aws:SourceIp",
                          "aws:Whatever", "s3:ExistingObjectTag/Team", "ec2:SourceInstanceARN",
                          "cognito-identity.amazonaws.com:sub"}) {
    EXPECT_NE(find_condition_key(ConditionKey::parse(key)), nullptr) << key;
  }
  for (const char* key : {"s3:VersionStatus", "s3:ExistingObjectTag/", "s3:ExistingObjectTag",
                          "aws:", "prefix", "", "s3:prefix/x"}) {
    EXPECT_EQ(find_condition_key(ConditionKey::parse(key)), nullptr) << key;
  }
}

// As AWS was seen to accept and refuse them in policies.
TEST(ConditionKeys, ApplyToTheActionsThatCanCarryThem) {
  EXPECT_TRUE(applies("s3:ExistingObjectTag/a", "s3:getobject"));
  EXPECT_TRUE(applies("s3:ExistingObjectTag/a", "s3:getobjectattributes"));
  EXPECT_FALSE(applies("s3:ExistingObjectTag/a", "s3:putobject"));
  EXPECT_FALSE(applies("s3:ExistingObjectTag/a", "s3:deleteobject"));
  EXPECT_FALSE(applies("s3:ExistingObjectTag/a", "s3:getobjectretention"));
  EXPECT_FALSE(applies("s3:RequestObjectTag/a", "s3:putobjectacl"));
  EXPECT_TRUE(applies("s3:RequestObjectTag/a", "s3:putobjecttagging"));
  EXPECT_TRUE(applies("s3:x-amz-acl", "s3:putobject"));
  EXPECT_FALSE(applies("s3:x-amz-acl", "s3:getobject"));
  EXPECT_FALSE(applies("s3:x-amz-acl", "s3:putobjecttagging"));
  EXPECT_TRUE(applies("s3:prefix", "s3:listbucket"));
  EXPECT_FALSE(applies("s3:prefix", "s3:listbucketmultipartuploads"));
  EXPECT_TRUE(applies("s3:TlsVersion", "s3:deletebucket"));
  EXPECT_TRUE(applies("aws:SourceIp", "s3:deletebucket"));
  EXPECT_FALSE(applies("s3:prefix", "listbucket"));
}

TEST(ConditionKeys, AddressesAreTold) {
  EXPECT_TRUE(is_address_key(ConditionKey::parse("aws:SourceIp")));
  EXPECT_FALSE(is_address_key(ConditionKey::parse("aws:SourceVpc")));
}

}  // namespace
}  // namespace pail::access
