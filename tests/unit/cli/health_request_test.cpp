#include "cli/health_request.h"

#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pail::cli {
namespace {

std::string target(std::string_view endpoint) {
  const auto parsed = parse_health_target(endpoint);
  if (!parsed) return "refused";
  return std::string(parsed->is_tls ? "tls " : "") + parsed->host + " " +
         std::to_string(parsed->port);
}

/// A listening socket that answers one connection with given bytes, or never.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    is_ready_ = ::bind(listener_, generic, size) == 0 && ::listen(listener_, 1) == 0 &&
                ::getsockname(listener_, generic, &size) == 0;
    port_ = ntohs(address.sin_port);
    if (answer.empty()) return;
    thread_ = std::thread([this, answer = std::move(answer)] {
      const int peer = ::accept(listener_, nullptr, nullptr);
      char request[1024];
      const bool has_asked = ::recv(peer, request, sizeof(request), 0) > 0;
      if (has_asked) ::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL);
      ::close(peer);
    });
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;
  ~OneAnswer() {
    if (thread_.joinable()) thread_.join();
    ::close(listener_);
  }

  [[nodiscard]] bool is_ready() const { return is_ready_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int listener_;
  bool is_ready_ = false;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

std::string ask(const std::string& answer, std::chrono::milliseconds limit) {
  const OneAnswer server(answer);
  EXPECT_TRUE(server.is_ready());
  const auto asked = request_health({false, "127.0.0.1", server.port()}, limit);
  return asked ? "healthy" : asked.error();
}

TEST(HealthTarget, IsAnEndpointAsServePrintsIt) {
  EXPECT_EQ(target("http://127.0.0.1:9000"), "127.0.0.1 9000");
  EXPECT_EQ(target("https://localhost:9000/"), "tls localhost 9000");
  EXPECT_EQ(target("http://[::1]:9000"), "::1 9000");
  EXPECT_EQ(target("localhost:9000"), "localhost 9000");
}

TEST(HealthTarget, PortsHaveTheirDefaults) {
  EXPECT_EQ(target("http://h"), "h 80");
  EXPECT_EQ(target("https://[::1]"), "tls ::1 443");
}

TEST(HealthTarget, RefusesWhatIsNoEndpoint) {
  for (const char* text :
       {"", "ftp://h", "http://", "http://:9000", "http://h:0", "http://h:x", "http://h:70000"}) {
    EXPECT_EQ(target(text), "refused") << text;
  }
}

TEST(HealthRequest, TwoHundredIsHealthy) {
  EXPECT_EQ(ask("HTTP/1.1 200 OK\r\n\r\nok", std::chrono::seconds(5)), "healthy");
}

TEST(HealthRequest, AnyOtherAnswerIsNot) {
  EXPECT_EQ(ask("HTTP/1.1 403 Forbidden\r\n\r\n", std::chrono::seconds(5)), "it answered 403");
  EXPECT_EQ(ask("SSH", std::chrono::seconds(5)), "the connection ended without an answer");
}

TEST(HealthRequest, SilenceEndsWithTheTimeLimit) {
  EXPECT_EQ(ask("", std::chrono::milliseconds(50)), "no answer in time");
}

TEST(HealthRequest, NobodyThereIsAReason) {
  std::uint16_t free_port = 0;
  {
    const OneAnswer gone("");
    free_port = gone.port();
  }
  const auto asked = request_health({false, "127.0.0.1", free_port}, std::chrono::seconds(5));
  ASSERT_FALSE(asked.has_value());
  EXPECT_EQ(asked.error(), "Connection refused");
}

}  // namespace
}  // namespace pail::cli
