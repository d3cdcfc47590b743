#include <stdexcept>

#include <gtest/gtest.h>

#include "fault/rule_json.h"
#include "support/loopback.h"
#include "support/raw_socket.h"
#include "transport/transport.h"

// Faults from the rule to the wire: the whole service behind a real socket. The bucket is open to
// everybody, so that nothing has to be signed.
namespace pail::test {
namespace {

using namespace std::chrono_literals;

std::string request_text(const std::string& method, const std::string& target,
                         const std::string& body = {}) {
  std::string text = method + " " + target + " HTTP/1.1\r\nHost: localhost:9000\r\n";
  if (method == "PUT") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + body;
}

class FaultsOnTheWire : public testing::Test {
 protected:
  void SetUp() override {
    transport::Options options;
    options.listeners.emplace_back();
    options.threads = 1;
    auto started = transport::Transport::start(std::move(options), loopback_.handler());
    if (!started) throw std::runtime_error(started.error());
    transport_ = std::move(started).value();
    EXPECT_EQ(send(request_text("PUT", "/public/k", "hello")).status, 200);
  }

  void add(std::string_view rules) {
    auto read = fault::read_rules(rules, {});
    if (!read) throw std::runtime_error(read.error());
    const auto ids = loopback_.faults().add(std::move(read).value());
    if (!ids) throw std::runtime_error(ids.error());
  }
  RawSocket connect() { return RawSocket(transport_->ports().front()); }
  RawResponse send(const std::string& request) {
    RawSocket socket = connect();
    socket.send(request);
    return socket.receive_response();
  }
  std::string stored() { return send(request_text("GET", "/public/k")).body; }
  /// Everything that comes back until the connection ends.
  std::string send_to_end(const std::string& request, bool& was_reset) {
    RawSocket socket = connect();
    socket.send(request);
    std::string all = socket.receive_to_end();
    was_reset = socket.was_reset();
    return all;
  }

 private:
  Loopback loopback_;
  std::unique_ptr<transport::Transport> transport_;
};

TEST_F(FaultsOnTheWire, AnswerOfACommittedWriteIsLost) {
  add(R"({"operation":"PutObject","reset":"after_operation","count":1})");
  bool was_reset = false;
  EXPECT_EQ(send_to_end(request_text("PUT", "/public/k", "changed"), was_reset), "");
  EXPECT_TRUE(was_reset);
  EXPECT_EQ(stored(), "changed");
}

TEST_F(FaultsOnTheWire, ResetBeforeTheOperationLeavesItUndone) {
  add(R"({"operation":"PutObject","reset":"before_operation"})");
  bool was_reset = false;
  EXPECT_EQ(send_to_end(request_text("PUT", "/public/k", "changed"), was_reset), "");
  EXPECT_TRUE(was_reset);
  EXPECT_EQ(stored(), "hello");
}

TEST_F(FaultsOnTheWire, ResetInTheMiddleOfAnUpload) {
  add(R"({"operation":"PutObject","reset":{"after_upload_bytes":100000}})");
  bool was_reset = false;
  send_to_end(request_text("PUT", "/public/k", std::string(1'000'000, 'x')), was_reset);
  EXPECT_TRUE(was_reset);
  EXPECT_EQ(stored(), "hello");
}

TEST_F(FaultsOnTheWire, TruncatedObject) {
  add(R"({"operation":"GetObject","truncate_after_bytes":2})");
  bool was_reset = true;
  const std::string all = send_to_end(request_text("GET", "/public/k"), was_reset);
  EXPECT_NE(all.find("Content-Length: 5\r\n"), std::string::npos);
  EXPECT_TRUE(all.ends_with("\r\n\r\nhe"));
  EXPECT_FALSE(was_reset);
}

TEST_F(FaultsOnTheWire, AnswerThatIsResetInItsMiddle) {
  add(R"({"operation":"GetObject","reset":{"after_answer_bytes":3}})");
  bool was_reset = false;
  EXPECT_TRUE(send_to_end(request_text("GET", "/public/k"), was_reset).ends_with("\r\n\r\nhel"));
  EXPECT_TRUE(was_reset);
}

TEST_F(FaultsOnTheWire, LatencyStallAndBandwidthKeepTheBytes) {
  add(R"([{"latency_ms":20},{"stall":{"after_bytes":2,"ms":20}},{"bandwidth_bytes_per_s":500},
          {"operation":"PutObject","stall":{"ms":20,"of":"upload"}}])");
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(send(request_text("PUT", "/public/k", "other")).status, 200);
  EXPECT_EQ(stored(), "other");
  EXPECT_GE(std::chrono::steady_clock::now() - began, 80ms);
}

TEST_F(FaultsOnTheWire, RefusedUploadLeavesTheConnectionUsable) {
  add(R"({"operation":"PutObject","error":"SlowDown","count":1})");
  RawSocket socket = connect();
  socket.send(request_text("PUT", "/public/k", "changed"));
  EXPECT_EQ(socket.receive_response().status, 503);
  socket.send(request_text("PUT", "/public/k", "changed"));
  EXPECT_EQ(socket.receive_response().status, 200);
}

}  // namespace
}  // namespace pail::test
