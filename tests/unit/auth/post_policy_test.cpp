#include "auth/post_policy.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "text/base64.h"
#include "text/bytes.h"
#include "time/date.h"

namespace pail::auth {
namespace {

using protocol::FormFields;

FormFields form_of(std::vector<protocol::FormField> fields) {
  return FormFields(std::move(fields));
}

const time::Timestamp kNow = *time::parse_iso8601("2026-11-24T16:00:00Z");

std::string encode(std::string_view json) { return text::base64_encode(text::as_bytes(json)); }

std::string policy(const std::string& conditions) {
  return R"({"expiration": "2026-11-24T17:00:00Z", "conditions": [)" + conditions + "]}";
}

/// "code: message" of the error.
std::string text_of(const S3Error& error) {
  return std::string(error_name(error.code)) + ": " + error.message;
}

std::string parse_failure(std::string_view json) {
  const auto parsed = PostPolicy::parse(encode(json));
  return parsed ? "parsed" : text_of(parsed.error());
}

/// "ok", or why the form is not what the policy allows.
std::string check(const std::string& conditions, const FormFields& fields,
                  time::Timestamp now = kNow) {
  const auto parsed = PostPolicy::parse(encode(policy(conditions)));
  if (!parsed) return text_of(parsed.error());
  const auto checked = parsed->check(fields, "bucket", now);
  return checked ? "ok" : text_of(checked.error());
}

const std::string kDenied = "AccessDenied: Invalid according to Policy: ";
const std::string kFailed = kDenied + "Policy Condition failed: ";
const std::string kInvalid = "InvalidPolicyDocument: Invalid Policy: ";

TEST(PostPolicy, ExactConditionsTakeTheValueAsItIs) {
  const FormFields form = form_of({{"key", "a"}});
  EXPECT_EQ(check(R"({"key": "a"})", form), "ok");
  EXPECT_EQ(check(R"(["eq", "$key", "a"])", form), "ok");
  EXPECT_EQ(check(R"({"key": "A"})", form), kFailed + R"(["eq", "$key", "A"])");
  EXPECT_EQ(check(R"(["eq", "$key", "A"])", form), kFailed + R"(["eq", "$key", "A"])");
}

TEST(PostPolicy, PrefixConditionsTakeWhatBeginsSo) {
  const FormFields form = form_of({{"key", "user/a"}});
  EXPECT_EQ(check(R"(["starts-with", "$key", "user/"])", form), "ok");
  EXPECT_EQ(check(R"(["starts-with", "$key", ""])", form), "ok");
  EXPECT_EQ(check(R"(["starts-with","$key","User/"])", form),
            kFailed + R"(["starts-with", "$key", "User/"])");
}

TEST(PostPolicy, NamesAndOperatorsAreTakenInAnyCase) {
  EXPECT_EQ(check(R"({"bUcKeT": "bucket"}, ["StArTs-WiTh", "$KeY", "foo"], {"AcL": "private"})",
                  form_of({{"kEy", "foo"}, {"aCl", "private"}, {"pOLICy", "x"}})),
            "ok");
}

TEST(PostPolicy, TheBucketIsTheOneThatIsPostedTo) {
  const FormFields form = form_of({{"bucket", "other"}});
  EXPECT_EQ(check(R"({"bucket": "bucket"})", form), "ok");
  EXPECT_EQ(check(R"({"bucket": "other"})", form), kFailed + R"(["eq", "$bucket", "other"])");
}

TEST(PostPolicy, AFieldThatIsNotThereFulfilsNothing) {
  EXPECT_EQ(check(R"(["starts-with", "$acl", ""])", {}),
            kFailed + R"(["starts-with", "$acl", ""])");
  EXPECT_EQ(check(R"({"acl": ""})", {}), kFailed + R"(["eq", "$acl", ""])");
}

TEST(PostPolicy, AFieldWithoutADollarFulfilsNothing) {
  EXPECT_EQ(check(R"(["eq", "key", "a"])", form_of({{"key", "a"}})),
            kFailed + R"(["eq", "key", "a"])");
}

TEST(PostPolicy, EveryContentTypeInAListMustBeginSo) {
  const std::string images = R"(["starts-with", "$Content-Type", "image/"])";
  EXPECT_EQ(check(images, form_of({{"content-type", "image/png, image/gif"}})), "ok");
  EXPECT_EQ(check(images, form_of({{"content-type", "image/png,text/html"}})),
            kFailed + R"(["starts-with", "$Content-Type", "image/"])");
}

TEST(PostPolicy, FieldsThatNoConditionNamesAreExtra) {
  const FormFields form = form_of({{"key", "a"}, {"Filename", "b"}});
  EXPECT_EQ(check(R"({"key": "a"})", form), kDenied + "Extra input fields: Filename");
}

TEST(PostPolicy, TheSignatureAndIgnoredFieldsNeedNoCondition) {
  EXPECT_EQ(check("", form_of({{"policy", "p"},
                               {"x-amz-signature", "s"},
                               {"awsaccesskeyid", "i"},
                               {"Signature", "s"},
                               {"X-Ignore-Me", "x"}})),
            "ok");
  EXPECT_EQ(check("", form_of({{"x-amz-date", "d"}})), kDenied + "Extra input fields: x-amz-date");
}

TEST(PostPolicy, HoldsUntilItExpires) {
  const auto end = *time::parse_iso8601("2026-11-24T17:00:00Z");
  EXPECT_EQ(check("", {}, end - std::chrono::milliseconds(1)), "ok");
  EXPECT_EQ(check("", {}, end), kDenied + "Policy expired.");
}

TEST(PostPolicy, RangesNarrowEachOther) {
  const auto parsed = PostPolicy::parse(
      encode(policy(R"(["content-length-range", 5, 100], ["content-length-range", "2", "10"])")));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->check({}, "bucket", kNow).value(), (ContentLengthRange{5, 10}));
}

TEST(PostPolicy, ARangeOfWordsFails) {
  EXPECT_EQ(check(R"(["content-length-range", "test", "10"])", {}),
            kFailed + R"(["content-length-range", "test", "10"])");
}

TEST(PostPolicy, FailedConditionsAreShownWithTheirQuotesEscaped) {
  EXPECT_EQ(check(R"({"Content-Disposition": "a=\"b\""})", {}),
            kFailed + R"(["eq", "$Content-Disposition", "a=\"b\""])");
}

TEST(PostPolicy, DocumentsThatCannotBeReadAreNamed) {
  EXPECT_EQ(PostPolicy::parse("***").error().message, "Invalid Policy: invalid Base64 encoding.");
  EXPECT_EQ(parse_failure(""), kInvalid + "Expecting '{' but found End-of-Input");
  for (const char* json : {"x", "[]", "{", "{\"a\": 1,}", "\xff"})
    EXPECT_EQ(parse_failure(json), kInvalid + "Invalid JSON.") << json;
  EXPECT_EQ(parse_failure(R"({"Statement": []})"), kInvalid + "Unexpected: 'statement'");
  EXPECT_EQ(parse_failure(R"({"conditions": []})"), kInvalid + "Policy missing expiration.");
  EXPECT_EQ(parse_failure(R"({"expiration": "2026-11-24T17:00:00Z"})"),
            kInvalid + "Policy missing conditions.");
  EXPECT_EQ(parse_failure(R"({"expiration": "2026-11-24T17:00:00Z", "conditions": {}})"),
            kInvalid + "Invalid 'conditions' value: must be a List.");
}

TEST(PostPolicy, TheExpirationIsInUtc) {
  for (const char* time : {"2011-09-13T07:52:58+02:00", "2015-10-17 03:15:59 UTC", "soon"}) {
    EXPECT_EQ(parse_failure(R"({"expiration": ")" + std::string(time) + R"(", "conditions": []})"),
              kInvalid + "Invalid 'expiration' value: '" + time + "'");
  }
  EXPECT_EQ(parse_failure(R"({"expiration": "2026-11-24T17:00:00.000Z", "conditions": []})"),
            "parsed");
}

TEST(PostPolicy, ConditionsThatCannotBeReadAreNamed) {
  const std::string simple = kInvalid + "Invalid Simple-Condition: ";
  const std::string one = simple + "Simple-Conditions must have exactly one property specified.";
  EXPECT_EQ(check("{}", {}), one);
  EXPECT_EQ(check(R"({"bucket": "b", "key": "k"})", {}), one);
  EXPECT_EQ(check(R"({"Content-Length": 6199034})", {}), simple + "value must be a string.");
  EXPECT_EQ(check(R"({"acl": null})", {}), kInvalid + "Invalid JSON.");
  EXPECT_EQ(check("[]", {}), kInvalid + "Invalid Condition: missing operation identifier.");
  EXPECT_EQ(check(R"(["like", "$key", "a"])", {}),
            kInvalid + "Invalid Condition: unknown operation 'like'.");
  EXPECT_EQ(check(R"(["content-length-range", 0])", {}),
            kInvalid + "Invalid content-length-range: wrong number of arguments.");
  EXPECT_EQ(check(R"(["content-length-range", -1, 0])", {}),
            kInvalid + "Token - must be enclosed in quotes.");
  EXPECT_EQ(check(R"(["content-length-range", 0, 512.0])", {}), kInvalid + "Invalid JSON.");
  EXPECT_EQ(check(R"(["eq", "$key", 1])", {}), kInvalid + "Invalid JSON.");
  EXPECT_EQ(check("1", {}), kInvalid + "Invalid condition test: must be a List or Object.");
}

TEST(PostPolicy, DepthIsNoDanger) {
  EXPECT_EQ(parse_failure(std::string(15000, '[')), kInvalid + "Invalid JSON.");
  EXPECT_EQ(check(std::string(7000, '[') + std::string(7000, ']'), {}), kInvalid + "Invalid JSON.");
}

}  // namespace
}  // namespace pail::auth
