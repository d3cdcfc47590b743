#include "transport/test_server.h"

#include <stdexcept>
#include <utility>

namespace pail::test {

http::Response text_response(int status, std::string text) {
  http::Response response;
  response.status = status;
  response.body = std::move(text);
  return response;
}

http::Response error_response(const S3Error& error) {
  http::Response response = text_response(error.status(), std::string(error_name(error.code)));
  response.close_connection = error.closes_connection;
  return response;
}

http::Response FunctionHandler::refuse(const S3Error& error) { return error_response(error); }

Task<http::Response> describe(http::Request& request) {
  std::string text = request.method + " " + request.target + "\n";
  for (const http::Header& field : request.headers) text += field.name + "=" + field.value + "\n";
  std::string body;
  while (true) {
    auto bytes = co_await request.body->read();
    if (!bytes.has_value()) co_return error_response(bytes.error());
    if (bytes->empty()) break;
    for (const std::byte byte : *bytes) body += static_cast<char>(byte);
  }
  for (const http::Header& field : request.body->trailers()) {
    text += "trailer " + field.name + "=" + field.value + "\n";
  }
  co_return text_response(200, text + "\n" + body);
}

Task<http::Response> count_body(http::Request& request) {
  std::uint64_t count = 0;
  while (true) {
    auto bytes = co_await request.body->read();
    if (!bytes.has_value()) co_return error_response(bytes.error());
    if (bytes->empty()) break;
    count += bytes->size();
  }
  co_return text_response(200, std::to_string(count));
}

Task<http::Response> deny(http::Request&) { co_return text_response(403, "denied"); }

Task<S3Result<std::optional<http::BodyPiece>>> Pieces::next() {
  if (next_ < pieces_.size()) {
    std::optional<http::BodyPiece> piece(std::move(pieces_[next_++]));
    co_return piece;
  }
  if (fails_) co_return fail(S3ErrorCode::InternalError);
  co_return std::optional<http::BodyPiece>();
}

TestServer::TestServer(http::RequestHandler& handler, transport::Limits limits,
                       std::optional<transport::TlsIdentity> tls) {
  transport::Options options;
  options.listeners.push_back({"127.0.0.1", 0, std::move(tls)});
  options.limits = limits;
  auto started = transport::Transport::start(std::move(options), handler);
  if (!started.has_value()) throw std::runtime_error(started.error());
  transport_ = std::move(started).value();
}

std::string request_text(const std::string& method, const std::string& target,
                         const std::vector<std::string>& header_lines, const std::string& body) {
  std::string text = method + " " + target + " HTTP/1.1\r\nHost: h\r\n";
  for (const std::string& line : header_lines) text += line + "\r\n";
  return text + "\r\n" + body;
}

}  // namespace pail::test
