#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checksum/algorithm.h"
#include "checksum/digest_threads.h"
#include "error/s3_error.h"
#include "http/body_reader.h"
#include "http/header_map.h"
#include "model/checksum.h"
#include "store/content.h"
#include "store/store.h"
#include "task/task.h"

namespace pail::operations {

/// The most that one PutObject or UploadPart may bring.
inline constexpr std::uint64_t kMaxUploadBytes = std::uint64_t{5} * 1024 * 1024 * 1024;

/// What the headers of a request say about its body. A value.
struct BodyDeclaration {
  /// The one algorithm of x-amz-checksum-*, in a header or announced by x-amz-trailer.
  std::optional<checksum::Algorithm> algorithm;
  /// Base64, of the right length; empty when the value stands in the trailer.
  std::string checksum;
  bool checksum_in_trailer = false;
  /// Content-MD5, decoded: 16 bytes, or empty if there is none.
  std::vector<std::byte> content_md5;
  /// How BadDigest shows the MD5 that was expected: AWS was recorded to show hex for PutObject and
  /// base64 for UploadPart.
  bool shows_expected_md5_in_base64 = false;
};

/// Reads Content-MD5, x-amz-checksum-*, x-amz-sdk-checksum-algorithm and x-amz-trailer. Fails as
/// AWS was recorded to: InvalidDigest, InvalidRequest ("Value for x-amz-checksum-crc32 header is
/// invalid.", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not
/// allowed.", ...).
S3Result<BodyDeclaration> parse_body_declaration(const http::HeaderMap& headers);

/// What there is to decide about the length before the first byte is read. `declared_bytes` is the
/// body's length_bytes(). Fails: EntityTooLarge, MissingContentLength (no length at all),
/// NotImplemented (plain chunked transfer encoding, as AWS answers it).
S3Result<void> check_upload_length(const http::HeaderMap& headers,
                                   std::optional<std::uint64_t> declared_bytes,
                                   std::uint64_t most_bytes = kMaxUploadBytes);

/// Digests of a body in the making: MD5 and one checksum. Not thread-safe.
class BodyDigests {
 public:
  /// With `threads`, the MD5 of a body that turns out to be long goes on on one of them, if one is
  /// free; the other checksum stays on the caller's thread. They outlive the digests.
  explicit BodyDigests(checksum::Algorithm algorithm, checksum::DigestThreads* threads = nullptr);
  void update(std::span<const std::byte> bytes);

  struct Values {
    std::vector<std::byte> md5;
    model::Checksum checksum;  // FULL_OBJECT
  };
  /// To be called once.
  Values finish();

 private:
  checksum::Algorithm algorithm_;
  std::unique_ptr<checksum::Digest> md5_;
  std::unique_ptr<checksum::Digest> checksum_;
  /// To be asked for one; nullptr once one has been given.
  checksum::DigestThreads* threads_;
  std::uint64_t seen_bytes_ = 0;
};

/// Compares what was declared with what arrived. Fails: BadDigest, MalformedTrailerError (announced
/// but not there), InvalidRequest (a trailer that is not base64 of the right length).
S3Result<void> verify_body(const BodyDeclaration& declared, const http::HeaderMap& trailers,
                           const BodyDigests::Values& computed);

/// A body that was read to its end, verified, and lies in the store.
struct TakenBody {
  store::Content content;
  /// MD5 as hex, without quotes.
  std::string etag;
  std::uint64_t size_bytes = 0;
  /// Of the declared algorithm, else of IntakeOptions::fallback.
  model::Checksum checksum;
};

struct IntakeOptions {
  /// The checksum of a body that declares none.
  checksum::Algorithm fallback = checksum::Algorithm::kCrc64Nvme;
  std::uint64_t most_bytes = kMaxUploadBytes;
  /// As for BodyDigests.
  checksum::DigestThreads* digest_threads = nullptr;
};

/// Reads the body in one pass into `writer`, which ends in the store; memory is bounded whatever
/// its length. Nothing stays in the store after a failure, nor if the result is dropped. Fails:
/// what check_upload_length(), the body and verify_body() fail with, EntityTooLarge, InternalError.
Task<S3Result<TakenBody>> take_body(std::unique_ptr<store::BlobWriter> writer,
                                    const http::HeaderMap& headers, http::BodyReader& body,
                                    const BodyDeclaration& declared, IntakeOptions options = {});

/// The same for a body that does not say beforehand how long it is: the file of a form.
Task<S3Result<TakenBody>> take_body_of_any_length(std::unique_ptr<store::BlobWriter> writer,
                                                  http::BodyReader& body,
                                                  const BodyDeclaration& declared,
                                                  IntakeOptions options = {});

}  // namespace pail::operations
