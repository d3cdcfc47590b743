#include "access/bucket_settings.h"

#include <gtest/gtest.h>

namespace pail::access {
namespace {

TEST(OwnershipControls, ComeBackAsTheyWereGiven) {
  for (const auto ownership :
       {ObjectOwnership::kBucketOwnerEnforced, ObjectOwnership::kBucketOwnerPreferred,
        ObjectOwnership::kObjectWriter}) {
    const auto again = parse_ownership_controls(render_ownership_controls(ownership));
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, ownership);
  }
}

TEST(OwnershipControls, UnknownOrSeveralRulesAreMalformed) {
  const std::string rule = "<Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>";
  for (const std::string& rules :
       {std::string(), std::string("<Rule><ObjectOwnership>Mine</ObjectOwnership></Rule>"),
        rule + rule}) {
    const auto parsed =
        parse_ownership_controls("<OwnershipControls>" + rules + "</OwnershipControls>");
    ASSERT_FALSE(parsed) << rules;
    EXPECT_EQ(parsed.error().code, S3ErrorCode::MalformedXML);
  }
}

TEST(OwnershipHeader, UnknownValueIsRefusedAsRecorded) {
  const auto parsed = parse_ownership_header("RandomValue");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, S3ErrorCode::InvalidArgument);
  EXPECT_EQ(parsed.error().message, "Invalid x-amz-object-ownership header: RandomValue");
}

TEST(PublicAccessBlockDocument, WhatItLeavesOutIsOff) {
  const auto block = parse_public_access_block(
      "<PublicAccessBlockConfiguration><BlockPublicAcls>TRUE</BlockPublicAcls>"
      "<RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>");
  ASSERT_TRUE(block);
  EXPECT_EQ(*block, (PublicAccessBlock{true, false, false, false}));
  EXPECT_EQ(*parse_public_access_block(render_public_access_block(*block)), *block);
}

TEST(PublicAccessBlockDocument, EmptyOrWrongValuesAreMalformed) {
  for (const char* text : {"<PublicAccessBlockConfiguration/>", "",
                           "<PublicAccessBlockConfiguration><BlockPublicAcls>maybe"
                           "</BlockPublicAcls></PublicAccessBlockConfiguration>"}) {
    const auto block = parse_public_access_block(text);
    ASSERT_FALSE(block) << text;
    EXPECT_EQ(block.error().code, S3ErrorCode::MalformedXML);
  }
}

}  // namespace
}  // namespace pail::access
