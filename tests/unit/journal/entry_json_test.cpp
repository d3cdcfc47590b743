#include "journal/entry_json.h"

#include <gtest/gtest.h>

#include "unit/journal/records.h"

namespace pail::journal {
namespace {

RequestRecord full_record() {
  auto record = test::request_record("UploadPart", "photos", "a.png");
  record.remote_address = "127.0.0.1";
  record.version_id = "V";
  record.upload_id = "U";
  record.part_number = 3;
  record.status = 503;
  record.error_code = "SlowDown";
  record.request_body_bytes = 5;
  record.response_body_bytes = 6;
  record.is_delivered = false;
  record.fault = "busy";
  record.authentication = Authentication::kSigV4Query;
  record.has_session_token = true;
  record.checksum_algorithm = "CRC32";
  record.checksum_place = ChecksumPlace::kTrailer;
  record.attempt = 2;
  record.attempts_most = 5;
  record.invocation_id = "I";
  record.sdk = "Boto3";
  record.sdk_version = "1.44.8";
  record.user_agent = "Boto3/1.44.8";
  record.hint = "h";
  record.detail = "d";
  return record;
}

TEST(EntryJson, HasEveryMember) {
  EXPECT_EQ(json_text(entry_json(*test::entry_of(full_record(), 9))),
            R"({"sequence":9,"time":"2026-11-24T16:00:00.000Z","request_id":"REQUEST1",)"
            R"("remote_address":"127.0.0.1","method":"PUT","operation":"UploadPart",)"
            R"("bucket":"photos","key":"a.png","version_id":"V","upload_id":"U","part_number":3,)"
            R"("status":503,"error_code":"SlowDown","request_body_bytes":5,)"
            R"("response_body_bytes":6,"duration_us":1500,"is_delivered":false,"fault":"busy",)"
            R"("access_key_id":"AKID","authentication":"sigv4-query","has_session_token":true,)"
            R"("is_presigned":true,"checksum_algorithm":"CRC32","checksum_place":"trailer",)"
            R"("attempt":2,"attempts_most":5,"invocation_id":"I","sdk":"Boto3",)"
            R"("sdk_version":"1.44.8","user_agent":"Boto3/1.44.8","hint":"h","detail":"d"})");
}

TEST(EntryJson, LeavesOutWhatHasNoValue) {
  EXPECT_EQ(json_text(entry_json(Entry{1, {}})),
            R"({"sequence":1,"time":"1970-01-01T00:00:00.000Z","status":0,"request_body_bytes":0,)"
            R"("response_body_bytes":0,"duration_us":0,"is_delivered":true,)"
            R"("authentication":"anonymous","checksum_place":"none"})");
}

TEST(EntryJson, TheFullFormHasHeadAndRefusal) {
  auto record = test::request_record("GetObject", "photos", "a");
  RecordedExchange exchange;
  exchange.path = "/photos/a";
  exchange.query = {{"versionId", "V"}};
  exchange.request_headers = {{"Host", "localhost"}};
  exchange.signed_headers = {"host"};
  exchange.signed_region = "us-east-1";
  exchange.refusal.emplace();
  exchange.refusal->message = "no";
  exchange.refusal->differing_part = "path";
  test::set_exchange(record, std::move(exchange));
  const Entry entry{1, record};
  EXPECT_FALSE(entry_json(entry).contains("exchange"));
  EXPECT_EQ(json_text(entry_json(entry, EntryForm::kFull)["exchange"]),
            R"({"is_tls":false,"path":"/photos/a","query":[{"name":"versionId","value":"V"}],)"
            R"("request_headers":[{"name":"Host","value":"localhost"}],"response_headers":[],)"
            R"("signed_headers":["host"],"signed_region":"us-east-1",)"
            R"("refusal":{"message":"no","differing_part":"path"}})");
}

TEST(EntryJson, LinesAreOneEach) {
  const std::vector<EntryPtr> entries = {test::entry_of(test::request_record("A", "b", "c\n"), 1),
                                         test::entry_of(test::request_record("B", "b", "c"), 2)};
  const std::string lines = json_lines(entries);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2);
  EXPECT_TRUE(lines.ends_with("}\n"));
  EXPECT_EQ(json_lines({}), "");
}

TEST(EntryJson, BytesThatAreNoTextAreReplaced) {
  auto record = test::request_record("GetObject", "photos", "a");
  record.user_agent = "\xff";
  const std::string line = json_text(entry_json(*test::entry_of(record)));
  EXPECT_NE(line.find("\"user_agent\":\"\xEF\xBF\xBD\""), std::string::npos) << line;
}

}  // namespace
}  // namespace pail::journal
