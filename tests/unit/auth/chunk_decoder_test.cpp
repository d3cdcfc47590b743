#include "auth/chunk_decoder.h"

#include <random>

#include <gtest/gtest.h>

#include "auth/chunked_body.h"
#include "error/try.h"
#include "support/signed_request.h"
#include "text/bytes.h"

namespace pail::auth {
namespace {

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and -trailers.html
constexpr const char* kSeed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
constexpr const char* kTrailerSeed =
    "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";
constexpr const char* kTrailer =
    "x-amz-checksum-crc32c:sOO8/Q==\r\n"
    "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n";

std::string example_wire(const std::array<const char*, 3>& signatures, const std::string& trailer) {
  return "10000;chunk-signature=" + std::string(signatures[0]) + "\r\n" + std::string(65536, 'a') +
         "\r\n400;chunk-signature=" + signatures[1] + "\r\n" + std::string(1024, 'a') +
         "\r\n0;chunk-signature=" + signatures[2] + "\r\n" + trailer + "\r\n";
}

std::string signed_wire() {
  return example_wire({"ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
                       "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
                       "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"},
                      "");
}

std::string trailer_wire(const std::string& trailer = kTrailer) {
  return example_wire({"b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                       "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                       "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"},
                      trailer);
}

ChunkSeed seed_of(const char* signature) {
  return {derive_signing_key(test::kExampleSecret, "20130524", "us-east-1", "s3"),
          std::string(test::kExampleDate),
          credential_scope("20130524", "us-east-1"),
          signature,
          std::string(test::kExampleKeyId),
          "SEED CANONICAL REQUEST"};
}

ChunkFraming signed_framing() { return {seed_of(kSeed), false, {}, 66560}; }
ChunkFraming trailer_framing() {
  return {seed_of(kTrailerSeed), true, {"x-amz-checksum-crc32c"}, 66560};
}
ChunkFraming unsigned_framing(std::uint64_t decoded_bytes, std::vector<std::string> trailers = {}) {
  return {std::nullopt, true, std::move(trailers), decoded_bytes};
}

struct Decoded {
  std::string content;
  http::HeaderMap trailers;
};

/// Decodes a body that comes in pieces of the given sizes, over and over.
S3Result<Decoded> decode(const ChunkFraming& framing, const std::string& wire,
                         const std::vector<std::size_t>& sizes = {std::size_t{1} << 20}) {
  ChunkDecoder decoder(framing);
  Decoded decoded;
  std::size_t turn = 0;
  for (std::size_t at = 0; at < wire.size();) {
    // A copy of its own, so that a view into an old piece is an error that tools can see.
    const std::string piece = wire.substr(at, sizes[turn++ % sizes.size()]);
    at += piece.size();
    auto input = text::as_bytes(piece);
    for (;;) {
      PAIL_TRY(const auto content, decoder.next(input));
      if (content.empty()) break;
      decoded.content += text::as_text(content);
    }
  }
  PAIL_CHECK(decoder.finish());
  decoded.trailers = decoder.trailers();
  return decoded;
}

std::string outcome(const ChunkFraming& framing, const std::string& wire) {
  const auto decoded = decode(framing, wire);
  return decoded ? "ok " + decoded->content : std::string(error_name(decoded.error().code));
}

TEST(ChunkDecoder, AwsExampleDecodesHoweverItIsCut) {
  for (const std::size_t size : {1UL, 2UL, 7UL, 100UL, 4096UL, 65536UL, 70000UL}) {
    const auto decoded = decode(signed_framing(), signed_wire(), {size});
    ASSERT_TRUE(decoded) << size << ": " << decoded.error().hint;
    EXPECT_EQ(decoded->content, std::string(66560, 'a'));
    EXPECT_TRUE(decoded->trailers.empty());
  }
}

TEST(ChunkDecoder, AwsExampleWithTrailerDecodesHoweverItIsCut) {
  for (const std::size_t size : {1UL, 3UL, 1000UL, 70000UL}) {
    const auto decoded = decode(trailer_framing(), trailer_wire(), {size});
    ASSERT_TRUE(decoded) << size << ": " << decoded.error().hint;
    EXPECT_EQ(decoded->content, std::string(66560, 'a'));
    EXPECT_EQ(decoded->trailers.find("x-amz-checksum-crc32c"), "sOO8/Q==");
    EXPECT_EQ(decoded->trailers.size(), 1U);
  }
}

TEST(ChunkDecoder, TrailersThatEndInALineFeedOfTheirOwnAreTaken) {
  const std::string minio_form =
      "x-amz-checksum-crc32c:sOO8/Q==\n\r\n"
      "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435"
      "\r\n";
  EXPECT_TRUE(decode(trailer_framing(), trailer_wire(minio_form), {5}));
}

TEST(ChunkDecoder, AChangedSignatureOrByteIsNotGenuine) {
  for (const std::size_t changed : {30UL, 200UL, 65700UL, 66000UL}) {
    std::string wire = signed_wire();
    wire[changed] = wire[changed] == '0' ? '1' : '0';
    const auto decoded = decode(signed_framing(), wire);
    ASSERT_FALSE(decoded) << changed;
    EXPECT_EQ(decoded.error().code, S3ErrorCode::SignatureDoesNotMatch) << changed;
  }
  std::string last = signed_wire();
  last[last.size() - 10] = last[last.size() - 10] == '0' ? '1' : '0';
  EXPECT_EQ(outcome(signed_framing(), last), "SignatureDoesNotMatch");
}

TEST(ChunkDecoder, LastBytesOfAForgedChunkAreNeverSeen) {
  std::string wire = signed_wire();
  wire[100] = 'b';
  test::PiecewiseBody inner(wire, {1000});
  ChunkedBody body(inner, signed_framing());
  std::size_t seen = 0;
  for (;;) {
    const auto bytes = task::run_blocking(body.read());
    if (!bytes) break;
    ASSERT_FALSE(bytes->empty());
    seen += bytes->size();
  }
  EXPECT_LT(seen, 65536U);
  EXPECT_FALSE(task::run_blocking(body.read())) << "a failed body stays failed";
}

TEST(ChunkDecoder, MismatchShowsTheChunksStringToSign) {
  std::string wire = signed_wire();
  wire[100] = 'b';
  const auto decoded = decode(signed_framing(), wire);
  ASSERT_FALSE(decoded);
  const S3Error& error = decoded.error();
  EXPECT_EQ(test::field_of(error, "StringToSign").substr(0, 25), "AWS4-HMAC-SHA256-PAYLOAD\n");
  EXPECT_EQ(test::field_of(error, "CanonicalRequest"), "SEED CANONICAL REQUEST");
  EXPECT_EQ(test::field_of(error, "AWSAccessKeyId"), test::kExampleKeyId);
  EXPECT_EQ(error.hint.find(test::kExampleSecret), std::string::npos);
}

TEST(ChunkDecoder, AWrongTrailerOrItsSignatureIsNotGenuine) {
  std::string changed = kTrailer;
  changed[changed.find("sOO8")] = 'x';
  const auto decoded = decode(trailer_framing(), trailer_wire(changed));
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code, S3ErrorCode::SignatureDoesNotMatch);
  EXPECT_EQ(test::field_of(decoded.error(), "StringToSign").substr(0, 25),
            "AWS4-HMAC-SHA256-TRAILER\n");
  const std::string unsigned_trailer = "x-amz-checksum-crc32c:sOO8/Q==\r\n";
  EXPECT_EQ(outcome(trailer_framing(), trailer_wire(unsigned_trailer)), "IncompleteBody");
}

TEST(ChunkDecoder, SignedChunksNeedTheirSignatures) {
  EXPECT_EQ(outcome({seed_of(kSeed), false, {}, 3}, "3\r\nabc\r\n0\r\n\r\n"), "IncompleteBody");
}

TEST(ChunkDecoder, UnsignedChunksDecode) {
  EXPECT_EQ(outcome(unsigned_framing(3), "3\r\nabc\r\n0\r\n\r\n"), "ok abc");
  EXPECT_EQ(outcome(unsigned_framing(0), "0\r\n\r\n"), "ok ");
  EXPECT_EQ(outcome(unsigned_framing(10), "A\r\n0123456789\r\n0\r\n\r\n"), "ok 0123456789");
  const auto decoded = decode(unsigned_framing(3, {"x-amz-checksum-crc32"}),
                              "3\r\nabc\r\n0\r\nX-Amz-Checksum-CRC32: NSRBwg== \r\n\r\n", {1});
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->trailers.find("x-amz-checksum-crc32"), "NSRBwg==");
}

TEST(ChunkDecoder, BrokenFramingIsAnIncompleteBody) {
  for (const char* wire : {
           "",
           "3",
           "3\r\n",
           "3\r\nab",
           "3\r\nabc",
           "3\r\nabc\r\n",
           "3\r\nabc\r\n0",
           "3\r\nabc\r\n0\r\n",  // ends too early
           "3\nabc\r\n0\r\n\r\n",
           "3\r\nabc\n0\r\n\r\n",
           "3\r\nabc0\r\n\r\n",  // no CRLF
           "3\r\nabcd\r\n0\r\n\r\n",
           "2\r\nabc\r\n0\r\n\r\n",  // another size
           "x\r\nabc\r\n0\r\n\r\n",
           "\r\nabc\r\n0\r\n\r\n",
           "-3\r\nabc\r\n0\r\n\r\n",
           "+3\r\nabc\r\n0\r\n\r\n",
           "0x3\r\nabc\r\n0\r\n\r\n",
           " 3\r\nabc\r\n0\r\n\r\n",
           "10000000000000003\r\nabc\r\n0\r\n\r\n",  // 17 digits
           "3\r\nabc\r\n0\r\n\r\nx",                 // goes on behind its end
           "3\r\nabc\r\n0\r\n\r\n0\r\n\r\n",
           "3\r\nabc\r\n0\r\nno colon here\r\n\r\n",  // recorded
           "3\r\nabc\r\n0\r\n:value\r\n\r\n",
       }) {
    EXPECT_EQ(outcome(unsigned_framing(3), wire), "IncompleteBody") << wire;
  }
}

TEST(ChunkDecoder, IncompleteBodyHasAwsSentence) {
  const auto decoded = decode(unsigned_framing(3), "3\r\nab");
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().message, "The request body terminated unexpectedly");
}

TEST(ChunkDecoder, DecodedLengthIsEnforcedBothWays) {
  EXPECT_EQ(outcome(unsigned_framing(4), "3\r\nabc\r\n0\r\n\r\n"), "IncompleteBody");
  EXPECT_EQ(outcome(unsigned_framing(2), "3\r\nabc\r\n0\r\n\r\n"), "IncompleteBody");
  EXPECT_EQ(outcome(unsigned_framing(~0ULL), "FFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n"),
            "IncompleteBody");
}

TEST(ChunkDecoder, SmallChunksAreOnlyTakenAtTheEnd) {
  const std::string full = "2000\r\n" + std::string(8192, 'a') + "\r\n";
  EXPECT_TRUE(decode(unsigned_framing(8192 + 1), full + "1\r\nb\r\n0\r\n\r\n"));
  const auto small = decode(unsigned_framing(18), "5\r\nsmall\r\nd\r\nanother chunk\r\n0\r\n\r\n");
  ASSERT_FALSE(small);
  EXPECT_EQ(small.error().code, S3ErrorCode::InvalidChunkSizeError);
  EXPECT_EQ(small.error().status(), 403);
  EXPECT_EQ(small.error().fields,
            (std::vector<S3Error::Field>{{"Chunk", "2"}, {"BadChunkSize", "5"}}));
}

TEST(ChunkDecoder, TrailersMustBeTheAnnouncedOnes) {
  const std::string content = "3\r\nabc\r\n0\r\n";
  const std::string crc = "x-amz-checksum-crc32:NSRBwg==\r\n";
  EXPECT_EQ(outcome(unsigned_framing(3), content + crc + "\r\n"), "MalformedTrailerError");
  EXPECT_EQ(outcome(unsigned_framing(3, {"x-amz-checksum-crc32"}), content + "\r\n"),
            "MalformedTrailerError");
  EXPECT_EQ(outcome(unsigned_framing(3, {"x-amz-checksum-sha256"}), content + crc + "\r\n"),
            "MalformedTrailerError");
  EXPECT_EQ(outcome(unsigned_framing(3, {"x-amz-checksum-crc32"}), content + crc + crc + "\r\n"),
            "MalformedTrailerError");
  EXPECT_EQ(outcome({std::nullopt, false, {}, 3}, content + crc + "\r\n"), "IncompleteBody");
}

TEST(ChunkDecoder, LinesAndTrailersAreBounded) {
  EXPECT_EQ(outcome(unsigned_framing(3), "3;" + std::string(5000, 'x') + "\r\nabc\r\n0\r\n\r\n"),
            "IncompleteBody");
  EXPECT_EQ(outcome(unsigned_framing(3), std::string(100000, '3')), "IncompleteBody");
  std::string many = "3\r\nabc\r\n0\r\n";
  for (int i = 0; i < 10; ++i) many += "x-amz-a:" + std::string(4000, 'v') + "\r\n";
  EXPECT_NE(outcome(unsigned_framing(3, {"x-amz-a"}), many + "\r\n"), "ok abc");
}

TEST(ChunkDecoder, AnnouncedNamesAreReadFromAllFields) {
  http::HeaderMap headers;
  headers.add("X-Amz-Trailer", " X-Amz-Checksum-CRC32 ,x-amz-meta-a");
  headers.add("x-amz-trailer", "");
  headers.add("x-amz-trailer", "b");
  EXPECT_EQ(announced_trailers(headers),
            (std::vector<std::string>{"x-amz-checksum-crc32", "x-amz-meta-a", "b"}));
}

TEST(ChunkedBody, AwsExampleDecodes) {
  test::PiecewiseBody inner(trailer_wire(), {1000});
  ChunkedBody body(inner, trailer_framing());
  EXPECT_EQ(*test::read_all(body), std::string(66560, 'a'));
  EXPECT_EQ(body.trailers().find("x-amz-checksum-crc32c"), "sOO8/Q==");
}

TEST(ChunkedBody, TellsTheLengthOfTheContentAndAddsTrailersOfTheTransferCoding) {
  test::PiecewiseBody inner("3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n", {4});
  inner.mutable_trailers().add("x-other", "1");
  ChunkedBody body(inner, unsigned_framing(3, {"x-amz-checksum-crc32"}));
  EXPECT_EQ(body.length_bytes(), 3U);
  EXPECT_EQ(*test::read_all(body), "abc");
  EXPECT_EQ(body.trailers().find("x-amz-checksum-crc32"), "NSRBwg==");
  EXPECT_EQ(body.trailers().find("x-other"), "1");
  EXPECT_TRUE(task::run_blocking(body.read())->empty()) << "the end stays the end";
}

/// The same rules over the whole text at once, written apart from the decoder.
std::string reference(const std::string& wire, std::uint64_t decoded_bytes) {
  std::string content;
  std::size_t at = 0;
  std::optional<std::size_t> before;
  for (;;) {
    const std::size_t end = wire.find("\r\n", at);
    if (end == std::string::npos) return "IncompleteBody";
    const std::string digits = wire.substr(at, std::min(wire.find(';', at), end) - at);
    if (digits.empty() || digits.size() > 16 ||
        digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos)
      return "IncompleteBody";
    const std::uint64_t size = std::stoull(digits, nullptr, 16);
    if (size != 0 && before && *before < 8192) return "InvalidChunkSizeError";
    if (size > decoded_bytes - content.size()) return "IncompleteBody";
    at = end + 2;
    if (size == 0) break;
    if (wire.size() - at < size + 2) return "IncompleteBody";
    content += wire.substr(at, size);
    at += size;
    if (wire.compare(at, 2, "\r\n") != 0) return "IncompleteBody";
    at += 2;
    before = size;
  }
  if (content.size() != decoded_bytes || wire.substr(at) != "\r\n") return "IncompleteBody";
  return "ok " + content;
}

TEST(ChunkDecoder, AgreesWithAWholeBufferDecoderUnderRandomCutsAndDamage) {
  std::mt19937 random(20261124);
  const auto upto = [&](std::size_t most) { return random() % (most + 1); };
  for (int round = 0; round < 3000; ++round) {
    std::string content;
    std::string wire;
    for (std::size_t chunks = upto(3); chunks > 0; --chunks) {
      const std::string chunk((upto(3) == 0 ? 0 : 8192) + 1 + upto(20),
                              static_cast<char>('a' + upto(25)));
      std::array<char, 32> size{};
      std::snprintf(size.data(), size.size(), "%zx\r\n", chunk.size());
      wire += size.data() + chunk + "\r\n";
      content += chunk;
    }
    wire += "0\r\n\r\n";
    if (upto(1) == 0) {
      const std::string_view bytes = "\r\n;0a ";
      wire[upto(wire.size() - 1)] = bytes[upto(bytes.size() - 1)];
    }
    if (upto(3) == 0) wire.resize(upto(wire.size()));
    const std::uint64_t decoded_bytes = content.size() + (upto(9) == 0 ? 1 : 0);
    const ChunkFraming framing{std::nullopt, false, {}, decoded_bytes};
    const auto decoded = decode(framing, wire, {1 + upto(10), 1 + upto(9000), 1 + upto(3)});
    const std::string streamed =
        decoded ? "ok " + decoded->content : std::string(error_name(decoded.error().code));
    ASSERT_EQ(streamed, reference(wire, decoded_bytes)) << "round " << round;
  }
}

}  // namespace
}  // namespace pail::auth
