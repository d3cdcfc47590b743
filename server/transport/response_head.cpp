#include "transport/response_head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <boost/beast/http/status.hpp>

#include "text/ascii.h"

namespace pail::transport {
namespace {

constexpr int kNoContent = 204;
constexpr int kNotModified = 304;

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_line_part(std::string& out, std::string_view part) {
  const std::size_t begin = out.size();
  out.append(part);
  const auto ends_line = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
  std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), ends_line, ' ');
}

bool is_framing_header(std::string_view name) {
  switch (name.size()) {
    case 10:
      return text::equals_ignore_case(name, "connection");
    case 14:
      return text::equals_ignore_case(name, "content-length");
    case 17:
      return text::equals_ignore_case(name, "transfer-encoding");
    default:
      return false;
  }
}

std::optional<std::uint64_t> length_of(const http::Response& response) {
  return response.source ? response.source_length_bytes : response.body.size();
}

}  // namespace

ResponsePlan plan_response(const http::Response& response, const AnswerContext& context) {
  ResponsePlan plan;
  plan.status = response.status >= 200 && response.status <= 999 ? response.status : 500;
  plan.keep_alive = context.keep_alive && !response.close_connection;
  if (plan.status == kNoContent) {
    plan.framing = BodyFraming::None;
  } else if (plan.status == kNotModified) {
    plan.framing = BodyFraming::None;
    plan.content_length_bytes = response.announced_length_bytes;
  } else if (context.is_head_request) {
    plan.framing = BodyFraming::None;
    plan.content_length_bytes =
        response.announced_length_bytes ? response.announced_length_bytes : length_of(response);
  } else if (const auto length = length_of(response)) {
    plan.content_length_bytes = length;
  } else if (context.is_http_1_0) {
    plan.framing = BodyFraming::UntilClose;
    plan.keep_alive = false;
  } else {
    plan.framing = BodyFraming::Chunked;
  }
  return plan;
}

void render_head(const http::Response& response, const ResponsePlan& plan,
                 const AnswerContext& context, std::string& out) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::uint64_t>(plan.status));
  out += ' ';
  const auto reason = boost::beast::http::obsolete_reason(
      boost::beast::http::int_to_status(static_cast<unsigned>(plan.status)));
  out.append(reason.data(), reason.size());
  out += "\r\n";
  for (const http::Header& field : response.headers) {
    if (is_framing_header(field.name)) continue;
    append_line_part(out, field.name);
    out += ": ";
    append_line_part(out, field.value);
    out += "\r\n";
  }
  if (plan.content_length_bytes) {
    out += "Content-Length: ";
    append_number(out, *plan.content_length_bytes);
    out += "\r\n";
  }
  if (plan.framing == BodyFraming::Chunked) out += "Transfer-Encoding: chunked\r\n";
  if (!plan.keep_alive) {
    out += "Connection: close\r\n";
  } else if (context.is_http_1_0) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
}

}  // namespace pail::transport
