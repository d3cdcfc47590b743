#include "transport/connection.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

#include <boost/asio/post.hpp>
#include <sys/socket.h>

#include "transport/pause.h"

namespace pail::transport {
namespace {

constexpr std::size_t kIdleBufferBytes = std::size_t{4} * 1024;
/// A buffer that grew beyond this is given back between requests.
constexpr std::size_t kKeptBufferBytes = std::size_t{16} * 1024;
constexpr std::size_t kDiscardBlockBytes = std::size_t{64} * 1024;
/// For how long, in all and without a byte, a client may finish sending what nobody reads any more,
/// so that it gets to read its answer instead of a reset.
constexpr std::chrono::seconds kLingerTime{30};
constexpr std::chrono::milliseconds kLingerStallTime{2'000};
constexpr std::chrono::milliseconds kNoTime{0};

/// Tells what became of an answer, whatever happens in between.
class DeliveryReport {
 public:
  explicit DeliveryReport(http::Response& response) : response_(response) {}
  DeliveryReport(const DeliveryReport&) = delete;
  DeliveryReport& operator=(const DeliveryReport&) = delete;
  ~DeliveryReport() {
    if (!response_.on_delivered) return;
    try {
      response_.on_delivered(delivery);
    } catch (...) {
      // An observer that fails must not take the answer down with it.
    }
  }
  http::Delivery delivery{0, false};

 private:
  http::Response& response_;
};

std::string address_of(const Socket& socket) {
  boost::system::error_code ec;
  const auto peer = socket.remote_endpoint(ec);
  return ec ? std::string() : peer.address().to_string();
}

}  // namespace

Connection::Connection(Socket socket, boost::asio::ssl::context* tls, ConnectionContext& context)
    : context_(context),
      tls_(tls),
      stream_(std::move(socket)),
      deadline_(stream_.descriptor()),
      writer_(stream_, deadline_, context.limits),
      remote_address_(address_of(stream_.socket())) {
  boost::system::error_code ignored;
  stream_.socket().set_option(boost::asio::ip::tcp::no_delay(true), ignored);
  stream_.socket().non_blocking(true, ignored);
}

Connection::~Connection() { deadline_.detach(); }

void Connection::post(std::coroutine_handle<> continuation) {
  boost::asio::post(stream_.socket().get_executor(), [continuation] { continuation.resume(); });
}

Task<void> Connection::run() {
  try {
    // Not in the condition: GCC 12 loses a co_await behind `if (co_await ...)`.
    const bool is_ready = co_await choose_protocol();
    if (is_ready) co_await serve_requests();
  } catch (...) {
    // Out of memory, or a fault above: this connection is lost, the others are not.
    deadline_.cut();
  }
}

Task<bool> Connection::choose_protocol() {
  if (tls_ == nullptr) co_return true;
  deadline_.arm(Wait::Idle, context_.limits.idle_time);
  if (context_.stopping) co_return false;
  const IoResult waited = co_await stream_.wait_readable();
  deadline_.disarm();
  if (waited.failed) co_return false;
  if (!stream_.begins_with_tls()) co_return true;
  deadline_.arm(Wait::Head, context_.limits.head_time);
  const IoResult shaken = co_await stream_.handshake(*tls_);
  deadline_.disarm();
  co_return !shaken.failed;
}

Task<void> Connection::serve_requests() {
  while (true) {
    RequestParser parser(context_.limits);
    S3Error refusal(S3ErrorCode::BadRequest);
    const Head head = co_await read_head(parser, refusal);
    if (head == Head::Closed) co_return;
    if (head == Head::Refused) {
      co_await refuse(refusal);
      break;
    }
    const Next next = co_await serve_request(parser);
    if (next == Next::Abort) co_return;
    if (next == Next::Close) break;
    if (input_.capacity() > kKeptBufferBytes) input_.shrink(kIdleBufferBytes);
    // A client that sends its requests all at once must not keep a thread for itself.
    if (!input_.empty()) {
      co_await stream_.yield();
    }
  }
  co_await close_gently();
}

Task<Connection::Head> Connection::read_head(RequestParser& parser, S3Error& refusal) {
  bool has_begun = false;
  while (true) {
    auto parsed = parser.parse_head(input_);
    if (!parsed.has_value()) {
      deadline_.disarm();
      refusal = std::move(parsed).error();
      co_return Head::Refused;
    }
    if (*parsed) {
      deadline_.disarm();
      co_return Head::Complete;
    }
    if (parser.has_started()) {
      if (!has_begun) deadline_.arm(Wait::Head, context_.limits.head_time);
      has_begun = true;
    } else {
      deadline_.arm(Wait::Idle, context_.limits.idle_time);
      if (context_.stopping) co_return Head::Closed;
    }
    const std::size_t wanted = std::max(kIdleBufferBytes, 2 * input_.size());
    auto room = input_.make_room(std::min(wanted, context_.limits.head_bytes + kIdleBufferBytes));
    const IoResult received = co_await stream_.read_some(room);
    if (received.failed) {
      deadline_.disarm();
      if (!has_begun || !deadline_.has_expired()) co_return Head::Closed;
      refusal = S3Error(S3ErrorCode::RequestTimeout);
      co_return Head::Refused;
    }
    input_.commit(received.bytes);
  }
}

Task<Connection::Next> Connection::serve_request(RequestParser& parser) {
  http::Request request = parser.take_request();
  request.remote_address = remote_address_;
  request.is_tls = stream_.is_tls();
  SocketBody body(ConnectionParts{stream_, deadline_, input_, writer_, context_.limits}, parser);
  request.body = &body;

  http::Response response = co_await context_.handler.handle(request);
  AnswerContext answer;
  answer.is_head_request = request.method == "HEAD";
  answer.is_http_1_0 = parser.is_http_1_0();
  answer.keep_alive = parser.wants_keep_alive() && !context_.stopping && body.can_be_drained();
  const Next next = co_await answer_with(response, answer);
  if (next != Next::KeepAlive || parser.is_complete()) co_return next;
  const bool drained = co_await body.drain();
  co_return drained ? Next::KeepAlive : Next::Close;
}

Task<Connection::Next> Connection::answer_with(http::Response& response,
                                               const AnswerContext& context) {
  DeliveryReport report(response);
  const ResponsePlan plan = plan_response(response, context);
  report.delivery = co_await writer_.write(response, plan, context);
  if (report.delivery.complete) co_return plan.keep_alive ? Next::KeepAlive : Next::Close;
  if (response.delivery_plan && response.delivery_plan->cut) {
    co_return co_await cut_answer(*response.delivery_plan->cut);
  }
  // Where only the end of the connection ends the body, an orderly end would make it look whole.
  if (plan.framing == BodyFraming::UntilClose) stream_.reset_when_closed();
  co_return Next::Abort;
}

Task<Connection::Next> Connection::cut_answer(const http::Cut& cut) {
  if (!cut.is_reset) co_return Next::Close;
  co_await pause_until_acknowledged(stream_, deadline_);
  stream_.reset_when_closed();
  co_return Next::Abort;
}

Task<void> Connection::refuse(const S3Error& error) {
  http::Response response = context_.handler.refuse(error);
  AnswerContext answer;
  answer.keep_alive = false;
  co_await answer_with(response, answer);
}

Task<void> Connection::close_gently() {
  if (stream_.is_tls()) {
    deadline_.arm(Wait::Linger, context_.stopping ? kNoTime : kLingerStallTime);
    co_await stream_.tls_goodbye();
    deadline_.disarm();
  }
  boost::system::error_code failed;
  stream_.socket().shutdown(Socket::shutdown_send, failed);
  if (failed) co_return;
  co_await discard_input();
}

Task<void> Connection::discard_input() {
  // Below TLS: what arrives now is of no interest to anybody.
  input_.consume(input_.size());
  auto room = input_.make_room(kDiscardBlockBytes);
  const auto end = Deadline::Clock::now() + kLingerTime;
  while (Deadline::Clock::now() < end) {
    deadline_.arm(Wait::Linger, kLingerStallTime);
    if (context_.stopping) co_return;
    const IoResult received = co_await stream_.read_raw(room);
    deadline_.disarm();
    if (received.failed) co_return;
  }
}

}  // namespace pail::transport
