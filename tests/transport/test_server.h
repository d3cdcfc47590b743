#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "http/request_handler.h"
#include "support/raw_socket.h"
#include "transport/transport.h"

namespace pail::test {

/// Something that one thread does once and another one waits for.
class Signal {
 public:
  void set() {
    const std::lock_guard lock(mutex_);
    is_set_ = true;
    changed_.notify_all();
  }
  /// False when it did not happen within a long time.
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [this] { return is_set_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_set_ = false;
};

/// Answers every request by one function; errors that the transport reports are answered with
/// their name as body.
class FunctionHandler : public http::RequestHandler {
 public:
  using Answer = Task<http::Response> (*)(http::Request&);
  explicit FunctionHandler(Answer answer) : answer_(answer) {}
  Task<http::Response> handle(http::Request& request) override { return answer_(request); }
  http::Response refuse(const S3Error& error) override;

 private:
  Answer answer_;
};

http::Response text_response(int status, std::string text);
http::Response error_response(const S3Error& error);

/// Reads the whole body and describes the request: method, target, each header, trailers, body.
Task<http::Response> describe(http::Request& request);
/// Reads the whole body and answers with its length.
Task<http::Response> count_body(http::Request& request);
/// Answers 403 without looking at the body.
Task<http::Response> deny(http::Request& request);

/// Yields the given pieces, then, if told so, fails.
class Pieces final : public http::BodySource {
 public:
  explicit Pieces(std::vector<http::BodyPiece> pieces, bool fails = false)
      : pieces_(std::move(pieces)), fails_(fails) {}
  Task<S3Result<std::optional<http::BodyPiece>>> next() override;

 private:
  std::vector<http::BodyPiece> pieces_;
  std::size_t next_ = 0;
  bool fails_;
};

/// A running transport on a free port of the loopback address.
class TestServer {
 public:
  explicit TestServer(http::RequestHandler& handler, transport::Limits limits = {},
                      std::optional<transport::TlsIdentity> tls = std::nullopt);

  [[nodiscard]] std::uint16_t port() const { return transport_->ports().front(); }
  [[nodiscard]] RawSocket connect() const { return RawSocket(port()); }
  transport::Transport& transport() { return *transport_; }
  /// Ends the server as its destructor would.
  void destroy() { transport_.reset(); }

 private:
  std::unique_ptr<transport::Transport> transport_;
};

/// A request of a test: the request line, "Host: h", then these lines, then the body.
std::string request_text(const std::string& method, const std::string& target,
                         const std::vector<std::string>& header_lines = {},
                         const std::string& body = {});

}  // namespace pail::test
