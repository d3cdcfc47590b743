#include "operations/operation_table.h"

#include <set>

#include <gtest/gtest.h>

namespace pail::operations {
namespace {

using protocol::Target;

std::string_view routed(std::string_view method, Target target, std::string_view query = "",
                        std::initializer_list<http::Header> headers = {}) {
  http::HeaderMap map;
  for (const http::Header& header : headers) map.add(header.name, header.value);
  auto parsed = protocol::Query::parse(query);
  EXPECT_TRUE(parsed.has_value());
  return route(method, target, *parsed, map).spec.name;
}

TEST(Route, PlainMethodsNameTheObjectOperations) {
  EXPECT_EQ(routed("GET", Target::kObject), "GetObject");
  EXPECT_EQ(routed("HEAD", Target::kObject), "HeadObject");
  EXPECT_EQ(routed("PUT", Target::kObject), "PutObject");
  EXPECT_EQ(routed("DELETE", Target::kObject), "DeleteObject");
}

TEST(Route, TheRowWithTheMostMarkersWins) {
  const http::Header copy_source{"X-Amz-Copy-Source", "/photos/a"};
  EXPECT_EQ(routed("PUT", Target::kObject, "", {copy_source}), "CopyObject");
  EXPECT_EQ(routed("PUT", Target::kObject, "partNumber=1&uploadId=u"), "UploadPart");
  EXPECT_EQ(routed("PUT", Target::kObject, "partNumber=1&uploadId=u", {copy_source}),
            "UploadPartCopy");
}

TEST(Route, ListTypeTellsTheListings) {
  EXPECT_EQ(routed("GET", Target::kBucket), "ListObjects");
  EXPECT_EQ(routed("GET", Target::kBucket, "list-type=2"), "ListObjectsV2");
  EXPECT_EQ(routed("GET", Target::kBucket, "list-type=1"), "ListObjects");
}

TEST(Route, WhatIsNotDoneNeverFallsThrough) {
  EXPECT_EQ(routed("GET", Target::kObject, "torrent"), "GetObjectTorrent");
  EXPECT_EQ(routed("GET", Target::kObject, "frobnicate"), "Unknown");
  EXPECT_EQ(routed("PUT", Target::kBucket, "frobnicate"), "Unknown");
  EXPECT_EQ(routed("PUT", Target::kObject, "frobnicate"), "Unknown");
  EXPECT_EQ(routed("GET", Target::kBucket, "frobnicate"), "Unknown");
  EXPECT_EQ(routed("DELETE", Target::kBucket, "frobnicate"), "Unknown");
  EXPECT_EQ(routed("POST", Target::kObject, "frobnicate"), "Unknown");
}

TEST(Route, SubResourceOfAnotherMethodNeverFallsThrough) {
  EXPECT_EQ(routed("DELETE", Target::kBucket, "location"), "Unknown");
  EXPECT_EQ(routed("PUT", Target::kObject, "attributes"), "Unknown");
  EXPECT_EQ(routed("PUT", Target::kBucket, "location"), "Unknown");
  EXPECT_EQ(routed("PUT", Target::kBucket, "location="), "Unknown");
  EXPECT_EQ(routed("PUT", Target::kObject, "uploadId=u"), "Unknown");
}

TEST(Route, PartNumberAloneIsAParameterOfGetObject) {
  EXPECT_EQ(routed("GET", Target::kObject, "partNumber=1"), "GetObject");
}

TEST(Route, CacheBustersOfWebPagesAreIgnored) {
  EXPECT_EQ(routed("GET", Target::kObject, "1732464000"), "GetObject");
  EXPECT_EQ(routed("GET", Target::kObject, "v=3"), "GetObject");
  EXPECT_EQ(routed("GET", Target::kObject, "x-id=GetObject"), "GetObject");
}

TEST(Route, ListingsTakeParametersWithoutValue) {
  EXPECT_EQ(routed("GET", Target::kBucket, "prefix&list-type=2"), "ListObjectsV2");
  EXPECT_EQ(routed("GET", Target::kBucket, "delimiter"), "ListObjects");
}

TEST(Route, OtherMethodsAreNotAllowed) {
  EXPECT_EQ(routed("PATCH", Target::kObject), "MethodNotAllowed");
  EXPECT_EQ(routed("POST", Target::kObject), "MethodNotAllowed");
  EXPECT_EQ(routed("DELETE", Target::kService), "MethodNotAllowed");
}

TEST(Rows, NamesAreUnique) {
  std::set<std::string_view> names;
  for (const Row& row : rows()) EXPECT_TRUE(names.insert(row.spec.name).second) << row.spec.name;
}

TEST(Rows, ExactlyTheImplementedOnesHaveAHandler) {
  for (const Row& row : rows())
    EXPECT_EQ(row.handler != nullptr, row.spec.is_implemented) << row.spec.name;
}

}  // namespace
}  // namespace pail::operations
