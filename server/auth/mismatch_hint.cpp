#include "auth/mismatch_hint.h"

#include <array>

#include "auth/payload_hash.h"
#include "text/ascii.h"
#include "text/percent.h"

namespace pail::auth {
namespace {

bool matches(const FailedMatch& match, const CanonicalInput& input) {
  const CredentialScope& claimed = match.claim.scope;
  const std::string scope = credential_scope(claimed.date, claimed.region, claimed.service);
  const std::string text =
      string_to_sign(match.claim.amz_date, scope, canonical_request(input).text);
  return same_signature(match.claim.signature, sign(match.key, text));
}

bool matches_path(const FailedMatch& match, const std::string& path) {
  CanonicalInput input = match.input;
  input.path = path;
  return path != match.input.path && matches(match, input);
}

/// Without "//", "." and "..", as generic clients of AWS have it.
std::string normalized_path(std::string_view path) {
  std::vector<std::string_view> kept;
  for (const std::string_view segment : text::split(path, '/')) {
    if (segment.empty() || segment == ".") continue;
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
      continue;
    }
    kept.push_back(segment);
  }
  std::string out;
  for (const std::string_view segment : kept) out.append(1, '/').append(segment);
  if (out.empty() || path.ends_with('/')) out += '/';
  return out;
}

std::string explain_path(const FailedMatch& match) {
  const std::string encoded_twice = text::percent_encode_path(match.input.path);
  if (matches_path(match, encoded_twice)) {
    return "the client encoded the path twice; S3 wants it encoded once";
  }
  if (matches_path(match, std::string(match.request.raw_path))) {
    return "the client signed the path as it was sent, without encoding it as S3 does";
  }
  if (matches_path(match, normalized_path(match.input.path))) {
    return "the client normalised the path (\"//\", \".\", \"..\"); S3 leaves it as it is";
  }
  return {};
}

std::string explain_method(const FailedMatch& match) {
  constexpr std::array<std::string_view, 5> kMethods = {"GET", "PUT", "HEAD", "DELETE", "POST"};
  for (const std::string_view method : kMethods) {
    CanonicalInput input = match.input;
    input.method = method;
    if (method != match.input.method && matches(match, input)) {
      return "it was signed for the method " + std::string(method) + ", but the request is " +
             std::string(match.input.method);
    }
  }
  return {};
}

std::string explain_payload(const FailedMatch& match) {
  constexpr std::array<std::string_view, 3> kHashes = {"UNSIGNED-PAYLOAD", kEmptyPayloadHash,
                                                       "STREAMING-UNSIGNED-PAYLOAD-TRAILER"};
  for (const std::string_view hash : kHashes) {
    CanonicalInput input = match.input;
    input.payload_hash = hash;
    if (hash != match.input.payload_hash && matches(match, input)) {
      return "the client signed another payload hash than the x-amz-content-sha256 it sent";
    }
  }
  return {};
}

std::string explain_query(const FailedMatch& match) {
  CanonicalInput input = match.input;
  input.query = {};
  if (!match.input.query.empty() && matches(match, input)) {
    return "the client did not sign the query";
  }
  return {};
}

}  // namespace

std::string explain_mismatch(const FailedMatch& match) {
  for (const auto explain : {explain_path, explain_method, explain_payload, explain_query}) {
    if (std::string sentence = explain(match); !sentence.empty()) return sentence;
  }
  const std::string key = "'" + std::string(match.claim.scope.access_key_id) + "'";
  if (!match.host_is_own) {
    const std::string host(match.request.http.headers.find("Host").value_or(""));
    return "either the secret of " + key +
           " is wrong or the request was signed for a Host that is not known here (it came to '" +
           host + "'); if this server has other names, add them with --host";
  }
  return "the secret of " + key +
         " is wrong, or the request was changed after it was signed; no usual mistake explains it";
}

}  // namespace pail::auth
