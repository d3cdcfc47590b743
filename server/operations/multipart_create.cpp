#include <array>
#include <string>
#include <utility>

#include "encryption/choice.h"
#include "operations/object_writing.h"
#include "operations/operation.h"
#include "operations/store_failure.h"
#include "protocol/object_headers.h"
#include "text/ascii.h"
#include "xml/writer.h"

namespace pail::operations {
namespace {

struct UploadChecksum {
  std::optional<checksum::Algorithm> algorithm;
  model::ChecksumType type = model::ChecksumType::kComposite;
};

Unexpected<S3Error> incompatible(model::ChecksumType type, checksum::Algorithm algorithm) {
  return fail(S3ErrorCode::InvalidRequest, std::string("The ") + model::checksum_type_name(type) +
                                               " checksum type cannot be used with the " +
                                               text::to_lower(checksum::algorithm_name(algorithm)) +
                                               " checksum algorithm.");
}

/// x-amz-checksum-algorithm and x-amz-checksum-type, with AWS's recorded refusals.
S3Result<UploadChecksum> parse_upload_checksum(const http::HeaderMap& headers) {
  UploadChecksum checksum;
  PAIL_TRY(checksum.algorithm, protocol::parse_checksum_algorithm(headers));
  const auto type = headers.find("x-amz-checksum-type");
  if (!checksum.algorithm && type) {
    return fail(S3ErrorCode::InvalidRequest,
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm "
                "header.");
  }
  if (!checksum.algorithm) return checksum;
  const bool composite_possible = checksum::supports_composite(*checksum.algorithm);
  checksum.type =
      composite_possible ? model::ChecksumType::kComposite : model::ChecksumType::kFullObject;
  if (!type) return checksum;
  if (*type != "COMPOSITE" && *type != "FULL_OBJECT") {
    return fail(S3ErrorCode::InvalidRequest, "Value for x-amz-checksum-type header is invalid.");
  }
  checksum.type =
      *type == "COMPOSITE" ? model::ChecksumType::kComposite : model::ChecksumType::kFullObject;
  const bool possible = checksum.type == model::ChecksumType::kComposite
                            ? composite_possible
                            : checksum::supports_full_object(*checksum.algorithm);
  if (!possible) return incompatible(checksum.type, *checksum.algorithm);
  return checksum;
}

}  // namespace

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
struct CreateMultipartUpload {
  struct Input {
    std::string bucket;
    std::int64_t bucket_id = 0;
    model::MultipartUpload upload;
    http::HeaderMap abort_headers = {};
  };
  using Output = Input;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_TRY(const auto effective,
             protocol::EffectiveHeaders::of(request.headers(), request.query()));
    const http::HeaderMap& headers = *effective;
    PAIL_CHECK(protocol::check_supported_headers(headers));
    Input input{request.bucket_name(), request.bucket().id, {}};
    PAIL_TRY(input.upload.attributes, protocol::parse_object_attributes(headers));
    PAIL_TRY(const UploadChecksum checksum, parse_upload_checksum(headers));
    input.upload.checksum_algorithm = checksum.algorithm;
    input.upload.checksum_type = checksum.type;
    input.upload.key = request.key();
    input.upload.initiator_id = request.identity().is_anonymous() ? access::kAnonymousOwnerId
                                                                  : request.identity().canonical_id;
    return input;
  }

  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& input) {
    if (input.upload.attributes.tags.empty()) return {};
    PAIL_CHECK(
        authorizer.require(request, {"s3:PutObjectTagging", request.bucket_name(), request.key()}));
    return {};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    PAIL_CO_TRY(const auto headers,
                protocol::EffectiveHeaders::of(request.headers(), request.query()));
    PAIL_CO_TRY(auto plan, plan_write(context, request, *headers, input.upload.attributes));
    input.upload.attributes = std::move(plan.attributes);
    constexpr std::size_t kUploadIdCharacters = 96;  // about the length of AWS's
    input.upload.upload_id = random::random_token(context.random, kUploadIdCharacters);
    input.upload.initiated = context.clock.now();
    const auto created = co_await context.store.create_upload(input.bucket_id, input.upload);
    if (!created) co_return store_failure(created.error(), {.bucket = input.bucket});
    context.lifecycle->add_abort_headers(request.bucket(), input.upload, input.abort_headers);
    co_return input;
  }

  static http::Response render(const Output& output) {
    http::Response response;
    response.headers = output.abort_headers;
    const model::Encryption& encryption = output.upload.attributes.encryption;
    encryption::add_encryption_headers(encryption, response.headers);
    encryption::add_context_header(encryption, response.headers);
    if (output.upload.checksum_algorithm) {
      response.headers.add(
          "x-amz-checksum-algorithm",
          std::string(checksum::algorithm_name(*output.upload.checksum_algorithm)));
      response.headers.add("x-amz-checksum-type",
                           model::checksum_type_name(output.upload.checksum_type));
    }
    response.headers.add("Content-Type", "application/xml");
    xml::XmlWriter xml(response.body);
    xml.declaration();
    xml.open_root("InitiateMultipartUploadResult");
    xml.element("Bucket", output.bucket);
    xml.element("Key", output.upload.key);
    xml.element("UploadId", output.upload.upload_id);
    xml.close("InitiateMultipartUploadResult");
    return response;
  }
};
PAIL_OPERATION(CreateMultipartUpload);

}  // namespace pail::operations
