#include "service/request_details.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "auth/presigned.h"
#include "service/redaction.h"
#include "service/user_agent.h"
#include "text/ascii.h"
#include "text/decimal.h"

namespace pail::service {
namespace {

constexpr std::size_t kFieldsMost = 64;
constexpr std::size_t kIdBytesMost = 256;
constexpr std::string_view kChecksum = "x-amz-checksum-";

std::string id(std::string_view text) { return cut(text, kIdBytesMost); }

/// "Credential=" of the Authorization field of Version 4; empty if it is not there.
std::string_view credential_of(std::string_view authorization) {
  constexpr std::string_view kName = "Credential=";
  const auto begin = authorization.find(kName);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = authorization.substr(begin + kName.size());
  return rest.substr(0, rest.find_first_of(", "));
}

std::string_view signed_headers_of(std::string_view authorization) {
  constexpr std::string_view kName = "SignedHeaders=";
  const auto begin = authorization.find(kName);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = authorization.substr(begin + kName.size());
  return rest.substr(0, rest.find_first_of(", "));
}

bool is_sigv2(std::string_view authorization) { return authorization.starts_with("AWS "); }

std::string_view key_of(std::string_view credential) {
  return credential.substr(0, credential.find('/'));
}

/// "AKID/20130524/us-east-1/s3/aws4_request"
std::string_view region_of(std::string_view credential) {
  const auto parts = text::split(credential, '/');
  constexpr std::size_t kAfterKey = 4;  // a key may hold slashes
  return parts.size() > kAfterKey ? parts[parts.size() - 3] : std::string_view{};
}

/// The algorithm that a name such as "x-amz-checksum-crc32" speaks of; empty: none.
std::string checksum_named(std::string_view name) {
  if (!text::starts_with_ignore_case(name, kChecksum)) return {};
  std::string algorithm(name.substr(kChecksum.size(), kIdBytesMost));
  for (const std::string_view other : {"algorithm", "type", "mode"}) {
    if (text::equals_ignore_case(algorithm, other)) return {};
  }
  std::ranges::transform(algorithm, algorithm.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return algorithm;
}

/// The first checksum among fields or parameters.
template <typename Fields>
bool note_checksum(RequestRecord& record, const Fields& fields, ChecksumPlace place) {
  for (const auto& field : fields) {
    std::string algorithm = checksum_named(field.name);
    if (algorithm.empty()) continue;
    record.checksum_algorithm = std::move(algorithm);
    record.checksum_place = place;
    return true;
  }
  return false;
}

void note_checksum(RequestRecord& record, const http::HeaderMap& headers,
                   const protocol::Query& query) {
  if (note_checksum(record, headers, ChecksumPlace::kHeader)) return;
  if (const auto trailer = headers.find("x-amz-trailer")) {
    record.checksum_algorithm = checksum_named(text::trim(*trailer));
    if (!record.checksum_algorithm.empty()) {
      record.checksum_place = ChecksumPlace::kTrailer;
      return;
    }
  }
  if (note_checksum(record, query.parameters(), ChecksumPlace::kQuery)) return;
  if (!headers.contains("Content-MD5")) return;
  record.checksum_algorithm = "MD5";
  record.checksum_place = ChecksumPlace::kHeader;
}

std::uint32_t number_or_zero(std::string_view text) {
  const auto number = text::parse_decimal(text::trim(text));
  const bool fits = number && *number <= std::numeric_limits<std::uint32_t>::max();
  return fits ? static_cast<std::uint32_t>(*number) : 0;
}

/// amz-sdk-request: attempt=2; max=5
void note_attempt(RequestRecord& record, std::string_view field) {
  for (const std::string_view part : text::split(field, ';')) {
    const std::string_view pair = text::trim(part);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = pair.substr(0, equals);
    if (name == "attempt") record.attempt = number_or_zero(pair.substr(equals + 1));
    if (name == "max") record.attempts_most = number_or_zero(pair.substr(equals + 1));
  }
}

void note_client(RequestRecord& record, const http::HeaderMap& headers) {
  note_attempt(record, headers.find("amz-sdk-request").value_or(""));
  record.invocation_id = id(headers.find("amz-sdk-invocation-id").value_or(""));
  // Browsers may not set User-Agent; the SDK for JavaScript sends this one there.
  auto agent = headers.find("x-amz-user-agent");
  if (const auto usual = headers.find("User-Agent");
      usual && (!agent || !usual->starts_with("Mozilla/"))) {
    agent = usual;
  }
  record.user_agent = id(agent.value_or(""));
  const Agent parsed = parse_user_agent(record.user_agent);
  record.sdk = parsed.name;
  record.sdk_version = parsed.version;
}

void set_signed_headers(RecordedExchange& exchange, std::string_view list) {
  for (const std::string_view name : text::split(list, ';')) {
    if (exchange.signed_headers.size() >= kFieldsMost) return;
    if (!name.empty()) exchange.signed_headers.push_back(text::to_lower(id(name)));
  }
}

void note_signature(Observed& observed, const http::HeaderMap& headers,
                    const protocol::Query& query) {
  RequestRecord& record = observed.record;
  const auto in_query = [&query](std::string_view name) {
    return auth::find_presigned_parameter(query, name);
  };
  record.has_session_token =
      headers.contains("x-amz-security-token") || in_query("X-Amz-Security-Token").has_value();
  const std::string_view authorization = text::trim(headers.find("Authorization").value_or(""));
  if (!authorization.empty()) {
    record.authentication =
        is_sigv2(authorization) ? Authentication::kSigV2Header : Authentication::kSigV4Header;
    observed.exchange->signed_region = id(region_of(credential_of(authorization)));
    set_signed_headers(*observed.exchange, signed_headers_of(authorization));
  } else if (auth::is_presigned(query)) {
    record.authentication = Authentication::kSigV4Query;
    observed.exchange->signed_region = id(region_of(in_query("X-Amz-Credential").value_or("")));
    set_signed_headers(*observed.exchange, in_query("X-Amz-SignedHeaders").value_or(""));
  } else if (query.contains("AWSAccessKeyId")) {
    record.authentication = Authentication::kSigV2Query;
  }
}

template <typename Fields>
std::vector<RecordedField> recordable_fields(const Fields& fields) {
  std::vector<RecordedField> kept;
  for (const auto& field : fields) {
    if (kept.size() >= kFieldsMost) break;
    kept.push_back({id(field.name), recordable_value(field.name, field.value)});
  }
  return kept;
}

/// Elements that show a signature or repeat another one byte by byte.
bool is_left_out(const S3Error::Field& field) {
  return is_secret(field.name) || field.name.ends_with("Bytes") ||
         field.name == "CanonicalRequest" || field.name == "StringToSign";
}

std::vector<RecordedField> recordable_error_fields(const S3Error& error) {
  std::vector<RecordedField> kept;
  bool is_of_secret = false;
  for (const S3Error::Field& field : error.fields) {
    if (field.name == "ArgumentName") {
      is_of_secret =
          is_secret(field.value) || text::equals_ignore_case(field.value, "Authorization");
    }
    if (is_left_out(field) || (is_of_secret && field.name == "ArgumentValue")) continue;
    if (kept.size() < kFieldsMost) {
      kept.push_back({field.name, cut(field.value, kRecordedValueBytesMost)});
    }
  }
  return kept;
}

std::string_view element(std::string_view document, std::string_view name) {
  const std::string open = '<' + std::string(name) + '>';
  const auto begin = document.find(open);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = document.substr(begin + open.size());
  return rest.substr(0, rest.find('<'));
}

}  // namespace

std::string claimed_access_key_id(const http::HeaderMap& headers, const protocol::Query& query) {
  const std::string_view authorization = text::trim(headers.find("Authorization").value_or(""));
  if (is_sigv2(authorization)) {
    const std::string_view pair = text::trim(authorization.substr(4));
    return id(pair.substr(0, pair.find(':')));
  }
  if (!authorization.empty()) return id(key_of(credential_of(authorization)));
  if (query.parameters().empty()) return {};
  if (const auto credential = auth::find_presigned_parameter(query, "X-Amz-Credential")) {
    return id(key_of(*credential));
  }
  return id(query.find("AWSAccessKeyId").value_or(""));
}

void note_request(Observed& observed, const http::Request& request, const protocol::Query& query) {
  constexpr std::size_t kPathBytesMost = 4096;
  RequestRecord& record = observed.record;
  RecordedExchange& exchange = *observed.exchange;
  const std::string_view target = request.target;
  exchange.is_tls = request.is_tls;
  exchange.path = cut(target.substr(0, target.find('?')), kPathBytesMost);
  exchange.request_headers = recordable_fields(request.headers);
  for (const auto& parameter : query.parameters()) {
    if (exchange.query.size() >= kFieldsMost) break;
    if (is_presigning(parameter.name)) continue;
    exchange.query.push_back(
        {id(parameter.name), recordable_value(parameter.name, parameter.value)});
  }
  record.version_id = id(query.find("versionId").value_or(""));
  record.upload_id = id(query.find("uploadId").value_or(""));
  record.part_number = number_or_zero(query.find("partNumber").value_or(""));
  note_signature(observed, request.headers, query);
  note_checksum(record, request.headers, query);
  note_client(record, request.headers);
}

void note_form(Observed& observed, const protocol::FormFields& fields) {
  RequestRecord& record = observed.record;
  if (fields.contains("x-amz-signature")) {
    const std::string_view credential = fields.find("x-amz-credential").value_or("");
    record.authentication = Authentication::kSigV4Form;
    record.access_key_id = id(key_of(credential));
    observed.exchange->signed_region = id(region_of(credential));
  } else if (fields.contains("AWSAccessKeyId")) {
    record.authentication = Authentication::kSigV2Form;
    record.access_key_id = id(fields.find("AWSAccessKeyId").value_or(""));
  }
  record.has_session_token = fields.contains("x-amz-security-token");
  note_checksum(record, fields, ChecksumPlace::kForm);
}

void note_error(Observed& observed, const S3Error& error) {
  constexpr int kFirstRefusal = 400;
  if (error.status() < kFirstRefusal) return;
  auto& refusal = observed.exchange->refusal;
  if (!refusal) refusal.emplace();
  refusal->message = cut(error.message, kRecordedValueBytesMost);
  refusal->fields = recordable_error_fields(error);
  for (const S3Error::Field& field : error.fields) {
    if (field.name == "CanonicalRequest") {
      refusal->canonical_request = recordable_signed_text(field.value);
    }
    if (field.name == "StringToSign") refusal->string_to_sign = recordable_signed_text(field.value);
  }
}

void note_diagnosis(Observed& observed, auth::SignatureDiagnosis diagnosis) {
  auto& refusal = observed.exchange->refusal;
  if (!refusal) refusal.emplace();
  refusal->differing_part = std::move(diagnosis.part);
  refusal->server_line = recordable_signed_text(diagnosis.server_line);
  refusal->client_line = recordable_signed_text(diagnosis.client_line);
  refusal->finding = std::move(diagnosis.sentence);
}

void note_response(Observed& observed, const http::Response& response) {
  RequestRecord& record = observed.record;
  observed.exchange->response_headers = recordable_fields(response.headers);
  if (const auto version = response.headers.find("x-amz-version-id")) {
    record.version_id = id(*version);
  }
  if (record.operation == "CreateMultipartUpload") {
    record.upload_id = id(element(response.body, "UploadId"));
  }
}

}  // namespace pail::service
