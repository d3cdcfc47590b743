#include <gtest/gtest.h>

#include "support/raw_socket.h"
#include "transport/test_server.h"

// What makes two readers of the same bytes disagree about where a request ends (request smuggling),
// and everything else that is not HTTP, must end the connection.
namespace pail::test {
namespace {

struct BadRequestCase {
  const char* name;
  std::string bytes;
  int status = 400;
};

std::string with(const std::string& lines, const std::string& body = {}) {
  return "PUT /k HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n" + body;
}

std::vector<BadRequestCase> bad_heads() {
  using namespace std::string_literals;
  return {
      {"BothLengthAndChunked",
       with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
      {"BothChunkedAndLength",
       with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")},
      {"TwoDifferentLengths", with("Content-Length: 5\r\nContent-Length: 6\r\n", "abcdef")},
      {"TwoEqualLengths", with("Content-Length: 5\r\nContent-Length: 5\r\n", "abcde")},
      {"ListOfLengths", with("Content-Length: 5, 5\r\n", "abcde")},
      {"LengthWithPlus", with("Content-Length: +36\r\n")},
      {"NegativeLength", with("Content-Length: -1\r\n")},
      {"HexLength", with("Content-Length: 0x5\r\n", "abcde")},
      {"EmptyLength", with("Content-Length:\r\n")},
      {"LengthBeyond64Bits", with("Content-Length: 18446744073709551616\r\n")},
      {"LengthWithSpaceInside", with("Content-Length: 1 2\r\n")},
      {"SpaceBeforeColon", with("Content-Length : 5\r\n", "abcde")},
      {"SpaceBeforeName", with("A: 1\r\n Content-Length: 5\r\n", "abcde")},
      {"FoldedField", with("A: 1\r\n 2\r\n")},
      {"FoldedFieldWithEmptyFirstLine", with("A:\r\n\t2\r\n")},
      {"FoldedLength", with("Content-Length:\r\n 5\r\n", "abcde")},
      {"FoldedEmptyLine", with("A: \r\n \r\nB: 1\r\n")},
      {"FirstFieldFolded", "GET / HTTP/1.1\r\n A: 1\r\nHost: h\r\n\r\n"},
      {"FieldWithoutColon", with("Nonsense\r\n")},
      {"FieldWithoutName", with(": 1\r\n")},
      {"NameWithByteAbove127", with("x-amz-meta-\xc3\xa9: 1\r\n")},
      {"NameWithNul", with("A\0B: 1\r\n"s)},
      {"ValueWithNul", with("A: 1\0002\r\n"s)},
      {"ValueWithControl", with("A: 1\x01\r\n")},
      {"BareLineFeedInValue", with("A: 1\nB: 2\r\n")},
      {"BareCarriageReturnInValue", with("A: 1\rB: 2\r\n")},
      {"BareLineFeeds", "GET / HTTP/1.1\nHost: h\n\n"},
      {"NoHost", "GET / HTTP/1.1\r\n\r\n"},
      {"TwoHosts", with("Host: other\r\n")},
      {"UnknownCoding", with("Transfer-Encoding: gzip\r\n"), 501},
      {"CodingBeforeChunked", with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
      {"CodingAfterChunked", with("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"), 501},
      {"ChunkedTwiceInOneField", with("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 501},
      {"ChunkedTwiceInTwoFields",
       with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
      {"HiddenChunked", with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501},
      {"ChunkedWithVerticalTab", with("Transfer-Encoding: \x0b"
                                      "chunked\r\n",
                                      "0\r\n\r\n")},
      {"EmptyCoding", with("Transfer-Encoding:\r\n"), 501},
      {"ChunkedInHttp10", "PUT /k HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"Http2", "GET / HTTP/2.0\r\nHost: h\r\n\r\n"},
      {"Http12", "GET / HTTP/1.2\r\nHost: h\r\n\r\n"},
      {"Http09", "GET /\r\n\r\n"},
      {"NotHttpAtAll", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s},
      {"SpaceInTarget", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"ControlInTarget", "GET /a\x01 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"EmptyTarget", "GET  HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"EmptyMethod", " / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"MethodWithColon", "GE:T / HTTP/1.1\r\nHost: h\r\n\r\n"},
  };
}

std::vector<BadRequestCase> bad_chunks() {
  const auto chunked = [](const std::string& body) {
    return with("Transfer-Encoding: chunked\r\n", body);
  };
  return {
      {"SizeIsNotHex", chunked("xyz\r\nabc\r\n0\r\n\r\n")},
      {"SizeIsEmpty", chunked("\r\nabc\r\n0\r\n\r\n")},
      {"SizeHasPrefix", chunked("0x3\r\nabc\r\n0\r\n\r\n")},
      {"SizeIsNegative", chunked("-3\r\nabc\r\n0\r\n\r\n")},
      {"SizeHasPlus", chunked("+3\r\nabc\r\n0\r\n\r\n")},
      {"SizeHasSpaceBefore", chunked(" 3\r\nabc\r\n0\r\n\r\n")},
      {"SizeBeyond64Bits", chunked("10000000000000003\r\nabc\r\n0\r\n\r\n")},
      {"DataLongerThanSize", chunked("3\r\nabcd\r\n0\r\n\r\n")},
      {"DataShorterThanSize", chunked("4\r\nabc\r\n0\r\n\r\n")},
      {"BareLineFeedBehindSize", chunked("3\nabc\r\n0\r\n\r\n")},
      {"BareLineFeedBehindData", chunked("3\r\nabc\n0\r\n\r\n")},
      {"ExtensionWithoutSemicolon", chunked("3 x\r\nabc\r\n0\r\n\r\n")},
      {"TrailerWithSpaceBeforeColon", chunked("0\r\nA : 1\r\n\r\n")},
      {"TrailerFolded", chunked("0\r\nA: 1\r\n 2\r\n\r\n")},
      {"TrailerIsContentLength", chunked("0\r\nContent-Length: 5\r\n\r\n")},
      {"EndlessExtension", chunked("3;" + std::string(70'000, 'x'))},
      {"EndlessTrailers", chunked("0\r\nA: " + std::string(70'000, 'x'))},
  };
}

class BadFraming : public testing::TestWithParam<BadRequestCase> {
 protected:
  FunctionHandler handler{&describe};
  TestServer server{handler};
};

TEST_P(BadFraming, IsRefusedAndTheConnectionClosed) {
  RawSocket socket = server.connect();
  // What a smuggler would hide behind it must never be answered.
  socket.send(GetParam().bytes + "\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto response = socket.receive_response();
  EXPECT_EQ(response.status, GetParam().status) << response.head;
  EXPECT_EQ(response.header("Connection"), "close");
  EXPECT_TRUE(socket.is_closed_by_peer());
}

std::string case_name(const testing::TestParamInfo<BadRequestCase>& tested) {
  return tested.param.name;
}

INSTANTIATE_TEST_SUITE_P(Head, BadFraming, testing::ValuesIn(bad_heads()), case_name);
INSTANTIATE_TEST_SUITE_P(Chunks, BadFraming, testing::ValuesIn(bad_chunks()), case_name);

TEST(Framing, LengthOfABodyIsNotTakenForTheNextRequest) {
  FunctionHandler handler{&describe};
  TestServer server{handler};
  RawSocket socket = server.connect();
  const std::string inner = request_text("GET", "/inner");
  socket.send(
      request_text("PUT", "/outer", {"Content-Length: " + std::to_string(inner.size())}, inner) +
      request_text("GET", "/next"));
  EXPECT_TRUE(socket.receive_response().body.ends_with("\n\n" + inner));
  EXPECT_TRUE(socket.receive_response().body.starts_with("GET /next\n"));
}

}  // namespace
}  // namespace pail::test
