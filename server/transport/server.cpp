#include <algorithm>
#include <chrono>
#include <csignal>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <pthread.h>

#include "transport/acceptor.h"
#include "transport/connection.h"
#include "transport/registry.h"
#include "transport/transport.h"

namespace pail::transport {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

constexpr milliseconds kLongestTick{250};
constexpr milliseconds kShortestTick{10};

unsigned thread_count(unsigned wanted) {
  if (wanted > 0) return wanted;
  return std::clamp(std::thread::hardware_concurrency(), 2U, 8U);
}

/// How often deadlines are looked at: they are kept to within this.
milliseconds tick_for(const Limits& limits) {
  const auto shortest = std::min({limits.head_time, limits.idle_time, limits.body_stall_time});
  return std::clamp(shortest / 4, kShortestTick, kLongestTick);
}

class Server final : public Transport {
 public:
  Server(Options options, http::RequestHandler& handler)
      : options_(std::move(options)),
        context_{handler, options_.limits},
        timer_(asio::make_strand(io_)) {}
  ~Server() override { stop(milliseconds(0)); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  Result<void, std::string> open();
  [[nodiscard]] std::vector<std::uint16_t> ports() const override;
  void stop(milliseconds grace) override;

 private:
  Task<void> serve(std::unique_ptr<Connection> connection);
  void accept(Socket socket, asio::ssl::context* tls);
  void tick();
  void run_thread();

  Options options_;
  ConnectionContext context_;
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_ = asio::make_work_guard(io_);
  StrandTimer timer_;
  /// Touched on the timer's strand only.
  bool ticking_ = true;
  Registry registry_;
  std::vector<std::shared_ptr<Acceptor>> acceptors_;
  std::vector<std::thread> threads_;
  std::mutex stop_mutex_;
  bool stopped_ = false;
};

Result<void, std::string> Server::open() {
  for (const Listener& listener : options_.listeners) {
    auto acceptor = Acceptor::open(io_, listener);
    if (!acceptor.has_value()) return Unexpected{std::move(acceptor).error()};
    acceptors_.push_back(std::move(acceptor).value());
  }
  for (const auto& acceptor : acceptors_) {
    acceptor->start(
        [this](Socket socket, asio::ssl::context* tls) { accept(std::move(socket), tls); });
  }
  tick();
  const unsigned count = thread_count(options_.threads);
  for (unsigned i = 0; i < count; ++i) threads_.emplace_back([this] { run_thread(); });
  return {};
}

std::vector<std::uint16_t> Server::ports() const {
  std::vector<std::uint16_t> ports;
  for (const auto& acceptor : acceptors_) ports.push_back(acceptor->port());
  return ports;
}

void Server::stop(milliseconds grace) {
  const std::lock_guard lock(stop_mutex_);
  if (std::exchange(stopped_, true)) return;
  context_.stopping = true;
  for (const auto& acceptor : acceptors_) acceptor->close();
  registry_.end_idle();
  if (!registry_.wait_until_empty(grace)) {
    registry_.cut_all();
    registry_.wait_until_empty();
  }
  // The threads run out of work by themselves, so that a connection that was just being accepted is
  // closed as well.
  asio::post(timer_.get_executor(), [this] {
    ticking_ = false;
    timer_.cancel();
  });
  work_.reset();
  for (std::thread& thread : threads_) thread.join();
}

void Server::accept(Socket socket, asio::ssl::context* tls) {
  auto connection = std::make_unique<Connection>(std::move(socket), tls, context_);
  Connection& executor = *connection;
  task::spawn(executor, serve(std::move(connection)));
}

Task<void> Server::serve(std::unique_ptr<Connection> connection) {
  if (!registry_.add(connection->deadline(), options_.limits.connections)) co_return;
  co_await connection->run();
  registry_.remove(connection->deadline());
}

void Server::tick() {
  timer_.expires_after(tick_for(options_.limits));
  timer_.async_wait([this](const boost::system::error_code& ec) {
    if (ec || !ticking_) return;
    registry_.check_deadlines();
    tick();
  });
}

void Server::run_thread() {
  while (true) {
    try {
      io_.run();
      return;
    } catch (...) {
      // Out of memory in a handler: the thread goes on with the next one.
    }
  }
}

/// Keeps signals away from the threads started while it lives: they belong to the program's own
/// threads, and sendfile has no other way to spare us SIGPIPE.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

Result<std::unique_ptr<Transport>, std::string> Transport::start(Options options,
                                                                 http::RequestHandler& handler) {
  auto server = std::make_unique<Server>(std::move(options), handler);
  const SignalsBlocked threads_without_signals;
  if (auto opened = server->open(); !opened.has_value()) {
    return Unexpected{std::move(opened).error()};
  }
  return std::unique_ptr<Transport>(std::move(server));
}

}  // namespace pail::transport
