#include "journal/advice.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace pail::journal {
namespace {

constexpr int kFirstRefusal = 400;
constexpr int kFirstServerError = 500;

struct Row {
  std::string_view code;
  Cause cause;
};

/// What can be told by the code alone; AccessDenied is looked at more closely, other codes are
/// requests that are wrong.
constexpr auto kCauses = std::to_array<Row>({
    {"AuthorizationHeaderMalformed", Cause::kSignature},
    {"AuthorizationQueryParametersError", Cause::kSignature},
    {"BadDigest", Cause::kChecksum},
    {"ConditionalRequestConflict", Cause::kCondition},
    {"ExpiredToken", Cause::kClock},
    {"ExpiredTokenException", Cause::kClock},
    {"IllegalLocationConstraintException", Cause::kRegion},
    {"IncompleteBody", Cause::kDelivery},
    {"InvalidAccessKeyId", Cause::kSignature},
    {"InvalidClientTokenId", Cause::kSignature},
    {"InvalidDigest", Cause::kChecksum},
    {"InvalidToken", Cause::kSignature},
    {"MissingAuthenticationToken", Cause::kSignature},
    {"NoSuchBucket", Cause::kMissing},
    {"NoSuchKey", Cause::kMissing},
    {"NoSuchUpload", Cause::kMissing},
    {"NoSuchVersion", Cause::kMissing},
    {"PermanentRedirect", Cause::kRegion},
    {"PreconditionFailed", Cause::kCondition},
    {"RequestTimeTooSkewed", Cause::kClock},
    {"RequestTimeout", Cause::kDelivery},
    {"SignatureDoesNotMatch", Cause::kSignature},
    {"TemporaryRedirect", Cause::kRegion},
    {"XAmzContentChecksumMismatch", Cause::kChecksum},
    {"XAmzContentSHA256Mismatch", Cause::kChecksum},
    {"AccessControlListNotSupported", Cause::kAccess},
});

std::string message_of(const RequestRecord& record) {
  const bool is_known = record.exchange && record.exchange->refusal;
  return is_known ? record.exchange->refusal->message : std::string();
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Cause cause_of_denial(const RequestRecord& record) {
  const std::string message = message_of(record);
  if (contains(message, "object lock")) return Cause::kLock;
  if (contains(message, "Request has expired") || contains(message, "not yet valid")) {
    return Cause::kClock;
  }
  if (contains(message, "not signed") || contains(message, "requires a valid Date")) {
    return Cause::kSignature;
  }
  return Cause::kAccess;
}

using Steps = std::vector<std::string>;

Steps signature_steps(const RequestRecord& record) {
  const std::string key = "'" + record.access_key_id + "'";
  if (const std::string names = refusal_field(record, "HeadersNotSigned"); !names.empty()) {
    return {"sign these fields or do not send them: " + names +
            " (a presigned URL has to be made with the fields that are sent with it)"};
  }
  if (record.error_code == "InvalidAccessKeyId") {
    return {"use an access key that the server knows: " + key + " is none of them",
            "look which credentials the client picks up: AWS_ACCESS_KEY_ID, AWS_PROFILE, "
            "~/.aws/credentials, a role of the container"};
  }
  if (record.error_code == "InvalidToken") {
    return {
        "leave AWS_SESSION_TOKEN unset with permanent credentials; temporary ones have to come "
        "from this server's own Security Token Service"};
  }
  if (record.error_code != "SignatureDoesNotMatch") {
    return {"let an SDK sign the request, or compare with the form that the message names"};
  }
  Steps steps;
  if (record.exchange && record.exchange->refusal &&
      record.exchange->refusal->differing_part.empty()) {
    steps.push_back("check the secret of " + key +
                    " on both sides: white space, quotes, an old one");
    steps.emplace_back(
        "compare the canonical request below, line by line, with the one that the client logs");
  }
  steps.emplace_back(
      "sign for the very host, path and fields that are sent, and let no proxy change "
      "them");
  return steps;
}

Steps clock_steps(const RequestRecord& record) {
  if (record.error_code == "RequestTimeTooSkewed") {
    return {"set the clock of the client (and that of a container or virtual machine that slept)",
            "if the server's clock was frozen or moved for a test, let it run again"};
  }
  if (record.is_presigned() && record.error_code == "AccessDenied") {
    return {"make a new presigned URL, or one that holds longer (ExpiresIn, 7 days at most)",
            "a URL made with temporary credentials ends with them, whatever it says itself"};
  }
  return {"get new temporary credentials"};
}

Steps access_steps(const RequestRecord& record) {
  if (record.error_code == "AccessControlListNotSupported") {
    return {
        "send no ACL, or set object ownership of the bucket to ObjectWriter; a bucket policy is "
        "what AWS recommends"};
  }
  Steps steps;
  if (contains(record.hint, "statement")) {
    steps.emplace_back(
        "change the statement that is named, or its conditions; an explicit Deny wins "
        "over every Allow");
  }
  if (contains(record.hint, "public access block")) {
    steps.emplace_back(
        "remove the public access block of the bucket (DeletePublicAccessBlock) if it is to be "
        "public; every new bucket has one");
  }
  if (record.authentication == Authentication::kAnonymous) {
    steps.emplace_back("sign the request, or hand out a presigned URL");
    steps.emplace_back(
        "or open the bucket: a policy with Principal \"*\", or start it with public access");
  }
  if (contains(record.hint, "s3:ListBucket")) {
    steps.emplace_back("the key does not exist; who may s3:ListBucket is told NoSuchKey instead");
  }
  if (steps.empty()) {
    steps.emplace_back("allow the action in a policy of the user or of the bucket");
  }
  return steps;
}

Steps missing_steps(const RequestRecord& record) {
  const std::string& code = record.error_code;
  if (code == "NoSuchBucket") {
    return {"create the bucket, or start the server with it",
            "look whether the client uses path or virtual-host style as it should: the bucket was "
            "taken from the path or from the host name"};
  }
  if (code == "NoSuchUpload") {
    return {
        "start the upload anew: it was completed, aborted or removed by a lifecycle rule, or it "
        "belongs to another key"};
  }
  if (code == "NoSuchVersion") return {"list the versions of the key (ListObjectVersions)"};
  return {"list the bucket with the beginning of the key as prefix"};
}

Steps condition_steps(const RequestRecord& record) {
  if (record.error_code == "ConditionalRequestConflict") {
    return {"read the object anew and try again: another write to the key was under way"};
  }
  return {
      "read the object anew (its ETag is another one than expected, or it exists already), and "
      "decide again what to write"};
}

Steps delivery_steps(const RequestRecord& record) {
  if (record.error_code == "IncompleteBody") {
    return {"send as many bytes as Content-Length (or x-amz-decoded-content-length) says"};
  }
  return {"look at the time-outs of the client and at what stands between it and the server"};
}

}  // namespace

std::string refusal_field(const RequestRecord& record, std::string_view name) {
  if (!record.exchange || !record.exchange->refusal) return {};
  const auto& fields = record.exchange->refusal->fields;
  const auto found = std::ranges::find(fields, name, &RecordedField::name);
  return found == fields.end() ? std::string() : found->value;
}

Cause find_cause(const RequestRecord& record) {
  if (!record.fault.empty()) return Cause::kFault;
  const auto* const row = std::ranges::find(kCauses, record.error_code, &Row::code);
  if (row != kCauses.end()) {
    const bool names_region = row->cause == Cause::kSignature &&
                              record.error_code.starts_with("Authorization") &&
                              !refusal_field(record, "Region").empty();
    return names_region ? Cause::kRegion : row->cause;
  }
  if (record.error_code == "AccessDenied") return cause_of_denial(record);
  if (record.status >= kFirstServerError) return Cause::kServer;
  if (record.status >= kFirstRefusal) return Cause::kRequest;
  return record.is_delivered ? Cause::kNothing : Cause::kDelivery;
}

Steps next_steps(const RequestRecord& record, Cause cause) {
  switch (cause) {
    case Cause::kNothing:
      return {};
    case Cause::kFault:
      return {"nothing is wrong with the request: the rule '" + record.fault +
              "' did this; remove it when the test is over"};
    case Cause::kSignature:
      return signature_steps(record);
    case Cause::kClock:
      return clock_steps(record);
    case Cause::kRegion:
      return {"set the region of the client (AWS_REGION, region_name) to " +
              (refusal_field(record, "Region").empty() ? std::string("that of the bucket")
                                                       : refusal_field(record, "Region"))};
    case Cause::kAccess:
      return access_steps(record);
    case Cause::kLock:
      return {
          "wait until the retention is over, remove the legal hold, or, under GOVERNANCE, send "
          "x-amz-bypass-governance-retention: true with the permission for it"};
    case Cause::kCondition:
      return condition_steps(record);
    case Cause::kMissing:
      return missing_steps(record);
    case Cause::kChecksum:
      return {
          "compute the checksum from the very bytes that are sent: a body that was changed, "
          "compressed or read a second time from the middle has another one"};
    case Cause::kDelivery:
      return delivery_steps(record);
    case Cause::kServer:
      return {"SDKs try such requests again; if it stays so, look at the server's log"};
    case Cause::kRequest:
      break;
  }
  return {"correct what the message names"};
}

}  // namespace pail::journal
