#include "protocol/query.h"

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

Query parsed(std::string_view raw) {
  auto query = Query::parse(raw);
  EXPECT_TRUE(query.has_value()) << raw;
  return query ? *query : Query{};
}

TEST(Query, NamesAndValuesAreDecoded) {
  EXPECT_EQ(parsed("prefix=a%2Fb&max-keys=5").find("prefix"), "a/b");
  EXPECT_EQ(parsed("prefix=a%2Fb&max-keys=5").find("max-keys"), "5");
}

TEST(Query, PlusIsASpace) {
  EXPECT_EQ(parsed("prefix=a+b").find("prefix"), "a b");
  EXPECT_EQ(parsed("prefix=a%2Bb").find("prefix"), "a+b");
  EXPECT_EQ(parsed("a+b=1").find("a b"), "1");
}

TEST(Query, NameWithoutValueIsThereAndEmpty) {
  const Query query = parsed("acl&tagging=");
  EXPECT_EQ(query.find("acl"), "");
  EXPECT_FALSE(query.parameters().at(0).has_value);
  EXPECT_EQ(query.find("tagging"), "");
  EXPECT_TRUE(query.parameters().at(1).has_value);
}

TEST(Query, ValueMayContainEquals) { EXPECT_EQ(parsed("marker=a=b").find("marker"), "a=b"); }

TEST(Query, EmptyPairsAreSkipped) { EXPECT_EQ(parsed("&&a=1&&").parameters().size(), 1U); }

TEST(Query, NamesAreCaseSensitive) { EXPECT_FALSE(parsed("Prefix=a").contains("prefix")); }

TEST(Query, BrokenEscapeIsInvalidUri) {
  const auto query = Query::parse("prefix=%zz");
  ASSERT_FALSE(query.has_value());
  EXPECT_EQ(query.error().code, S3ErrorCode::InvalidURI);
}

TEST(Query, BytesThatAreNotUtf8AreInvalidUri) {
  for (const char* raw : {"prefix=%FF", "%C3=1", "a=1&delimiter=%ED%A0%80"}) {
    const auto query = Query::parse(raw);
    ASSERT_FALSE(query.has_value()) << raw;
    EXPECT_EQ(query.error().code, S3ErrorCode::InvalidURI);
  }
  EXPECT_EQ(parsed("prefix=%F0%9F%98%80").find("prefix"), "\xF0\x9F\x98\x80");
}

}  // namespace
}  // namespace pail::protocol
