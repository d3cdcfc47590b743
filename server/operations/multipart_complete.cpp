#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/acl.h"
#include "encryption/choice.h"
#include "model/multipart_digest.h"
#include "operations/multipart_elements.h"
#include "operations/object_writing.h"
#include "operations/operation.h"
#include "operations/store_failure.h"
#include "operations/versioning.h"
#include "protocol/conditions.h"
#include "protocol/etag.h"
#include "protocol/object_headers.h"
#include "text/ascii.h"
#include "text/decimal.h"
#include "xml/reader.h"
#include "xml/writer.h"

namespace pail::operations {
namespace {

constexpr std::uint64_t kPartBytesLeast = std::uint64_t{5} * 1024 * 1024;
constexpr std::size_t kPartsMost = 10'000;
constexpr std::uint64_t kObjectBytesMost = std::uint64_t{5} * 1024 * 1024 * 1024 * 1024;

/// A part as the client names it.
struct NamedPart {
  std::uint32_t number = 0;
  std::string etag;
  std::map<checksum::Algorithm, std::string> checksums;
};

S3Result<NamedPart> parse_part(const xml::Element& element) {
  const auto number = text::parse_decimal(element.child_text("PartNumber").value_or(""));
  const auto etag = element.child_text("ETag");
  if (!number || *number > 1'000'000 || !etag) return fail(S3ErrorCode::MalformedXML);
  NamedPart part{
      static_cast<std::uint32_t>(*number), std::string(protocol::unquote_etag(*etag)), {}};
  for (const checksum::Algorithm algorithm : checksum::kAllAlgorithms) {
    const auto name = "Checksum" + std::string(checksum::algorithm_name(algorithm));
    if (auto value = element.child_text(name)) part.checksums[algorithm] = std::move(*value);
  }
  return part;
}

/// The CompleteMultipartUpload document: at least one part, in ascending order.
S3Result<std::vector<NamedPart>> parse_parts(const std::string& text,
                                             const std::string& upload_id) {
  if (text.empty()) return fail(S3ErrorCode::InvalidRequest, "You must specify at least one part");
  const auto document =
      xml::Document::parse(text, {.max_bytes = text.size(), .max_nodes = 500'000});
  if (!document || document->root().name() != "CompleteMultipartUpload") {
    return fail(S3ErrorCode::MalformedXML);
  }
  std::vector<NamedPart> parts;
  for (const xml::Element& element : document->root().children("Part")) {
    PAIL_TRY(auto part, parse_part(element));
    if (!parts.empty() && part.number <= parts.back().number) {
      return fail(S3Error(S3ErrorCode::InvalidPartOrder).with("UploadId", upload_id));
    }
    parts.push_back(std::move(part));
  }
  if (parts.empty() || parts.size() > kPartsMost) return fail(S3ErrorCode::MalformedXML);
  return parts;
}

std::string lower_name(checksum::Algorithm algorithm) {
  return text::to_lower(checksum::algorithm_name(algorithm));
}

Unexpected<S3Error> invalid_part(const NamedPart& part, const std::string& upload_id) {
  return fail(S3Error(S3ErrorCode::InvalidPart)
                  .with("UploadId", upload_id)
                  .with("PartNumber", std::to_string(part.number))
                  .with("ETag", part.etag));
}

/// A COMPOSITE upload wants each part's checksum named again; whoever names one must name the right
/// one.
S3Result<void> check_part_checksum(const model::MultipartUpload& upload, const NamedPart& named,
                                   const model::UploadedPart& part) {
  if (!upload.checksum_algorithm) return {};
  const auto given = named.checksums.find(*upload.checksum_algorithm);
  if (given == named.checksums.end()) {
    if (upload.checksum_type == model::ChecksumType::kFullObject) return {};
    return fail(
        S3ErrorCode::InvalidRequest,
        "The upload was created using a " + lower_name(*upload.checksum_algorithm) +
            " checksum. The complete request must include the checksum for each part. It was "
            "missing for part " +
            std::to_string(named.number) + " in the request.");
  }
  if (part.checksum && given->second != part.checksum->value) {
    return invalid_part(named, upload.upload_id);
  }
  return {};
}

/// The uploaded parts that the client names, checked one by one.
S3Result<std::vector<model::UploadedPart>> choose_parts(
    const model::MultipartUpload& upload, const std::vector<NamedPart>& named,
    const std::vector<store::StoredPart>& stored) {
  std::vector<model::UploadedPart> chosen;
  chosen.reserve(named.size());
  for (const NamedPart& name : named) {
    const auto found = std::ranges::lower_bound(
        stored, name.number, {}, [](const store::StoredPart& part) { return part.part.number; });
    if (found == stored.end() || found->part.number != name.number ||
        found->part.etag != name.etag) {
      return invalid_part(name, upload.upload_id);
    }
    PAIL_CHECK(check_part_checksum(upload, name, found->part));
    chosen.push_back(found->part);
  }
  for (std::size_t i = 0; i + 1 < chosen.size(); ++i) {
    if (chosen[i].size_bytes >= kPartBytesLeast) continue;
    return fail(S3Error(S3ErrorCode::EntityTooSmall)
                    .with("ProposedSize", std::to_string(chosen[i].size_bytes))
                    .with("MinSizeAllowed", std::to_string(kPartBytesLeast))
                    .with("PartNumber", std::to_string(chosen[i].number))
                    .with("ETag", chosen[i].etag));
  }
  return chosen;
}

}  // namespace

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
struct CompleteMultipartUpload {
  struct Input {
    std::string bucket;
    std::int64_t bucket_id = 0;
    std::string key;
    std::string upload_id;
    std::vector<NamedPart> parts;
    protocol::WriteConditions conditions;
    std::optional<std::string> checksum_type;
    std::map<checksum::Algorithm, std::string> checksums;  // of the whole object
    std::optional<std::uint64_t> object_size_bytes;
    std::string location;
  };
  struct Output {
    std::string bucket;
    std::string location;
    model::ObjectVersion object;
    http::HeaderMap headers;  // see written_headers()
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(encryption::refuse_choice(request.headers()));
    Input input;
    input.bucket = request.bucket_name();
    input.bucket_id = request.bucket().id;
    input.key = request.key();
    input.upload_id = request.query().find("uploadId").value_or("");
    input.location = location_of(request);
    PAIL_TRY(input.conditions, protocol::parse_write_conditions(request.headers()));
    for (const checksum::Algorithm algorithm : checksum::kAllAlgorithms) {
      if (const auto value = request.headers().find(checksum::checksum_header_name(algorithm))) {
        input.checksums[algorithm] = std::string(*value);
      }
    }
    if (const auto type = request.headers().find("x-amz-checksum-type"))
      input.checksum_type = *type;
    if (const auto size = request.headers().find("x-amz-mp-object-size")) {
      input.object_size_bytes = text::parse_decimal(*size);
      if (!input.object_size_bytes) {
        return invalid_argument("Invalid x-amz-mp-object-size header", "x-amz-mp-object-size",
                                std::string(*size));
      }
    }
    PAIL_TRY(input.parts, parse_parts(request.document(), input.upload_id));
    return input;
  }

  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request) {
    const model::Bucket& bucket = request.bucket();
    auto upload = context.store.find_upload(input.bucket_id, input.key, input.upload_id);
    if (!upload) co_return no_such_upload(input.upload_id);
    if (!upload->completed_etag.empty()) co_return repeated(context, bucket, *upload, input);
    const auto stored = context.store.list_parts(input.bucket_id, input.upload_id, 0, kPartsMost);
    if (!stored) co_return store_failure(stored.error(), {.upload_id = input.upload_id});
    PAIL_CO_TRY(const auto chosen, choose_parts(*upload, input.parts, *stored));
    PAIL_CO_TRY(model::ObjectVersion object, compose(context, input, *upload, chosen));
    object.version_id = new_version_id(context, bucket);
    object.owner_id = owner_of(*context.authorizer.access_of(bucket), bucket, *upload);

    std::vector<store::Store::PartReference> references;
    references.reserve(chosen.size());
    for (const model::UploadedPart& part : chosen) references.push_back({part.number, part.etag});
    store::Guard unless_refused =
        guard(context, input.conditions, {bucket.id, input.key, upload->initiated});
    const auto completed = co_await context.store.complete_upload(
        input.bucket_id, input.upload_id, std::move(references), object, std::move(unless_refused));
    if (!completed) {
      co_return store_failure(
          completed.error(),
          {.bucket = input.bucket, .key = input.key, .upload_id = input.upload_id});
    }
    auto headers = written_headers(context, bucket, object);
    co_return Output{std::move(input.bucket), std::move(input.location), std::move(object),
                     std::move(headers)};
  }

  static http::Response render(const Output& output) {
    http::Response response;
    response.headers = output.headers;
    response.headers.add("Content-Type", "application/xml");
    xml::XmlWriter xml(response.body);
    xml.declaration();
    xml.open_root("CompleteMultipartUploadResult");
    xml.element("Location", output.location);
    xml.element("Bucket", output.bucket);
    xml.element("Key", output.object.key);
    xml.element("ETag", protocol::quote_etag(output.object.etag));
    write_checksum(xml, output.object.checksum);
    if (output.object.checksum) {
      xml.element("ChecksumType", model::checksum_type_name(output.object.checksum->type));
    }
    xml.close("CompleteMultipartUploadResult");
    return response;
  }

 private:
  static std::string location_of(const AuthorizedRequest& request) {
    const auto& routed = request.routed();
    return (routed.http.is_tls ? "https://" : "http://") +
           std::string(request.headers().find("Host").value_or("localhost")) +
           std::string(routed.raw_path);
  }

  /// The same request again, after its answer was lost: the same answer, even if the object was
  /// overwritten or deleted meanwhile.
  static S3Result<Output> repeated(OperationContext& context, const model::Bucket& bucket,
                                   const model::MultipartUpload& upload, Input& input) {
    auto found = context.store.find_object(input.bucket_id, input.key, std::nullopt,
                                           store::Read::kVersionOnly);
    const bool is_current = found && found->version.etag == upload.completed_etag;
    model::ObjectVersion object = is_current ? std::move(found->version) : written_as(upload);
    auto headers = written_headers(context, bucket, object);
    return Output{std::move(input.bucket), std::move(input.location), std::move(object),
                  std::move(headers)};
  }

  /// What is remembered of the object that an upload became.
  static model::ObjectVersion written_as(const model::MultipartUpload& upload) {
    model::ObjectVersion object;
    object.key = upload.key;
    object.etag = upload.completed_etag;
    object.version_id = upload.completed_version_id;
    object.checksum = upload.completed_checksum;
    object.attributes = upload.attributes;
    object.last_modified = upload.initiated;
    return object;
  }

  /// Where ACLs count, who began the upload owns the object, unless he handed it over.
  static std::string owner_of(const access::BucketAccess& access, const model::Bucket& bucket,
                              const model::MultipartUpload& upload) {
    const bool is_handed_over =
        upload.attributes.acl &&
        access::is_bucket_owner_full_control(*upload.attributes.acl, bucket.owner_id);
    return access.has_acls() && !is_handed_over ? upload.initiator_id : bucket.owner_id;
  }

  /// Whoever asks for If-Match must not lose a write that came during the upload, even an equal
  /// one: AWS was recorded to answer ConditionalRequestConflict then.
  static store::Guard guard(const OperationContext& context,
                            const protocol::WriteConditions& conditions, GuardedWrite write) {
    store::Guard plain = conditional_guard(conditions, write, context.deletions);
    if (!conditions.if_match) return plain;
    return [plain, write = std::move(write)](
               const model::ObjectVersion* current) -> std::optional<S3Error> {
      if (auto refusal = plain(current)) return refusal;
      if (current == nullptr || current->last_modified <= write.began) return std::nullopt;
      return conditional_conflict("If-Match", write.key);
    };
  }

  static S3Result<void> check_whole(const Input& input, const model::MultipartUpload& upload,
                                    const std::optional<model::Checksum>& computed,
                                    std::uint64_t size_bytes) {
    const std::string mode =
        upload.checksum_algorithm ? model::checksum_type_name(upload.checksum_type) : "null";
    if (input.checksum_type && *input.checksum_type != mode) {
      return fail(S3ErrorCode::InvalidRequest,
                  "The upload was created using the " + mode +
                      " checksum mode. The complete request must use the "
                      "same checksum mode.");
    }
    for (const auto& [algorithm, value] : input.checksums) {
      if (computed && algorithm == computed->algorithm &&
          (value == computed->value ||
           value == computed->value.substr(0, computed->value.find('-')))) {
        continue;
      }
      return fail(
          S3ErrorCode::BadDigest,
          "The " + lower_name(algorithm) + " you specified did not match the calculated checksum.");
    }
    if (input.object_size_bytes && *input.object_size_bytes != size_bytes) {
      return fail(S3ErrorCode::InvalidRequest,
                  "The provided 'x-amz-mp-object-size' header value " +
                      std::to_string(*input.object_size_bytes) +
                      " does not match what was computed: " + std::to_string(size_bytes));
    }
    if (size_bytes > kObjectBytesMost) {
      return fail(S3Error(S3ErrorCode::EntityTooLarge)
                      .with("ProposedSize", std::to_string(size_bytes))
                      .with("MaxSizeAllowed", std::to_string(kObjectBytesMost)));
    }
    return {};
  }

  static S3Result<model::ObjectVersion> compose(OperationContext& context, const Input& input,
                                                const model::MultipartUpload& upload,
                                                const std::vector<model::UploadedPart>& parts) {
    model::ObjectVersion object;
    object.key = input.key;
    object.etag = model::multipart_etag(parts);
    object.last_modified = context.clock.now();
    object.attributes = upload.attributes;
    for (const model::UploadedPart& part : parts) {
      object.size_bytes += part.size_bytes;
      const bool shown = upload.checksum_algorithm && part.checksum;
      object.parts.push_back({part.number, part.size_bytes, shown ? part.checksum->value : ""});
    }
    object.checksum =
        upload.checksum_algorithm
            ? model::multipart_checksum(*upload.checksum_algorithm, upload.checksum_type, parts)
            : model::multipart_checksum(checksum::Algorithm::kCrc64Nvme,
                                        model::ChecksumType::kFullObject, parts);
    PAIL_CHECK(check_whole(input, upload, object.checksum, object.size_bytes));
    return object;
  }
};
PAIL_OPERATION(CompleteMultipartUpload);

}  // namespace pail::operations
