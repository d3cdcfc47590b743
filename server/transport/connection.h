#pragma once

#include <atomic>
#include <coroutine>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "http/request_handler.h"
#include "transport/deadline.h"
#include "transport/input_buffer.h"
#include "transport/request_parser.h"
#include "transport/response_writer.h"
#include "transport/socket_body.h"
#include "transport/stream.h"
#include "transport/transport.h"

namespace pail::transport {

/// What all connections of a server share; outlives them.
struct ConnectionContext {
  http::RequestHandler& handler;
  const Limits& limits;
  /// Set once the server is stopping: connections end after their current request.
  std::atomic<bool> stopping{false};
};

/// One accepted connection: reads requests, has them answered, in order, until one side is done. It
/// is a single chain of operations, so nothing but its deadline is ever touched from outside.
class Connection final : public task::Executor {
 public:
  /// `tls` is null on a listener without it, and outlives the connection.
  Connection(Socket socket, boost::asio::ssl::context* tls, ConnectionContext& context);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Serves until the end of the connection. Never throws.
  Task<void> run();
  Deadline& deadline() { return deadline_; }
  void post(std::coroutine_handle<> continuation) override;

 private:
  /// How a request's head was read.
  enum class Head { Complete, Closed, Refused };
  /// What follows an answer.
  enum class Next { KeepAlive, Close, Abort };

  Task<bool> choose_protocol();
  Task<void> serve_requests();
  Task<Head> read_head(RequestParser& parser, S3Error& refusal);
  Task<Next> serve_request(RequestParser& parser);
  Task<Next> answer_with(http::Response& response, const AnswerContext& context);
  Task<Next> cut_answer(const http::Cut& cut);
  Task<void> refuse(const S3Error& error);
  Task<void> close_gently();
  Task<void> discard_input();

  ConnectionContext& context_;
  boost::asio::ssl::context* tls_;
  Stream stream_;
  Deadline deadline_;
  InputBuffer input_;
  ResponseWriter writer_;
  std::string remote_address_;
};

}  // namespace pail::transport
