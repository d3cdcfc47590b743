#include <gtest/gtest.h>

#include "support/raw_socket.h"
#include "transport/test_server.h"

namespace pail::test {
namespace {

using namespace std::chrono_literals;

transport::Limits impatient() {
  transport::Limits limits;
  limits.head_time = 50ms;
  limits.idle_time = 50ms;
  limits.body_stall_time = 50ms;
  return limits;
}

/// Looks at the body only when told to.
class HesitantHandler final : public FunctionHandler {
 public:
  HesitantHandler() : FunctionHandler(&count_body) {}
  Task<http::Response> handle(http::Request& request) override {
    arrived.set();
    may_read.wait();
    co_return co_await count_body(request);
  }
  Signal arrived;
  Signal may_read;
};

Task<http::Response> tell_length(http::Request& request) {
  const auto length = request.body->length_bytes();
  auto bytes = co_await request.body->read();
  const std::string text = length ? std::to_string(*length) : "unknown";
  co_return text_response(bytes.has_value() ? 200 : 400, text);
}

/// Reads to the end, and then asks twice more.
Task<http::Response> read_beyond_end(http::Request& request) {
  std::string text;
  for (int ends = 0; ends < 3;) {
    auto bytes = co_await request.body->read();
    if (!bytes.has_value()) {
      text += std::string(error_name(bytes.error().code)) + ";";
      ++ends;
    } else if (bytes->empty()) {
      text += "end;";
      ++ends;
    }
  }
  co_return text_response(200, text);
}

TEST(Body, ContinueIsSentOnlyWhenTheHandlerReads) {
  HesitantHandler handler;
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/", {"Content-Length: 5", "Expect: 100-continue"}));
  ASSERT_TRUE(handler.arrived.wait());
  EXPECT_TRUE(socket.has_nothing_to_read());
  handler.may_read.set();
  EXPECT_EQ(socket.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  socket.send("hello");
  EXPECT_EQ(socket.receive_response().body, "5");
  socket.send(request_text("PUT", "/", {"Content-Length: 2"}, "ab"));
  EXPECT_EQ(socket.receive_response().body, "2") << "the connection is kept";
}

TEST(Body, ContinueIsNotSentWhenTheBodyHasAlreadyCome) {
  FunctionHandler handler(&count_body);
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/", {"Content-Length: 5", "Expect: 100-continue"}, "hello"));
  EXPECT_EQ(socket.receive_response().status, 200);
}

TEST(Body, ContinueIsNotSentForAnEmptyBodyOrHttp10) {
  FunctionHandler handler(&count_body);
  TestServer server(handler);
  RawSocket empty = server.connect();
  empty.send(request_text("PUT", "/", {"Content-Length: 0", "Expect: 100-continue"}));
  EXPECT_EQ(empty.receive_response().status, 200);
  RawSocket old = server.connect();
  old.send("PUT / HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  old.send("ab");
  EXPECT_EQ(old.receive_response().status, 200);
}

TEST(Body, RefusalInsteadOfContinueEndsTheConnection) {
  // The client may or may not send the body now: what follows can not be told apart.
  FunctionHandler handler(&deny);
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/", {"Content-Length: 50", "Expect: 100-continue"}));
  const auto response = socket.receive_response();
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(response.header("Connection"), "close");
  socket.send(request_text("GET", "/smuggled"));
  EXPECT_TRUE(socket.is_closed_by_peer());
}

TEST(Body, UnreadSmallBodyIsDrained) {
  FunctionHandler handler(&deny);
  TestServer server(handler);
  RawSocket socket = server.connect();
  for (int i = 0; i < 2; ++i) {
    socket.send(request_text("PUT", "/", {"Content-Length: 100000"}));
    socket.send(std::string(100'000, 'x'));
    const auto response = socket.receive_response();
    EXPECT_EQ(response.status, 403);
    EXPECT_FALSE(response.header("Connection").has_value());
  }
}

TEST(Body, UnreadChunkedBodyThatHasArrivedIsDrained) {
  FunctionHandler handler(&deny);
  TestServer server(handler);
  RawSocket socket = server.connect();
  const std::string chunked =
      request_text("PUT", "/", {"Transfer-Encoding: chunked"}, "3\r\nabc\r\n0\r\n\r\n");
  for (int i = 0; i < 2; ++i) {
    socket.send(chunked);
    EXPECT_EQ(socket.receive_response().status, 403);
  }
}

TEST(Body, UnreadLargeBodyEndsTheConnectionButTheAnswerIsReadable) {
  FunctionHandler handler(&deny);
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/", {"Content-Length: 8000000"}));
  // A client that only reads when it has sent everything must not run into a reset.
  EXPECT_TRUE(socket.send(std::string(8'000'000, 'x')));
  const auto response = socket.receive_response();
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(response.header("Connection"), "close");
  EXPECT_TRUE(socket.is_closed_by_peer());
}

TEST(Body, LargeBodyArrivesWhole) {
  FunctionHandler handler(&count_body);
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/", {"Content-Length: 30000000"}));
  socket.send(std::string(30'000'000, 'x'));
  EXPECT_EQ(socket.receive_response().body, "30000000");
}

TEST(Body, ManyTinyChunksArriveWhole) {
  FunctionHandler handler(&count_body);
  TestServer server(handler);
  RawSocket socket = server.connect();
  std::string body;
  for (int i = 0; i < 100'000; ++i) body += "1\r\nx\r\n";
  socket.send(request_text("PUT", "/", {"Transfer-Encoding: chunked"}, body + "0\r\n\r\n"));
  EXPECT_EQ(socket.receive_response().body, "100000");
}

TEST(Body, ChunksAreDecodedAndTrailersCollected) {
  FunctionHandler handler(&describe);
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/k", {"Transfer-Encoding: Chunked", "Trailer: X-Sum"},
                           "5;a=b\r\nhello\r\n0\r\nX-Sum: 42\r\n\r\n"));
  EXPECT_EQ(socket.receive_response().body,
            "PUT /k\nHost=h\nTransfer-Encoding=Chunked\nTrailer=X-Sum\ntrailer X-Sum=42\n\nhello");
}

TEST(Body, LengthIsKnownUnlessChunked) {
  FunctionHandler handler(&tell_length);
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/", {"Content-Length: 3"}, "abc"));
  EXPECT_EQ(socket.receive_response().body, "3");
  socket.send(request_text("PUT", "/", {"Transfer-Encoding: chunked"}, "3\r\nabc\r\n0\r\n\r\n"));
  EXPECT_EQ(socket.receive_response().body, "unknown");
  socket.send(request_text("GET", "/"));
  EXPECT_EQ(socket.receive_response().body, "0");
}

TEST(Body, EndAndFailureAreRepeated) {
  FunctionHandler handler(&read_beyond_end);
  TestServer server(handler);
  RawSocket whole = server.connect();
  whole.send(request_text("PUT", "/", {"Content-Length: 3"}, "abc"));
  EXPECT_EQ(whole.receive_response().body, "end;end;end;");
  RawSocket cut = server.connect();
  cut.send(request_text("PUT", "/", {"Content-Length: 4"}, "abc"));
  cut.finish_sending();
  EXPECT_EQ(cut.receive_response().body, "IncompleteBody;IncompleteBody;IncompleteBody;");
}

TEST(Body, BodyShorterThanItsLengthIsIncomplete) {
  FunctionHandler handler(&count_body);
  TestServer server(handler);
  for (const char* header : {"Content-Length: 10", "Transfer-Encoding: chunked"}) {
    RawSocket socket = server.connect();
    socket.send(request_text("PUT", "/", {header}, "8\r\nabc"));
    socket.finish_sending();
    const auto response = socket.receive_response();
    EXPECT_EQ(response.body, "IncompleteBody");
    EXPECT_EQ(response.header("Connection"), "close");
    EXPECT_TRUE(socket.is_closed_by_peer());
  }
}

TEST(Body, StalledBodyIsRequestTimeout) {
  FunctionHandler handler(&count_body);
  TestServer server(handler, impatient());
  for (const char* header : {"Content-Length: 10", "Transfer-Encoding: chunked"}) {
    RawSocket socket = server.connect();
    socket.send(request_text("PUT", "/", {header}, "8\r\nabc"));
    const auto response = socket.receive_response();
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.body, "RequestTimeout");
    EXPECT_EQ(response.header("Connection"), "close");
    EXPECT_TRUE(socket.is_closed_by_peer());
  }
}

TEST(Body, SlowHeadIsAnsweredWithRequestTimeoutAndClosed) {
  FunctionHandler handler(&describe);
  TestServer server(handler, impatient());
  RawSocket socket = server.connect();
  socket.send("GET / HTTP/1.1\r\nHo");
  EXPECT_EQ(socket.receive_response().body, "RequestTimeout");
  EXPECT_TRUE(socket.is_closed_by_peer());
}

TEST(Body, IdleConnectionIsClosed) {
  FunctionHandler handler(&describe);
  TestServer server(handler, impatient());
  RawSocket fresh = server.connect();
  EXPECT_TRUE(fresh.is_closed_by_peer());
  RawSocket used = server.connect();
  used.send(request_text("GET", "/"));
  EXPECT_EQ(used.receive_response().status, 200);
  EXPECT_TRUE(used.is_closed_by_peer());
}

TEST(Body, WorkingOnARequestHasNoDeadline) {
  HesitantHandler handler;
  TestServer server(handler, impatient());
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/", {"Content-Length: 2"}, "ab"));
  ASSERT_TRUE(handler.arrived.wait());
  // Another connection runs into the same limit meanwhile: the time is surely over.
  RawSocket idle = server.connect();
  ASSERT_TRUE(idle.is_closed_by_peer());
  handler.may_read.set();
  EXPECT_EQ(socket.receive_response().body, "2");
}

TEST(Body, ClientThatVanishesDuringAnUploadHarmsNobody) {
  FunctionHandler handler(&count_body);
  TestServer server(handler);
  for (int i = 0; i < 20; ++i) {
    RawSocket socket = server.connect();
    socket.send(request_text("PUT", "/", {"Content-Length: 100000"}, "abc"));
    socket.reset();
  }
  RawSocket socket = server.connect();
  socket.send(request_text("PUT", "/", {"Content-Length: 3"}, "abc"));
  EXPECT_EQ(socket.receive_response().body, "3");
}

}  // namespace
}  // namespace pail::test
