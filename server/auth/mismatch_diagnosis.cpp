#include "auth/mismatch_diagnosis.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "auth/payload_hash.h"
#include "auth/sigv4.h"
#include "text/ascii.h"
#include "text/percent.h"

namespace pail::auth {
namespace {

constexpr std::size_t kMethodLine = 0;
constexpr std::size_t kPathLine = 1;
constexpr std::size_t kQueryLine = 2;
constexpr std::size_t kFirstHeaderLine = 3;
/// So much text is signed on trial at most.
constexpr std::size_t kTriedBytesMost = std::size_t{4} * 1024 * 1024;

/// The parts of a string to sign: algorithm, date, scope, hash.
struct Frame {
  std::string_view amz_date, scope;
  std::string_view date, region, service;
};

std::optional<Frame> read_frame(std::string_view string_to_sign) {
  const auto lines = text::split(string_to_sign, '\n');
  if (lines.size() != 4) return std::nullopt;
  const auto scope = text::split(lines[2], '/');
  if (scope.size() != 4) return std::nullopt;
  return Frame{lines[1], lines[2], scope[0], scope[1], scope[2]};
}

/// A canonical request of which one line after the other is exchanged.
class Trials {
 public:
  Trials(const MismatchCase& about, const Frame& frame)
      : about_(about),
        frame_(frame),
        lines_(text::split(about.canonical_request, '\n')),
        key_(derive_signing_key(about.secret_access_key, frame.date, frame.region, frame.service)) {
  }

  /// A canonical request has method, path, query, an empty line, signed headers and payload hash.
  [[nodiscard]] bool is_readable() const { return lines_.size() >= kFirstHeaderLine + 3; }
  [[nodiscard]] std::string_view line(std::size_t index) const { return lines_[index]; }
  [[nodiscard]] std::size_t hash_line() const { return lines_.size() - 1; }
  [[nodiscard]] std::size_t headers_end() const { return lines_.size() - 3; }
  [[nodiscard]] const MismatchCase& about() const { return about_; }

  /// Whether the client signed `text` in the place of the line.
  bool signed_instead(std::size_t index, std::string_view text) {
    if (text == lines_[index] || tried_bytes_ > kTriedBytesMost) return false;
    std::string canonical;
    canonical.reserve(about_.canonical_request.size() + text.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (i != 0) canonical += '\n';
      canonical += i == index ? text : lines_[i];
    }
    tried_bytes_ += canonical.size();
    return same_signature(about_.signature,
                          sign(key_, string_to_sign(frame_.amz_date, frame_.scope, canonical)));
  }

  /// Whether the request itself was signed with another secret.
  [[nodiscard]] bool signed_with(std::string_view secret) const {
    const SigningKey key = derive_signing_key(secret, frame_.date, frame_.region, frame_.service);
    return same_signature(about_.signature, sign(key, about_.string_to_sign));
  }

 private:
  const MismatchCase& about_;
  Frame frame_;
  std::vector<std::string_view> lines_;
  SigningKey key_;
  std::size_t tried_bytes_ = 0;
};

using Finding = std::optional<SignatureDiagnosis>;

/// What stands in the place of a line if the client did what the sentence says.
struct Suspicion {
  std::string line;
  std::string sentence;
};

Finding try_line(Trials& trials, std::size_t index, std::string_view part,
                 const std::vector<Suspicion>& suspicions) {
  for (const Suspicion& suspicion : suspicions) {
    if (!trials.signed_instead(index, suspicion.line)) continue;
    return SignatureDiagnosis{std::string(part), std::string(trials.line(index)), suspicion.line,
                              suspicion.sentence};
  }
  return std::nullopt;
}

/// Without "//", "." and "..", as generic clients of AWS have it.
std::string normalized(std::string_view path) {
  std::vector<std::string_view> kept;
  for (const std::string_view segment : text::split(path, '/')) {
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      kept.push_back(segment);
    } else if (!kept.empty()) {
      kept.pop_back();
    }
  }
  std::string out;
  for (const std::string_view segment : kept) out.append(1, '/').append(segment);
  if (out.empty() || path.ends_with('/')) out += '/';
  return out;
}

std::string lower_case_escapes(std::string_view path) {
  std::string out(path);
  for (std::size_t i = 0; i + 2 < out.size(); ++i) {
    if (out[i] != '%') continue;
    const std::string digits = text::to_lower(out.substr(i + 1, 2));
    out.replace(i + 1, 2, digits);
  }
  return out;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (auto at = text.find(from); at != std::string_view::npos; at = text.find(from)) {
    out.append(text.substr(0, at)).append(to);
    text.remove_prefix(at + from.size());
  }
  return out.append(text);
}

Finding try_path(Trials& trials) {
  const std::string path(trials.line(kPathLine));
  const std::string bucket = "/" + std::string(trials.about().bucket);
  std::vector<Suspicion> suspicions = {
      {text::percent_encode_path(path),
       "the client encoded the path twice; S3 wants it encoded once"},
      {std::string(trials.about().raw_path),
       "the client signed the path as it was sent, without encoding it as S3 does"},
      {text::percent_decode(path).value_or(path),
       "the client signed the path without percent-encoding"},
      {normalized(path),
       "the client normalised the path (\"//\", \".\", \"..\"); S3 leaves it as it is"},
      {lower_case_escapes(path), "the client wrote escapes in lower case (%2f); S3 wants %2F"},
      {replaced(path, "%20", "+"), "the client wrote '+' for a space in the path; S3 wants %20"},
      {replaced(path, "%2B", "%20"),
       "the client took '+' in the path for a space; in a path it is a plus"}};
  if (bucket.size() > 1) {
    suspicions.push_back({bucket + path,
                          "the client signed the bucket as part of the path, but sent it in the "
                          "host name (or something in between cut it off)"});
    if (path.starts_with(bucket)) {
      const std::string rest = path.substr(bucket.size());
      suspicions.push_back({rest.empty() ? "/" : rest,
                            "the client signed for a host name that holds the bucket, but sent the "
                            "bucket in the path"});
    }
  }
  return try_line(trials, kPathLine, "path", suspicions);
}

Finding try_method(Trials& trials) {
  constexpr std::array<std::string_view, 6> kMethods = {"GET",    "PUT",  "HEAD",
                                                        "DELETE", "POST", "OPTIONS"};
  std::vector<Suspicion> suspicions;
  suspicions.reserve(kMethods.size());
  for (const std::string_view method : kMethods) {
    suspicions.push_back({std::string(method), "it was signed for the method " +
                                                   std::string(method) + ", but the request is " +
                                                   std::string(trials.line(kMethodLine))});
  }
  return try_line(trials, kMethodLine, "method", suspicions);
}

Finding try_query(Trials& trials) {
  const std::string query(trials.line(kQueryLine));
  const std::string raw(trials.about().raw_query);
  std::string bare = replaced(query, "=&", "&");
  if (bare.ends_with('=')) bare.pop_back();
  return try_line(
      trials, kQueryLine, "query",
      {{"", "the client did not sign the query"},
       {bare, "the client signed parameters without a value without '='; S3 wants \"acl=\""},
       {raw, "the client signed the query as it was sent; S3 wants it sorted and encoded anew"},
       {replaced(query, "%20", "+"), "the client wrote '+' for a space in the query"},
       {replaced(query, "%20", "%2B"), "the client took a space in the query for a plus"},
       {replaced(query, "%2F", "/"), "the client did not encode '/' in the query"},
       {lower_case_escapes(query), "the client wrote escapes in lower case (%2f); S3 wants %2F"}});
}

Finding try_payload_hash(Trials& trials) {
  const std::string sentence =
      "the client signed another payload hash than the x-amz-content-sha256 it sent";
  return try_line(trials, trials.hash_line(), "payload hash",
                  {{"UNSIGNED-PAYLOAD", sentence},
                   {std::string(kEmptyPayloadHash), sentence},
                   {"STREAMING-UNSIGNED-PAYLOAD-TRAILER", sentence},
                   {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD", sentence},
                   {text::to_lower(trials.line(trials.hash_line())), sentence}});
}

Finding try_host(Trials& trials, std::size_t index) {
  const std::string sent(trials.line(index).substr(sizeof("host:") - 1));
  std::vector<std::string> hosts = trials.about().hosts;
  hosts.push_back(sent.substr(0, sent.rfind(':')));
  std::vector<Suspicion> suspicions;
  suspicions.reserve(hosts.size());
  for (const std::string& host : hosts) {
    suspicions.push_back(
        {"host:" + host, "it was signed for the host '" + host + "', but came to '" + sent +
                             "': sign for the name under which the server is reached, or leave "
                             "--strict-host away"});
  }
  return try_line(trials, index, "host", suspicions);
}

/// What else a field was when it was signed: proxies change these, and some clients sign what they
/// do not send.
std::vector<std::string> other_values(std::string_view name, std::string_view value) {
  std::vector<std::string> values = {""};
  if (name == "accept-encoding") values.insert(values.end(), {"identity", "gzip", "gzip, deflate"});
  if (name == "connection") values.insert(values.end(), {"keep-alive", "close"});
  if (name == "expect") values.emplace_back("100-continue");
  if (name == "content-length") values.emplace_back("0");
  if (name == "content-type") {
    values.emplace_back(value.substr(0, value.find(';')));
    values.insert(values.end(),
                  {"application/octet-stream", "binary/octet-stream",
                   "application/x-www-form-urlencoded", std::string(value) + "; charset=utf-8"});
  }
  return values;
}

Finding try_headers(Trials& trials) {
  for (std::size_t i = kFirstHeaderLine; i < trials.headers_end(); ++i) {
    const std::string_view line = trials.line(i);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name(line.substr(0, colon));
    if (name == "host") {
      if (auto found = try_host(trials, i)) return found;
      continue;
    }
    std::vector<Suspicion> suspicions;
    for (const std::string& value : other_values(name, line.substr(colon + 1))) {
      suspicions.push_back(
          {name + ":" + value, "the client signed another value of " + name +
                                   " than the one that arrived: it, or a proxy, changed the field "
                                   "after it was signed"});
    }
    if (auto found = try_line(trials, i, "header " + name, suspicions)) return found;
  }
  return std::nullopt;
}

Finding try_secret(Trials& trials) {
  const std::string_view secret = trials.about().secret_access_key;
  const std::array<std::pair<std::string, std::string_view>, 4> secrets = {{
      {std::string(secret) + "\n", "the client's secret access key ends with a line break"},
      {std::string(secret) + " ", "the client's secret access key ends with a space"},
      {std::string(), "the client's secret access key is empty"},
      {'"' + std::string(secret) + '"', "the client's secret access key stands in quotes"},
  }};
  for (const auto& [other, sentence] : secrets) {
    if (trials.signed_with(other))
      return SignatureDiagnosis{"secret", {}, {}, std::string(sentence)};
  }
  return std::nullopt;
}

}  // namespace

SignatureDiagnosis diagnose_mismatch(const MismatchCase& about) {
  const auto frame = read_frame(about.string_to_sign);
  if (!frame) return {};
  Trials trials(about, *frame);
  if (!trials.is_readable()) return {};
  for (const auto attempt :
       {try_path, try_method, try_payload_hash, try_query, try_secret, try_headers}) {
    if (auto found = attempt(trials)) return *std::move(found);
  }
  return {};
}

}  // namespace pail::auth
