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

void RequestSigner::sign(http::Request& request, std::string_view payload,
                         time::Timestamp now) const {
  const std::string date = amz_date(now);
  const std::string scope = date.substr(0, 8) + '/' + region_ + "/s3/aws4_request";
  request.headers.add("x-amz-date", date);
  if (!request.headers.contains("x-amz-content-sha256"))
    request.headers.add("x-amz-content-sha256", hex(sha256(payload)));

  std::map<std::string, std::string> fields;
  for (const http::Header& field : request.headers) {
    std::string& value = fields[lower(field.name)];
    value += (value.empty() ? "" : ",") + trimmed(field.value);
  }
  std::string canonical_headers;
  std::string signed_headers;
  for (const auto& [name, value] : fields) {
    canonical_headers += name + ':' + value + '\n';
    signed_headers += (signed_headers.empty() ? "" : ";") + name;
  }
  const auto question_mark = request.target.find('?');
  const std::string path = request.target.substr(0, question_mark);
  const std::string query =
      question_mark == std::string::npos ? "" : request.target.substr(question_mark + 1);
  const std::string canonical_request =
      request.method + '\n' + path + '\n' + canonical_query(query) + '\n' + canonical_headers +
      '\n' + signed_headers + '\n' + std::string(*request.headers.find("x-amz-content-sha256"));
  const std::string string_to_sign =
      "AWS4-HMAC-SHA256\n" + date + '\n' + scope + '\n' + hex(sha256(canonical_request));
  const std::string key =
      hmac(hmac(hmac(hmac("AWS4" + secret_access_key_, date.substr(0, 8)), region_), "s3"),
           "aws4_request");
  request.headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=" + access_key_id_ + '/' +
                                           scope + ", SignedHeaders=" + signed_headers +
                                           ", Signature=" + hex(hmac(key, string_to_sign)));
}

}  // namespace pail::test
