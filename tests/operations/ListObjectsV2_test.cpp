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

/// A server with a bucket that holds these keys.
class Bucket {
 public:
  explicit Bucket(const Names& keys) {
    for (const std::string& key : keys) {
      EXPECT_EQ(send(server_, "PUT", "/bucket/" + text::percent_encode_path(key), {}, "content 123")
                    .status,
                200);
    }
  }
  Answer list(const std::string& query = "") {
    return send(server_, "GET", "/bucket?list-type=2" + (query.empty() ? "" : "&" + query));
  }

 private:
  Loopback server_;
};

TEST(ListObjectsV2, EmptyBucketHasNoContents) {
  const Answer answer = Bucket({}).list();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "application/xml");
  EXPECT_EQ(answer.header("x-amz-bucket-region"), "us-east-1");
  EXPECT_EQ(answer.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            "<Name>bucket</Name><Prefix></Prefix><KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys>"
            "<IsTruncated>false</IsTruncated></ListBucketResult>");
}

TEST(ListObjectsV2, EntryHasAwsElementsInOrder) {
  const Answer answer = Bucket({"a&b.txt"}).list();
  const std::string entry = answer.body.substr(answer.body.find("<Contents>"));
  const std::string date = answer.element("LastModified");
  EXPECT_TRUE(date.ends_with(".000Z")) << date;
  EXPECT_EQ(entry, "<Contents><Key>a&amp;b.txt</Key><LastModified>" + date +
                       "</LastModified><ETag>&quot;0d9fa06a66933b40f615f530e59edd6b&quot;</ETag>"
                       "<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm>"
                       "<ChecksumType>FULL_OBJECT</ChecksumType><Size>11</Size>"
                       "<StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>");
}

TEST(ListObjectsV2, OwnerIsShownOnRequest) {
  Bucket bucket({"a"});
  EXPECT_TRUE(elements(bucket.list("fetch-owner=false"), "Owner").empty());
  const Answer answer = bucket.list("fetch-owner=true");
  EXPECT_EQ(answer.element("ID").size(), 64U);
  EXPECT_NE(answer.body.find("</Size><Owner><ID>"), std::string::npos);
}

TEST(ListObjectsV2, PrefixAndDelimiterGroup) {
  Bucket bucket({"test/foo/bar/123", "test/foo/bar/456", "test/bar/foo/123"});
  const Answer answer = bucket.list("prefix=test%2F&delimiter=%2F");
  EXPECT_EQ(elements(answer, "Prefix"), (Names{"test/", "test/bar/", "test/foo/"}));
  EXPECT_EQ(answer.element("Delimiter"), "/");
  EXPECT_EQ(answer.element("KeyCount"), "2");
  EXPECT_TRUE(elements(answer, "Contents").empty());
  EXPECT_EQ(elements(bucket.list("prefix=test/foo"), "Key"),
            (Names{"test/foo/bar/123", "test/foo/bar/456"}));
  EXPECT_EQ(elements(bucket.list("prefix=test/foo&delimiter=/"), "Prefix"),
            (Names{"test/foo", "test/foo/"}));
}

TEST(ListObjectsV2, PagesAcrossACommonPrefixShowItOnce) {
  Bucket bucket({"folder/aSub/1", "folder/aSub/2", "folder/file1", "folder/file2"});
  const std::string query = "prefix=folder/&delimiter=/&max-keys=1";
  const Answer first = bucket.list(query);
  EXPECT_EQ(elements(first, "Prefix"), (Names{"folder/", "folder/aSub/"}));
  EXPECT_EQ(first.element("IsTruncated"), "true");
  EXPECT_EQ(first.element("KeyCount"), "1");
  const std::string token = first.element("NextContinuationToken");
  const Answer second =
      bucket.list(query + "&continuation-token=" + text::percent_encode_path(token));
  EXPECT_EQ(second.element("ContinuationToken"), token);
  EXPECT_EQ(elements(second, "Key"), (Names{"folder/file1"}));
  const Answer third =
      bucket.list(query + "&continuation-token=" +
                  text::percent_encode_path(second.element("NextContinuationToken")));
  EXPECT_EQ(elements(third, "Key"), (Names{"folder/file2"}));
  EXPECT_EQ(third.element("IsTruncated"), "false");
  EXPECT_TRUE(elements(third, "NextContinuationToken").empty());
}

TEST(ListObjectsV2, StartAfterIsExclusiveAndEchoed) {
  Bucket bucket({"test_0", "test_1", "test_10", "test_2"});
  const Answer answer = bucket.list("start-after=test_1&max-keys=2");
  EXPECT_EQ(elements(answer, "Key"), (Names{"test_10", "test_2"}));
  EXPECT_EQ(answer.element("StartAfter"), "test_1");
  EXPECT_EQ(answer.element("IsTruncated"), "false");
}

TEST(ListObjectsV2, TokenWinsOverStartAfterWhichIsNotEchoed) {
  Bucket bucket({"a", "b", "c"});
  const std::string token =
      text::percent_encode_path(bucket.list("max-keys=1").element("NextContinuationToken"));
  const Answer answer = bucket.list("start-after=b&continuation-token=" + token);
  EXPECT_EQ(elements(answer, "Key"), (Names{"b", "c"}));
  EXPECT_TRUE(elements(answer, "StartAfter").empty());
}

TEST(ListObjectsV2, TokenThatIsNoneIsInvalidArgument) {
  Bucket bucket({"a"});
  for (const char* token : {"", "a", "bm9uZQ%3D%3D"}) {
    const Answer answer = bucket.list(std::string("continuation-token=") + token);
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.element("Code"), "InvalidArgument");
    EXPECT_EQ(answer.element("Message"), "The continuation token provided is incorrect");
    EXPECT_EQ(answer.element("ArgumentName"), "continuation-token");
    EXPECT_TRUE(elements(answer, "ArgumentValue").empty());
  }
}

TEST(ListObjectsV2, UrlEncodingCoversEveryNameThatClientsChose) {
  Bucket bucket({"date=2026 01/a+b", "date=2026 01/\xF0\x9F\x98\x80", "date=2026 02/c"});
  const Answer keys = bucket.list("encoding-type=url&prefix=date%3D2026%2001&start-after=date%3D");
  EXPECT_EQ(elements(keys, "Key"), (Names{"date%3D2026+01/a%2Bb", "date%3D2026+01/%F0%9F%98%80"}));
  EXPECT_EQ(keys.element("Prefix"), "date%3D2026+01");
  EXPECT_EQ(keys.element("StartAfter"), "date%3D");
  EXPECT_EQ(keys.element("EncodingType"), "url");
  const Answer grouped = bucket.list("encoding-type=url&delimiter=%3D");
  EXPECT_EQ(grouped.element("Delimiter"), "%3D");
  EXPECT_EQ(elements(grouped, "Prefix"), (Names{"", "date%3D"}));
}

TEST(ListObjectsV2, OtherEncodingIsInvalidArgument) {
  Bucket bucket({});
  for (const char* value : {"value", ""}) {
    const Answer answer = bucket.list(std::string("encoding-type=") + value);
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.element("Message"), "Invalid Encoding Method specified in Request");
    EXPECT_EQ(answer.element("ArgumentName"), "encoding-type");
    EXPECT_EQ(answer.element("ArgumentValue"), value);
  }
}

TEST(ListObjectsV2, MaxKeysIsCappedAtAThousand) {
  Bucket bucket({"a"});
  EXPECT_EQ(bucket.list("max-keys=2000").element("MaxKeys"), "1000");
  EXPECT_EQ(bucket.list("max-keys=").element("MaxKeys"), "1000");
  EXPECT_EQ(bucket.list("max-keys=2147483647").element("MaxKeys"), "1000");
}

TEST(ListObjectsV2, MaxKeysOfZeroIsAnEmptyPage) {
  const Answer answer = Bucket({"a"}).list("max-keys=0");
  EXPECT_EQ(answer.element("MaxKeys"), "0");
  EXPECT_EQ(answer.element("KeyCount"), "0");
  EXPECT_EQ(answer.element("IsTruncated"), "false");
}

TEST(ListObjectsV2, MaxKeysThatIsNoNumberIsInvalidArgument) {
  Bucket bucket({});
  for (const char* wrong : {"abc", "2147483648", "1.5", "99999999999999999999"}) {
    const Answer answer = bucket.list(std::string("max-keys=") + wrong);
    EXPECT_EQ(answer.status, 400) << wrong;
    EXPECT_EQ(answer.element("Message"),
              "Provided max-keys not an integer or within integer range");
    EXPECT_EQ(answer.element("ArgumentName"), "max-keys");
    EXPECT_EQ(answer.element("ArgumentValue"), wrong);
  }
  const Answer negative = bucket.list("max-keys=-1");
  EXPECT_EQ(negative.element("Message"),
            "Argument maxKeys must be an integer between 0 and 2147483647");
  EXPECT_EQ(negative.element("ArgumentName"), "maxKeys");
}

TEST(ListObjectsV2, KeysComeInByteOrderOfUtf8) {
  Bucket bucket({"b", "a", "\xF0\x9F\x98\x80", "\xEF\xBF\xBD", "B", "a/b", "\xC3\xA9"});
  EXPECT_EQ(elements(bucket.list(), "Key"),
            (Names{"B", "a", "a/b", "b", "\xC3\xA9", "\xEF\xBF\xBD", "\xF0\x9F\x98\x80"}));
}

TEST(ListObjectsV2, ControlCharactersInKeysAreReferences) {
  EXPECT_NE(Bucket({"a\x01z"}).list().body.find("<Key>a&#x1;z</Key>"), std::string::npos);
}

TEST(ListObjectsV2, UnknownBucketIsNoSuchBucket) {
  Loopback server;
  const Answer answer = send(server, "GET", "/unknown?list-type=2");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.element("Code"), "NoSuchBucket");
}

TEST(ListObjectsV2, StrangersMayNot) {
  Loopback server;
  EXPECT_EQ(send_anonymously(server, "GET", "/bucket?list-type=2").element("Code"), "AccessDenied");
}

}  // namespace
}  // namespace pail::operations
