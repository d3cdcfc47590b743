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

using Names = std::vector<std::string>;

class ListObjects : public ::testing::Test {
 protected:
  void put(const Names& keys) {
    for (const std::string& key : keys) {
      ASSERT_EQ(send(server_, "PUT", "/bucket/" + text::percent_encode_path(key), {}, "content 123")
                    .status,
                200);
    }
  }
  Answer list(const std::string& query = "") {
    return send(server_, "GET", "/bucket" + (query.empty() ? "" : "?" + query));
  }

 private:
  Loopback server_;
};

TEST_F(ListObjects, EmptyBucketHasNoContents) {
  EXPECT_EQ(list().body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            "<Name>bucket</Name><Prefix></Prefix><Marker></Marker><MaxKeys>1000</MaxKeys>"
            "<IsTruncated>false</IsTruncated></ListBucketResult>");
}

TEST_F(ListObjects, EveryEntryHasItsOwner) {
  put({"a"});
  const Answer answer = list();
  EXPECT_EQ(answer.element("ID").size(), 64U);
  EXPECT_TRUE(elements(answer, "KeyCount").empty());
}

TEST_F(ListObjects, NextMarkerIsGivenWithADelimiterOnly) {
  put({"test_0", "test_1", "test_2"});
  EXPECT_EQ(list("max-keys=1&delimiter=/").element("NextMarker"), "test_0");
  const Answer rest = list("max-keys=1&marker=test_0");
  EXPECT_EQ(elements(rest, "Key"), (Names{"test_1"}));
  EXPECT_EQ(rest.element("Marker"), "test_0");
  EXPECT_EQ(rest.element("IsTruncated"), "true");
  EXPECT_TRUE(elements(rest, "NextMarker").empty());
}

TEST_F(ListObjects, NextMarkerOfACommonPrefixGoesOnBehindIt) {
  put({"folder/aSub/1", "folder/aSub/2", "folder/file1", "folder/file2"});
  const std::string query = "prefix=folder/&delimiter=/&max-keys=1";
  const Answer first = list(query);
  EXPECT_EQ(first.element("NextMarker"), "folder/aSub/");
  EXPECT_EQ(elements(list(query + "&marker=folder/aSub/"), "Key"), (Names{"folder/file1"}));
  EXPECT_EQ(list(query + "&marker=folder/file1").element("IsTruncated"), "false");
}

TEST_F(ListObjects, MarkerInsideACommonPrefixGoesOnBehindIt) {
  put({"folder/aSub/1", "folder/aSub/2", "folder/file1"});
  EXPECT_EQ(elements(list("prefix=folder/&delimiter=/&max-keys=1&marker=folder/aSub/1"), "Key"),
            (Names{"folder/file1"}));
}

TEST_F(ListObjects, UrlEncodingCoversMarkers) {
  put({"a b/1", "a c", "a d"});
  const Answer answer = list("encoding-type=url&delimiter=/&max-keys=1&marker=a%20b/");
  EXPECT_EQ(answer.element("Marker"), "a+b/");
  EXPECT_EQ(answer.element("NextMarker"), "a+c");
  EXPECT_EQ(answer.element("Delimiter"), "/");
}

TEST_F(ListObjects, OtherEncodingIsInvalidArgument) {
  const Answer answer = list("encoding-type=value");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.element("ArgumentValue"), "value");
}

TEST_F(ListObjects, ParametersThatAreNotUtf8AreInvalidUri) {
  EXPECT_EQ(list("prefix=%FF").element("Code"), "InvalidURI");
}

}  // namespace
}  // namespace pail::operations
