#include "http/delivery_plan.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/raw_socket.h"
#include "support/tls_socket.h"
#include "transport/test_server.h"

namespace pail::test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::string pattern(std::size_t bytes) {
  std::string text(bytes, '\0');
  for (std::size_t i = 0; i < bytes; ++i) text[i] = static_cast<char>('a' + i * i % 23);
  return text;
}

std::shared_ptr<const content::OpenFile> file_of(const std::string& bytes) {
  std::string name = testing::TempDir() + "pail_plan_XXXXXX";
  const int descriptor = ::mkstemp(name.data());
  ::unlink(name.c_str());
  EXPECT_EQ(::write(descriptor, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  return std::make_shared<content::OpenFile>(descriptor);
}

http::DeliveryPlan cut_plan(std::optional<std::uint64_t> after_body_bytes, bool is_reset) {
  http::DeliveryPlan plan;
  plan.cut = http::Cut{after_body_bytes, is_reset};
  return plan;
}

http::DeliveryPlan stall_plan(std::uint64_t after_bytes, std::chrono::milliseconds time) {
  http::DeliveryPlan plan;
  plan.pace.stall = http::Stall{after_bytes, time};
  return plan;
}

http::Response planned(http::Response response, const http::DeliveryPlan& plan) {
  response.delivery_plan = std::make_unique<const http::DeliveryPlan>(plan);
  return response;
}

http::Response file_response(const std::string& bytes) {
  std::vector<http::BodyPiece> pieces;
  pieces.emplace_back(http::FileRange{file_of(bytes), 0, bytes.size()});
  http::Response response;
  response.source = std::make_unique<Pieces>(std::move(pieces));
  response.source_length_bytes = bytes.size();
  return response;
}

/// Answers with what make() gives and keeps the last delivery.
class PlanHandler final : public FunctionHandler {
 public:
  using Make = std::function<http::Response()>;
  explicit PlanHandler(Make make) : FunctionHandler(&deny), make_(std::move(make)) {}
  Task<http::Response> handle(http::Request&) override {
    http::Response response = make_();
    response.on_delivered = [this](const http::Delivery& delivery) {
      delivery_ = delivery;
      delivered_.set();
    };
    co_return response;
  }
  http::Delivery delivery() {
    EXPECT_TRUE(delivered_.wait());
    return delivery_;
  }

 private:
  Make make_;
  http::Delivery delivery_;
  Signal delivered_;
};

/// What a client receives until the connection has ended.
struct Received {
  std::string head;
  std::string body;
  bool was_reset = false;
};
Received receive_all(const TestServer& server, const std::string& request) {
  RawSocket socket = server.connect();
  socket.send(request);
  Received received;
  const std::string all = socket.receive_to_end();
  const auto end = all.find("\r\n\r\n");
  received.head = all.substr(0, end);
  if (end != std::string::npos) received.body = all.substr(end + 4);
  received.was_reset = socket.was_reset();
  return received;
}

const std::string kGet = request_text("GET", "/");

TEST(DeliveryPlan, CutBeforeTheHeadIsAReset) {
  PlanHandler handler([] { return planned(text_response(200, "hello"), cut_plan({}, true)); });
  TestServer server(handler);
  const Received received = receive_all(server, kGet);
  EXPECT_EQ(received.head, "");
  EXPECT_TRUE(received.was_reset);
  EXPECT_FALSE(handler.delivery().complete);
  EXPECT_EQ(handler.delivery().body_bytes, 0U);
}

TEST(DeliveryPlan, ResetComesAfterExactlyItsBytes) {
  const std::string bytes = pattern(3'000'000);
  for (const bool is_file : {false, true}) {
    PlanHandler handler([&] {
      http::Response response = is_file ? file_response(bytes) : text_response(200, bytes);
      return planned(std::move(response), cut_plan(2'000'001, true));
    });
    TestServer server(handler);
    const Received received = receive_all(server, kGet);
    EXPECT_NE(received.head.find("Content-Length: 3000000"), std::string::npos);
    EXPECT_TRUE(received.body == bytes.substr(0, 2'000'001)) << received.body.size();
    EXPECT_TRUE(received.was_reset);
    EXPECT_FALSE(handler.delivery().complete);
    EXPECT_EQ(handler.delivery().body_bytes, 2'000'001U);
  }
}

TEST(DeliveryPlan, TruncatedBodyEndsInOrderUnderItsFullLength) {
  PlanHandler handler([] { return planned(text_response(200, "hello"), cut_plan(2, false)); });
  TestServer server(handler);
  const Received received = receive_all(server, kGet);
  EXPECT_EQ(received.head, "HTTP/1.1 200 OK\r\nContent-Length: 5");
  EXPECT_EQ(received.body, "he");
  EXPECT_FALSE(received.was_reset);
  EXPECT_FALSE(handler.delivery().complete);
}

TEST(DeliveryPlan, TruncatedChunkedBodyHasNoLastChunk) {
  PlanHandler handler([] {
    std::vector<http::BodyPiece> pieces;
    pieces.emplace_back(std::string("hello"));
    http::Response response;
    response.source = std::make_unique<Pieces>(std::move(pieces));
    return planned(std::move(response), cut_plan(2, false));
  });
  TestServer server(handler);
  EXPECT_EQ(receive_all(server, kGet).body, "5\r\nhe");
}

TEST(DeliveryPlan, CutAtTheEndOfTheBodyComesAfterIt) {
  PlanHandler handler([] { return planned(text_response(200, "hello"), cut_plan(5, true)); });
  TestServer server(handler);
  const Received received = receive_all(server, kGet);
  EXPECT_EQ(received.body, "hello");
  EXPECT_TRUE(received.was_reset);
}

TEST(DeliveryPlan, AnswerToHeadCanBeCutBehindItsHead) {
  PlanHandler handler([] { return planned(text_response(200, "hello"), cut_plan(0, true)); });
  TestServer server(handler);
  const Received received = receive_all(server, request_text("HEAD", "/"));
  EXPECT_EQ(received.head, "HTTP/1.1 200 OK\r\nContent-Length: 5");
  EXPECT_TRUE(received.was_reset);
}

TEST(DeliveryPlan, ShorterBodyIsNotCutAndTheConnectionIsKept) {
  PlanHandler handler([] { return planned(text_response(200, "hello"), cut_plan(6, true)); });
  TestServer server(handler);
  RawSocket socket = server.connect();
  for (int i = 0; i < 2; ++i) {
    socket.send(kGet);
    EXPECT_EQ(socket.receive_response().body, "hello");
  }
  EXPECT_TRUE(handler.delivery().complete);
}

TEST(DeliveryPlan, ResetWhileTheUploadIsArriving) {
  PlanHandler handler([] { return planned(text_response(200, ""), cut_plan({}, true)); });
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/", {"Content-Length: 1000000"}, pattern(1000)));
  EXPECT_EQ(socket.receive_to_end(), "");
  EXPECT_TRUE(socket.was_reset());
}

TEST(DeliveryPlan, LimitedBandwidthDeliversEveryByteInOrder) {
  const std::string bytes = pattern(30'000);
  for (const bool is_file : {false, true}) {
    PlanHandler handler([&] {
      http::DeliveryPlan plan;
      plan.pace.bytes_per_s = 1'000'000;
      return planned(is_file ? file_response(bytes) : text_response(200, bytes), plan);
    });
    TestServer server(handler);
    RawSocket socket = server.connect();
    const auto began = Clock::now();
    socket.send(kGet);
    EXPECT_TRUE(socket.receive_response().body == bytes);
    EXPECT_GE(Clock::now() - began, 30ms);
    EXPECT_TRUE(handler.delivery().complete);
  }
}

TEST(DeliveryPlan, StallHoldsBackWhatComesAfterIt) {
  PlanHandler handler([] { return planned(text_response(200, "hello"), stall_plan(2, 40ms)); });
  TestServer server(handler);
  RawSocket socket = server.connect();
  const auto began = Clock::now();
  socket.send(kGet);
  EXPECT_TRUE(socket.receive_until("\r\n\r\nhe").ends_with("he"));
  EXPECT_EQ(socket.receive_exactly(3), "llo");
  EXPECT_GE(Clock::now() - began, 40ms);
}

TEST(DeliveryPlan, StoppingTheServerEndsAStall) {
  PlanHandler handler([] { return planned(text_response(200, "hello"), stall_plan(2, 1h)); });
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(kGet);
  EXPECT_TRUE(socket.receive_until("he").ends_with("he"));
  server.transport().stop(0ms);
  EXPECT_EQ(socket.receive_to_end(), "");
  EXPECT_FALSE(handler.delivery().complete);
}

TEST(DeliveryPlan, OtherConnectionsGoOnDuringAStall) {
  std::atomic<bool> is_first = true;
  PlanHandler handler([&] {
    http::Response response = text_response(200, "hello");
    if (!is_first.exchange(false)) return response;
    return planned(std::move(response), stall_plan(0, 1h));
  });
  TestServer server(handler);
  RawSocket stalled = server.connect();
  stalled.send(kGet);
  EXPECT_TRUE(stalled.receive_until("\r\n\r\n").starts_with("HTTP/1.1 200"));
  RawSocket other = server.connect();
  other.send(kGet);
  EXPECT_EQ(other.receive_response().body, "hello");
  EXPECT_TRUE(stalled.has_nothing_to_read());
}

/// Lets the upload wait before it is read.
Task<http::Response> pause_then_count(http::Request& request) {
  co_await request.body->pause(request.target == "/long" ? 3'600'000'000us : 30'000us);
  auto counted = co_await count_body(request);
  co_return counted;
}

TEST(BodyPause, RequestGoesOnAfterIt) {
  FunctionHandler handler(&pause_then_count);
  TestServer server(handler);
  RawSocket socket = server.connect();
  const auto began = Clock::now();
  socket.send(request_text("PUT", "/", {"Content-Length: 3"}, "abc"));
  EXPECT_EQ(socket.receive_response().body, "3");
  EXPECT_GE(Clock::now() - began, 30ms);
}

TEST(BodyPause, StoppingTheServerEndsIt) {
  FunctionHandler handler(&pause_then_count);
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/long", {"Content-Length: 3"}, "abc"));
  RawSocket other = server.connect();
  other.send(kGet);
  EXPECT_EQ(other.receive_response().body, "0");
  server.transport().stop(0ms);
  EXPECT_TRUE(socket.is_closed_by_peer());
}

class TlsDeliveryPlan : public testing::Test {
 protected:
  /// The bytes that a TLS client receives of such an answer, and how it ended.
  std::string receive(const http::DeliveryPlan& plan, bool& ended_in_order) {
    const TestCertificate certificate = make_certificate();
    PlanHandler handler([&] { return planned(file_response(pattern(100'000)), plan); });
    TestServer server(handler, {},
                      transport::TlsIdentity{certificate.certificate_pem, certificate.key_pem});
    TlsSocket socket(server.port());
    socket.send(kGet);
    std::string all = socket.receive_to_end();
    ended_in_order = socket.ended_in_order();
    return all.substr(std::min(all.find("\r\n\r\n"), all.size() - 4) + 4);
  }
};

TEST_F(TlsDeliveryPlan, ResetComesAfterExactlyItsBytes) {
  bool ended_in_order = true;
  EXPECT_TRUE(receive(cut_plan(50'001, true), ended_in_order) == pattern(50'001));
  EXPECT_FALSE(ended_in_order);
}

TEST_F(TlsDeliveryPlan, TruncatedBodyEndsInOrder) {
  bool ended_in_order = false;
  EXPECT_TRUE(receive(cut_plan(50'001, false), ended_in_order) == pattern(50'001));
  EXPECT_TRUE(ended_in_order);
}

}  // namespace
}  // namespace pail::test
