#include <gtest/gtest.h>

#include "support/raw_socket.h"
#include "transport/test_server.h"

namespace pail::test {
namespace {

class RawHttp : public testing::Test {
 protected:
  RawResponse ask(const std::string& request) {
    RawSocket socket = server.connect();
    socket.send(request);
    return socket.receive_response();
  }

  FunctionHandler handler{&describe};
  TestServer server{handler};
};

TEST_F(RawHttp, TargetAndHeadersArriveRawAndInOrder) {
  const auto response = ask(
      "GET /b/a%2Fb//../c?x=%20+&y HTTP/1.1\r\nhOST: h\r\nX-B: 1\r\nx-a:  two words \t\r\nX-B:3\r\n"
      "Empty:\r\n\r\n");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body,
            "GET /b/a%2Fb//../c?x=%20+&y\nhOST=h\nX-B=1\nx-a=two words\nX-B=3\nEmpty=\n\n");
}

TEST_F(RawHttp, BytesAbove127InTargetAndValuesArriveRaw) {
  const auto response = ask("GET /caf\xc3\xa9\xff HTTP/1.1\r\nHost: h\r\nX: \xc3\xa9\xfe\r\n\r\n");
  EXPECT_EQ(response.body, "GET /caf\xc3\xa9\xff\nHost=h\nX=\xc3\xa9\xfe\n\n");
}

TEST_F(RawHttp, RangeAndContentEncodingAreLeftAlone) {
  const auto response = ask(
      request_text("PUT", "/x", {"Range: bytes=zzz", "Content-Encoding: gzip", "Content-Length: 4"},
                   "\x1f\x8b!!"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(
      response.body,
      "PUT /x\nHost=h\nRange=bytes=zzz\nContent-Encoding=gzip\nContent-Length=4\n\n\x1f\x8b!!");
}

TEST_F(RawHttp, UnknownMethodReachesTheHandler) {
  EXPECT_EQ(ask(request_text("BREW", "/")).body, "BREW /\nHost=h\n\n");
}

TEST_F(RawHttp, AbsoluteFormLosesAuthorityToHost) {
  EXPECT_EQ(ask("GET http://other:81/k?q HTTP/1.1\r\nA: 1\r\nHost: h\r\nB: 2\r\n\r\n").body,
            "GET /k?q\nA=1\nHost=other:81\nB=2\n\n");
}

TEST_F(RawHttp, AbsoluteFormWithoutPathIsTheRoot) {
  EXPECT_EQ(ask("GET HTTPS://other?q HTTP/1.1\r\nHost: h\r\n\r\n").body, "GET /?q\nHost=other\n\n");
  EXPECT_EQ(ask("GET http://other HTTP/1.1\r\nHost: h\r\n\r\n").body, "GET /\nHost=other\n\n");
}

TEST_F(RawHttp, AsteriskIsForOptionsOnly) {
  EXPECT_EQ(ask(request_text("OPTIONS", "*")).status, 200);
  EXPECT_EQ(ask(request_text("GET", "*")).body, "InvalidURI");
}

TEST_F(RawHttp, TargetThatIsNeitherPathNorUrlIsRefused) {
  EXPECT_EQ(ask(request_text("GET", "key")).body, "InvalidURI");
  EXPECT_EQ(ask(request_text("CONNECT", "h:80")).body, "InvalidURI");
  EXPECT_EQ(ask(request_text("GET", "ftp://h/")).body, "InvalidURI");
  EXPECT_EQ(ask(request_text("GET", "http:///k")).body, "InvalidURI");
  EXPECT_EQ(ask(request_text("GET", "http://user@h/k")).body, "InvalidURI");
}

TEST_F(RawHttp, EmptyLinesBeforeARequestAreSkipped) {
  EXPECT_EQ(ask("\r\n\r\n" + request_text("GET", "/")).status, 200);
}

TEST_F(RawHttp, ConnectionIsKeptForFurtherRequests) {
  RawSocket socket = server.connect();
  for (int i = 0; i < 3; ++i) {
    socket.send(request_text("GET", "/" + std::to_string(i)));
    const auto response = socket.receive_response();
    EXPECT_EQ(response.body, "GET /" + std::to_string(i) + "\nHost=h\n\n");
    EXPECT_FALSE(response.header("Connection").has_value());
  }
}

TEST_F(RawHttp, PipelinedRequestsAreAnsweredInOrder) {
  RawSocket socket = server.connect();
  std::string all;
  for (int i = 0; i < 500; ++i) {
    all += request_text("PUT", "/" + std::to_string(i), {"Content-Length: 3"}, "abc");
  }
  ASSERT_TRUE(socket.send(all));
  for (int i = 0; i < 500; ++i) {
    ASSERT_EQ(socket.receive_response().body,
              "PUT /" + std::to_string(i) + "\nHost=h\nContent-Length=3\n\nabc");
  }
}

TEST_F(RawHttp, ConnectionCloseIsHonoured) {
  RawSocket socket = server.connect();
  socket.send(request_text("GET", "/", {"Connection: close"}) + request_text("GET", "/2"));
  const auto response = socket.receive_response();
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.header("Connection"), "close");
  EXPECT_TRUE(socket.is_closed_by_peer());
}

TEST_F(RawHttp, Http10ClosesUnlessAsked) {
  RawSocket closing = server.connect();
  closing.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(closing.receive_response().header("Connection"), "close");
  EXPECT_TRUE(closing.is_closed_by_peer());

  RawSocket kept = server.connect();
  for (int i = 0; i < 2; ++i) {
    kept.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    const auto response = kept.receive_response();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.header("Connection"), "keep-alive");
  }
}

TEST_F(RawHttp, HeadArrivingByteByByteIsOneRequest) {
  RawSocket socket = server.connect();
  for (const char c : request_text("PUT", "/slow", {"Content-Length: 2"}, "ok")) {
    ASSERT_TRUE(socket.send(std::string(1, c)));
  }
  EXPECT_EQ(socket.receive_response().body, "PUT /slow\nHost=h\nContent-Length=2\n\nok");
}

TEST_F(RawHttp, LargestAllowedHeadPasses) {
  const std::string line = "X-Long: " + std::string(60'000, 'v');
  EXPECT_EQ(ask(request_text("GET", "/", {line})).status, 200);
  EXPECT_EQ(ask(request_text("GET", "/" + std::string(16'000, 'k'))).status, 200);
  EXPECT_EQ(ask(request_text("GET", "/", std::vector<std::string>(255, "A: b"))).status, 200);
}

TEST_F(RawHttp, TooLargeHeadIsRefusedAndClosed) {
  const std::vector<std::string> too_large = {
      request_text("GET", "/", {"X-Long: " + std::string(65'536, 'v')}),
      request_text("GET", "/" + std::string(16 * 1024, 'k')),
      request_text("GET", "/", std::vector<std::string>(256, "A: b")),
      request_text("GET", "/", std::vector<std::string>(200, "A: " + std::string(400, 'b'))),
      std::string(70'000, 'G'),
  };
  for (const std::string& request : too_large) {
    RawSocket socket = server.connect();
    socket.send(request);
    const auto response = socket.receive_response();
    EXPECT_EQ(response.status, 400) << request.substr(0, 40);
    EXPECT_TRUE(response.body == "RequestHeaderSectionTooLarge" || response.body == "BadRequest");
    EXPECT_EQ(response.header("Connection"), "close");
    EXPECT_TRUE(socket.is_closed_by_peer());
  }
}

}  // namespace
}  // namespace pail::test
