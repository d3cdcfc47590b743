#include <optional>
#include <string>
#include <utility>

#include "operations/body_intake.h"
#include "operations/copy_from.h"
#include "operations/multipart_elements.h"
#include "operations/object_encryption.h"
#include "operations/operation.h"
#include "operations/part_number.h"
#include "operations/store_failure.h"
#include "protocol/etag.h"
#include "protocol/object_headers.h"
#include "protocol/range.h"
#include "text/hex.h"
#include "time/date.h"
#include "xml/writer.h"

namespace pail::operations {

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html
struct UploadPartCopy {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string key;
    std::string upload_id;
    std::uint32_t number = 0;
    protocol::CopySource source;
    protocol::ReadConditions conditions;
    std::optional<std::string> range;
    std::optional<encryption::CustomerKey> customer_key;
  };
  struct Output {
    model::UploadedPart part;
    bool shows_checksum = false;
    std::optional<std::string> source_version_id;
    model::Encryption encryption;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const http::HeaderMap& headers = request.headers();
    PAIL_CHECK(protocol::check_supported_headers(headers));
    PAIL_CHECK(encryption::refuse_choice(headers));
    Input input;
    PAIL_TRY(input.customer_key,
             encryption::parse_customer_key(headers, encryption::KeyUse::kObject));
    input.bucket_id = request.bucket().id;
    input.key = request.key();
    input.upload_id = request.query().find("uploadId").value_or("");
    PAIL_TRY(input.number, parse_part_number(request.query()));
    PAIL_TRY(input.source,
             protocol::parse_copy_source(headers.find("x-amz-copy-source").value_or("")));
    input.conditions = protocol::parse_copy_source_conditions(headers);
    if (const auto range = headers.find("x-amz-copy-source-range")) input.range = *range;
    return input;
  }

  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& input) {
    PAIL_CHECK(authorizer.require(request, source_need(input.source)));
    return {};
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    const auto upload = context.store.find_upload(input.bucket_id, input.key, input.upload_id);
    if (!upload || !upload->completed_etag.empty()) co_return no_such_upload(input.upload_id);
    const model::Encryption& encryption = upload->attributes.encryption;
    PAIL_CO_CHECK(check_part_key(encryption, input.customer_key));
    PAIL_CO_TRY(const auto source,
                find_copy_source(context, request, input.source, input.conditions));
    PAIL_CO_TRY(const auto wanted, stretch(source.object.version, input.range));
    if (wanted.length_bytes > kMaxUploadBytes) {
      co_return fail(S3Error(S3ErrorCode::EntityTooLarge)
                         .with("ProposedSize", std::to_string(wanted.length_bytes))
                         .with("MaxSizeAllowed", std::to_string(kMaxUploadBytes)));
    }
    const auto algorithm = upload->checksum_algorithm.value_or(checksum::Algorithm::kCrc64Nvme);
    const CopyTarget target{encryption, input.customer_key, input.number};
    PAIL_CO_TRY(auto copied, co_await copy_bytes(context, source, wanted.first_byte,
                                                 wanted.length_bytes, target, algorithm));
    Output output;
    output.encryption = encryption;
    output.source_version_id = source.shown_version_id;
    output.shows_checksum = upload->checksum_algorithm.has_value();
    output.part.number = input.number;
    output.part.size_bytes = wanted.length_bytes;
    output.part.etag = etag_of(context, encryption, text::hex_encode(copied.digests.md5));
    output.part.last_modified = context.clock.now();
    output.part.checksum = std::move(copied.digests.checksum);
    const auto stored = co_await context.store.put_part(input.bucket_id, input.upload_id,
                                                        output.part, std::move(copied.content));
    if (!stored) co_return store_failure(stored.error(), {.upload_id = input.upload_id});
    co_return output;
  }

  static http::Response render(const Output& output) {
    http::Response response;
    encryption::add_encryption_headers(output.encryption, response.headers);
    if (output.source_version_id) {
      response.headers.add("x-amz-copy-source-version-id", *output.source_version_id);
    }
    response.headers.add("Content-Type", "application/xml");
    xml::XmlWriter xml(response.body);
    xml.declaration();
    xml.open_root("CopyPartResult");
    xml.element("LastModified", time::format_iso8601(output.part.last_modified));
    xml.element("ETag", protocol::quote_etag(output.part.etag));
    if (output.shows_checksum) write_checksum(xml, output.part.checksum);
    xml.close("CopyPartResult");
    return response;
  }

 private:
  /// The bytes of the source that the part takes.
  static S3Result<protocol::ByteRange> stretch(const model::ObjectVersion& source,
                                               const std::optional<std::string>& range) {
    if (!range) return protocol::ByteRange{0, source.size_bytes};
    return protocol::resolve_copy_source_range(*range, source.size_bytes);
  }
};
PAIL_OPERATION(UploadPartCopy);

}  // namespace pail::operations
