#include "operations/body_intake.h"

#include <gtest/gtest.h>

#include "store/memory/memory_store.h"
#include "task/task.h"
#include "text/base64.h"
#include "text/bytes.h"
#include "text/hex.h"

namespace pail::operations {
namespace {

constexpr const char* kHello = "hello";
constexpr const char* kHelloMd5 = "XUFAKrxLKna5cZ2REBfFkg==";
constexpr const char* kHelloCrc32 = "NhCmhg==";

http::HeaderMap headers(std::initializer_list<http::Header> fields) {
  http::HeaderMap map;
  for (const http::Header& field : fields) map.add(field.name, field.value);
  return map;
}

/// A body with trailers that may hide its length.
class TrailedBody final : public http::BodyReader {
 public:
  TrailedBody(std::string bytes, http::HeaderMap trailers, std::optional<std::uint64_t> length)
      : bytes_(std::move(bytes)), trailers_(std::move(trailers)), length_(length) {}
  Task<S3Result<std::span<const std::byte>>> read() override {
    ++reads_;
    const std::string_view all = sent_ ? std::string_view() : std::string_view(bytes_);
    sent_ = true;
    co_return text::as_bytes(all);
  }
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override { return length_; }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return trailers_; }
  [[nodiscard]] int reads() const { return reads_; }

 private:
  std::string bytes_;
  http::HeaderMap trailers_;
  std::optional<std::uint64_t> length_;
  bool sent_ = false;
  int reads_ = 0;
};

/// "ok", or "Code: message".
template <typename Checked>
std::string outcome(Checked checked) {
  if (checked) return "ok";
  return std::string(error_name(checked.error().code)) + ": " + checked.error().message;
}

std::string declare(std::initializer_list<http::Header> fields) {
  return outcome(parse_body_declaration(headers(fields)));
}

TEST(BodyDeclaration, NothingIsDeclaredWithoutHeaders) {
  const auto declared = parse_body_declaration({});
  ASSERT_TRUE(declared.has_value());
  EXPECT_FALSE(declared->algorithm.has_value());
  EXPECT_TRUE(declared->content_md5.empty());
}

TEST(BodyDeclaration, ChecksumInAHeader) {
  const auto declared = parse_body_declaration(
      headers({{"X-Amz-Checksum-Crc32", kHelloCrc32}, {"x-amz-sdk-checksum-algorithm", "crc32"}}));
  ASSERT_TRUE(declared.has_value());
  EXPECT_EQ(declared->algorithm, checksum::Algorithm::kCrc32);
  EXPECT_EQ(declared->checksum, kHelloCrc32);
  EXPECT_FALSE(declared->checksum_in_trailer);
}

TEST(BodyDeclaration, ChecksumInTheTrailer) {
  const auto declared =
      parse_body_declaration(headers({{"x-amz-trailer", "x-amz-checksum-crc64nvme"},
                                      {"x-amz-sdk-checksum-algorithm", "CRC64NVME"}}));
  ASSERT_TRUE(declared.has_value());
  EXPECT_EQ(declared->algorithm, checksum::Algorithm::kCrc64Nvme);
  EXPECT_TRUE(declared->checksum_in_trailer);
}

TEST(BodyDeclaration, HeadersThatOnlySoundLikeChecksumsAreNone) {
  EXPECT_EQ(declare({{"x-amz-checksum-mode", "ENABLED"},
                     {"x-amz-checksum-type", "FULL_OBJECT"},
                     {"x-amz-checksum-algorithm", "CRC32"}}),
            "ok");
}

TEST(BodyDeclaration, ValueMustBeBase64OfTheRightLength) {
  for (const char* value : {"", "x", "AAAA", "AAAAAAAA", "not base64!!"}) {
    EXPECT_EQ(declare({{"x-amz-checksum-crc32", value}}),
              "InvalidRequest: Value for x-amz-checksum-crc32 header is invalid.")
        << value;
  }
}

TEST(BodyDeclaration, MoreThanOneChecksumIsRefused) {
  constexpr const char* kRefusal =
      "InvalidRequest: Expecting a single x-amz-checksum- header. Multiple checksum Types are not "
      "allowed.";
  EXPECT_EQ(declare({{"x-amz-checksum-crc32", kHelloCrc32}, {"x-amz-checksum-crc32c", "AAAAAA=="}}),
            kRefusal);
  EXPECT_EQ(
      declare({{"x-amz-checksum-crc32", kHelloCrc32}, {"x-amz-trailer", "x-amz-checksum-sha256"}}),
      kRefusal);
}

TEST(BodyDeclaration, AlgorithmHasToFitTheChecksum) {
  constexpr const char* kInvalid =
      "InvalidRequest: Value for x-amz-sdk-checksum-algorithm header is invalid.";
  EXPECT_EQ(declare({{"x-amz-sdk-checksum-algorithm", "MD4"}}), kInvalid);
  EXPECT_EQ(
      declare({{"x-amz-sdk-checksum-algorithm", "SHA256"}, {"x-amz-checksum-crc32", kHelloCrc32}}),
      kInvalid);
}

TEST(BodyDeclaration, TrailerOfAnUnknownChecksumIsRefused) {
  EXPECT_EQ(declare({{"x-amz-trailer", "x-amz-checksum-md4"}}),
            "InvalidRequest: The value specified in the x-amz-trailer header is not supported");
  EXPECT_EQ(declare({{"x-amz-trailer", "x-other"}}), "ok");
}

TEST(UploadLength, IsDecidedBeforeTheFirstByte) {
  EXPECT_EQ(outcome(check_upload_length(headers({{"Content-Length", "5"}}), 5)), "ok");
  EXPECT_EQ(outcome(check_upload_length(headers({{"Content-Length", "0"}}), 0)), "ok");
  EXPECT_EQ(outcome(check_upload_length({}, 0)),
            "MissingContentLength: You must provide the Content-Length HTTP header.");
  EXPECT_EQ(outcome(check_upload_length(headers({{"Transfer-Encoding", "chunked"}}), 5)), "ok");
  auto chunked = check_upload_length(headers({{"Transfer-Encoding", "chunked"}}), std::nullopt);
  ASSERT_FALSE(chunked.has_value());
  EXPECT_EQ(chunked.error().code, S3ErrorCode::NotImplemented);
}

TEST(UploadLength, FiveGibibytesAreTheMost) {
  const auto sent = headers({{"Content-Length", "x"}});
  EXPECT_EQ(outcome(check_upload_length(sent, kMaxUploadBytes)), "ok");
  auto refused = check_upload_length(sent, kMaxUploadBytes + 1);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, S3ErrorCode::EntityTooLarge);
  const std::vector<S3Error::Field> expected = {{"ProposedSize", "5368709121"},
                                                {"MaxSizeAllowed", "5368709120"}};
  EXPECT_EQ(refused.error().fields, expected);
}

S3Result<TakenBody> take(TrailedBody& body, std::initializer_list<http::Header> fields,
                         const IntakeOptions& options = {}) {
  const auto store = store::make_memory_store();
  auto sent = headers(fields);
  sent.add("Content-Length", "x");
  const auto declared = parse_body_declaration(sent);
  EXPECT_TRUE(declared.has_value());
  return task::run_blocking(take_body(store->begin_write(), sent, body, *declared, options));
}

TEST(TakeBody, ComputesEtagAndChecksum) {
  TrailedBody body(kHello, {}, 5);
  const auto taken = take(body, {});
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->etag, "5d41402abc4b2a76b9719d911017c592");
  EXPECT_EQ(taken->size_bytes, 5U);
  EXPECT_EQ(taken->content.size_bytes, 5U);
  EXPECT_EQ(taken->checksum.algorithm, checksum::Algorithm::kCrc64Nvme);
}

TEST(TakeBody, TrailerIsVerified) {
  TrailedBody right(kHello, headers({{"x-amz-checksum-crc32", kHelloCrc32}}), 5);
  const auto taken = take(right, {{"x-amz-trailer", "x-amz-checksum-crc32"}});
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->checksum.value, kHelloCrc32);

  TrailedBody wrong(kHello, headers({{"x-amz-checksum-crc32", "AAAAAA=="}}), 5);
  EXPECT_EQ(outcome(take(wrong, {{"x-amz-trailer", "x-amz-checksum-crc32"}})),
            "BadDigest: The CRC32 you specified did not match the calculated checksum.");

  TrailedBody broken(kHello, headers({{"x-amz-checksum-crc32", "?"}}), 5);
  EXPECT_EQ(outcome(take(broken, {{"x-amz-trailer", "x-amz-checksum-crc32"}})),
            "InvalidRequest: Value for x-amz-checksum-crc32 header is invalid.");

  TrailedBody missing(kHello, {}, 5);
  const auto refused = take(missing, {{"x-amz-trailer", "x-amz-checksum-crc32"}});
  EXPECT_EQ(outcome(refused).substr(0, 21), "MalformedTrailerError");
}

TEST(TakeBody, ExpectedMd5IsShownAsTheOperationShowsIt) {
  BodyDigests digests(checksum::Algorithm::kMd5);
  digests.update(text::as_bytes(std::string_view("other")));
  const auto computed = digests.finish();
  BodyDeclaration declared;
  declared.content_md5 = *text::base64_decode(kHelloMd5);
  auto in_hex = verify_body(declared, {}, computed);
  ASSERT_FALSE(in_hex.has_value());
  EXPECT_EQ(in_hex.error().fields.front().value, "5d41402abc4b2a76b9719d911017c592");
  declared.shows_expected_md5_in_base64 = true;
  auto in_base64 = verify_body(declared, {}, computed);
  ASSERT_FALSE(in_base64.has_value());
  EXPECT_EQ(in_base64.error().fields.front().value, kHelloMd5);
}

TEST(TakeBody, TooLongIsRefusedUnread) {
  TrailedBody body(std::string(11, 'x'), {}, 11);
  EXPECT_EQ(outcome(take(body, {}, {.most_bytes = 10})),
            "EntityTooLarge: Your proposed upload exceeds the maximum allowed size");
  EXPECT_EQ(body.reads(), 0);
}

/// A body of many blocks that breaks off after some of them.
class LongBody final : public http::BodyReader {
 public:
  LongBody(std::size_t blocks, std::size_t blocks_that_arrive)
      : block_(kBlockBytes, 'b'), blocks_(blocks), arriving_(blocks_that_arrive) {}
  Task<S3Result<std::span<const std::byte>>> read() override {
    if (read_ == blocks_) co_return std::span<const std::byte>();
    if (read_ == arriving_) co_return fail(S3ErrorCode::IncompleteBody);
    ++read_;
    co_return text::as_bytes(block_);
  }
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override {
    return blocks_ * kBlockBytes;
  }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return trailers_; }

  [[nodiscard]] std::string all() const { return std::string(blocks_ * kBlockBytes, 'b'); }

 private:
  static constexpr std::size_t kBlockBytes = std::size_t{100} * 1000;
  std::string block_;
  http::HeaderMap trailers_;
  std::size_t blocks_;
  std::size_t arriving_;
  std::size_t read_ = 0;
};

TEST(BodyDigests, OnlyALongBodyTakesAThread) {
  checksum::DigestThreads threads(1);
  BodyDigests digests(checksum::Algorithm::kCrc32, &threads);
  const std::string half(std::size_t{512} * 1024, 'x');
  digests.update(text::as_bytes(half));
  digests.update(text::as_bytes(half));
  EXPECT_EQ(threads.running(), 0U);
  digests.update(text::as_bytes(std::string_view("x")));
  EXPECT_EQ(threads.running(), 1U);
  const std::string all(half + half + "x");
  EXPECT_EQ(text::hex_encode(digests.finish().md5),
            text::hex_encode(checksum::md5(text::as_bytes(all))));
}

Task<S3Result<TakenBody>> take_long(store::Store& store, LongBody& body,
                                    const BodyDeclaration& declared,
                                    checksum::DigestThreads& threads) {
  IntakeOptions options;
  options.digest_threads = &threads;
  co_return co_await take_body_of_any_length(store.begin_write(), body, declared, options);
}

TEST(TakeBody, LongBodyIsTheSameWithAndWithoutAThread) {
  const auto store = store::make_memory_store();
  for (const unsigned places : {0U, 1U}) {
    checksum::DigestThreads threads(places);
    LongBody body(35, 35);
    const auto taken = task::run_blocking(take_long(*store, body, {}, threads));
    ASSERT_TRUE(taken.has_value());
    EXPECT_EQ(taken->etag, text::hex_encode(checksum::md5(text::as_bytes(body.all()))));
    EXPECT_EQ(taken->size_bytes, 3'500'000U);
    EXPECT_EQ(threads.running(), 0U);
  }
}

TEST(TakeBody, LongBodyWithTheWrongMd5IsRefused) {
  const auto store = store::make_memory_store();
  checksum::DigestThreads threads(1);
  LongBody body(35, 35);
  BodyDeclaration declared;
  declared.content_md5 = *text::base64_decode(kHelloMd5);
  const auto refused = task::run_blocking(take_long(*store, body, declared, threads));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, S3ErrorCode::BadDigest);
}

TEST(TakeBody, BodyThatBreaksOffEndsItsThread) {
  const auto store = store::make_memory_store();
  checksum::DigestThreads threads(1);
  LongBody body(35, 20);
  const auto broken = task::run_blocking(take_long(*store, body, {}, threads));
  ASSERT_FALSE(broken.has_value());
  EXPECT_EQ(broken.error().code, S3ErrorCode::IncompleteBody);
  EXPECT_EQ(threads.running(), 0U);
}

}  // namespace
}  // namespace pail::operations
