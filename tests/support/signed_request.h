#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/authenticator.h"
#include "auth/directory.h"
#include "auth/sigv4.h"
#include "checksum/digest.h"
#include "http/body_reader.h"
#include "http/request.h"
#include "protocol/address.h"
#include "protocol/operation_spec.h"
#include "protocol/routed_request.h"
#include "text/percent.h"
#include "time/clock.h"
#include "time/date.h"

// Requests for tests of what stands before the operations: built, signed and routed without a
// server.
namespace pail::test {

// The credentials of the examples in AWS's documentation.
inline constexpr std::string_view kExampleKeyId = "AKIAIOSFODNN7EXAMPLE";
inline constexpr std::string_view kExampleSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
inline constexpr std::string_view kExampleDate = "20130524T000000Z";
inline constexpr std::string_view kEmptySha256 =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

inline time::Timestamp example_time() { return *time::parse_amz_date(kExampleDate); }

inline auth::Credentials example_credentials() {
  auth::Credentials credentials;
  credentials.add({std::string(kExampleSecret),
                   {std::string(kExampleKeyId), "example", auth::canonical_id_of("111122223333"),
                    "111122223333"}});
  return credentials;
}

inline protocol::ServerNames example_names() {
  protocol::ServerNames names;
  names.hosts = {"localhost", "s3.amazonaws.com"};
  return names;
}

/// A request that a test builds, and keeps while it is looked at.
struct TestRequest {
  http::Request http;
  protocol::OperationSpec operation{
      "Test", protocol::Method::kGet, protocol::Target::kObject, {}, "s3:GetObject"};
  protocol::ServerNames names = example_names();
  std::unique_ptr<http::BodyReader> body = std::make_unique<http::EmptyBody>();

  TestRequest(std::string method, std::string target,
              std::vector<http::Header> headers = {{"Host", "localhost:9000"}}) {
    http.method = std::move(method);
    http.target = std::move(target);
    for (http::Header& header : headers) http.headers.add(header.name, header.value);
    http.body = body.get();
  }

  void set_body(std::string bytes) {
    body = std::make_unique<http::StringBody>(std::move(bytes));
    http.body = body.get();
  }

  [[nodiscard]] std::string_view raw_path() const {
    return std::string_view(http.target).substr(0, http.target.find('?'));
  }
  [[nodiscard]] std::string_view raw_query() const {
    const auto question_mark = http.target.find('?');
    if (question_mark == std::string::npos) return {};
    return std::string_view(http.target).substr(question_mark + 1);
  }

  /// As the service routes it; the result refers to this request.
  [[nodiscard]] protocol::RoutedRequest routed() {
    auto query = protocol::Query::parse(raw_query());
    auto address =
        protocol::resolve_address(names, http.headers.find("Host").value_or(""), raw_path());
    return {
        http,      raw_path(), raw_query(),   std::move(query).value(), std::move(address).value(),
        operation, "REQUEST",  example_time()};
  }
};

/// How a client signs.
struct SigningOptions {
  std::string key_id{kExampleKeyId};
  std::string secret{kExampleSecret};
  std::string region = "us-east-1";
  time::Timestamp time = example_time();
  std::vector<std::string_view> signed_names = {"host", "x-amz-content-sha256", "x-amz-date"};
  std::uint64_t expires_s = 300;
};

inline std::string joined(const std::vector<std::string_view>& names) {
  std::string list;
  for (const std::string_view name : names) list.append(list.empty() ? "" : ";").append(name);
  return list;
}

/// The signature of a request over the given payload hash, and the canonical request behind it.
inline std::pair<std::string, std::string> signature_of(TestRequest& request,
                                                        const SigningOptions& options,
                                                        std::string_view payload_hash) {
  const std::string date = time::format_amz_date(options.time);
  const auto query = protocol::Query::parse(request.raw_query());
  const std::string path = auth::canonical_path(request.raw_path());
  const std::string canonical_query = auth::canonical_query(*query);
  const std::string list = joined(options.signed_names);
  auto canonical =
      auth::canonical_request({request.http.method, path, canonical_query, &request.http.headers,
                               options.signed_names, list, payload_hash});
  const std::string day = date.substr(0, 8);
  const auto key = auth::derive_signing_key(options.secret, day, options.region, "s3");
  const std::string scope = auth::credential_scope(day, options.region);
  return {auth::sign(key, auth::string_to_sign(date, scope, canonical.text)),
          std::move(canonical.text)};
}

/// Adds x-amz-date and Authorization. x-amz-content-sha256 is that of no body unless it is there.
inline void sign_header(TestRequest& request, const SigningOptions& options = {}) {
  const std::string date = time::format_amz_date(options.time);
  auto& headers = request.http.headers;
  if (!headers.contains("x-amz-date") && !headers.contains("Date")) headers.add("x-amz-date", date);
  if (!headers.contains("x-amz-content-sha256"))
    headers.add("x-amz-content-sha256", std::string(kEmptySha256));
  const std::string hash(*headers.find("x-amz-content-sha256"));
  const std::string signature = signature_of(request, options, hash).first;
  headers.set("Authorization", "AWS4-HMAC-SHA256 Credential=" + options.key_id + "/" +
                                   auth::credential_scope(date.substr(0, 8), options.region) +
                                   ",SignedHeaders=" + joined(options.signed_names) +
                                   ",Signature=" + signature);
}

/// Turns the target into a presigned URL that signs the Host alone, unless it is told otherwise.
inline void presign(TestRequest& request, SigningOptions options = {},
                    std::string_view payload_hash = "UNSIGNED-PAYLOAD") {
  if (options.signed_names == SigningOptions{}.signed_names) options.signed_names = {"host"};
  const std::string date = time::format_amz_date(options.time);
  const std::string credential =
      options.key_id + "/" + auth::credential_scope(date.substr(0, 8), options.region);
  std::string& target = request.http.target;
  target += target.find('?') == std::string::npos ? "?" : "&";
  target +=
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + text::percent_encode(credential) +
      "&X-Amz-Date=" + date + "&X-Amz-Expires=" + std::to_string(options.expires_s) +
      "&X-Amz-SignedHeaders=" + text::percent_encode(joined(options.signed_names));
  target += "&X-Amz-Signature=" + signature_of(request, options, payload_hash).first;
}

/// Everything a body yields, or its error.
inline S3Result<std::string> read_all(http::BodyReader& body) {
  return task::run_blocking([](http::BodyReader& reader) -> Task<S3Result<std::string>> {
    std::string all;
    for (;;) {
      auto bytes = co_await reader.read();
      if (!bytes) co_return Unexpected{std::move(bytes).error()};
      if (bytes->empty()) co_return all;
      all.append(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    }
  }(body));
}

/// A body that hands out its bytes in pieces of the given sizes, over and over.
class PiecewiseBody final : public http::BodyReader {
 public:
  PiecewiseBody(std::string bytes, std::vector<std::size_t> sizes)
      : bytes_(std::move(bytes)), sizes_(std::move(sizes)) {}

  Task<S3Result<std::span<const std::byte>>> read() override {
    const std::size_t size = std::min(sizes_[turn_++ % sizes_.size()], bytes_.size() - position_);
    // A copy of its own each time, so that reading an old piece is an error that tools can see.
    piece_ = std::make_unique<std::string>(bytes_.substr(position_, size));
    position_ += size;
    co_return std::as_bytes(std::span(*piece_));
  }
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override { return bytes_.size(); }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return trailers_; }
  http::HeaderMap& mutable_trailers() { return trailers_; }

 private:
  std::string bytes_;
  std::vector<std::size_t> sizes_;
  std::size_t turn_ = 0;
  std::size_t position_ = 0;
  std::unique_ptr<std::string> piece_;
  http::HeaderMap trailers_;
};

/// The value of the error's element of that name, or "".
inline std::string field_of(const S3Error& error, std::string_view name) {
  for (const S3Error::Field& field : error.fields) {
    if (field.name == name) return field.value;
  }
  return {};
}

}  // namespace pail::test
