#include "protocol/address.h"

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

ServerNames names() {
  return {{"localhost", "s3.localhost", "127.0.0.1", "minio"},
          {{"cdn.test", "", "photos"}, {"www.test", "/assets", "static"}}};
}

Address resolved(std::string_view host, std::string_view path) {
  auto address = resolve_address(names(), host, path);
  EXPECT_TRUE(address.has_value()) << path;
  return address ? *address : Address{};
}

void expect_object(const Address& address, AddressStyle style, std::string_view bucket,
                   std::string_view key) {
  EXPECT_EQ(address.target, Target::kObject);
  EXPECT_EQ(address.style, style);
  EXPECT_EQ(address.bucket, bucket);
  EXPECT_EQ(address.key, key);
}

TEST(Address, RootOfAnOwnNameIsTheService) {
  EXPECT_EQ(resolved("localhost:9000", "/").target, Target::kService);
}

TEST(Address, FirstSegmentIsTheBucketInPathStyle) {
  expect_object(resolved("127.0.0.1:9000", "/photos/a/b.jpg"), AddressStyle::kPath, "photos",
                "a/b.jpg");
}

TEST(Address, TrailingSlashAfterTheBucketIsStillTheBucket) {
  const Address address = resolved("localhost", "/photos/");
  EXPECT_EQ(address.target, Target::kBucket);
  EXPECT_EQ(address.bucket, "photos");
}

TEST(Address, UnknownHostIsTakenForANameOfThisServer) {
  expect_object(resolved("storage.internal:9000", "/photos/a"), AddressStyle::kPath, "photos", "a");
}

TEST(Address, LabelBeforeAnOwnNameIsTheBucket) {
  expect_object(resolved("photos.localhost:9000", "/a/b"), AddressStyle::kVirtualHost, "photos",
                "a/b");
  expect_object(resolved("PHOTOS.minio", "/a"), AddressStyle::kVirtualHost, "photos", "a");
}

TEST(Address, LongestOwnNameWins) {
  expect_object(resolved("photos.s3.localhost", "/a"), AddressStyle::kVirtualHost, "photos", "a");
  EXPECT_EQ(resolved("s3.localhost", "/").target, Target::kService);
}

TEST(Address, BucketNameMayHaveDotsInTheHost) {
  expect_object(resolved("www.photos.org.localhost", "/a"), AddressStyle::kVirtualHost,
                "www.photos.org", "a");
}

TEST(Address, PublicBaseNamesItsBucket) {
  expect_object(resolved("cdn.test", "/a/b"), AddressStyle::kPublicBase, "photos", "a/b");
  expect_object(resolved("www.test:8080", "/assets/a/b"), AddressStyle::kPublicBase, "static",
                "a/b");
}

TEST(Address, PathBesideThePublicBaseIsPathStyle) {
  expect_object(resolved("www.test", "/assets2/a"), AddressStyle::kPath, "assets2", "a");
}

TEST(Address, KeysKeepEveryByte) {
  for (const std::string_view key :
       {"a//b", "/a", "a/", ".", "..", "a/../b", "a/./b", "a+b", "?", "#"}) {
    std::string path = "/photos/";
    for (const char c : key) path += c == '?' ? "%3F" : c == '#' ? "%23" : std::string(1, c);
    EXPECT_EQ(resolved("localhost", path).key, key);
  }
}

TEST(Address, KeysAreDecodedOnce) {
  EXPECT_EQ(resolved("localhost", "/photos/a%2520b%2Fc").key, "a%20b/c");
  EXPECT_EQ(resolved("localhost", "/photos/%F0%9F%98%80").key, "\xF0\x9F\x98\x80");
}

TEST(Address, BrokenEscapeIsInvalidUri) {
  const auto address = resolve_address(names(), "localhost", "/photos/a%2");
  ASSERT_FALSE(address.has_value());
  EXPECT_EQ(address.error().code, S3ErrorCode::InvalidURI);
}

TEST(Address, KeyThatIsNotUtf8IsInvalidUri) {
  const auto address = resolve_address(names(), "localhost", "/photos/%FF");
  ASSERT_FALSE(address.has_value());
  EXPECT_EQ(address.error().code, S3ErrorCode::InvalidURI);
}

TEST(Address, KeyMayHave1024Bytes) {
  EXPECT_EQ(resolved("localhost", "/photos/" + std::string(1024, 'k')).key.size(), 1024U);
}

TEST(Address, KeyOf1025BytesIsTooLong) {
  const auto address = resolve_address(names(), "localhost", "/photos/" + std::string(1025, 'k'));
  ASSERT_FALSE(address.has_value());
  EXPECT_EQ(address.error().code, S3ErrorCode::KeyTooLongError);
  EXPECT_EQ(address.error().fields.front(), (S3Error::Field{"Size", "1025"}));
}

TEST(SplitHost, TellsPortsFromAddresses) {
  EXPECT_EQ(split_host("Example.test:80").host, "example.test");
  EXPECT_EQ(split_host("example.test:80").port, "80");
  EXPECT_EQ(split_host("example.test").port, "");
  EXPECT_EQ(split_host("[::1]:9000").host, "[::1]");
  EXPECT_EQ(split_host("[::1]:9000").port, "9000");
  EXPECT_EQ(split_host("[::1]").host, "[::1]");
}

TEST(SplitHost, SurvivesOddFields) {
  EXPECT_EQ(split_host("").host, "");
  EXPECT_EQ(split_host(":80").port, "80");
  EXPECT_EQ(split_host(":").host, "");
}

}  // namespace
}  // namespace pail::protocol
