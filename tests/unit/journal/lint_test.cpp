#include "journal/lint.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "unit/journal/records.h"

namespace pail::journal {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

/// Requests, one second apart.
class Lint : public ::testing::Test {
 protected:
  void add(RequestRecord record) {
    record.received += std::chrono::seconds(entries_.size()) * step_;
    entries_.push_back(test::entry_of(std::move(record), entries_.size() + 1));
  }
  void add_many(const RequestRecord& record, int times) {
    for (int i = 0; i < times; ++i) add(record);
  }

  /// The finding of that name; its count is 0 if there is none.
  [[nodiscard]] Finding find(std::string_view name) const {
    const auto findings = lint({entries_, open_uploads_, public_buckets_});
    const auto found = std::ranges::find(findings, name, &Finding::name);
    return found == findings.end() ? Finding{} : *found;
  }

  void pass_faster() { step_ = 0; }
  void pass_slower() { step_ = 100; }

  std::vector<OpenUpload> open_uploads_;
  std::vector<std::string> public_buckets_;

 private:
  std::vector<EntryPtr> entries_;
  int step_ = 1;
};

RequestRecord part(std::uint32_t number, std::uint64_t bytes) {
  auto record = test::request_record("UploadPart", "photos", "film");
  record.upload_id = "U";
  record.part_number = number;
  record.request_body_bytes = bytes;
  record.checksum_place = ChecksumPlace::kHeader;
  return record;
}

RequestRecord listing(const std::string& prefix, std::vector<RecordedField> more = {}) {
  auto record = test::request_record("ListObjectsV2", "photos", "");
  RecordedExchange exchange;
  exchange.query = std::move(more);
  exchange.query.push_back({"prefix", prefix});
  test::set_exchange(record, std::move(exchange));
  return record;
}

RequestRecord get(const std::string& operation, const std::string& key) {
  return test::request_record(operation, "photos", key);
}

RequestRecord signed_with(std::vector<RecordedField> headers, std::vector<std::string> names) {
  auto record = get("PutObject", "a");
  RecordedExchange exchange;
  exchange.request_headers = std::move(headers);
  exchange.signed_headers = std::move(names);
  test::set_exchange(record, std::move(exchange));
  return record;
}

TEST_F(Lint, NothingIsFoundInNothing) { EXPECT_TRUE(lint({}).empty()); }

TEST_F(Lint, SmallPartsAreFoundButTheLast) {
  add(part(1, 4 * kMiB));
  add(part(2, 5 * kMiB));
  add(part(3, 1));
  const Finding finding = find("small-parts");
  EXPECT_EQ(finding.count, 1U);
  EXPECT_EQ(finding.severity, Severity::kError);
  EXPECT_EQ(finding.examples.front(), "s3://photos/film: part 1 of 4194304 bytes");
}

TEST_F(Lint, PartsThatAreLargeEnoughAreNotFound) {
  add(part(1, 5 * kMiB));
  add(part(2, 1));
  EXPECT_EQ(find("small-parts").count, 0U);
}

TEST_F(Lint, APartThatWasSentAgainCountsAsTheLastOne) {
  add(part(1, 1));
  add(part(1, 5 * kMiB));
  add(part(2, 1));
  EXPECT_EQ(find("small-parts").count, 0U);
}

TEST_F(Lint, OpenUploadsAreFound) {
  open_uploads_ = {{"photos", "film", "U"}};
  EXPECT_EQ(find("open-uploads").count, 1U);
  open_uploads_.clear();
  EXPECT_EQ(find("open-uploads").count, 0U);
}

TEST_F(Lint, ListingTheSamePrefixInALoopIsFound) {
  add_many(listing("a/"), 10);
  const Finding finding = find("list-loop");
  EXPECT_EQ(finding.count, 10U);
  EXPECT_EQ(finding.examples.front(), "s3://photos: prefix \"a/\" 10 times");
}

TEST_F(Lint, ListingSlowlyIsNoLoop) {
  pass_slower();
  add_many(listing("a/"), 20);
  EXPECT_EQ(find("list-loop").count, 0U);
}

TEST_F(Lint, PagesOfOneListingAndOtherPrefixesAreNoLoop) {
  add_many(listing("a/", {{"continuation-token", "T"}}), 20);
  for (char c = 'a'; c <= 'z'; ++c) add(listing(std::string(1, c)));
  EXPECT_EQ(find("list-loop").count, 0U);
}

TEST_F(Lint, AHeadBeforeEachGetIsFound) {
  for (int i = 0; i < 5; ++i) {
    add(get("HeadObject", "a"));
    add(get("GetObject", "a"));
  }
  EXPECT_EQ(find("head-before-get").count, 5U);
}

TEST_F(Lint, AHeadNowAndThenIsNot) {
  for (int i = 0; i < 5; ++i) {
    add(get("HeadObject", "a"));
    add(get("GetObject", "a"));
    add(get("GetObject", "b"));
    add(get("GetObject", "c"));
  }
  EXPECT_EQ(find("head-before-get").count, 0U);
}

TEST_F(Lint, AHeadLongBeforeIsNot) {
  pass_slower();
  for (int i = 0; i < 5; ++i) {
    add(get("HeadObject", "a"));
    add(get("GetObject", "a"));
  }
  EXPECT_EQ(find("head-before-get").count, 0U);
}

TEST_F(Lint, UnsignedHeadersAreFound) {
  add(signed_with({{"Host", "h"}, {"x-amz-acl", "private"}}, {"host"}));
  const Finding finding = find("unsigned-headers");
  EXPECT_EQ(finding.count, 1U);
  EXPECT_EQ(finding.examples.front(), "s3://photos/a: x-amz-acl");
}

TEST_F(Lint, SignedHeadersAreNot) {
  add(signed_with({{"X-Amz-Acl", "private"}, {"x-amz-content-sha256", "H"}},
                  {"host", "x-amz-acl"}));
  add(signed_with({{"X-Amz-Acl", "private"}}, {}));
  EXPECT_EQ(find("unsigned-headers").count, 0U);
}

TEST_F(Lint, UploadsWithoutChecksumAreFound) {
  auto record = get("PutObject", "a");
  record.request_body_bytes = 1;
  record.sdk = "Boto3";
  record.sdk_version = "1.30";
  add(record);
  const Finding finding = find("missing-checksums");
  EXPECT_EQ(finding.count, 1U);
  EXPECT_EQ(finding.examples.front(), "s3://photos/a (Boto3 1.30)");
}

TEST_F(Lint, UploadsWithChecksumPresignedOnesAndEmptyOnesAreNot) {
  auto record = get("PutObject", "a");
  add(record);
  record.request_body_bytes = 1;
  record.checksum_place = ChecksumPlace::kTrailer;
  add(record);
  record.checksum_place = ChecksumPlace::kNone;
  record.authentication = Authentication::kSigV4Query;
  add(record);
  EXPECT_EQ(find("missing-checksums").count, 0U);
}

TEST_F(Lint, ManyAttemptsAreAStorm) {
  auto record = get("GetObject", "a");
  record.attempt = 4;
  add(record);
  EXPECT_EQ(find("retry-storm").examples.front(), "s3://photos/a: attempt 4 of GetObject");
}

TEST_F(Lint, FailingTenTimesWithinSecondsIsAStorm) {
  pass_faster();
  auto record = get("GetObject", "a");
  record.status = 503;
  add_many(record, 30);
  EXPECT_EQ(find("retry-storm").count, 1U);
}

TEST_F(Lint, AFewRetriesAreNoStorm) {
  auto record = get("GetObject", "a");
  record.status = 503;
  record.attempt = 1;
  add(record);
  record.attempt = 2;
  add(record);
  record.attempt = 3;
  record.status = 200;
  add(record);
  pass_faster();
  auto missing = get("GetObject", "b");
  missing.status = 404;
  add_many(missing, 30);
  EXPECT_EQ(find("retry-storm").count, 0U);
}

TEST_F(Lint, PublicBucketsAreFound) {
  public_buckets_ = {"assets"};
  auto record = get("GetObject", "a");
  record.authentication = Authentication::kAnonymous;
  test::set_exchange(record, {});
  add(record);
  add(record);
  const Finding finding = find("public-buckets");
  EXPECT_EQ(finding.count, 2U);
  EXPECT_EQ(finding.examples[0], "s3://assets is open to everybody");
  EXPECT_EQ(finding.examples[1], "s3://photos: GetObject without a signature");
}

TEST_F(Lint, RefusedStrangersAndPreflightsAreNoPublicUse) {
  auto record = get("GetObject", "a");
  record.authentication = Authentication::kAnonymous;
  test::set_exchange(record, {});
  record.status = 403;
  add(record);
  record.status = 200;
  record.method = "OPTIONS";
  add(record);
  add(get("GetObject", "a"));
  EXPECT_EQ(find("public-buckets").count, 0U);
}

TEST_F(Lint, AWrongRegionIsFound) {
  auto record = get("GetObject", "a");
  record.status = 400;
  record.error_code = "AuthorizationHeaderMalformed";
  RecordedExchange exchange;
  exchange.signed_region = "eu-west-1";
  exchange.refusal.emplace();
  exchange.refusal->fields = {{"Region", "us-east-1"}};
  test::set_exchange(record, std::move(exchange));
  add(record);
  EXPECT_EQ(find("wrong-region").examples.front(),
            "s3://photos/a: signed for eu-west-1, expected us-east-1");
}

TEST_F(Lint, ARedirectIsAWrongRegionToo) {
  auto record = get("GetObject", "a");
  record.status = 301;
  record.error_code = "PermanentRedirect";
  add(record);
  EXPECT_EQ(find("wrong-region").count, 1U);
}

TEST_F(Lint, AnotherMalformedHeaderIsNot) {
  auto record = get("GetObject", "a");
  record.status = 400;
  record.error_code = "AuthorizationHeaderMalformed";
  add(record);
  EXPECT_EQ(find("wrong-region").count, 0U);
}

TEST_F(Lint, TheWorstStandsFirst) {
  add(part(1, 1));
  add(part(2, 1));
  auto plain = get("PutObject", "a");
  plain.request_body_bytes = 1;
  add(plain);
  open_uploads_ = {{"photos", "film", "U"}};
  public_buckets_ = {"assets"};
  auto failing = get("GetObject", "a");
  failing.attempt = 9;
  add(failing);
  EXPECT_EQ(find("small-parts").count, 1U);
  EXPECT_EQ(find("missing-checksums").count, 1U);
  EXPECT_EQ(find("open-uploads").count, 1U);
}

TEST_F(Lint, ExamplesAreFewAndDifferent) {
  for (int i = 0; i < 20; ++i) open_uploads_.push_back({"b", std::to_string(i / 2), "U"});
  const Finding finding = find("open-uploads");
  EXPECT_EQ(finding.count, 20U);
  EXPECT_EQ(finding.examples.size(), 5U);
}

TEST(Severity, IsComparedWithTheWorst) {
  Finding warning;
  warning.severity = Severity::kWarning;
  const std::vector<Finding> findings = {warning};
  EXPECT_TRUE(has_severity(findings, Severity::kInfo));
  EXPECT_TRUE(has_severity(findings, Severity::kWarning));
  EXPECT_FALSE(has_severity(findings, Severity::kError));
  EXPECT_FALSE(has_severity({}, Severity::kInfo));
}

}  // namespace
}  // namespace pail::journal
