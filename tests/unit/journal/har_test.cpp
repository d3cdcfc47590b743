#include "journal/har.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "unit/journal/records.h"

namespace pail::journal {
namespace {

using nlohmann::json;

json entry_of_har(const RequestRecord& record) {
  const std::vector<EntryPtr> entries = {test::entry_of(record)};
  return json::parse(har(entries, "1.2.3"))["log"]["entries"][0];
}

RequestRecord fetched() {
  auto record = test::request_record("GetObject", "photos", "a b.png");
  record.response_body_bytes = 10;
  RecordedExchange exchange;
  exchange.is_tls = true;
  exchange.path = "/photos/a%20b.png";
  exchange.query = {{"response-content-type", "image/png"}, {"x-id", "GetObject"}};
  exchange.request_headers = {{"host", "localhost:9000"}, {"User-Agent", "Boto3/1"}};
  exchange.response_headers = {{"Content-Type", "image/png"}};
  test::set_exchange(record, std::move(exchange));
  return record;
}

TEST(Har, HasWhatTheFormatDemands) {
  const json log = json::parse(har({}, "1.2.3"))["log"];
  EXPECT_EQ(log["version"], "1.2");
  EXPECT_EQ(log["creator"]["name"], "pail");
  EXPECT_EQ(log["creator"]["version"], "1.2.3");
  EXPECT_TRUE(log["entries"].is_array());
  EXPECT_TRUE(log["entries"].empty());
}

TEST(Har, EachEntryHasTheMembersThatToolsRead) {
  const json entry = entry_of_har(fetched());
  for (const char* name : {"startedDateTime", "time", "request", "response", "cache", "timings"}) {
    EXPECT_TRUE(entry.contains(name)) << name;
  }
  for (const char* name : {"method", "url", "httpVersion", "cookies", "headers", "queryString",
                           "headersSize", "bodySize"}) {
    EXPECT_TRUE(entry["request"].contains(name)) << name;
  }
  for (const char* name : {"status", "statusText", "httpVersion", "cookies", "headers", "content",
                           "redirectURL", "headersSize", "bodySize"}) {
    EXPECT_TRUE(entry["response"].contains(name)) << name;
  }
  for (const char* name : {"send", "wait", "receive"}) {
    EXPECT_TRUE(entry["timings"][name].is_number()) << name;
  }
}

TEST(Har, TellsTheRequestAsItWas) {
  const json entry = entry_of_har(fetched());
  EXPECT_EQ(entry["startedDateTime"], "2026-11-24T16:00:00.000Z");
  EXPECT_EQ(entry["time"], 1.5);
  EXPECT_EQ(entry["request"]["url"],
            "https://localhost:9000/photos/a%20b.png?response-content-type=image%2Fpng&x-id="
            "GetObject");
  EXPECT_EQ(entry["request"]["queryString"][0]["value"], "image/png");
  EXPECT_EQ(entry["request"]["headers"][1]["name"], "User-Agent");
  EXPECT_EQ(entry["response"]["status"], 200);
  EXPECT_EQ(entry["response"]["statusText"], "OK");
  EXPECT_EQ(entry["response"]["content"]["mimeType"], "image/png");
  EXPECT_EQ(entry["response"]["content"]["size"], 10);
  EXPECT_EQ(entry["_operation"], "GetObject");
}

TEST(Har, WithoutRecordedHeadThereIsStillAUrl) {
  const json entry = entry_of_har(test::request_record("GetObject", "photos", "a b"));
  EXPECT_EQ(entry["request"]["url"], "http://localhost/photos/a%20b");
  EXPECT_TRUE(entry["request"]["headers"].empty());
}

TEST(Har, AnUnknownStatusHasNoText) {
  auto record = fetched();
  record.status = 299;
  EXPECT_EQ(entry_of_har(record)["response"]["statusText"], "");
}

TEST(Har, SaysThatAPresignedUrlIsNotWhole) {
  auto record = fetched();
  EXPECT_FALSE(entry_of_har(record)["request"].contains("comment"));
  record.authentication = Authentication::kSigV2Query;
  EXPECT_TRUE(entry_of_har(record)["request"].contains("comment"));
}

}  // namespace
}  // namespace pail::journal
