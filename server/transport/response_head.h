#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/response.h"

namespace pail::transport {

/// How a body is delimited on the wire (RFC 9112, 6.3).
enum class BodyFraming {
  /// No body is sent: HEAD, 204, 304.
  None,
  /// Exactly as many bytes as Content-Length says.
  Length,
  /// Chunked transfer coding.
  Chunked,
  /// Until the connection ends, for HTTP/1.0 clients.
  UntilClose,
};

/// What of the request decides about the form of the answer.
struct AnswerContext {
  bool is_head_request = false;
  bool is_http_1_0 = false;
  /// Whether the connection can carry another request.
  bool keep_alive = true;
};

struct ResponsePlan {
  int status = 200;
  BodyFraming framing = BodyFraming::Length;
  /// The Content-Length to send, if any.
  std::optional<std::uint64_t> content_length_bytes;
  bool keep_alive = true;
};

/// Decides how `response` is framed. A status that can not end a request (below 200, above 999) is
/// answered as 500.
ResponsePlan plan_response(const http::Response& response, const AnswerContext& context);

/// Appends the head of the answer to `out`: status line, the response's headers in their order,
/// then framing. Framing headers among the response's own are left out, and bytes that would end a
/// header line early become spaces.
void render_head(const http::Response& response, const ResponsePlan& plan,
                 const AnswerContext& context, std::string& out);

}  // namespace pail::transport
