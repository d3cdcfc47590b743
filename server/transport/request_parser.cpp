#include "transport/request_parser.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <string>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include "text/ascii.h"

namespace pail::transport {
namespace {

namespace beast_http = boost::beast::http;

constexpr auto kUnparsable = "An error occurred when parsing the HTTP request.";
/// The shortest end of a chunked body, "0\r\n\r\n".
constexpr std::size_t kShortestChunkedRest = 5;

std::string_view view(boost::beast::string_view in) { return {in.data(), in.size()}; }

S3Error bad_request(std::string hint) {
  return S3Error(S3ErrorCode::BadRequest, kUnparsable).because(std::move(hint));
}

bool is_digits(std::string_view in) {
  return !in.empty() &&
         std::all_of(in.begin(), in.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

RequestParser::RequestParser(const Limits& limits) : limits_(limits) {
  constexpr std::size_t kLargest = std::numeric_limits<std::uint32_t>::max();
  header_limit(static_cast<std::uint32_t>(std::min(limits.head_bytes, kLargest)));
  // An absent limit is taken as the smallest by Beast 1.74, and its default is 1 MiB.
  body_limit(std::numeric_limits<std::uint64_t>::max());
}

S3Result<bool> RequestParser::parse_head(InputBuffer& input) {
  // A request may be preceded by empty lines (RFC 9112, 2.2); old clients end a body with one.
  while (!has_started_ && input.size() >= 2 && std::memcmp(input.data(), "\r\n", 2) == 0) {
    input.consume(2);
  }
  if (input.empty() || (!has_started_ && input.size() == 1 && *input.data() == '\r')) return false;
  has_started_ = true;
  fed_ = {input.data(), input.size()};
  ErrorCode ec;
  const std::size_t used = put(boost::asio::const_buffer(fed_.data(), fed_.size()), ec);
  input.consume(used);
  head_bytes_ += used;
  if (ec && ec != beast_http::error::need_more) return fail(failure(ec));
  const std::size_t pending = is_header_done() ? 0 : input.size();
  if (head_bytes_ + pending > limits_.head_bytes) {
    return fail(S3ErrorCode::RequestHeaderSectionTooLarge);
  }
  if (!is_header_done()) return false;
  head_complete_ = true;
  if (auto refusal = finish_head()) return fail(*std::move(refusal));
  return true;
}

S3Result<std::span<const std::byte>> RequestParser::parse_body(InputBuffer& input) {
  // Decoded bytes are pushed together inside the buffer, so that a body of tiny chunks is handed on
  // in as few pieces as it arrived in.
  char* const begin = input.data();
  std::size_t decoded_bytes = 0;
  while (!is_done() && input.size() >= (chunked() ? kShortestChunkedRest : 1)) {
    decoded_ = {};
    fed_ = {input.data(), input.size()};
    ErrorCode ec;
    const std::size_t used = put(boost::asio::const_buffer(fed_.data(), fed_.size()), ec);
    if (!decoded_.empty()) {
      std::memmove(begin + decoded_bytes, decoded_.data(), decoded_.size());
      decoded_bytes += decoded_.size();
    }
    input.consume(used);
    if (ec == beast_http::error::need_more) {
      // What is buffered here is a chunk's line or the trailers.
      if (input.size() <= limits_.head_bytes) break;
      return fail(S3Error(S3ErrorCode::RequestHeaderSectionTooLarge));
    }
    if (ec) return fail(failure(ec));
  }
  return std::as_bytes(std::span<const char>(begin, decoded_bytes));
}

std::optional<std::uint64_t> RequestParser::body_length_bytes() const {
  if (chunked()) return std::nullopt;
  const auto length = content_length();
  return length ? *length : 0;
}

std::uint64_t RequestParser::remaining_bytes() const {
  const auto remaining = content_length_remaining();
  return remaining ? *remaining : 0;
}

void RequestParser::on_request_impl(beast_http::verb, StringView method, StringView target,
                                    int version, ErrorCode& ec) {
  if (target.size() > limits_.target_bytes) {
    return refuse(S3Error(S3ErrorCode::RequestHeaderSectionTooLarge)
                      .because("the request target is longer than " +
                               std::to_string(limits_.target_bytes) + " bytes"),
                  ec);
  }
  request_.method = view(method);
  request_.target = view(target);
  version_ = version;
}

void RequestParser::on_field_impl(Field field, StringView name, StringView value, ErrorCode& ec) {
  if (++field_count_ > limits_.header_count) {
    return refuse(S3Error(S3ErrorCode::RequestHeaderSectionTooLarge)
                      .because("more than " + std::to_string(limits_.header_count) + " headers"),
                  ec);
  }
  if (is_folded(name, value)) {
    return refuse(bad_request("folded header fields are not accepted"), ec);
  }
  if (head_complete_) return add_trailer(view(name), view(value), ec);
  if (!check_framing_field(field, view(value), ec)) return;
  request_.headers.add(std::string(view(name)), std::string(view(value)));
}

void RequestParser::add_trailer(std::string_view name, std::string_view value, ErrorCode& ec) {
  trailer_bytes_ += name.size() + value.size();
  if (trailer_bytes_ > limits_.head_bytes) {
    return refuse(S3Error(S3ErrorCode::RequestHeaderSectionTooLarge), ec);
  }
  trailers_.add(std::string(name), std::string(value));
}

bool RequestParser::check_framing_field(Field field, std::string_view value, ErrorCode& ec) {
  switch (field) {
    case Field::content_length:
      if (!has_length_ && is_digits(value)) {
        has_length_ = true;
        return true;
      }
      refuse(bad_request("Content-Length must be one decimal number, sent once"), ec);
      return false;
    case Field::transfer_encoding:
      if (version_ == 10) {
        refuse(bad_request("Transfer-Encoding in an HTTP/1.0 request"), ec);
        return false;
      }
      if (!has_transfer_coding_ && text::equals_ignore_case(value, "chunked")) {
        has_transfer_coding_ = true;
        return true;
      }
      refuse(S3Error(S3ErrorCode::NotImplemented)
                 .with("Header", "Transfer-Encoding")
                 .because("the only transfer coding is chunked"),
             ec);
      return false;
    case Field::host:
      if (has_host_) {
        refuse(bad_request("more than one Host header"), ec);
        return false;
      }
      has_host_ = true;
      return true;
    case Field::expect:
      expects_continue_ = version_ > 10 && text::equals_ignore_case(value, "100-continue");
      return true;
    default:
      return true;
  }
}

bool RequestParser::is_folded(StringView name, StringView value) const {
  // Beast joins folded lines: either in memory of its own, or by skipping empty ones.
  const std::less<> before;
  const char* const first = name.data() + name.size();
  if (before(value.data(), first) || before(fed_.data() + fed_.size(), value.data())) return true;
  const std::string_view between(first, static_cast<std::size_t>(value.data() - first));
  return between.find_first_not_of(": \t") != std::string_view::npos;
}

std::size_t RequestParser::on_body_impl(StringView body, ErrorCode&) {
  decoded_ = view(body);
  return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, StringView body, ErrorCode&) {
  decoded_ = view(body);
  return body.size();
}

void RequestParser::refuse(S3Error error, ErrorCode& ec) {
  refusal_ = std::move(error);
  ec = beast_http::error::bad_field;
}

S3Error RequestParser::failure(const ErrorCode& ec) {
  if (refusal_) return *std::move(refusal_);
  if (ec == beast_http::error::header_limit) {
    return S3Error(S3ErrorCode::RequestHeaderSectionTooLarge);
  }
  if (ec == beast_http::error::bad_target) return S3Error(S3ErrorCode::InvalidURI);
  return bad_request(ec.message());
}

std::optional<S3Error> RequestParser::finish_head() {
  if (!has_host_ && version_ > 10) return bad_request("no Host header in an HTTP/1.1 request");
  const std::string& target = request_.target;
  if (target.front() == '/') return std::nullopt;
  if (target == "*" && request_.method == "OPTIONS") return std::nullopt;
  return split_absolute_target();
}

std::optional<S3Error> RequestParser::split_absolute_target() {
  const std::string target = request_.target;
  std::size_t authority_begin = 0;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text::starts_with_ignore_case(target, scheme)) authority_begin = scheme.size();
  }
  const std::size_t authority_end =
      std::min(target.find_first_of("/?#", authority_begin), target.size());
  const std::string authority = target.substr(authority_begin, authority_end - authority_begin);
  if (authority_begin == 0 || authority.empty() || authority.find('@') != std::string::npos) {
    return S3Error(S3ErrorCode::InvalidURI)
        .because("a request target must begin with / or be an http or https URL");
  }
  request_.target = target.substr(authority_end);
  if (request_.target.empty() || request_.target.front() != '/') request_.target.insert(0, "/");
  http::HeaderMap headers;
  if (!has_host_) headers.add("Host", authority);
  for (const http::Header& field : request_.headers) {
    const bool is_host = text::equals_ignore_case(field.name, "host");
    headers.add(field.name, is_host ? authority : field.value);
  }
  request_.headers = std::move(headers);
  return std::nullopt;
}

}  // namespace pail::transport
