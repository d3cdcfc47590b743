#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pail {

/// How a request says who sends it. Temporary credentials come in each of these forms.
enum class Authentication {
  kAnonymous,
  kSigV4Header,
  kSigV4Query,  // a presigned URL
  kSigV4Form,   // the policy of an HTML form
  kSigV2Header,
  kSigV2Query,  // a presigned URL
  kSigV2Form,
};

/// Where a request carries the checksum of its body, if it does.
enum class ChecksumPlace { kNone, kHeader, kTrailer, kQuery, kForm };

/// A header field, a parameter of a query or an element of an error.
struct RecordedField {
  std::string name;
  std::string value;
  bool operator==(const RecordedField&) const = default;
};

/// What the server knows of a refusal beyond its code.
struct RecordedRefusal {
  /// AWS's message.
  std::string message;
  /// The further elements of the error document.
  std::vector<RecordedField> fields;
  /// Of a signature that does not match: what the server computed it from. Values that are secret
  /// are left out.
  std::string canonical_request;
  std::string string_to_sign;
  /// Which part of these the client seems to have had otherwise: "method", "path", "query", "host",
  /// "header x-amz-date", "signed headers", "payload hash", "date", "scope", "secret". Empty: not
  /// found.
  std::string differing_part;
  /// The line as the server has it and as the client seems to have signed it; empty where that is
  /// no line or not found.
  std::string server_line;
  std::string client_line;
  /// What the client seems to have done, in a sentence.
  std::string finding;
};

/// Head of request and answer as they were sent. Values that are secret (signatures, tokens, keys
/// of customers) are replaced by "(left out)", parameters of presigned URLs are missing, and what
/// is very long is cut.
struct RecordedExchange {
  bool is_tls = false;
  /// Percent-encoded, without query.
  std::string path;
  /// Decoded.
  std::vector<RecordedField> query;
  std::vector<RecordedField> request_headers;
  std::vector<RecordedField> response_headers;
  /// Of Signature Version 4: the names of the header fields that are signed, in lower case, and the
  /// region that it was made for.
  std::vector<std::string> signed_headers;
  std::string signed_region;
  /// Of a request that was refused (4xx, 5xx).
  std::optional<RecordedRefusal> refusal;
};

/// What S3 saw of one request. Never holds a secret, a signature or the query of a presigned URL.
struct RequestRecord {
  std::chrono::system_clock::time_point received;
  std::chrono::microseconds duration{0};
  std::string request_id;
  std::string remote_address;
  std::string method;
  std::string operation;  // as S3 names it; empty when the bytes never became a request
  std::string bucket;
  std::string key;
  /// As the request names it: proven only if it was not refused for that. Empty: anonymous.
  std::string access_key_id;
  int status = 0;
  std::string error_code;  // empty: none
  std::uint64_t request_body_bytes = 0;
  std::uint64_t response_body_bytes = 0;
  /// Whether the whole answer was handed over; false when the peer went away, or a fault cut it.
  bool is_delivered = true;
  /// The rule of fault injection that hit the request; empty: none.
  std::string fault;
  /// Why it failed and what to do, for people; empty where the code says all.
  std::string hint;
  /// The detail of an InternalError, for whoever runs the server.
  std::string detail;

  // The rest is filled only where it is asked for: ServerOptions::request_details.

  /// The version that was made or read, else the one that was asked for.
  std::string version_id;
  Authentication authentication = Authentication::kAnonymous;
  /// Whether a session token came along.
  bool has_session_token = false;
  /// "CRC32", "SHA256" ...; of Content-MD5 "MD5".
  std::string checksum_algorithm;
  ChecksumPlace checksum_place = ChecksumPlace::kNone;
  std::uint32_t part_number = 0;  // 0: none
  std::string upload_id;
  /// Which attempt of the SDK this is, counted from 1, of how many at most; 0: it does not say.
  std::uint32_t attempt = 0;
  std::uint32_t attempts_most = 0;
  /// The same for all attempts of one call (amz-sdk-invocation-id).
  std::string invocation_id;
  /// "Boto3", "aws-cli", "aws-sdk-js" ... and its version; an agent that is not known stands in
  /// `sdk` as a whole.
  std::string sdk;
  std::string sdk_version;
  std::string user_agent;
  std::shared_ptr<const RecordedExchange> exchange;

  [[nodiscard]] bool is_presigned() const {
    return authentication == Authentication::kSigV4Query ||
           authentication == Authentication::kSigV2Query;
  }
};

}  // namespace pail
