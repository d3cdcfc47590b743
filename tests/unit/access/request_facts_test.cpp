#include "access/request_facts.h"

#include <gtest/gtest.h>

#include "protocol/post_form.h"
#include "support/signed_request.h"

namespace pail::access {
namespace {

using test::TestRequest;

auth::Identity alice() {
  auth::Identity identity{"AK1", "alice", "c1", "111122223333"};
  identity.arn = "arn:aws:iam::111122223333:user/alice";
  identity.user_id = "AIDAALICE";
  identity.principal_type = "User";
  return identity;
}

class Facts : public testing::Test {
 protected:
  Facts() {
    bucket_.owner_id = "c1";
    bucket_.region = "eu-west-1";
    request_.http.remote_address = "192.0.2.1";
  }

  /// The values joined by ',', or "-" if there is no such fact.
  std::string fact(std::string_view key) {
    auto routed = request_.routed();
    routed.form = form_;
    const RequestFacts facts(routed, identity_, &bucket_, sources_);
    const auto values = facts.find(ConditionKey::parse(key));
    if (!values) return "-";
    std::string joined;
    for (const std::string& value : *values) joined += (joined.empty() ? "" : ",") + value;
    return joined;
  }
  void add(std::string name, std::string value) {
    request_.http.headers.add(std::move(name), std::move(value));
  }

  TestRequest request_{"GET", "/bucket/key?prefix=a%2Fb&delimiter=/&max-keys=7&versionId=v1"};
  auth::Identity identity_ = alice();
  model::Bucket bucket_;
  FactSources sources_;
  BodyFacts body_;
  std::shared_ptr<protocol::PostForm> form_;
};

TEST_F(Facts, OfTheConnectionAndTheTime) {
  EXPECT_EQ(fact("aws:SourceIp"), "192.0.2.1");
  EXPECT_EQ(fact("aws:SecureTransport"), "false");
  request_.http.is_tls = true;
  EXPECT_EQ(fact("aws:SecureTransport"), "true");
  EXPECT_EQ(fact("aws:CurrentTime"), "2013-05-24T00:00:00.000Z");
  EXPECT_EQ(fact("aws:EpochTime"), "1369353600");
  EXPECT_EQ(fact("s3:TlsVersion"), "-");
}

TEST_F(Facts, OfAUser) {
  EXPECT_EQ(fact("aws:username"), "alice");
  EXPECT_EQ(fact("aws:userid"), "AIDAALICE");
  EXPECT_EQ(fact("aws:PrincipalArn"), "arn:aws:iam::111122223333:user/alice");
  EXPECT_EQ(fact("aws:PrincipalAccount"), "111122223333");
  EXPECT_EQ(fact("aws:PrincipalType"), "User");
  EXPECT_EQ(fact("aws:TokenIssueTime"), "-");
  EXPECT_EQ(fact("aws:MultiFactorAuthPresent"), "-");
  EXPECT_EQ(fact("aws:PrincipalTag/team"), "-");
}

TEST_F(Facts, OfNobody) {
  identity_ = auth::Identity();
  EXPECT_EQ(fact("aws:username"), "-");
  EXPECT_EQ(fact("aws:userid"), "anonymous");
  EXPECT_EQ(fact("aws:PrincipalType"), "Anonymous");
  EXPECT_EQ(fact("aws:PrincipalArn"), "-");
  EXPECT_EQ(fact("aws:PrincipalAccount"), "-");
  EXPECT_EQ(fact("s3:authType"), "-");
  EXPECT_EQ(fact("s3:signatureversion"), "-");
  EXPECT_EQ(fact("s3:signatureAge"), "-");
}

TEST_F(Facts, OfASession) {
  auth::Session session;
  session.issued = test::example_time();
  session.tags = {{"Team", "blue"}};
  identity_.session = std::make_shared<const auth::Session>(session);
  identity_.principal_type = "AssumedRole";
  identity_.arn = "arn:aws:sts::111122223333:assumed-role/r/s";
  identity_.policy_bearer_arn = "arn:aws:iam::111122223333:role/path/r";
  EXPECT_EQ(fact("aws:username"), "-");
  EXPECT_EQ(fact("aws:PrincipalArn"), "arn:aws:iam::111122223333:role/path/r");
  EXPECT_EQ(fact("aws:TokenIssueTime"), "2013-05-24T00:00:00.000Z");
  EXPECT_EQ(fact("aws:MultiFactorAuthPresent"), "false");
  EXPECT_EQ(fact("aws:PrincipalTag/team"), "blue");
}

TEST_F(Facts, OfTheQuery) {
  EXPECT_EQ(fact("s3:prefix"), "a/b");
  EXPECT_EQ(fact("s3:delimiter"), "/");
  EXPECT_EQ(fact("s3:max-keys"), "7");
  EXPECT_EQ(fact("s3:VersionId"), "v1");
  sources_.prefix = "key";
  EXPECT_EQ(fact("s3:prefix"), "key");
  request_.http.target = "/bucket";
  EXPECT_EQ(fact("s3:max-keys"), "-");
}

TEST_F(Facts, OfTheHeaders) {
  EXPECT_EQ(fact("s3:x-amz-acl"), "-");
  add("User-Agent", "curl");
  add("Referer", "http://example.com/");
  add("X-Amz-Acl", "private");
  add("x-amz-grant-read", "id=x");
  add("x-amz-server-side-encryption", "AES256");
  add("If-None-Match", "*");
  add("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
  EXPECT_EQ(fact("aws:UserAgent"), "curl");
  EXPECT_EQ(fact("aws:Referer"), "http://example.com/");
  EXPECT_EQ(fact("s3:x-amz-acl"), "private");
  EXPECT_EQ(fact("s3:x-amz-grant-read"), "id=x");
  EXPECT_EQ(fact("s3:x-amz-server-side-encryption"), "AES256");
  EXPECT_EQ(fact("s3:if-none-match"), "*");
  EXPECT_EQ(fact("s3:x-amz-content-sha256"), "UNSIGNED-PAYLOAD");
}

TEST_F(Facts, CopySourcesAreReadHoweverTheyAreWritten) {
  add("x-amz-copy-source", "/source/public%2Fa+b");
  EXPECT_EQ(fact("s3:x-amz-copy-source"), "source/public/a b");
}

TEST_F(Facts, OfPresignedUrlsLieInTheQuery) {
  request_.http.target =
      "/bucket/key?X-Amz-Signature=x&X-Amz-Acl=public-read&X-Amz-Date=20130523T235959Z";
  EXPECT_EQ(fact("s3:x-amz-acl"), "public-read");
  EXPECT_EQ(fact("s3:authType"), "REST-QUERY-STRING");
  EXPECT_EQ(fact("s3:signatureversion"), "AWS4-HMAC-SHA256");
  EXPECT_EQ(fact("s3:signatureAge"), "1000");
  request_.http.target = "/bucket/key?x-amz-acl=public-read";
  EXPECT_EQ(fact("s3:x-amz-acl"), "-") << "a query that is not signed is no header";
}

TEST_F(Facts, OfSignaturesInHeaders) {
  add("Authorization", "AWS4-HMAC-SHA256 Credential=x");
  add("x-amz-date", "20130523T235900Z");
  EXPECT_EQ(fact("s3:authType"), "REST-HEADER");
  EXPECT_EQ(fact("s3:signatureAge"), "60000");
  request_.http.headers.set("Authorization", "AWS AK1:sig");
  EXPECT_EQ(fact("s3:signatureversion"), "AWS");
}

TEST_F(Facts, OfFormsLieInTheirFields) {
  request_.operation.name = "PostObject";
  add("Content-Type", "multipart/form-data; boundary=b");
  add("Content-Length", "500");
  add("x-amz-acl", "private");
  add("x-amz-date", "20130523T235900Z");
  std::string body;
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"key", "k"},
                                                        {"acl", "public-read"},
                                                        {"X-Amz-Storage-Class", "GLACIER"},
                                                        {"x-amz-date", "20130523T235958Z"},
                                                        {"x-amz-signature", "s"},
                                                        {"file", "content"}}) {
    body += "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }
  request_.set_body(body + "--b--\r\n");
  form_ = task::run_blocking(protocol::PostForm::open(request_.http)).value();
  EXPECT_EQ(fact("s3:authType"), "POST");
  EXPECT_EQ(fact("s3:signatureAge"), "2000");
  EXPECT_EQ(fact("s3:signatureversion"), "AWS4-HMAC-SHA256");
  EXPECT_EQ(fact("s3:x-amz-acl"), "public-read") << "the header of that name does nothing";
  EXPECT_EQ(fact("s3:x-amz-storage-class"), "GLACIER");
  EXPECT_EQ(fact("s3:x-amz-server-side-encryption"), "-");
}

/// An object with tags, which counts how often it is looked for.
class TaggedObject final : public ObjectLookup {
 public:
  explicit TaggedObject(std::vector<model::NamedValue> tags) {
    version_.attributes.tags = std::move(tags);
  }
  const model::ObjectVersion* find() override {
    ++lookups_;
    return &version_;
  }
  [[nodiscard]] int lookups() const { return lookups_; }

 private:
  model::ObjectVersion version_;
  int lookups_ = 0;
};

TEST_F(Facts, OfTags) {
  TaggedObject object({{"Team", "blue"}, {"team", "red"}});
  sources_.object = &object;
  add("x-amz-tagging", "a=1&b=2");
  EXPECT_EQ(fact("s3:RequestObjectTag/a"), "1");
  EXPECT_EQ(fact("s3:RequestObjectTag/c"), "-");
  EXPECT_EQ(fact("s3:RequestObjectTagKeys"), "a,b");
  EXPECT_EQ(object.lookups(), 0);
  EXPECT_EQ(fact("s3:ExistingObjectTag/team"), "red");
  EXPECT_EQ(fact("s3:ExistingObjectTag/TEAM"), "blue");
  EXPECT_EQ(fact("s3:ExistingObjectTag/other"), "-");
  body_.tags = std::vector<model::NamedValue>{{"c", "3"}};
  sources_.body = &body_;
  EXPECT_EQ(fact("s3:RequestObjectTagKeys"), "c");
  request_.operation.name = "GetObjectAttributes";
  EXPECT_EQ(fact("s3:ExistingObjectTag/team"), "-") << "as on AWS";
}

TEST_F(Facts, OfLocks) {
  EXPECT_EQ(fact("s3:object-lock-mode"), "-");
  add("x-amz-object-lock-mode", "GOVERNANCE");
  add("x-amz-object-lock-retain-until-date", "2013-06-03T00:00:00Z");
  add("x-amz-object-lock-legal-hold", "ON");
  EXPECT_EQ(fact("s3:object-lock-mode"), "GOVERNANCE");
  EXPECT_EQ(fact("s3:object-lock-retain-until-date"), "2013-06-03T00:00:00.000Z");
  EXPECT_EQ(fact("s3:object-lock-remaining-retention-days"), "10");
  EXPECT_EQ(fact("s3:object-lock-legal-hold"), "ON");
  model::ObjectLock lock;
  lock.retention = model::Retention{model::RetentionMode::kCompliance,
                                    test::example_time() + std::chrono::hours(25)};
  lock.legal_hold = false;
  body_.lock = lock;
  sources_.body = &body_;
  EXPECT_EQ(fact("s3:object-lock-mode"), "COMPLIANCE");
  EXPECT_EQ(fact("s3:object-lock-remaining-retention-days"), "2");
  EXPECT_EQ(fact("s3:object-lock-legal-hold"), "OFF");
}

TEST_F(Facts, OfABucketThatIsToBeMade) {
  EXPECT_EQ(fact("s3:LocationConstraint"), "-");
  sources_.body = &body_;
  body_.location_constraint = "eu-west-1";
  EXPECT_EQ(fact("s3:LocationConstraint"), "eu-west-1");
  add("x-amz-object-ownership", "ObjectWriter");
  EXPECT_EQ(fact("s3:x-amz-object-ownership"), "ObjectWriter");
  body_.object_ownership = "BucketOwnerEnforced";
  EXPECT_EQ(fact("s3:x-amz-object-ownership"), "BucketOwnerEnforced");
}

TEST_F(Facts, OfTheOperationAndTheBucket) {
  EXPECT_EQ(fact("s3:ObjectCreationOperation"), "-");
  request_.operation.name = "CompleteMultipartUpload";
  EXPECT_EQ(fact("s3:ObjectCreationOperation"), "true");
  request_.operation.name = "UploadPart";
  EXPECT_EQ(fact("s3:ObjectCreationOperation"), "false");
  EXPECT_EQ(fact("aws:RequestedRegion"), "eu-west-1");
  EXPECT_EQ(fact("s3:ResourceAccount"), "111122223333");
  bucket_.owner_id = "c2";
  EXPECT_EQ(fact("aws:ResourceAccount"), "-");
  auth::Directory directory;
  directory.add(auth::Account{"444455556666", "c2", ""});
  sources_.directory = &directory;
  EXPECT_EQ(fact("aws:ResourceAccount"), "444455556666");
  EXPECT_EQ(fact("aws:Nonsense"), "-");
}

}  // namespace
}  // namespace pail::access
