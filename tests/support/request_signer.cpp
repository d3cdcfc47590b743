#include "support/request_signer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <ctime>
#include <map>
#include <sstream>
#include <vector>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace pail::test {
namespace {

std::string hex(std::string_view bytes) {
  std::string out;
  for (char c : bytes) {
    std::array<char, 3> digits{};
    std::snprintf(digits.data(), digits.size(), "%02x", static_cast<unsigned char>(c));
    out += digits.data();
  }
  return out;
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
  return {reinterpret_cast<const char*>(digest.data()), length};
}

std::string hmac(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length);
  return {reinterpret_cast<const char*>(digest.data()), length};
}

std::string amz_date(time::Timestamp now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts);
  return {text.data(), length};
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string canonical_query(std::string_view query) {
  std::vector<std::string> pairs;
  std::istringstream stream{std::string(query)};
  for (std::string pair; std::getline(stream, pair, '&');) {
    if (pair.empty()) continue;
    if (pair.find('=') == std::string::npos) pair += '=';
    pairs.push_back(pair);
  }
  std::sort(pairs.begin(), pairs.end());
  std::string joined;
  for (const std::string& pair : pairs) joined += (joined.empty() ? "" : "&") + pair;
  return joined;
}

std::string trimmed(const std::string& value) {
  const auto first = value.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return value.substr(first, value.find_last_not_of(" \t") - first + 1);
}

}  // namespace

struct RequestSigner::Proof {
  std::string signed_headers;
  std::string signature;
};

namespace {

/// The headers in the order and form in which they are signed.
std::map<std::string, std::string> canonical_fields(const http::HeaderMap& headers) {
  std::map<std::string, std::string> fields;
  for (const http::Header& field : headers) {
    std::string& value = fields[lower(field.name)];
    value += (value.empty() ? "" : ",") + trimmed(field.value);
  }
  return fields;
}

std::string signed_names(const std::map<std::string, std::string>& fields) {
  std::string names;
  for (const auto& [name, value] : fields) names += (names.empty() ? "" : ";") + name;
  return names;
}

std::string path_of(const http::Request& request) {
  return request.target.substr(0, request.target.find('?'));
}

std::string query_of(const http::Request& request) {
  const auto question_mark = request.target.find('?');
  return question_mark == std::string::npos ? "" : request.target.substr(question_mark + 1);
}

}  // namespace

std::string RequestSigner::scope(const std::string& date, const std::string& service) const {
  return date.substr(0, 8) + '/' + region_ + '/' + service + "/aws4_request";
}

RequestSigner::Proof RequestSigner::prove(const http::Request& request, const std::string& date,
                                          const std::string& service, const std::string& query,
                                          std::string_view payload_hash) const {
  const auto fields = canonical_fields(request.headers);
  std::string canonical_headers;
  for (const auto& [name, value] : fields) canonical_headers += name + ':' + value + '\n';
  Proof proof;
  proof.signed_headers = signed_names(fields);
  const std::string canonical_request = request.method + '\n' + path_of(request) + '\n' +
                                        canonical_query(query) + '\n' + canonical_headers + '\n' +
                                        proof.signed_headers + '\n' + std::string(payload_hash);
  const std::string string_to_sign = "AWS4-HMAC-SHA256\n" + date + '\n' + scope(date, service) +
                                     '\n' + hex(sha256(canonical_request));
  const std::string key =
      hmac(hmac(hmac(hmac("AWS4" + secret_access_key_, date.substr(0, 8)), region_), service),
           "aws4_request");
  proof.signature = hex(hmac(key, string_to_sign));
  return proof;
}

void RequestSigner::sign(http::Request& request, std::string_view payload, time::Timestamp now,
                         const std::string& service) const {
  const std::string date = amz_date(now);
  request.headers.add("x-amz-date", date);
  if (!request.headers.contains("x-amz-content-sha256"))
    request.headers.add("x-amz-content-sha256", hex(sha256(payload)));
  if (!session_token_.empty()) request.headers.add("x-amz-security-token", session_token_);
  const Proof proof = prove(request, date, service, query_of(request),
                            std::string(*request.headers.find("x-amz-content-sha256")));
  request.headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=" + access_key_id_ + '/' +
                                           scope(date, service) + ", SignedHeaders=" +
                                           proof.signed_headers + ", Signature=" + proof.signature);
}

void RequestSigner::presign(http::Request& request, time::Timestamp now, int expires_s) const {
  const std::string date = amz_date(now);
  const auto encoded = [](std::string text, char from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, 1, to);
    return text;
  };
  std::string query = query_of(request);
  if (!query.empty()) query += '&';
  query += "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" +
           encoded(access_key_id_ + '/' + scope(date, "s3"), '/', "%2F") + "&X-Amz-Date=" + date +
           "&X-Amz-Expires=" + std::to_string(expires_s) + "&X-Amz-SignedHeaders=" +
           encoded(signed_names(canonical_fields(request.headers)), ';', "%3B");
  const Proof proof = prove(request, date, "s3", query, "UNSIGNED-PAYLOAD");
  request.target = path_of(request) + '?' + query + "&X-Amz-Signature=" + proof.signature;
}

}  // namespace pail::test
