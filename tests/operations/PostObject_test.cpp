#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"
#include "operations/policy_fixture.h"
#include "support/form.h"
#include "support/loopback.h"

namespace pail::test {
namespace {

constexpr const char* kContentMd5 = "\"9a0364b9e99bb480dd25e1f0284c8555\"";  // of "content"

Form plain_form() { return {.fields = {{"key", "k"}}}; }

/// A form that everybody may send to the bucket "public".
Answer post_publicly(Loopback& server, Form form) { return post(server, "public", form); }

TEST(PostObject, StoresTheFileUnderTheKey) {
  Loopback server;
  const Answer answer = post(server, "bucket", signed_form(plain_form()));
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("ETag"), kContentMd5);
  EXPECT_EQ(answer.header("Location"), "http://localhost:9000/bucket/k");
  EXPECT_EQ(answer.header("x-amz-checksum-crc64nvme"), digest_of("CRC64NVME", "content"));
  EXPECT_EQ(answer.header("x-amz-server-side-encryption"), "AES256");
  const Answer read = server.get("/bucket/k");
  EXPECT_EQ(read.body, "content");
  EXPECT_EQ(read.header("Content-Type"), "binary/octet-stream");
}

TEST(PostObject, FieldsSayWhatHeadersOfAPutSay) {
  Loopback server;
  const Form form{.fields = {{"key", "k"},
                             {"acl", "private"},
                             {"Content-Type", "text/plain"},
                             {"Cache-Control", "no-store"},
                             {"Content-Disposition", "attachment"},
                             {"Content-Encoding", "identity"},
                             {"Expires", "Thu, 01 Dec 2026 16:00:00 GMT"},
                             {"x-amz-storage-class", "STANDARD_IA"},
                             {"x-amz-server-side-encryption", "AES256"},
                             {"x-amz-website-redirect-location", "/elsewhere"},
                             {"x-amz-meta-Colour", "\xc3\x84"}}};
  ASSERT_EQ(post(server, "bucket", signed_form(form)).outcome(), "204");
  const Answer read = server.head("/bucket/k");
  EXPECT_EQ(read.header("Content-Type"), "text/plain");
  EXPECT_EQ(read.header("Cache-Control"), "no-store");
  EXPECT_EQ(read.header("Content-Disposition"), "attachment");
  EXPECT_EQ(read.header("Content-Encoding"), "identity");
  EXPECT_EQ(read.header("Expires"), "Thu, 01 Dec 2026 16:00:00 GMT");
  EXPECT_EQ(read.header("x-amz-storage-class"), "STANDARD_IA");
  EXPECT_EQ(read.header("x-amz-website-redirect-location"), "/elsewhere");
  EXPECT_EQ(read.header("x-amz-meta-colour"), "=?UTF-8?B?w4Q=?=");
}

TEST(PostObject, FileNameBecomesPartOfTheKey) {
  Loopback server;
  Form form = plain_form();
  form.fields = {{"key", "user/${filename}"}};
  form.file_name = "C:\\photos\\a b.png";
  const Answer answer = post(server, "bucket", signed_form(form));
  EXPECT_EQ(answer.header("Location"), "http://localhost:9000/bucket/user%2Fa%20b.png");
  EXPECT_EQ(server.get("/bucket/user/a%20b.png").body, "content");
}

TEST(PostObject, StatusIsChosenByTheForm) {
  Loopback server;
  for (const char* status : {"200", "204", "404", ""}) {
    const Form form{.fields = {{"key", "k"}, {"success_action_status", status}}};
    const Answer answer = post_publicly(server, form);
    EXPECT_EQ(answer.status, status == std::string("200") ? 200 : 204);
    EXPECT_EQ(answer.body, "");
  }
}

TEST(PostObject, Status201ComesWithADocument) {
  Loopback server;
  const Form form{.fields = {{"key", "a/b&c"}, {"success_action_status", "201"}}};
  const Answer answer = post_publicly(server, form);
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.header("Content-Type"), "application/xml");
  EXPECT_EQ(answer.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse><Location>"
            "http://localhost:9000/public/a%2Fb%26c</Location><Bucket>public</Bucket>"
            "<Key>a/b&amp;c</Key><ETag>&quot;9a0364b9e99bb480dd25e1f0284c8555&quot;</ETag>"
            "</PostResponse>");
}

TEST(PostObject, RedirectTellsBucketKeyAndEtag) {
  const std::string query = "bucket=public&key=a%2Fb+c&etag=%229a0364b9e99bb480dd25e1f0284c8555%22";
  const std::vector<std::pair<std::string, std::string>> targets = {
      {"http://app.test/done", "http://app.test/done?" + query},
      {"https://app.test/done?a=1", "https://app.test/done?a=1&" + query},
      {"http://app.test/#end", "http://app.test/?" + query + "#end"}};
  for (const char* field : {"success_action_redirect", "redirect"}) {
    for (const auto& [target, location] : targets) {
      Loopback server;
      const Form form{
          .fields = {{"key", "a/b c"}, {field, target}, {"success_action_status", "201"}}};
      const Answer answer = post_publicly(server, form);
      EXPECT_EQ(answer.status, 303);
      EXPECT_EQ(answer.header("Location"), location);
      EXPECT_EQ(answer.body, "");
    }
  }
}

TEST(PostObject, RedirectsThatLeadNowhereAreIgnored) {
  Loopback server;
  for (const char* target : {"/relative", "javascript:alert(1)", "http://a\r\nX-Evil: 1", ""}) {
    const Form form{.fields = {{"key", "k"}, {"success_action_redirect", target}}};
    const Answer answer = post_publicly(server, form);
    EXPECT_EQ(answer.status, 204) << target;
    EXPECT_EQ(answer.header("Location"), "http://localhost:9000/public/k");
  }
}

TEST(PostObject, ChecksumsAreVerified) {
  Loopback server;
  Form form{.fields = {{"key", "k"}, {"x-amz-checksum-sha256", digest_of("SHA256", "content")}}};
  const Answer right = post_publicly(server, form);
  EXPECT_EQ(right.status, 204);
  EXPECT_EQ(right.header("x-amz-checksum-sha256"), digest_of("SHA256", "content"));
  form.file = "contents";
  EXPECT_EQ(post_publicly(server, form).outcome(), "400 BadDigest");
  form.fields[1].second = "sailorjerry";
  EXPECT_EQ(post_publicly(server, form).outcome(), "400 InvalidRequest");
  form.fields[1] = {"Content-MD5", digest_of("MD5", "content")};
  EXPECT_EQ(post_publicly(server, form).outcome(), "400 BadDigest");
}

TEST(PostObject, ChecksumAlgorithmCanBeChosen) {
  Loopback server;
  Form form{.fields = {{"key", "k"}, {"x-amz-checksum-algorithm", "CRC32C"}}};
  EXPECT_EQ(post_publicly(server, form).header("x-amz-checksum-crc32c"),
            digest_of("CRC32C", "content"));
  form.fields[1].second = "CRC33";
  EXPECT_EQ(post_publicly(server, form).outcome(), "400 InvalidRequest");
}

TEST(PostObject, TagsAreXml) {
  Loopback server;
  Form form{.fields = {{"key", "k"},
                       {"tagging",
                        "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag>"
                        "</TagSet></Tagging>"}}};
  ASSERT_EQ(post(server, "bucket", signed_form(form)).outcome(), "204");
  EXPECT_EQ(server.get("/bucket/k?tagging=").element("Key"), "a");
  form.fields[1].second = "<InvalidXmlTagging></InvalidXmlTagging>";
  EXPECT_EQ(post(server, "bucket", signed_form(form)).outcome(), "204");
  form.fields[1].second = "not-xml";
  EXPECT_EQ(post(server, "bucket", signed_form(form)).outcome(), "400 MalformedXML");
}

TEST(PostObject, UnknownStorageClassesAreRefused) {
  Loopback server;
  const Form form{.fields = {{"key", "k"}, {"x-amz-storage-class", "FakeClass"}}};
  const Answer answer = post_publicly(server, form);
  EXPECT_EQ(answer.outcome(), "400 InvalidStorageClass");
  EXPECT_EQ(answer.element("StorageClassRequested"), "FakeClass");
}

TEST(PostObject, SizeIsBoundedByThePolicy) {
  Loopback server;
  const std::string range = R"(["content-length-range", 5, 10])";
  Form form = plain_form();
  form.file = "something to be";
  const Answer large = post(server, "bucket", signed_form(form, range));
  EXPECT_EQ(large.outcome(), "400 EntityTooLarge");
  EXPECT_EQ(large.element("ProposedSize"), "15");
  EXPECT_EQ(large.element("MaxSizeAllowed"), "10");
  form.file = "1";
  const Answer small = post(server, "bucket", signed_form(form, range));
  EXPECT_EQ(small.outcome(), "400 EntityTooSmall");
  EXPECT_EQ(small.element("ProposedSize"), "1");
  EXPECT_EQ(small.element("MinSizeAllowed"), "5");
  EXPECT_EQ(server.get("/bucket/k").outcome(), "404 NoSuchKey");
  for (const char* content : {"12345", "1234567890"}) {
    form.file = content;
    EXPECT_EQ(post(server, "bucket", signed_form(form, range)).outcome(), "204");
  }
}

TEST(PostObject, PolicyIsForOneBucket) {
  Loopback server;
  const Answer answer = post(server, "other", signed_form(plain_form()));
  EXPECT_EQ(answer.outcome(), "403 AccessDenied");
  EXPECT_EQ(answer.element("Message"),
            "Invalid according to Policy: Policy Condition failed: "
            "[&quot;eq&quot;, &quot;$bucket&quot;, &quot;bucket&quot;]");
}

TEST(PostObject, PolicyExpires) {
  Loopback server;
  server.clock().advance(std::chrono::hours(1));
  EXPECT_EQ(post(server, "bucket", signed_form(plain_form())).element("Message"),
            "Invalid according to Policy: Policy expired.");
}

TEST(PostObject, FieldsThatThePolicyDoesNotNameAreExtra) {
  Loopback server;
  Form form = signed_form(plain_form());
  form.fields.push_back({"x-amz-meta-a", "b"});
  const Answer answer = post(server, "bucket", form);
  EXPECT_EQ(answer.outcome(), "403 AccessDenied");
  EXPECT_EQ(answer.element("Message"),
            "Invalid according to Policy: Extra input fields: x-amz-meta-a");
  form.fields.back().first = "x-ignore-a";
  EXPECT_EQ(post(server, "bucket", form).outcome(), "204");
}

TEST(PostObject, FieldsAfterTheFileAreIgnored) {
  Loopback server;
  Form form = signed_form(plain_form());
  form.late_fields = {{"x-amz-meta-a", "b"}, {"submit", "Upload"}};
  EXPECT_EQ(post(server, "bucket", form).outcome(), "204");
  Form late = plain_form();
  std::swap(late.fields, late.late_fields);
  const Answer answer = post_publicly(server, late);
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("ArgumentName"), "key");
}

TEST(PostObject, NeedsExactlyOneFile) {
  Loopback server;
  Form form = plain_form();
  form.late_fields = {{"file", "second"}};
  EXPECT_EQ(post_publicly(server, form).element("Message"),
            "POST requires exactly one file upload per request.");
  form = plain_form();
  form.file.reset();
  const Answer answer = post_publicly(server, form);
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("ArgumentName") + answer.element("ArgumentValue"), "file0");
  EXPECT_EQ(server.get("/public/k").outcome(), "404 NoSuchKey");
}

TEST(PostObject, TamperedPoliciesDoNotMatch) {
  Loopback server;
  Form form = signed_form(plain_form());
  std::string& policy = form.fields[1].second;
  policy.resize(policy.size() - 2);
  const Answer answer = post(server, "bucket", form);
  EXPECT_EQ(answer.outcome(), "403 SignatureDoesNotMatch");
  EXPECT_EQ(answer.element("StringToSign"), policy);
  EXPECT_EQ(answer.element("CanonicalRequest"), "");
}

TEST(PostObject, WithoutASignatureTheBucketDecides) {
  Loopback server;
  EXPECT_EQ(post(server, "public", plain_form()).outcome(), "204");
  EXPECT_EQ(post(server, "bucket", plain_form()).outcome(), "403 AccessDenied");
  Form unsigned_policy = signed_form(plain_form());
  unsigned_policy.fields.resize(2);  // key and policy
  EXPECT_EQ(post(server, "bucket", unsigned_policy).outcome(), "403 AccessDenied");
}

TEST(PostObject, AnAuthorizationHeaderIsNoHelp) {
  Loopback server;
  const Form form = plain_form();
  const Answer answer = server.send(
      {.method = "POST", .target = "/bucket", .headers = form.headers(), .body = form.body()});
  EXPECT_EQ(answer.outcome(), "403 AccessDenied");
}

TEST(PostObject, BucketPolicyIsAskedAboutTheKeyOfTheForm) {
  Loopback server;
  const std::string policy =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
      R"("Action":"s3:PutObject","Resource":"arn:aws:s3:::bucket/inbox/*"}]})";
  ASSERT_EQ(server.put("/bucket?policy=", policy).status, 204);
  EXPECT_EQ(post(server, "bucket", {.fields = {{"key", "inbox/a"}}}).outcome(), "204");
  EXPECT_EQ(post(server, "bucket", {.fields = {{"key", "a"}}}).outcome(), "403 AccessDenied");
}

/// What becomes of the form under the statement; see outcome_under().
std::string outcome_of_form(Loopback& server, const Statement& statement, const Form& form) {
  const bool is_strangers = statement.effect == "Allow";
  const Form sent = signed_form(form, {}, is_strangers ? "AKIDSTRANGER" : "AKIDLOOPBACK");
  return outcome_under(
      server, statement,
      {.method = "POST",
       .target = "/bucket",
       // Of a form only the fields count.
       .headers = sent.headers({{"x-amz-acl", "private"}, {"x-amz-storage-class", "STANDARD"}}),
       .body = sent.body(),
       .is_signed = false});
}

TEST(PostObject, PoliciesSeeTheFields) {
  const std::string tags =
      "<Tagging><TagSet><Tag><Key>team</Key><Value>blue</Value></Tag></TagSet></Tagging>";
  const std::vector<std::pair<std::string, std::pair<std::string, std::string>>> conditions = {
      {R"("s3:x-amz-acl":"bucket-owner-full-control")", {"acl", "bucket-owner-full-control"}},
      {R"("s3:x-amz-acl":"bucket-owner-full-control")", {"x-amz-acl", "bucket-owner-full-control"}},
      {R"("s3:x-amz-storage-class":"GLACIER")", {"x-amz-storage-class", "GLACIER"}},
      {R"("s3:x-amz-server-side-encryption":"AES256")", {"x-amz-server-side-encryption", "AES256"}},
      {R"("s3:x-amz-website-redirect-location":"/a")", {"x-amz-website-redirect-location", "/a"}},
      {R"("s3:RequestObjectTag/team":"blue")", {"tagging", tags}},
      {R"("s3:RequestObjectTag/team":"blue")", {"x-amz-tagging", "team=blue"}},
      {R"("s3:RequestObjectTagKeys":"team")", {"tagging", tags}}};
  for (const auto& [condition, field] : conditions) {
    Loopback server;
    const std::string wanted = R"({"StringEquals":{)" + condition + "}}";
    const Form plain{.fields = {{"key", "k"}}};
    const Form special{.fields = {{"key", "k"}, field}};
    const Statement allow{"Allow", "s3:*", "bucket", wanted};
    EXPECT_EQ(outcome_of_form(server, allow, special), "204") << condition;
    EXPECT_EQ(outcome_of_form(server, allow, plain), "403 AccessDenied") << condition;
    const Statement deny{"Deny", "s3:PutObject", "bucket", wanted};
    EXPECT_EQ(outcome_of_form(server, deny, special), "403 AccessDenied") << condition;
    EXPECT_EQ(outcome_of_form(server, deny, plain), "204") << condition;
  }
}

TEST(PostObject, PoliciesSeeWhenTheFormWasSigned) {
  Loopback server;
  const std::string old = R"({"NumericGreaterThan":{"s3:signatureAge":"60000"}})";
  const std::string young = R"({"NumericLessThan":{"s3:signatureAge":"60000"}})";
  const Statement deny{"Deny", "s3:PutObject", "bucket", old};
  const Statement allow{"Allow", "s3:PutObject", "bucket", young};
  EXPECT_EQ(outcome_of_form(server, deny, plain_form()), "204");
  EXPECT_EQ(outcome_of_form(server, allow, plain_form()), "204");
  server.clock().advance(std::chrono::minutes(2));
  EXPECT_EQ(outcome_of_form(server, deny, plain_form()), "403 AccessDenied");
  EXPECT_EQ(outcome_of_form(server, allow, plain_form()), "403 AccessDenied");
}

TEST(PostObject, StrangersAreNotToldWhatIsWrongWithTheirFields) {
  Loopback server;
  const Form form{.fields = {{"key", "k"}, {"tagging", "not-xml"}}};
  EXPECT_EQ(post(server, "bucket", form).outcome(), "403 AccessDenied");
}

TEST(PostObject, OtherContentTypesFailThePrecondition) {
  Loopback server;
  const Answer answer = server.send({.method = "POST",
                                     .target = "/public",
                                     .headers = {{"Content-Type", "text/html"}},
                                     .body = "<html/>",
                                     .is_signed = false});
  EXPECT_EQ(answer.outcome(), "412 PreconditionFailed");
  EXPECT_EQ(answer.element("Condition"),
            "Bucket POST must be of the enclosure-type multipart/form-data");
}

TEST(PostObject, UnknownBucketsAreNotFound) {
  Loopback server;
  EXPECT_EQ(post(server, "nowhere", plain_form()).outcome(), "404 NoSuchBucket");
}

TEST(PostObject, AnswersCarryCorsHeaders) {
  Loopback server;
  const std::string rules =
      "<CORSConfiguration><CORSRule><AllowedOrigin>http://app.test</AllowedOrigin>"
      "<AllowedMethod>POST</AllowedMethod><ExposeHeader>ETag</ExposeHeader></CORSRule>"
      "</CORSConfiguration>";
  ASSERT_EQ(server.put("/public?cors=", rules, {{"Content-MD5", digest_of("MD5", rules)}}).status,
            200);
  const Headers origin = {{"Origin", "http://app.test"}};
  for (const Form& form : {plain_form(), Form{}}) {
    const Answer answer = post(server, "public", form, origin);
    EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "http://app.test") << answer.status;
    EXPECT_EQ(answer.header("Access-Control-Expose-Headers"), "ETag");
  }
}

TEST(PostObject, FieldsLockTheObject) {
  Loopback server;
  server.put("/bucket?versioning",
             "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  put_whole(server, "/bucket?object-lock",
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
            "</ObjectLockConfiguration>");
  const Form form = signed_form({.fields = {{"key", "locked"},
                                            {"x-amz-object-lock-mode", "GOVERNANCE"},
                                            {"x-amz-object-lock-retain-until-date", kTomorrow}}});
  ASSERT_EQ(post(server, "bucket", form).outcome(), "204");
  EXPECT_EQ(server.head("/bucket/locked").header("x-amz-object-lock-mode"), "GOVERNANCE");
}

}  // namespace
}  // namespace pail::test
