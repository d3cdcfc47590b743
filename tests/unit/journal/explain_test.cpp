#include "journal/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/journal/records.h"
#include "unit/journal/stored_objects.h"

namespace pail::journal {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

RequestRecord refused(int status, const std::string& code, const std::string& message = {},
                      std::vector<RecordedField> fields = {}) {
  auto record = test::request_record("GetObject", "photos", "a.png");
  record.status = status;
  record.error_code = code;
  RecordedExchange exchange;
  exchange.refusal.emplace();
  exchange.refusal->message = message;
  exchange.refusal->fields = std::move(fields);
  test::set_exchange(record, std::move(exchange));
  return record;
}

Explanation explained(const RequestRecord& record, store::Store* store = nullptr) {
  return explain(*test::entry_of(record), store);
}

Cause cause_of(const RequestRecord& record) { return explained(record).cause; }

TEST(Explain, TheHeadlineSaysWhatHappened) {
  const auto explanation = explained(refused(404, "NoSuchKey"));
  EXPECT_EQ(explanation.headline, "GetObject s3://photos/a.png: 404 NoSuchKey");
  EXPECT_EQ(explanation.request_id, "REQUEST1");
  EXPECT_EQ(explained(RequestRecord{}).headline, "a request that could not be read: 0");
}

TEST(Explain, ASuccessNeedsNoSteps) {
  const auto explanation = explained(test::request_record("GetObject", "photos", "a.png"));
  EXPECT_EQ(explanation.cause, Cause::kNothing);
  EXPECT_THAT(explanation.reasons, IsEmpty());
  EXPECT_THAT(explanation.next_steps, IsEmpty());
}

TEST(Explain, EveryKindOfFailureHasItsCause) {
  EXPECT_EQ(cause_of(refused(403, "SignatureDoesNotMatch")), Cause::kSignature);
  EXPECT_EQ(cause_of(refused(403, "AccessDenied",
                             "There were headers present in the request "
                             "which were not signed")),
            Cause::kSignature);
  EXPECT_EQ(cause_of(refused(403, "RequestTimeTooSkewed")), Cause::kClock);
  EXPECT_EQ(cause_of(refused(403, "AccessDenied", "Request has expired")), Cause::kClock);
  EXPECT_EQ(cause_of(refused(400, "AuthorizationHeaderMalformed", "", {{"Region", "us-east-1"}})),
            Cause::kRegion);
  EXPECT_EQ(cause_of(refused(400, "AuthorizationHeaderMalformed")), Cause::kSignature);
  EXPECT_EQ(cause_of(refused(403, "AccessDenied", "Access Denied")), Cause::kAccess);
  EXPECT_EQ(cause_of(refused(403, "AccessDenied",
                             "Access Denied because object protected by object lock.")),
            Cause::kLock);
  EXPECT_EQ(cause_of(refused(412, "PreconditionFailed")), Cause::kCondition);
  EXPECT_EQ(cause_of(refused(404, "NoSuchUpload")), Cause::kMissing);
  EXPECT_EQ(cause_of(refused(400, "BadDigest")), Cause::kChecksum);
  EXPECT_EQ(cause_of(refused(400, "IncompleteBody")), Cause::kDelivery);
  EXPECT_EQ(cause_of(refused(400, "InvalidArgument")), Cause::kRequest);
  EXPECT_EQ(cause_of(refused(500, "InternalError")), Cause::kServer);
}

TEST(Explain, EveryCauseHasANameAndSteps) {
  auto record = refused(400, "InvalidArgument");
  for (const char* code :
       {"SignatureDoesNotMatch", "InvalidAccessKeyId", "InvalidToken", "RequestTimeTooSkewed",
        "ExpiredToken", "PermanentRedirect", "AccessDenied", "AccessControlListNotSupported",
        "PreconditionFailed", "ConditionalRequestConflict", "NoSuchBucket", "NoSuchKey",
        "NoSuchVersion", "NoSuchUpload", "BadDigest", "IncompleteBody", "RequestTimeout",
        "InvalidArgument"}) {
    record.error_code = code;
    const auto explanation = explained(record);
    EXPECT_FALSE(explanation.next_steps.empty()) << code;
    EXPECT_FALSE(cause_name(explanation.cause).empty()) << code;
  }
}

TEST(Explain, AnInjectedFaultIsNobodysMistake) {
  auto record = refused(503, "SlowDown");
  record.fault = "busy";
  const auto explanation = explained(record);
  EXPECT_EQ(explanation.cause, Cause::kFault);
  EXPECT_EQ(explanation.reasons.front(), "the fault 'busy' was injected");
}

TEST(Explain, AnAnswerThatDidNotArriveIsSaidSo) {
  auto record = test::request_record("GetObject", "photos", "a.png");
  record.is_delivered = false;
  const auto explanation = explained(record);
  EXPECT_EQ(explanation.cause, Cause::kDelivery);
  EXPECT_THAT(explanation.reasons, ElementsAre(HasSubstr("was not delivered")));
}

TEST(Explain, ShowsWhereASignatureDiffers) {
  auto record = refused(403, "SignatureDoesNotMatch", "The request signature ...");
  record.hint = "something";
  RecordedExchange exchange = *record.exchange;
  exchange.refusal->canonical_request = "GET\n/photos/a%20b";
  exchange.refusal->string_to_sign = "AWS4-HMAC-SHA256";
  exchange.refusal->differing_part = "path";
  exchange.refusal->server_line = "/photos/a%20b";
  exchange.refusal->client_line = "/photos/a%2520b";
  exchange.refusal->finding = "the client encoded the path twice";
  test::set_exchange(record, std::move(exchange));
  const auto explanation = explained(record);
  EXPECT_EQ(explanation.canonical_request, "GET\n/photos/a%20b");
  EXPECT_EQ(explanation.differing_part, "path");
  EXPECT_EQ(explanation.client_line, "/photos/a%2520b");
  EXPECT_THAT(explanation.reasons,
              ElementsAre("The request signature ...", "the client encoded the path twice"));
}

TEST(Explain, NamesFieldsThatWereNotSigned) {
  const auto explanation = explained(refused(403, "AccessDenied",
                                             "There were headers present in the request which were "
                                             "not signed",
                                             {{"HeadersNotSigned", "x-amz-acl"}}));
  EXPECT_THAT(explanation.next_steps, ElementsAre(HasSubstr("x-amz-acl")));
}

TEST(Explain, TellsStrangersToSign) {
  auto record = refused(403, "AccessDenied", "Access Denied");
  record.authentication = Authentication::kAnonymous;
  record.hint = "the public access block of bucket 'photos' refuses";
  const auto steps = explained(record).next_steps;
  EXPECT_THAT(steps, Contains(HasSubstr("DeletePublicAccessBlock")));
  EXPECT_THAT(steps, Contains(HasSubstr("sign the request")));
}

TEST(Explain, NamesTheStatementThatRefused) {
  auto record = refused(403, "AccessDenied", "Access Denied");
  record.hint = "refused by statement 'NoWrites' of the policy of bucket 'photos'";
  const auto explanation = explained(record);
  EXPECT_THAT(explanation.reasons, Contains(record.hint));
  EXPECT_THAT(explanation.next_steps, Contains(HasSubstr("change the statement")));
}

TEST(Explain, SuggestsBucketsAndKeysThatExist) {
  test::StoredObjects objects;
  const auto bucket = objects.add_bucket("photos");
  objects.add_object(*bucket, "a.jpg");
  auto record = refused(404, "NoSuchKey");
  record.key = "b.jpg";
  EXPECT_THAT(explained(record, &objects.store()).did_you_mean, ElementsAre("a.jpg"));
  EXPECT_THAT(explained(record).did_you_mean, IsEmpty());
  record.error_code = "NoSuchBucket";
  record.bucket = "fotos";
  EXPECT_THAT(explained(record, &objects.store()).did_you_mean, IsEmpty());
  record.bucket = "photo";
  EXPECT_THAT(explained(record, &objects.store()).did_you_mean, ElementsAre("photos"));
}

TEST(Explain, WorksWithoutRecordedDetails) {
  auto record = test::request_record("GetObject", "photos", "a.png");
  record.status = 403;
  record.error_code = "SignatureDoesNotMatch";
  record.hint = "the secret of 'AKID' is wrong";
  const auto explanation = explained(record);
  EXPECT_EQ(explanation.cause, Cause::kSignature);
  EXPECT_THAT(explanation.reasons, ElementsAre("the secret of 'AKID' is wrong"));
}

}  // namespace
}  // namespace pail::journal
