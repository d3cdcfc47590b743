#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "auth/sigv4.h"
#include "checksum/digest.h"
#include "error/s3_error.h"

namespace pail::auth {

/// What the chunks' signatures continue from: the request's own.
struct ChunkSeed {
  SigningKey key{};
  std::string amz_date;
  std::string scope;
  std::string signature;  // lower-case hex
  std::string access_key_id;
  std::string canonical_request;  // for the error's sake
};

/// The chain of signatures over the chunks of one body: each covers the one before. Not
/// thread-safe.
class ChunkSignatures {
 public:
  explicit ChunkSignatures(ChunkSeed seed);

  /// Bytes of the current chunk.
  void update(std::span<const std::byte> bytes);
  /// The current chunk is whole. Fails: SignatureDoesNotMatch, as AWS answers it: with the string
  /// to sign of the chunk and the canonical request of the request.
  S3Result<void> finish_chunk(std::string_view provided);
  /// `trailers` is "name:value\n" for each. Fails as finish_chunk().
  S3Result<void> finish_trailers(std::string_view trailers, std::string_view provided);

 private:
  S3Result<void> compare(std::string_view string_to_sign, std::string_view provided);
  [[nodiscard]] std::string begin_string(std::string_view algorithm) const;

  ChunkSeed seed_;
  std::string previous_;
  std::unique_ptr<checksum::Digest> digest_;
};

}  // namespace pail::auth
