#include "transport/request_parser.h"

#include <cstring>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace pail::transport {
namespace {

/// What came out of a parser that was fed `pieces` one after the other.
struct Parsed {
  std::string text;
  std::string unused;
};

Parsed parse(const std::vector<std::string>& pieces) {
  const Limits limits;
  RequestParser parser(limits);
  InputBuffer input;
  Parsed parsed;
  bool head_complete = false;
  for (const std::string& piece : pieces) {
    auto room = input.make_room(input.size() + piece.size());
    if (!piece.empty()) std::memcpy(room.data(), piece.data(), piece.size());
    input.commit(piece.size());
    if (!head_complete) {
      auto head = parser.parse_head(input);
      if (!head.has_value()) return {"refused " + std::string(error_name(head.error().code)), {}};
      head_complete = *head;
      if (!head_complete) continue;
      const http::Request request = parser.take_request();
      parsed.text = request.method + " " + request.target + "|";
      for (const auto& field : request.headers) parsed.text += field.name + "=" + field.value + "|";
    }
    auto body = parser.parse_body(input);
    if (!body.has_value()) return {"refused " + std::string(error_name(body.error().code)), {}};
    for (const std::byte byte : *body) parsed.text += static_cast<char>(byte);
  }
  for (const auto& field : parser.trailers()) parsed.text += "|" + field.name + "=" + field.value;
  if (parser.is_complete()) parsed.text += "|complete";
  parsed.unused = std::string(input.data(), input.size());
  return parsed;
}

const std::string kChunked =
    "PUT /k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    "5;name=\"va;l\"\r\nhello\r\n1\r\n \r\n0005\r\nworld\r\n0\r\nX-Sum: 1\r\nY:2\r\n\r\n";
const std::string kChunkedParsed =
    "PUT /k|Host=h|Transfer-Encoding=chunked|hello world|X-Sum=1|Y=2|complete";

TEST(RequestParser, ChunkedBodyIsDecodedInOnePiece) {
  EXPECT_EQ(parse({kChunked}).text, kChunkedParsed);
}

TEST(RequestParser, EverySplitInTwoGivesTheSameRequest) {
  for (std::size_t at = 0; at <= kChunked.size(); ++at) {
    ASSERT_EQ(parse({kChunked.substr(0, at), kChunked.substr(at)}).text, kChunkedParsed) << at;
  }
}

TEST(RequestParser, BytesOneByOneGiveTheSameRequest) {
  for (const std::string& whole :
       {kChunked, std::string("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "0\r\n\r\n")}) {
    std::vector<std::string> bytes;
    for (const char c : whole) bytes.emplace_back(1, c);
    EXPECT_EQ(parse(bytes).text, parse({whole}).text);
    EXPECT_TRUE(parse(bytes).text.ends_with("|complete"));
  }
}

TEST(RequestParser, BytesBehindTheRequestStayForTheNext) {
  EXPECT_EQ(parse({kChunked + "GET /"}).unused, "GET /");
  EXPECT_EQ(parse({"PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nabGET"}).unused, "GET");
  EXPECT_EQ(parse({"GET / HTTP/1.1\r\nHost: h\r\n\r\nGET"}).unused, "GET");
}

TEST(RequestParser, RequestWithoutLengthHasNoBody) {
  EXPECT_EQ(parse({"PUT / HTTP/1.1\r\nHost: h\r\n\r\n"}).text, "PUT /|Host=h||complete");
}

TEST(RequestParser, EveryPrefixIsIncompleteNotRefused) {
  for (std::size_t length = 0; length < kChunked.size(); ++length) {
    const std::string text = parse({kChunked.substr(0, length)}).text;
    ASSERT_FALSE(text.starts_with("refused")) << length;
    ASSERT_FALSE(text.ends_with("complete")) << length;
  }
}

TEST(RequestParser, EveryDamagedByteIsHandled) {
  for (std::size_t at = 0; at < kChunked.size(); ++at) {
    for (const char damage : {'\0', '\n', '\r', ' ', ':', '\x80', 'f', '9'}) {
      std::string damaged = kChunked;
      damaged[at] = damage;
      const Parsed parsed = parse({damaged});
      EXPECT_LE(parsed.unused.size(), damaged.size());
    }
  }
}

}  // namespace
}  // namespace pail::transport
