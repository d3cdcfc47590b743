#include <memory>
#include <string>
#include <utility>

#include "operations/body_intake.h"
#include "operations/multipart_elements.h"
#include "operations/object_encryption.h"
#include "operations/object_locking.h"
#include "operations/operation.h"
#include "operations/part_number.h"
#include "operations/store_failure.h"
#include "protocol/etag.h"
#include "protocol/object_headers.h"
#include "text/ascii.h"
#include "text/base64.h"

namespace pail::operations {
namespace {

/// The part's checksum must be of the upload's algorithm, if the upload has one.
S3Result<void> check_algorithm(const model::MultipartUpload& upload,
                               std::optional<checksum::Algorithm> declared) {
  if (!upload.checksum_algorithm || declared == upload.checksum_algorithm) return {};
  const auto lower = [](checksum::Algorithm algorithm) {
    return text::to_lower(checksum::algorithm_name(algorithm));
  };
  return fail(S3ErrorCode::InvalidRequest,
              "Checksum Type mismatch occurred, expected checksum Type: " +
                  lower(*upload.checksum_algorithm) +
                  ", actual checksum Type: " + (declared ? lower(*declared) : "null"));
}

/// Computes a digest of a body while somebody else reads it.
class DigestedBody final : public http::BodyReader {
 public:
  DigestedBody(http::BodyReader& inner, checksum::Algorithm algorithm)
      : inner_(inner), digest_(checksum::make_digest(algorithm)) {}

  Task<S3Result<std::span<const std::byte>>> read() override {
    PAIL_CO_TRY(const auto bytes, co_await inner_.read());
    digest_->update(bytes);
    co_return bytes;
  }
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override {
    return inner_.length_bytes();
  }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return inner_.trailers(); }
  std::string finish() { return text::base64_encode(digest_->finish()); }

 private:
  http::BodyReader& inner_;
  std::unique_ptr<checksum::Digest> digest_;
};

}  // namespace

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html
struct UploadPart {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string key;
    std::string upload_id;
    std::uint32_t number = 0;
    BodyDeclaration declared;
    std::optional<encryption::CustomerKey> customer_key = {};
  };
  struct Output {
    std::string etag;
    std::optional<model::Checksum> checksum;  // to be shown
    model::Encryption encryption;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_TRY(const auto effective,
             protocol::EffectiveHeaders::of(request.headers(), request.query()));
    const http::HeaderMap& headers = *effective;
    PAIL_CHECK(protocol::check_supported_headers(headers));
    PAIL_CHECK(encryption::refuse_choice(headers));
    Input input{request.bucket().id,
                request.key(),
                std::string(request.query().find("uploadId").value_or("")),
                0,
                {}};
    PAIL_TRY(input.number, parse_part_number(request.query()));
    PAIL_TRY(input.customer_key,
             encryption::parse_customer_key(headers, encryption::KeyUse::kObject));
    PAIL_TRY(input.declared, parse_body_declaration(headers));
    input.declared.shows_expected_md5_in_base64 = true;
    return input;
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    const auto upload = context.store.find_upload(input.bucket_id, input.key, input.upload_id);
    if (!upload || !upload->completed_etag.empty()) co_return no_such_upload(input.upload_id);
    const model::Encryption& encryption = upload->attributes.encryption;
    PAIL_CO_CHECK(check_part_key(encryption, input.customer_key));
    PAIL_CO_CHECK(check_algorithm(*upload, input.declared.algorithm));
    PAIL_CO_CHECK(require_locked_digest(upload->attributes.lock, input.declared, "Put Part"));

    // An upload without an algorithm gets CRC64NVME as a whole, whatever its parts declared.
    DigestedBody body(request.body(), checksum::Algorithm::kCrc64Nvme);
    auto writer = begin_write(context, encryption, input.customer_key, input.number);
    IntakeOptions options;
    options.digest_threads = context.digest_threads.get();
    PAIL_CO_TRY(TakenBody taken,
                co_await take_body(std::move(writer), request.headers(),
                                   upload->checksum_algorithm ? request.body() : body,
                                   input.declared, options));
    model::UploadedPart part;
    part.number = input.number;
    part.size_bytes = taken.size_bytes;
    part.etag = etag_of(context, encryption, std::move(taken.etag));
    part.last_modified = context.clock.now();
    part.checksum = taken.checksum;
    if (!upload->checksum_algorithm) {
      part.checksum = model::Checksum{checksum::Algorithm::kCrc64Nvme,
                                      model::ChecksumType::kFullObject, body.finish()};
    }
    Output output;
    output.etag = part.etag;
    output.encryption = encryption;
    const auto stored = co_await context.store.put_part(input.bucket_id, input.upload_id,
                                                        std::move(part), std::move(taken.content));
    if (!stored) co_return store_failure(stored.error(), {.upload_id = input.upload_id});
    if (input.declared.algorithm) output.checksum = std::move(taken.checksum);
    co_return output;
  }

  static http::Response render(const Output& output) {
    http::Response response;
    response.headers.add("ETag", protocol::quote_etag(output.etag));
    encryption::add_encryption_headers(output.encryption, response.headers);
    if (output.checksum) {
      response.headers.add(std::string(checksum::checksum_header_name(output.checksum->algorithm)),
                           output.checksum->value);
    }
    return response;
  }
};
PAIL_OPERATION(UploadPart);

}  // namespace pail::operations
