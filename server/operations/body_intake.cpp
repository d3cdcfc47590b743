#include "operations/body_intake.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "error/try.h"
#include "operations/store_failure.h"
#include "text/ascii.h"
#include "text/base64.h"
#include "text/hex.h"

namespace pail::operations {
namespace {

constexpr std::string_view kChecksumPrefix = "x-amz-checksum-";
constexpr const char* kSdkAlgorithm = "x-amz-sdk-checksum-algorithm";
constexpr std::size_t kMd5Bytes = 16;

// MD5 takes 2 ms for a megabyte: what is over sooner is not worth starting a thread for.
constexpr std::uint64_t kLongBodyBytes = std::uint64_t{1} * 1024 * 1024;

std::optional<checksum::Algorithm> algorithm_of_header(std::string_view name) {
  for (checksum::Algorithm algorithm : checksum::kAllAlgorithms) {
    if (text::equals_ignore_case(name, checksum::checksum_header_name(algorithm))) return algorithm;
  }
  return std::nullopt;
}

Unexpected<S3Error> invalid_value(std::string_view header) {
  return fail(S3ErrorCode::InvalidRequest,
              "Value for " + text::to_lower(header) + " header is invalid.");
}

bool is_digest_of(std::string_view base64, checksum::Algorithm algorithm) {
  const auto bytes = text::base64_decode(base64);
  return bytes && bytes->size() == checksum::digest_size(algorithm);
}

S3Result<std::vector<std::byte>> parse_content_md5(const http::HeaderMap& headers) {
  const auto field = headers.find("Content-MD5");
  if (!field) return std::vector<std::byte>();
  auto bytes = text::base64_decode(text::trim(*field));
  if (!bytes || bytes->size() != kMd5Bytes) {
    return fail(S3Error(S3ErrorCode::InvalidDigest).with("Content-MD5", std::string(*field)));
  }
  return std::move(*bytes);
}

/// The one checksum among header fields; x-amz-checksum-type, -mode and -algorithm say other
/// things.
S3Result<void> find_checksum_header(const http::HeaderMap& headers, BodyDeclaration& declared) {
  for (const http::Header& field : headers) {
    if (!text::starts_with_ignore_case(field.name, kChecksumPrefix)) continue;
    const auto algorithm = algorithm_of_header(field.name);
    if (!algorithm) continue;
    if (declared.algorithm) {
      return fail(S3ErrorCode::InvalidRequest,
                  "Expecting a single x-amz-checksum- header. Multiple checksum Types are not "
                  "allowed.");
    }
    const std::string_view value = text::trim(field.value);
    if (!is_digest_of(value, *algorithm)) return invalid_value(field.name);
    declared.algorithm = algorithm;
    declared.checksum = std::string(value);
  }
  return {};
}

S3Result<void> find_checksum_trailer(const http::HeaderMap& headers, BodyDeclaration& declared) {
  const auto trailer = headers.find("x-amz-trailer");
  if (!trailer) return {};
  for (std::string_view name : text::split(*trailer, ',')) {
    name = text::trim(name);
    if (!text::starts_with_ignore_case(name, kChecksumPrefix)) continue;
    const auto algorithm = algorithm_of_header(name);
    if (!algorithm) {
      return fail(S3ErrorCode::InvalidRequest,
                  "The value specified in the x-amz-trailer header is not supported");
    }
    if (declared.algorithm) {
      return fail(S3ErrorCode::InvalidRequest,
                  "Expecting a single x-amz-checksum- header. Multiple checksum Types are not "
                  "allowed.");
    }
    declared.algorithm = algorithm;
    declared.checksum_in_trailer = true;
  }
  return {};
}

S3Result<void> check_sdk_algorithm(const http::HeaderMap& headers,
                                   const BodyDeclaration& declared) {
  const auto name = headers.find(kSdkAlgorithm);
  if (!name || name->empty()) return {};
  const auto algorithm = checksum::parse_algorithm(text::trim(*name));
  if (!algorithm) return invalid_value(kSdkAlgorithm);
  if (!declared.algorithm) {
    return fail(S3ErrorCode::InvalidRequest,
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or "
                "x-amz-trailer headers were found.");
  }
  if (*declared.algorithm != *algorithm) return invalid_value(kSdkAlgorithm);
  return {};
}

S3Error entity_too_large(std::uint64_t proposed_bytes, std::uint64_t most_bytes) {
  return S3Error(S3ErrorCode::EntityTooLarge)
      .with("ProposedSize", std::to_string(proposed_bytes))
      .with("MaxSizeAllowed", std::to_string(most_bytes));
}

S3Result<void> verify_md5(const BodyDeclaration& declared, const BodyDigests::Values& computed) {
  if (declared.content_md5.empty() || declared.content_md5 == computed.md5) return {};
  return fail(S3Error(S3ErrorCode::BadDigest)
                  .with("ExpectedDigest", declared.shows_expected_md5_in_base64
                                              ? text::base64_encode(declared.content_md5)
                                              : text::hex_encode(declared.content_md5))
                  .with("CalculatedDigest", text::base64_encode(computed.md5)));
}

}  // namespace

S3Result<BodyDeclaration> parse_body_declaration(const http::HeaderMap& headers) {
  BodyDeclaration declared;
  PAIL_TRY(declared.content_md5, parse_content_md5(headers));
  PAIL_CHECK(find_checksum_header(headers, declared));
  PAIL_CHECK(find_checksum_trailer(headers, declared));
  PAIL_CHECK(check_sdk_algorithm(headers, declared));
  return declared;
}

S3Result<void> check_upload_length(const http::HeaderMap& headers,
                                   std::optional<std::uint64_t> declared_bytes,
                                   std::uint64_t most_bytes) {
  const bool is_chunked = headers.contains("Transfer-Encoding");
  if (!headers.contains("Content-Length") && !is_chunked)
    return fail(S3ErrorCode::MissingContentLength);
  if (!declared_bytes) {
    return fail(S3Error(S3ErrorCode::NotImplemented)
                    .with("Header", "Transfer-Encoding")
                    .because("a chunked upload has to say its length in "
                             "x-amz-decoded-content-length, or send Content-Length"));
  }
  if (*declared_bytes > most_bytes) return fail(entity_too_large(*declared_bytes, most_bytes));
  return {};
}

BodyDigests::BodyDigests(checksum::Algorithm algorithm, checksum::DigestThreads* threads)
    : algorithm_(algorithm), md5_(checksum::make_md5()), threads_(threads) {
  if (algorithm != checksum::Algorithm::kMd5) checksum_ = checksum::make_digest(algorithm);
}

void BodyDigests::update(std::span<const std::byte> bytes) {
  seen_bytes_ += bytes.size();
  if (threads_ && seen_bytes_ > kLongBodyBytes && threads_->move_to_thread(md5_)) {
    threads_ = nullptr;
  }
  md5_->update(bytes);
  if (checksum_) checksum_->update(bytes);
}

BodyDigests::Values BodyDigests::finish() {
  Values values;
  values.md5 = md5_->finish();
  const auto digest = checksum_ ? checksum_->finish() : values.md5;
  values.checksum = {algorithm_, model::ChecksumType::kFullObject, text::base64_encode(digest)};
  return values;
}

S3Result<void> verify_body(const BodyDeclaration& declared, const http::HeaderMap& trailers,
                           const BodyDigests::Values& computed) {
  PAIL_CHECK(verify_md5(declared, computed));
  if (!declared.algorithm) return {};
  const auto header = checksum::checksum_header_name(*declared.algorithm);
  std::string_view expected = declared.checksum;
  if (declared.checksum_in_trailer) {
    const auto trailer = trailers.find(header);
    if (!trailer) return fail(S3ErrorCode::MalformedTrailerError);
    expected = text::trim(*trailer);
    if (!is_digest_of(expected, *declared.algorithm)) return invalid_value(header);
  }
  if (text::base64_decode(expected) != text::base64_decode(computed.checksum.value)) {
    return fail(S3ErrorCode::BadDigest,
                "The " + std::string(checksum::algorithm_name(*declared.algorithm)) +
                    " you specified did not match the calculated checksum.");
  }
  return {};
}

Task<S3Result<TakenBody>> take_body(std::unique_ptr<store::BlobWriter> writer,
                                    const http::HeaderMap& headers, http::BodyReader& body,
                                    const BodyDeclaration& declared, IntakeOptions options) {
  PAIL_CO_CHECK(check_upload_length(headers, body.length_bytes(), options.most_bytes));
  co_return co_await take_body_of_any_length(std::move(writer), body, declared, options);
}

Task<S3Result<TakenBody>> take_body_of_any_length(std::unique_ptr<store::BlobWriter> writer,
                                                  http::BodyReader& body,
                                                  const BodyDeclaration& declared,
                                                  IntakeOptions options) {
  BodyDigests digests(declared.algorithm.value_or(options.fallback), options.digest_threads);
  TakenBody taken;
  while (true) {
    PAIL_CO_TRY(const auto bytes, co_await body.read());
    if (bytes.empty()) break;
    taken.size_bytes += bytes.size();
    if (taken.size_bytes > options.most_bytes)
      co_return fail(entity_too_large(taken.size_bytes, options.most_bytes));
    digests.update(bytes);
    if (auto written = writer->write(bytes); !written)
      co_return store_failure(std::move(written).error(), {});
  }
  const auto computed = digests.finish();
  PAIL_CO_CHECK(verify_body(declared, body.trailers(), computed));
  auto content = writer->finish();
  if (!content) co_return store_failure(std::move(content).error(), {});
  taken.content = std::move(*content);
  taken.etag = text::hex_encode(computed.md5);
  taken.checksum = computed.checksum;
  co_return taken;
}

}  // namespace pail::operations
