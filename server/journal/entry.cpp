#include "journal/entry.h"

#include <string>
#include <vector>

namespace pail::journal {
namespace {

std::size_t heap_bytes(const std::string& text) {
  constexpr std::size_t kInPlace = 15;
  return text.capacity() > kInPlace ? text.capacity() + 1 : 0;
}

std::size_t heap_bytes(const std::vector<RecordedField>& fields) {
  std::size_t bytes = fields.capacity() * sizeof(RecordedField);
  for (const RecordedField& field : fields)
    bytes += heap_bytes(field.name) + heap_bytes(field.value);
  return bytes;
}

std::size_t heap_bytes(const std::vector<std::string>& texts) {
  std::size_t bytes = texts.capacity() * sizeof(std::string);
  for (const std::string& text : texts) bytes += heap_bytes(text);
  return bytes;
}

std::size_t heap_bytes(const RecordedRefusal& refusal) {
  return heap_bytes(refusal.message) + heap_bytes(refusal.fields) +
         heap_bytes(refusal.canonical_request) + heap_bytes(refusal.string_to_sign) +
         heap_bytes(refusal.server_line) + heap_bytes(refusal.client_line) +
         heap_bytes(refusal.finding);
}

std::size_t heap_bytes(const RecordedExchange& exchange) {
  return sizeof(RecordedExchange) + heap_bytes(exchange.path) + heap_bytes(exchange.query) +
         heap_bytes(exchange.request_headers) + heap_bytes(exchange.response_headers) +
         heap_bytes(exchange.signed_headers) + heap_bytes(exchange.signed_region) +
         (exchange.refusal ? heap_bytes(*exchange.refusal) : 0);
}

}  // namespace

std::size_t memory_bytes(const Entry& entry) {
  const RequestRecord& record = entry.record;
  std::size_t bytes = sizeof(Entry);
  for (const std::string* text :
       {&record.request_id, &record.remote_address, &record.method, &record.operation,
        &record.bucket, &record.key, &record.access_key_id, &record.error_code, &record.fault,
        &record.hint, &record.detail, &record.version_id, &record.checksum_algorithm,
        &record.upload_id, &record.invocation_id, &record.sdk, &record.sdk_version,
        &record.user_agent}) {
    bytes += heap_bytes(*text);
  }
  return bytes + (record.exchange ? heap_bytes(*record.exchange) : 0);
}

std::string_view authentication_name(Authentication authentication) {
  switch (authentication) {
    case Authentication::kAnonymous:
      return "anonymous";
    case Authentication::kSigV4Header:
      return "sigv4-header";
    case Authentication::kSigV4Query:
      return "sigv4-query";
    case Authentication::kSigV4Form:
      return "sigv4-form";
    case Authentication::kSigV2Header:
      return "sigv2-header";
    case Authentication::kSigV2Query:
      return "sigv2-query";
    case Authentication::kSigV2Form:
      break;
  }
  return "sigv2-form";
}

std::string_view checksum_place_name(ChecksumPlace place) {
  switch (place) {
    case ChecksumPlace::kNone:
      return "none";
    case ChecksumPlace::kHeader:
      return "header";
    case ChecksumPlace::kTrailer:
      return "trailer";
    case ChecksumPlace::kQuery:
      return "query";
    case ChecksumPlace::kForm:
      break;
  }
  return "form";
}

}  // namespace pail::journal
