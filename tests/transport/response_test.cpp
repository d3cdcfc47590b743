#include <cstdlib>
#include <mutex>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/raw_socket.h"
#include "transport/test_server.h"

namespace pail::test {
namespace {

using namespace std::chrono_literals;
using http::BodyPiece;
using http::FileRange;
using http::SharedRange;

std::string pattern(std::size_t bytes) {
  std::string text(bytes, '\0');
  for (std::size_t i = 0; i < bytes; ++i) text[i] = static_cast<char>('a' + i * i % 23);
  return text;
}

std::shared_ptr<const content::OpenFile> file_of(const std::string& bytes) {
  std::string name = testing::TempDir() + "pail_response_XXXXXX";
  const int descriptor = ::mkstemp(name.data());
  ::unlink(name.c_str());
  EXPECT_EQ(::write(descriptor, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  return std::make_shared<content::OpenFile>(descriptor);
}

/// Answers every request with what make_response() gives, and keeps what became of the answers.
class ResponseHandler final : public FunctionHandler {
 public:
  using Make = std::function<http::Response()>;
  explicit ResponseHandler(Make make) : FunctionHandler(&deny), make_(std::move(make)) {}
  Task<http::Response> handle(http::Request&) override {
    http::Response response = make_();
    response.on_delivered = [this](const http::Delivery& delivery) {
      const std::lock_guard lock(mutex_);
      deliveries_.push_back(delivery);
      changed_.notify_all();
    };
    co_return response;
  }
  /// The deliveries so far, once there are `count`.
  std::vector<http::Delivery> deliveries(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 20s, [&] { return deliveries_.size() >= count; });
    return deliveries_;
  }

 private:
  Make make_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<http::Delivery> deliveries_;
};

http::Response source_response(std::vector<BodyPiece> pieces,
                               std::optional<std::uint64_t> length_bytes, bool fails = false) {
  http::Response response;
  response.source = std::make_unique<Pieces>(std::move(pieces), fails);
  response.source_length_bytes = length_bytes;
  return response;
}

std::vector<BodyPiece> one_piece(BodyPiece piece) {
  std::vector<BodyPiece> pieces;
  pieces.push_back(std::move(piece));
  return pieces;
}

/// Answers `request` by `make` and returns all bytes until the server closes.
std::string all_bytes(const ResponseHandler::Make& make, const std::string& request) {
  ResponseHandler handler(make);
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request);
  return socket.receive_to_end();
}

const std::string kGet = request_text("GET", "/", {"Connection: close"});
const std::string kHead = request_text("HEAD", "/", {"Connection: close"});

TEST(Response, HeadHasHeadersInOrderAndFramingLast) {
  const auto make = [] {
    http::Response response = text_response(200, "hi");
    response.headers.add("x-b", "1");
    response.headers.add("X-A", "2");
    return response;
  };
  EXPECT_EQ(
      all_bytes(make, kGet),
      "HTTP/1.1 200 OK\r\nx-b: 1\r\nX-A: 2\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
}

TEST(Response, FramingHeadersOfTheHandlerAreIgnored) {
  const auto make = [] {
    http::Response response = text_response(200, "hi");
    response.headers.add("content-LENGTH", "77");
    response.headers.add("Transfer-Encoding", "chunked");
    response.headers.add("Connection", "keep-alive");
    return response;
  };
  EXPECT_EQ(all_bytes(make, kGet),
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
}

TEST(Response, LineEndsInValuesBecomeSpaces) {
  const auto make = [] {
    http::Response response = text_response(200, "");
    response.headers.add("X", "a\r\nSet-Cookie: b");
    return response;
  };
  EXPECT_EQ(
      all_bytes(make, kGet),
      "HTTP/1.1 200 OK\r\nX: a  Set-Cookie: b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST(Response, HeadRequestGetsTheLengthButNoBody) {
  EXPECT_EQ(all_bytes([] { return text_response(200, "hello"); }, kHead),
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
  const auto announced = [] {
    http::Response response = text_response(200, "");
    response.announced_length_bytes = 5'000'000'000'000;
    return response;
  };
  EXPECT_EQ(all_bytes(announced, kHead),
            "HTTP/1.1 200 OK\r\nContent-Length: 5000000000000\r\nConnection: close\r\n\r\n");
  const auto source = [] { return source_response(one_piece(std::string("hello")), 5); };
  EXPECT_EQ(all_bytes(source, kHead),
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
}

TEST(Response, KeptConnectionSurvivesAHeadRequest) {
  ResponseHandler handler([] { return text_response(404, "missing"); });
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("HEAD", "/") + request_text("GET", "/"));
  EXPECT_EQ(socket.receive_response(false).header("Content-Length"), "7");
  EXPECT_EQ(socket.receive_response().body, "missing");
}

TEST(Response, NoContentHasNeitherLengthNorBody) {
  EXPECT_EQ(all_bytes([] { return text_response(204, "ignored"); }, kGet),
            "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
}

TEST(Response, NotModifiedHasNoBody) {
  EXPECT_EQ(all_bytes([] { return text_response(304, "ignored"); }, kGet),
            "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
}

TEST(Response, StatusThatCannotEndARequestIsAnInternalError) {
  EXPECT_TRUE(all_bytes([] { return text_response(100, ""); }, kGet).starts_with("HTTP/1.1 500 "));
  EXPECT_TRUE(all_bytes([] { return text_response(0, ""); }, kGet).starts_with("HTTP/1.1 500 "));
}

TEST(Response, HandlerMayCloseTheConnection) {
  ResponseHandler handler([] {
    http::Response response = text_response(200, "bye");
    response.close_connection = true;
    return response;
  });
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("GET", "/") + request_text("GET", "/"));
  EXPECT_EQ(socket.receive_response().header("Connection"), "close");
  EXPECT_TRUE(socket.is_closed_by_peer());
}

TEST(Response, LargeStringBodyArrivesWhole) {
  const std::string body = pattern(5'000'000);
  ResponseHandler handler([&] { return text_response(200, body); });
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("GET", "/") + request_text("GET", "/"));
  EXPECT_TRUE(socket.receive_response().body == body);
  EXPECT_TRUE(socket.receive_response().body == body);
  const auto deliveries = handler.deliveries(2);
  ASSERT_EQ(deliveries.size(), 2U);
  EXPECT_EQ(deliveries[0].body_bytes, body.size());
  EXPECT_TRUE(deliveries[0].complete);
}

TEST(Response, PiecesOfAllKindsAreSentInOrder) {
  const std::string bytes = pattern(3'000'000);
  const auto file = file_of(bytes);
  const auto shared = std::make_shared<const std::string>(bytes);
  const auto make = [&] {
    std::vector<BodyPiece> pieces;
    pieces.emplace_back(FileRange{file, 10, 2'500'000});
    pieces.emplace_back(std::string("text"));
    pieces.emplace_back(std::string());
    pieces.emplace_back(SharedRange{shared, 7, 1'000'000});
    pieces.emplace_back(FileRange{file, 0, 1});
    pieces.emplace_back(FileRange{file, 5, 0});
    return source_response(std::move(pieces), 3'500'005);
  };
  const std::string expected =
      bytes.substr(10, 2'500'000) + "text" + bytes.substr(7, 1'000'000) + bytes.substr(0, 1);
  ResponseHandler handler(make);
  TestServer server(handler);
  RawSocket socket = server.connect();
  for (int i = 0; i < 2; ++i) {
    socket.send(request_text("GET", "/"));
    const auto response = socket.receive_response();
    EXPECT_EQ(response.header("Content-Length"), "3500005");
    EXPECT_TRUE(response.body == expected);
  }
}

TEST(Response, SourceOfUnknownLengthIsChunked) {
  const std::string bytes = pattern(300'000);
  const auto file = file_of(bytes);
  const auto make = [&] {
    std::vector<BodyPiece> pieces;
    pieces.emplace_back(std::string("one"));
    pieces.emplace_back(FileRange{file, 100, 200'000});
    return source_response(std::move(pieces), std::nullopt);
  };
  ResponseHandler handler(make);
  TestServer server(handler);
  RawSocket socket = server.connect();
  for (int i = 0; i < 2; ++i) {
    socket.send(request_text("GET", "/"));
    const auto response = socket.receive_response();
    EXPECT_EQ(response.header("Transfer-Encoding"), "chunked");
    EXPECT_FALSE(response.header("Content-Length").has_value());
    EXPECT_TRUE(response.body == "one" + bytes.substr(100, 200'000));
  }
}

TEST(Response, EmptySourceOfUnknownLengthIsOneLastChunk) {
  EXPECT_EQ(all_bytes([] { return source_response({}, std::nullopt); }, kGet),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n");
}

TEST(Response, SourceOfUnknownLengthEndsWithTheConnectionForHttp10) {
  EXPECT_EQ(all_bytes([] { return source_response(one_piece(std::string("abc")), std::nullopt); },
                      "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc");
}

TEST(Response, SourceThatFailsCutsTheBodyShort) {
  for (const std::optional<std::uint64_t> length : {std::optional<std::uint64_t>(10), {}}) {
    ResponseHandler handler(
        [&] { return source_response(one_piece(std::string("abc")), length, true); });
    TestServer server(handler);
    RawSocket socket = server.connect();
    socket.send(request_text("GET", "/"));
    const std::string head = socket.receive_until("\r\n\r\n");
    EXPECT_EQ(socket.receive_to_end(), length ? "abc" : "3\r\nabc");
    const auto deliveries = handler.deliveries(1);
    ASSERT_EQ(deliveries.size(), 1U);
    EXPECT_FALSE(deliveries[0].complete);
    EXPECT_EQ(deliveries[0].body_bytes, 3U);
  }
}

TEST(Response, SourceThatYieldsLessOrMoreThanItSaidCutsTheConnection) {
  ResponseHandler less([] { return source_response(one_piece(std::string("abc")), 4); });
  TestServer less_server(less);
  RawSocket socket = less_server.connect();
  socket.send(request_text("GET", "/") + request_text("GET", "/"));
  EXPECT_EQ(socket.receive_response().body, "abc");
  EXPECT_TRUE(socket.is_closed_by_peer());
  EXPECT_FALSE(less.deliveries(1).at(0).complete);

  ResponseHandler more([] { return source_response(one_piece(std::string("abcde")), 4); });
  TestServer more_server(more);
  RawSocket other = more_server.connect();
  other.send(request_text("GET", "/"));
  EXPECT_LE(other.receive_response().body.size(), 4U);
  EXPECT_TRUE(other.is_closed_by_peer());
}

TEST(Response, FileShorterThanItsRangeCutsTheConnection) {
  const auto file = file_of(pattern(1000));
  ResponseHandler handler([&] {
    return source_response(one_piece(FileRange{file, 500, 600}), 600);
  });
  TestServer server(handler);
  RawSocket socket = server.connect();
  socket.send(request_text("GET", "/"));
  EXPECT_TRUE(socket.receive_response().body == pattern(1000).substr(500));
  EXPECT_TRUE(socket.is_closed_by_peer());
  EXPECT_FALSE(handler.deliveries(1).at(0).complete);
}

TEST(Response, SharedRangeBeyondItsBytesCutsTheConnection) {
  const auto shared = std::make_shared<const std::string>("abc");
  for (const SharedRange& range : {SharedRange{shared, 1, 3}, SharedRange{shared, 9, 3}}) {
    ResponseHandler handler([&] { return source_response(one_piece(range), 3); });
    TestServer server(handler);
    RawSocket socket = server.connect();
    socket.send(request_text("GET", "/"));
    EXPECT_EQ(socket.receive_response().body, "");
    EXPECT_TRUE(socket.is_closed_by_peer());
  }
}

TEST(Response, ClientThatVanishesIsReportedAsIncompleteOnce) {
  const auto file = file_of(pattern(1'000'000));
  const auto make = [&] {
    std::vector<BodyPiece> pieces;
    for (int i = 0; i < 50; ++i) pieces.emplace_back(FileRange{file, 0, 1'000'000});
    return source_response(std::move(pieces), 50'000'000);
  };
  ResponseHandler handler(make);
  TestServer server(handler);
  for (int i = 0; i < 5; ++i) {
    RawSocket socket = server.connect();
    socket.send(request_text("GET", "/"));
    socket.receive_exactly(1000);
    socket.reset();
  }
  const auto deliveries = handler.deliveries(5);
  server.transport().stop(20s);
  ASSERT_EQ(handler.deliveries(5).size(), 5U);
  for (const auto& delivery : deliveries) EXPECT_FALSE(delivery.complete);
}

TEST(Response, ClientThatDoesNotTakeTheBodyIsCutOff) {
  transport::Limits limits;
  limits.body_stall_time = 50ms;
  const auto file = file_of(pattern(1'000'000));
  const auto shared = std::make_shared<const std::string>(pattern(20'000'000));
  ResponseHandler from_memory([&] {
    return source_response(one_piece(SharedRange{shared, 0, 20'000'000}), 20'000'000);
  });
  ResponseHandler from_file([&] {
    std::vector<BodyPiece> pieces;
    for (int i = 0; i < 20; ++i) pieces.emplace_back(FileRange{file, 0, 1'000'000});
    return source_response(std::move(pieces), 20'000'000);
  });
  for (ResponseHandler* handler : {&from_memory, &from_file}) {
    TestServer server(*handler, limits);
    RawSocket socket = server.connect();
    socket.set_receive_buffer(4096);
    socket.send(request_text("GET", "/"));
    const auto deliveries = handler->deliveries(1);
    ASSERT_EQ(deliveries.size(), 1U);
    EXPECT_FALSE(deliveries[0].complete);
    EXPECT_LT(deliveries[0].body_bytes, 20'000'000U);
  }
}

}  // namespace
}  // namespace pail::test
