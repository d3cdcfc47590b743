#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/version.hpp>

#include "error/s3_error.h"
#include "http/request.h"
#include "transport/input_buffer.h"
#include "transport/transport.h"

namespace pail::transport {

/// Turns the bytes of one request into an http::Request and then its body. Stands on Beast's parser
/// for the grammar, and refuses what Beast lets through but what makes two readers of the same
/// bytes disagree: folded fields, several lengths, a length beside a transfer coding, codings other
/// than chunked. Does no input or output. For one request; not thread-safe.
class RequestParser final : private boost::beast::http::basic_parser<true> {
 public:
  explicit RequestParser(const Limits& limits);

  /// Takes from `input` what belongs to the head. True when the head is complete, false when more
  /// bytes are needed. After a failure the connection can only be closed.
  S3Result<bool> parse_head(InputBuffer& input);

  /// Takes body bytes from `input` and returns them decoded; they lie inside `input` and are valid
  /// until its next make_room(). Empty when more bytes are needed or the body has ended.
  S3Result<std::span<const std::byte>> parse_body(InputBuffer& input);

  /// Whether the request is complete, body and trailers included.
  [[nodiscard]] bool is_complete() const { return is_done(); }
  /// Whether any byte of the request has arrived.
  [[nodiscard]] bool has_started() const { return has_started_; }
  [[nodiscard]] bool is_chunked() const { return chunked(); }
  [[nodiscard]] bool is_http_1_0() const { return version_ == 10; }
  /// Whether the client is willing to send another request.
  [[nodiscard]] bool wants_keep_alive() const { return keep_alive(); }
  /// Whether the client waits for 100 Continue before it sends the body.
  [[nodiscard]] bool expects_continue() const { return expects_continue_; }
  /// The declared length; without value for a chunked body.
  [[nodiscard]] std::optional<std::uint64_t> body_length_bytes() const;
  /// Body bytes not yet parsed, where the length was declared.
  [[nodiscard]] std::uint64_t remaining_bytes() const;
  [[nodiscard]] const http::HeaderMap& trailers() const { return trailers_; }
  /// The head; once.
  http::Request take_request() { return std::move(request_); }

 private:
  using ErrorCode = boost::beast::error_code;
  using StringView = boost::beast::string_view;
  using Field = boost::beast::http::field;

  void on_request_impl(boost::beast::http::verb verb, StringView method, StringView target,
                       int version, ErrorCode& ec) override;
  void on_response_impl(int, StringView, int, ErrorCode&) override {}
  void on_field_impl(Field field, StringView name, StringView value, ErrorCode& ec) override;
#if BOOST_BEAST_VERSION >= 359
  void on_trailer_field_impl(Field field, StringView name, StringView value,
                             ErrorCode& ec) override {
    on_field_impl(field, name, value, ec);
  }
#endif
  void on_header_impl(ErrorCode&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
  std::size_t on_body_impl(StringView body, ErrorCode&) override;
  void on_chunk_header_impl(std::uint64_t, StringView, ErrorCode&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, StringView body, ErrorCode&) override;
  void on_finish_impl(ErrorCode&) override {}

  void refuse(S3Error error, ErrorCode& ec);
  void add_trailer(std::string_view name, std::string_view value, ErrorCode& ec);
  bool check_framing_field(Field field, std::string_view value, ErrorCode& ec);
  [[nodiscard]] bool is_folded(StringView name, StringView value) const;
  S3Error failure(const ErrorCode& ec);
  std::optional<S3Error> finish_head();
  std::optional<S3Error> split_absolute_target();

  const Limits& limits_;
  http::Request request_;
  http::HeaderMap trailers_;
  std::optional<S3Error> refusal_;
  /// What put() is working on, to see where a field's value lies.
  std::string_view fed_;
  std::string_view decoded_;
  std::size_t head_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  std::size_t field_count_ = 0;
  int version_ = 11;
  bool has_length_ = false;
  bool has_transfer_coding_ = false;
  bool expects_continue_ = false;
  bool has_host_ = false;
  bool has_started_ = false;
  bool head_complete_ = false;
};

}  // namespace pail::transport
