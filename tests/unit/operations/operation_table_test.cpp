#include "operations/operation_table.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

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

constexpr const char* kDocument = PAIL_SOURCE_DIR "/docs/OPERATIONS.md";

std::string_view method_name(protocol::Method method) {
  switch (method) {
    case protocol::Method::kGet:
      return "GET";
    case protocol::Method::kHead:
      return "HEAD";
    case protocol::Method::kPut:
      return "PUT";
    case protocol::Method::kPost:
      return "POST";
    case protocol::Method::kDelete:
      return "DELETE";
    case protocol::Method::kOptions:
      break;
  }
  return "OPTIONS";
}

std::string wire_form(const protocol::OperationSpec& spec) {
  std::string form(method_name(spec.method));
  form += spec.target == protocol::Target::kService  ? " /"
          : spec.target == protocol::Target::kBucket ? " /{bucket}"
                                                     : " /{bucket}/{key}";
  std::string query;
  std::string headers;
  for (std::size_t i = 0; i < spec.markers.count; ++i) {
    const std::string_view marker = spec.markers.names.at(i);
    if (marker.starts_with('@')) {
      headers += " + " + std::string(marker.substr(1));
    } else {
      query += (query.empty() ? "?" : "&") + std::string(marker);
    }
  }
  return form + query + headers;
}

/// What rows that are done leave out, by the name of the operation.
const std::map<std::string_view, std::string_view>& partial_rows() {
  static const std::map<std::string_view, std::string_view> rows = {
#define S3_OPERATION(name, method, target, markers, action, body)
#define S3_PREFLIGHT(name, target)
#define S3_FORM(name, target, action)
#define S3_ACTION(name, action)
#define S3_NOT_IMPLEMENTED(name, method, target, markers)
#define S3_PARTIAL(name, missing) {#name, missing},
#include "operations/operations.def"
#undef S3_OPERATION
#undef S3_PREFLIGHT
#undef S3_FORM
#undef S3_ACTION
#undef S3_NOT_IMPLEMENTED
  };
  return rows;
}

std::string state_of(const protocol::OperationSpec& spec) {
  if (!spec.is_implemented) return "501";
  const auto partial = partial_rows().find(spec.name);
  if (partial == partial_rows().end()) return "complete";
  return "partial: without " + std::string(partial->second);
}

TEST(PartialRows, AreRowsThatAreDone) {
  for (const auto& [name, missing] : partial_rows()) {
    const auto row = std::ranges::find_if(
        rows(), [name = name](const Row& candidate) { return candidate.spec.name == name; });
    ASSERT_NE(row, rows().end()) << name;
    EXPECT_TRUE(row->spec.is_implemented) << name;
    EXPECT_FALSE(missing.empty()) << name;
  }
}

/// What docs/OPERATIONS.md must say, from the table.
std::string rendered() {
  std::size_t done = 0;
  std::string table;
  for (const Row& row : rows()) {
    done += row.spec.is_implemented ? 1U : 0U;
    table += "| " + std::string(row.spec.name) + " | `" + wire_form(row.spec) + "` | " +
             state_of(row.spec) + " |\n";
  }
  return "# Operations\n\nGenerated from `server/operations/operations.def`; a test fails when it "
         "is out of date "
         "(`PAIL_UPDATE_DOCS=1` rewrites it).\n\nDone: " +
         std::to_string(done) + " of " + std::to_string(rows().size()) +
         ". The others answer `501 NotImplemented` and never fall through to another operation.\n\n"
         "| operation | on the wire | state |\n|---|---|---|\n" +
         table;
}

TEST(OperationsDocument, SaysWhatTheTableSays) {
  if (std::getenv("PAIL_UPDATE_DOCS") != nullptr) std::ofstream(kDocument) << rendered();
  std::ostringstream document;
  document << std::ifstream(kDocument).rdbuf();
  EXPECT_EQ(document.str(), rendered());
}

}  // namespace
}  // namespace pail::operations
