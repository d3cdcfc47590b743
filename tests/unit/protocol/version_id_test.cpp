#include "protocol/version_id.h"

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

const std::string kToken(kVersionTokenCharacters, 'x');

TEST(VersionId, ProvesItself) {
  const std::string id = seal_version_id(kToken);
  EXPECT_TRUE(is_version_id(id));
  EXPECT_TRUE(is_version_id("null"));
  EXPECT_FALSE(is_version_id(""));
  EXPECT_FALSE(is_version_id("HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD"));
  std::string mistyped = id;
  mistyped[3] = 'y';
  EXPECT_FALSE(is_version_id(mistyped));
}

TEST(VersionId, OfARequestIsReadOrRefusedAsRecorded) {
  const std::string id = seal_version_id(kToken);
  EXPECT_EQ(*parse_version_id(*Query::parse("versionId=" + id)), id);
  EXPECT_EQ(*parse_version_id(*Query::parse("prefix=a")), std::nullopt);
  const auto empty = parse_version_id(*Query::parse("versionId="));
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().message, "Version id cannot be the empty string");
  const auto invented =
      parse_version_id(*Query::parse("versionId=HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD"));
  ASSERT_FALSE(invented);
  EXPECT_EQ(invented.error().message, "Invalid version id specified");
}

}  // namespace
}  // namespace pail::protocol
