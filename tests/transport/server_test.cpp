#include <thread>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "support/raw_socket.h"
#include "task/task.h"
#include "transport/test_server.h"

namespace pail::test {
namespace {

using namespace std::chrono_literals;

/// Holds each request until the test lets it go on, without holding a thread.
class GateHandler final : public FunctionHandler {
 public:
  GateHandler() : FunctionHandler(&describe) {}
  Task<http::Response> handle(http::Request& request) override {
    arrived.set();
    const std::string text = co_await gate;
    co_return text_response(200, request.target + text);
  }
  Signal arrived;
  task::OneShot<std::string> gate;
};

class ThrowingHandler final : public FunctionHandler {
 public:
  ThrowingHandler() : FunctionHandler(&describe) {}
  Task<http::Response> handle(http::Request& request) override {
    if (request.target == "/throw") throw std::runtime_error("a fault above");
    co_return co_await describe(request);
  }
};

std::string start_error(transport::Options options, http::RequestHandler& handler) {
  auto started = transport::Transport::start(std::move(options), handler);
  return started.has_value() ? "" : started.error();
}

transport::Options listening_on(const std::string& host, std::uint16_t port) {
  transport::Options options;
  options.listeners.push_back({host, port, std::nullopt});
  return options;
}

TEST(Server, HalfSentHeadsDoNotDelayOthers) {
  FunctionHandler handler(&describe);
  TestServer server(handler);
  std::vector<RawSocket> half_sent;
  for (int i = 0; i < 300; ++i) {
    half_sent.push_back(server.connect());
    ASSERT_TRUE(half_sent.back().send("GET / HTTP/1.1\r\nHost: "));
  }
  RawSocket socket = server.connect();
  socket.send(request_text("GET", "/"));
  EXPECT_EQ(socket.receive_response().status, 200);
  for (RawSocket& half : half_sent) {
    half.send("h\r\n\r\n");
    EXPECT_EQ(half.receive_response().status, 200);
  }
}

TEST(Server, ManyIdleConnectionsStayUsable) {
  FunctionHandler handler(&describe);
  TestServer server(handler);
  std::vector<RawSocket> sockets;
  for (int i = 0; i < 256; ++i) sockets.push_back(server.connect());
  for (int round = 0; round < 2; ++round) {
    for (RawSocket& socket : sockets) {
      socket.send(request_text("GET", "/"));
      ASSERT_EQ(socket.receive_response().status, 200);
    }
  }
}

TEST(Server, RequestsThatWaitHoldNoThread) {
  GateHandler handler;
  FunctionHandler other(&describe);
  transport::Options options = listening_on("127.0.0.1", 0);
  options.threads = 1;
  auto server = transport::Transport::start(std::move(options), handler);
  ASSERT_TRUE(server.has_value());
  RawSocket waiting(server.value()->ports().front());
  waiting.send(request_text("GET", "/waiting"));
  ASSERT_TRUE(handler.arrived.wait());
  RawSocket refused(server.value()->ports().front());
  refused.send("nonsense\r\n\r\n");
  EXPECT_EQ(refused.receive_response().status, 400) << "the only thread is free";
  handler.gate.set(" done");
  EXPECT_EQ(waiting.receive_response().body, "/waiting done");
}

TEST(Server, TwoServersInOneProcessDoNotMeet) {
  FunctionHandler describing(&describe);
  FunctionHandler denying(&deny);
  TestServer first(describing);
  TestServer second(denying);
  ASSERT_NE(first.port(), second.port());
  RawSocket to_first = first.connect();
  RawSocket to_second = second.connect();
  to_first.send(request_text("GET", "/"));
  to_second.send(request_text("GET", "/"));
  EXPECT_EQ(to_first.receive_response().status, 200);
  EXPECT_EQ(to_second.receive_response().status, 403);
  first.destroy();
  to_second.send(request_text("GET", "/"));
  EXPECT_EQ(to_second.receive_response().status, 403);
}

TEST(Server, SeveralListenersServeTheSame) {
  FunctionHandler handler(&describe);
  transport::Options options = listening_on("127.0.0.1", 0);
  options.listeners.push_back({"localhost", 0, std::nullopt});
  auto server = transport::Transport::start(std::move(options), handler);
  ASSERT_TRUE(server.has_value());
  ASSERT_EQ(server.value()->ports().size(), 2U);
  for (const std::uint16_t port : server.value()->ports()) {
    RawSocket socket(port);
    socket.send(request_text("GET", "/"));
    EXPECT_EQ(socket.receive_response().status, 200);
  }
}

TEST(Server, StopLetsARunningRequestFinish) {
  GateHandler handler;
  TestServer server(handler);
  RawSocket idle = server.connect();
  RawSocket half_sent = server.connect();
  half_sent.send("GET / HT");
  RawSocket running = server.connect();
  running.send(request_text("GET", "/running"));
  ASSERT_TRUE(handler.arrived.wait());
  std::thread stopper([&] { server.transport().stop(20s); });
  EXPECT_TRUE(idle.is_closed_by_peer());
  EXPECT_TRUE(half_sent.is_closed_by_peer());
  handler.gate.set(" finished");
  const auto response = running.receive_response();
  EXPECT_EQ(response.body, "/running finished");
  EXPECT_EQ(response.header("Connection"), "close");
  stopper.join();
  EXPECT_TRUE(running.is_closed_by_peer());
  EXPECT_FALSE(RawSocket(server.port()).is_connected());
}

TEST(Server, StopCutsWhatOutlastsTheGrace) {
  FunctionHandler handler(&count_body);
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/", {"Content-Length: 100", "Expect: 100-continue"}));
  ASSERT_EQ(socket.receive_response().status, 100);
  server.transport().stop(1ms);
  EXPECT_EQ(socket.receive_to_end(), "");
}

TEST(Server, StopTwiceAndDestructionAreHarmless) {
  FunctionHandler handler(&describe);
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("GET", "/"));
  ASSERT_EQ(socket.receive_response().status, 200);
  server.transport().stop(1s);
  server.transport().stop(1s);
  server.destroy();
  EXPECT_TRUE(socket.is_closed_by_peer());
}

TEST(Server, StopUnderLoadEndsCleanly) {
  FunctionHandler handler(&describe);
  for (int round = 0; round < 10; ++round) {
    TestServer server(handler);
    const std::uint16_t port = server.port();
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i) {
      clients.emplace_back([port] {
        while (true) {
          RawSocket socket(port);
          if (!socket.send(request_text("PUT", "/", {"Content-Length: 3"}, "abc"))) return;
          if (socket.receive_response().status != 200) return;
        }
      });
    }
    RawSocket socket = server.connect();
    socket.send(request_text("GET", "/"));
    EXPECT_EQ(socket.receive_response().status, 200);
    server.transport().stop(5s);
    for (std::thread& client : clients) client.join();
  }
}

TEST(Server, ExceptionFromTheHandlerCostsOneConnection) {
  ThrowingHandler handler;
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("GET", "/throw"));
  EXPECT_TRUE(socket.is_closed_by_peer());
  RawSocket next = server.connect();
  next.send(request_text("GET", "/"));
  EXPECT_EQ(next.receive_response().status, 200);
}

TEST(Server, ConnectionsAreLimited) {
  FunctionHandler handler(&describe);
  transport::Limits limits;
  limits.connections = 3;
  TestServer server(handler, limits);
  std::vector<RawSocket> allowed;
  for (int i = 0; i < 3; ++i) {
    allowed.push_back(server.connect());
    allowed.back().send(request_text("GET", "/"));
    ASSERT_EQ(allowed.back().receive_response().status, 200);
  }
  EXPECT_TRUE(server.connect().is_closed_by_peer());
  allowed[0].send(request_text("GET", "/"));
  EXPECT_EQ(allowed[0].receive_response().status, 200);
}

TEST(Server, AcceptingGoesOnAfterTheProcessRanOutOfDescriptors) {
  FunctionHandler handler(&describe);
  TestServer server(handler);
  RawSocket waiting = server.connect();
  waiting.send(request_text("GET", "/"));
  ASSERT_EQ(waiting.receive_response().status, 200);
  // One descriptor is left, for the client's end: the server can not accept.
  std::vector<int> taken;
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit few{64, before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &few);
  while (true) {
    const int descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) break;
    taken.push_back(descriptor);
  }
  ASSERT_FALSE(taken.empty());
  ::close(taken.back());
  taken.pop_back();
  RawSocket late = server.connect();
  ASSERT_TRUE(late.is_connected());
  late.send(request_text("GET", "/"));
  waiting.send(request_text("GET", "/"));
  EXPECT_EQ(waiting.receive_response().status, 200);
  for (const int descriptor : taken) ::close(descriptor);
  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(late.receive_response().status, 200);
}

TEST(Server, ListensOnIpv6) {
  FunctionHandler handler(&describe);
  for (const char* host : {"::1", "[::1]"}) {
    auto server = transport::Transport::start(listening_on(host, 0), handler);
    if (!server.has_value()) {
      ASSERT_NE(server.error().find("no such address"), std::string::npos) << server.error();
      GTEST_SKIP() << "this machine has no IPv6";
    }
    RawSocket socket(server.value()->ports().front(), "::1");
    socket.send(request_text("GET", "/"));
    EXPECT_EQ(socket.receive_response().status, 200);
  }
}

TEST(Server, AddressInUseIsSaidInASentence) {
  FunctionHandler handler(&describe);
  TestServer server(handler);
  const std::string port = std::to_string(server.port());
  EXPECT_EQ(start_error(listening_on("127.0.0.1", server.port()), handler),
            "cannot listen on 127.0.0.1:" + port +
                ": address already in use; another pail may be running there: choose another with "
                "--listen 127.0.0.1:0");
}

TEST(Server, FailedStartLeavesNothingOpen) {
  FunctionHandler handler(&describe);
  TestServer server(handler);
  std::uint16_t free_port = 0;
  {
    TestServer other(handler);
    free_port = other.port();
  }
  transport::Options options = listening_on("127.0.0.1", free_port);
  options.listeners.push_back({"127.0.0.1", server.port(), std::nullopt});
  EXPECT_NE(start_error(std::move(options), handler), "");
  EXPECT_FALSE(RawSocket(free_port).is_connected());
}

TEST(Server, UnknownHostAndForeignAddressAreSaidInASentence) {
  FunctionHandler handler(&describe);
  EXPECT_EQ(
      start_error(listening_on("no-such-host.invalid", 1), handler),
      "cannot listen on no-such-host.invalid:1: the host name 'no-such-host.invalid' is unknown");
  EXPECT_EQ(start_error(listening_on("203.0.113.7", 1234), handler),
            "cannot listen on 203.0.113.7:1234: this machine has no such address");
}

}  // namespace
}  // namespace pail::test
