#include "protocol/etag.h"

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

constexpr const char* kEtag = "9a0364b9e99bb480dd25e1f0284c8555";

TEST(Etag, IsQuotedAndUnquoted) {
  EXPECT_EQ(quote_etag("abc"), "\"abc\"");
  EXPECT_EQ(unquote_etag("\"abc\""), "abc");
  EXPECT_EQ(unquote_etag("abc"), "abc");
  EXPECT_EQ(unquote_etag(" \"abc\" "), "abc");
  EXPECT_EQ(unquote_etag(""), "");
  EXPECT_EQ(unquote_etag("\""), "");
}

TEST(Etag, OfAMultipartUploadCarriesThePartCount) {
  EXPECT_TRUE(is_multipart_etag("9a0364b9e99bb480dd25e1f0284c8555-2"));
  EXPECT_FALSE(is_multipart_etag(kEtag));
}

TEST(EtagList, MatchesWithAndWithoutQuotes) {
  const std::string quoted = quote_etag(kEtag);
  EXPECT_TRUE(etag_list_matches(quoted, kEtag, EtagComparison::kStrong));
  EXPECT_TRUE(etag_list_matches(kEtag, kEtag, EtagComparison::kStrong));
  EXPECT_FALSE(etag_list_matches("\"other\"", kEtag, EtagComparison::kStrong));
}

TEST(EtagList, MatchesAnyOfSeveral) {
  const std::string list = "\"one\" , \"" + std::string(kEtag) + "\",\"three\"";
  EXPECT_TRUE(etag_list_matches(list, kEtag, EtagComparison::kStrong));
  EXPECT_FALSE(etag_list_matches("\"one\",\"two\"", kEtag, EtagComparison::kStrong));
}

TEST(EtagList, StarMatchesWhateverIsThere) {
  EXPECT_TRUE(etag_list_matches("*", kEtag, EtagComparison::kStrong));
  EXPECT_TRUE(etag_list_matches(" * ", kEtag, EtagComparison::kWeak));
}

TEST(EtagList, WeakEtagMatchesOnlyInWeakComparison) {
  const std::string weak = "W/" + quote_etag(kEtag);
  EXPECT_TRUE(etag_list_matches(weak, kEtag, EtagComparison::kWeak));
  EXPECT_FALSE(etag_list_matches(weak, kEtag, EtagComparison::kStrong));
}

TEST(EtagList, EmptyListMatchesNothing) {
  EXPECT_FALSE(etag_list_matches("", kEtag, EtagComparison::kWeak));
  EXPECT_FALSE(etag_list_matches(",,", kEtag, EtagComparison::kWeak));
}

}  // namespace
}  // namespace pail::protocol
