#include "matrix/samples.h"

#include <stdexcept>
#include <string>
#include <utility>

#include "auth/directory.h"
#include "support/calls.h"

// One sample for each row of operations.def, in its order. All are about the bucket "classic",
// which the owner owns, unless they need one of another kind.
namespace pail::test::matrix {
namespace {

using namespace operations;  // NOLINT(google-build-using-namespace): the names of all operations

void expect(const Answer& answer) {
  if (answer.status >= 300) throw std::runtime_error("the sample's state: " + answer.body);
}

Call call(std::string method, std::string target) {
  Call sample;
  sample.method = std::move(method);
  sample.target = std::move(target);
  return sample;
}

/// With the digest that some documents have to bring.
Call document(std::string method, std::string target, const std::string& body) {
  Call sample = call(std::move(method), std::move(target));
  sample.headers = {content_md5(body)};
  sample.body = body;
  return sample;
}

/// Of the Security Token Service.
Call action(const std::string& parameters) {
  Call sample = call("POST", "/");
  sample.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  sample.body = "Action=" + parameters + "&Version=2011-06-15";
  sample.service = "sts";
  return sample;
}

void put_object(Loopback& server) { expect(server.put("/classic/key", "hello")); }

const std::string kCors =
    "<CORSConfiguration><CORSRule><AllowedOrigin>http://app.test</AllowedOrigin>"
    "<AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>";
const std::string kLifecycle =
    "<LifecycleConfiguration><Rule><ID>r</ID><Status>Enabled</Status><Filter><Prefix>tmp/</Prefix>"
    "</Filter><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>";
const std::string kPolicy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"000000000000"},)"
    R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::classic/elsewhere/*"}]})";
const std::string kOwnership =
    "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>"
    "</OwnershipControls>";
const std::string kBlock =
    "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>"
    "</PublicAccessBlockConfiguration>";
const std::string kVersioning =
    "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
const std::string kTagging =
    "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>";
const std::string kLock =
    "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
    "</ObjectLockConfiguration>";
const std::string kEncryption =
    "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
    "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
    "</ServerSideEncryptionConfiguration>";
const std::string kRetention =
    "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2027-01-01T00:00:00Z</RetainUntilDate>"
    "</Retention>";
const std::string kHold = "<LegalHold><Status>ON</Status></LegalHold>";
const std::string kRestore = "<RestoreRequest><Days>1</Days></RestoreRequest>";

Call put_document(const char* sub_resource, const std::string& body) {
  return document("PUT", std::string("/classic?") + sub_resource, body);
}

/// Of a Get or Delete, after the Put.
Call after_put(Loopback& server, const char* method, const char* sub_resource,
               const std::string& body) {
  const std::string target = std::string("/classic?") + sub_resource;
  expect(send(server, "PUT", target, {content_md5(body)}, body));
  return call(method, target);
}

/// The bucket "locked" with an object that may have a lock.
void make_locked_object(Loopback& server) {
  expect(send(server, "PUT", "/locked", {{"x-amz-bucket-object-lock-enabled", "true"}}));
  expect(server.put("/locked/key", "hello"));
}

std::string begin_upload(Loopback& server) {
  const Answer begun = server.post("/classic/key?uploads", "");
  expect(begun);
  return begun.element("UploadId");
}

std::string part_target(const std::string& upload_id) {
  return "/classic/key?partNumber=1&uploadId=" + upload_id;
}

}  // namespace

#define PAIL_SAMPLE(name) \
  template <>             \
  Call sample<name>([[maybe_unused]] Loopback & server)

PAIL_SAMPLE(ListBuckets) { return call("GET", "/"); }
PAIL_SAMPLE(CreateBucket) { return call("PUT", "/brand-new"); }
PAIL_SAMPLE(HeadBucket) { return call("HEAD", "/classic"); }
PAIL_SAMPLE(DeleteBucket) { return call("DELETE", "/classic"); }
PAIL_SAMPLE(GetBucketLocation) { return call("GET", "/classic?location"); }
PAIL_SAMPLE(ListObjects) { return call("GET", "/classic"); }
PAIL_SAMPLE(ListObjectsV2) { return call("GET", "/classic?list-type=2"); }

PAIL_SAMPLE(PutBucketCors) { return put_document("cors", kCors); }
PAIL_SAMPLE(GetBucketCors) { return after_put(server, "GET", "cors", kCors); }
PAIL_SAMPLE(DeleteBucketCors) { return after_put(server, "DELETE", "cors", kCors); }
PAIL_SAMPLE(PutBucketLifecycleConfiguration) { return put_document("lifecycle", kLifecycle); }
PAIL_SAMPLE(GetBucketLifecycleConfiguration) {
  return after_put(server, "GET", "lifecycle", kLifecycle);
}
PAIL_SAMPLE(DeleteBucketLifecycle) { return after_put(server, "DELETE", "lifecycle", kLifecycle); }
PAIL_SAMPLE(PutBucketPolicy) { return put_document("policy", kPolicy); }
PAIL_SAMPLE(GetBucketPolicy) { return after_put(server, "GET", "policy", kPolicy); }
PAIL_SAMPLE(DeleteBucketPolicy) { return after_put(server, "DELETE", "policy", kPolicy); }
PAIL_SAMPLE(GetBucketPolicyStatus) {
  after_put(server, "GET", "policy", kPolicy);
  return call("GET", "/classic?policyStatus");
}
PAIL_SAMPLE(PutBucketAcl) {
  Call sample = call("PUT", "/classic?acl");
  sample.headers = {{"x-amz-acl", "private"}};
  return sample;
}
PAIL_SAMPLE(GetBucketAcl) { return call("GET", "/classic?acl"); }
PAIL_SAMPLE(PutBucketOwnershipControls) { return put_document("ownershipControls", kOwnership); }
PAIL_SAMPLE(GetBucketOwnershipControls) { return call("GET", "/classic?ownershipControls"); }
PAIL_SAMPLE(DeleteBucketOwnershipControls) { return call("DELETE", "/classic?ownershipControls"); }
PAIL_SAMPLE(PutPublicAccessBlock) { return put_document("publicAccessBlock", kBlock); }
PAIL_SAMPLE(GetPublicAccessBlock) { return after_put(server, "GET", "publicAccessBlock", kBlock); }
PAIL_SAMPLE(DeletePublicAccessBlock) { return call("DELETE", "/classic?publicAccessBlock"); }
PAIL_SAMPLE(PutBucketVersioning) { return put_document("versioning", kVersioning); }
PAIL_SAMPLE(GetBucketVersioning) { return call("GET", "/classic?versioning"); }
PAIL_SAMPLE(PutBucketTagging) { return put_document("tagging", kTagging); }
PAIL_SAMPLE(GetBucketTagging) { return after_put(server, "GET", "tagging", kTagging); }
PAIL_SAMPLE(DeleteBucketTagging) { return after_put(server, "DELETE", "tagging", kTagging); }
PAIL_SAMPLE(PutObjectLockConfiguration) {
  make_locked_object(server);
  return document("PUT", "/locked?object-lock", kLock);
}
PAIL_SAMPLE(GetObjectLockConfiguration) {
  make_locked_object(server);
  return call("GET", "/locked?object-lock");
}
PAIL_SAMPLE(ListObjectVersions) { return call("GET", "/classic?versions"); }
PAIL_SAMPLE(DeleteObjects) {
  put_object(server);
  return document("POST", "/classic?delete", "<Delete><Object><Key>key</Key></Object></Delete>");
}
PAIL_SAMPLE(ListMultipartUploads) { return call("GET", "/classic?uploads"); }

PAIL_SAMPLE(PutObject) {
  Call sample = call("PUT", "/classic/key");
  sample.body = "hello";
  return sample;
}
PAIL_SAMPLE(GetObject) {
  put_object(server);
  return call("GET", "/classic/key");
}
PAIL_SAMPLE(HeadObject) {
  put_object(server);
  return call("HEAD", "/classic/key");
}
PAIL_SAMPLE(DeleteObject) {
  put_object(server);
  return call("DELETE", "/classic/key");
}
PAIL_SAMPLE(CopyObject) {
  put_object(server);
  Call sample = call("PUT", "/classic/copy");
  sample.headers = {{"x-amz-copy-source", "/classic/key"}};
  return sample;
}
PAIL_SAMPLE(GetObjectAttributes) {
  put_object(server);
  Call sample = call("GET", "/classic/key?attributes");
  sample.headers = {{"x-amz-object-attributes", "ETag"}};
  return sample;
}
PAIL_SAMPLE(PutObjectAcl) {
  put_object(server);
  Call sample = call("PUT", "/classic/key?acl");
  sample.headers = {{"x-amz-acl", "private"}};
  return sample;
}
PAIL_SAMPLE(GetObjectAcl) {
  put_object(server);
  return call("GET", "/classic/key?acl");
}
PAIL_SAMPLE(PutObjectTagging) {
  put_object(server);
  return document("PUT", "/classic/key?tagging", kTagging);
}
PAIL_SAMPLE(GetObjectTagging) {
  put_object(server);
  return call("GET", "/classic/key?tagging");
}
PAIL_SAMPLE(DeleteObjectTagging) {
  put_object(server);
  return call("DELETE", "/classic/key?tagging");
}
PAIL_SAMPLE(PutObjectRetention) {
  make_locked_object(server);
  return document("PUT", "/locked/key?retention", kRetention);
}
PAIL_SAMPLE(GetObjectRetention) {
  make_locked_object(server);
  expect(send(server, "PUT", "/locked/key?retention", {content_md5(kRetention)}, kRetention));
  return call("GET", "/locked/key?retention");
}
PAIL_SAMPLE(PutObjectLegalHold) {
  make_locked_object(server);
  return document("PUT", "/locked/key?legal-hold", kHold);
}
PAIL_SAMPLE(GetObjectLegalHold) {
  make_locked_object(server);
  expect(send(server, "PUT", "/locked/key?legal-hold", {content_md5(kHold)}, kHold));
  return call("GET", "/locked/key?legal-hold");
}
PAIL_SAMPLE(RestoreObject) {
  expect(server.put("/classic/key", "hello", {{"x-amz-storage-class", "GLACIER"}}));
  return document("POST", "/classic/key?restore", kRestore);
}
PAIL_SAMPLE(CreateMultipartUpload) { return call("POST", "/classic/key?uploads"); }
PAIL_SAMPLE(UploadPart) {
  Call sample = call("PUT", part_target(begin_upload(server)));
  sample.body = "hello";
  return sample;
}
PAIL_SAMPLE(UploadPartCopy) {
  put_object(server);
  Call sample = call("PUT", part_target(begin_upload(server)));
  sample.headers = {{"x-amz-copy-source", "/classic/key"}};
  return sample;
}
PAIL_SAMPLE(CompleteMultipartUpload) {
  const std::string upload_id = begin_upload(server);
  const Answer part = server.put(part_target(upload_id), "hello");
  expect(part);
  Call sample = call("POST", "/classic/key?uploadId=" + upload_id);
  sample.body = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" +
                part.header("ETag") + "</ETag></Part></CompleteMultipartUpload>";
  return sample;
}
PAIL_SAMPLE(AbortMultipartUpload) {
  return call("DELETE", "/classic/key?uploadId=" + begin_upload(server));
}
PAIL_SAMPLE(ListParts) { return call("GET", "/classic/key?uploadId=" + begin_upload(server)); }

PAIL_SAMPLE(PreflightBucket) {
  after_put(server, "GET", "cors", kCors);
  Call sample = call("OPTIONS", "/classic");
  sample.headers = {{"Origin", "http://app.test"}, {"Access-Control-Request-Method", "GET"}};
  return sample;
}
PAIL_SAMPLE(PreflightObject) {
  Call sample = matrix::sample<PreflightBucket>(server);
  sample.target = "/classic/key";
  return sample;
}
PAIL_SAMPLE(PostObject) {
  Call sample = call("POST", "/classic");
  sample.headers = {{"Content-Type", "multipart/form-data; boundary=b"}};
  sample.body =
      "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nkey\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"file\"; "
      "filename=\"f\"\r\n\r\nhello\r\n--b--\r\n";
  return sample;
}

PAIL_SAMPLE(PutBucketEncryption) { return put_document("encryption", kEncryption); }
PAIL_SAMPLE(GetBucketEncryption) { return call("GET", "/classic?encryption"); }
PAIL_SAMPLE(DeleteBucketEncryption) { return call("DELETE", "/classic?encryption"); }

PAIL_SAMPLE(GetCallerIdentity) { return action("GetCallerIdentity"); }
PAIL_SAMPLE(AssumeRole) {
  return action(
      "AssumeRole&RoleSessionName=trial&RoleArn=arn%3Aaws%3Aiam%3A%3A000000000000%3A"
      "role%2Fopen");
}
PAIL_SAMPLE(AssumeRoleWithWebIdentity) {
  // {"alg":"none"} .
  // {"iss":"https://idp.test","sub":"someone","aud":"app","iat":…,"exp":1900000000}
  return action(
      "AssumeRoleWithWebIdentity&RoleSessionName=trial&RoleArn=arn%3Aaws%3Aiam%3A%3A"
      "000000000000%3Arole%2Fweb&WebIdentityToken="
      "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2lkcC50ZXN0Iiwic3Vi"
      "Ijoic29tZW9uZSIsImF1ZCI6ImFwcCIsImlhdCI6MTc5MDAwMDAwMCwiZXhwIjoxOTAwMDAwMDAwfQ.x");
}
PAIL_SAMPLE(GetSessionToken) { return action("GetSessionToken"); }
PAIL_SAMPLE(GetFederationToken) { return action("GetFederationToken&Name=guest"); }

}  // namespace pail::test::matrix
