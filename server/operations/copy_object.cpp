#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "operations/body_intake.h"
#include "operations/copy_from.h"
#include "operations/multipart_elements.h"
#include "operations/object_encryption.h"
#include "operations/object_writing.h"
#include "operations/operation.h"
#include "operations/store_failure.h"
#include "operations/versioning.h"
#include "protocol/conditions.h"
#include "protocol/copy_source.h"
#include "protocol/etag.h"
#include "protocol/object_headers.h"
#include "protocol/tagging.h"
#include "text/hex.h"
#include "time/date.h"
#include "xml/writer.h"

namespace pail::operations {

struct CopyObject {
  struct Input {
    protocol::CopySource source;
    protocol::ReadConditions source_conditions;
    protocol::WriteConditions conditions;
    bool replaces_metadata = false;
    bool replaces_tags = false;
    /// What the request says; with COPY only the storage class, the redirect and, with REPLACE of
    /// tags, the tags count.
    model::ObjectAttributes attributes;
    bool names_encryption = false;
    bool names_storage_class = false;
    std::optional<checksum::Algorithm> checksum_algorithm;
  };
  struct Output {
    std::string etag;
    time::Timestamp last_modified;
    model::Checksum checksum;
    http::HeaderMap headers;  // see written_headers()
    std::optional<std::string> source_version_id;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request);
  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& input);
  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request);
  static http::Response render(Output output);
};

namespace {

/// COPY (the default) or REPLACE: whether it is the latter.
S3Result<bool> parse_directive(const http::HeaderMap& headers, const char* header,
                               const char* message) {
  const auto directive = headers.find(header);
  if (!directive || *directive == "COPY") return false;
  if (*directive == "REPLACE") return true;
  return invalid_argument(message, header, std::string(*directive));
}

S3Result<model::ObjectAttributes> parse_attributes(const http::HeaderMap& headers,
                                                   const CopyObject::Input& input) {
  if (input.replaces_metadata) {
    PAIL_TRY(auto attributes, protocol::parse_object_attributes(headers));
    if (!input.replaces_tags) attributes.tags.clear();
    return attributes;
  }
  model::ObjectAttributes attributes;
  PAIL_TRY(attributes.website_redirect_location, protocol::parse_website_redirect(headers));
  PAIL_TRY(auto storage_class, protocol::parse_storage_class(headers));
  if (storage_class) attributes.storage_class = std::move(*storage_class);
  if (const auto tagging = headers.find("x-amz-tagging"); tagging && input.replaces_tags) {
    PAIL_TRY(attributes.tags, protocol::parse_tagging_header(*tagging));
  }
  return attributes;
}

/// Changing nothing is refused. What counts was recorded on AWS: naming a storage class, a redirect
/// or an encryption is a change even if it is the one that the object has, while the class that the
/// copy would get for want of a name, another checksum or an ACL is none. Nor are other tags, which
/// the message does not name.
S3Result<void> check_changes_something(const CopyObject::Input& input,
                                       const AuthorizedRequest& request) {
  if (input.source.bucket != request.bucket_name() || input.source.key != request.key()) return {};
  // Making an older version the latest again is no copy onto itself.
  if (!input.source.version_id.empty()) return {};
  if (input.replaces_metadata || input.names_encryption || input.names_storage_class) return {};
  if (!input.attributes.website_redirect_location.empty()) return {};
  return fail(S3ErrorCode::InvalidRequest,
              "This copy request is illegal because it is trying to copy an object to itself "
              "without changing the object's metadata, storage class, website redirect location or "
              "encryption attributes.");
}

S3Result<void> check_size(const model::ObjectVersion& source) {
  if (source.size_bytes <= kMaxUploadBytes) return {};
  return fail(S3ErrorCode::InvalidRequest,
              "The specified copy source is larger than the maximum allowable size for a copy "
              "source: " +
                  std::to_string(kMaxUploadBytes));
}

/// Who copies tags has to be one who may read them there and put them here.
S3Result<void> check_copied_tags(const OperationContext& context, const AuthorizedRequest& request,
                                 const CopyObject::Input& input,
                                 const model::ObjectVersion& source) {
  if (input.replaces_tags || source.attributes.tags.empty()) return {};
  access::Need need{"s3:GetObjectTagging", input.source.bucket, input.source.key};
  if (!input.source.version_id.empty()) need.version_id = input.source.version_id;
  PAIL_CHECK(context.authorizer.require(request, need));
  PAIL_CHECK(context.authorizer.require(
      request, {"s3:PutObjectTagging", request.bucket_name(), request.key()}));
  return {};
}

model::ObjectAttributes merge_attributes(const CopyObject::Input& input,
                                         const model::ObjectAttributes& source) {
  model::ObjectAttributes merged = input.replaces_metadata ? input.attributes : source;
  // These two are never taken from the source.
  merged.storage_class = input.attributes.storage_class;
  merged.website_redirect_location = input.attributes.website_redirect_location;
  merged.tags = input.replaces_tags ? input.attributes.tags : source.tags;
  return merged;
}

/// The copy is one object whatever the source was: its ETag is the MD5 of its bytes (but for those
/// under SSE-KMS and SSE-C) and its checksum covers the whole. Reads the bytes only where that is
/// not known already and they can be shared.
Task<S3Result<store::Content>> take_bytes(OperationContext& context, const FoundSource& source,
                                          std::optional<checksum::Algorithm> wanted,
                                          const WritePlan& plan, model::ObjectVersion& copy) {
  const model::ObjectVersion& version = source.object.version;
  const model::Encryption& encryption = plan.attributes.encryption;
  const auto& known = version.checksum;
  const auto algorithm =
      wanted.value_or(known ? known->algorithm : checksum::Algorithm::kCrc64Nvme);
  const bool checksum_is_known =
      known && known->algorithm == algorithm && known->type == model::ChecksumType::kFullObject;
  const bool md5_is_known =
      has_md5_etag(version.attributes.encryption) && !protocol::is_multipart_etag(version.etag);
  copy.size_bytes = version.size_bytes;
  if (checksum_is_known && shares_bytes(source, encryption) &&
      (md5_is_known || !has_md5_etag(encryption))) {
    copy.etag = etag_of(context, encryption, version.etag);
    copy.checksum = known;
    co_return source.object.content;
  }
  const CopyTarget target{encryption, plan.customer_key};
  PAIL_CO_TRY(auto copied,
              co_await copy_bytes(context, source, 0, version.size_bytes, target, algorithm));
  copy.etag = etag_of(context, encryption, text::hex_encode(copied.digests.md5));
  copy.checksum = std::move(copied.digests.checksum);
  co_return std::move(copied.content);
}

}  // namespace

S3Result<CopyObject::Input> CopyObject::parse(const AuthorizedRequest& request) {
  PAIL_TRY(const auto effective,
           protocol::EffectiveHeaders::of(request.headers(), request.query()));
  const http::HeaderMap& headers = *effective;
  PAIL_CHECK(protocol::check_supported_headers(headers));
  Input input;
  PAIL_TRY(input.source,
           protocol::parse_copy_source(headers.find("x-amz-copy-source").value_or("")));
  PAIL_TRY(input.replaces_metadata,
           parse_directive(headers, "x-amz-metadata-directive", "Unknown metadata directive."));
  PAIL_TRY(input.replaces_tags,
           parse_directive(headers, "x-amz-tagging-directive", "Unknown tagging directive."));
  input.source_conditions = protocol::parse_copy_source_conditions(headers);
  PAIL_TRY(input.conditions, protocol::parse_write_conditions(headers));
  PAIL_TRY(input.checksum_algorithm, protocol::parse_checksum_algorithm(headers));
  input.names_encryption = encryption::names_encryption(headers);
  input.names_storage_class = headers.contains("x-amz-storage-class");
  PAIL_TRY(input.attributes, parse_attributes(headers, input));
  return input;
}

S3Result<void> CopyObject::require(const access::Authorizer& authorizer,
                                   const AuthorizedRequest& request, const Input& input) {
  PAIL_CHECK(authorizer.require(request, source_need(input.source)));
  if (input.attributes.tags.empty()) return {};
  PAIL_CHECK(
      authorizer.require(request, {"s3:PutObjectTagging", request.bucket_name(), request.key()}));
  return {};
}

Task<S3Result<CopyObject::Output>> CopyObject::run(OperationContext& context, Input input,
                                                   AuthorizedRequest& request) {
  PAIL_CO_TRY(const auto headers,
              protocol::EffectiveHeaders::of(request.headers(), request.query()));
  PAIL_CO_TRY(auto plan, plan_write(context, request, *headers, {}));
  PAIL_CO_TRY(const auto found,
              find_copy_source(context, request, input.source, input.source_conditions));
  const store::StoredObject& source = found.object;
  PAIL_CO_CHECK(check_size(source.version));
  PAIL_CO_CHECK(check_copied_tags(context, request, input, source.version));
  PAIL_CO_CHECK(check_changes_something(input, request));
  model::ObjectVersion copy;
  PAIL_CO_TRY(store::Content content,
              co_await take_bytes(context, found, input.checksum_algorithm, plan, copy));
  copy.key = request.key();
  copy.last_modified = std::chrono::floor<std::chrono::seconds>(context.clock.now());
  copy.attributes = merge_attributes(input, source.version.attributes);
  copy.attributes.acl = std::move(plan.attributes.acl);
  copy.attributes.encryption = std::move(plan.attributes.encryption);
  copy.attributes.lock = plan.attributes.lock;  // never that of the source
  copy.owner_id = std::move(plan.owner_id);
  copy.version_id = new_version_id(context, request.bucket());
  Output output{copy.etag, copy.last_modified, *copy.checksum,
                written_headers(context, request.bucket(), copy), found.shown_version_id};
  auto guard = conditional_guard(std::move(input.conditions),
                                 {request.bucket().id, request.key(), request.routed().received},
                                 context.deletions);
  auto stored = co_await context.store.put_object(request.bucket().id, std::move(copy),
                                                  std::move(content), std::move(guard));
  if (!stored) {
    co_return store_failure(std::move(stored).error(),
                            {.bucket = request.bucket_name(), .key = request.key()});
  }
  co_return output;
}

http::Response CopyObject::render(Output output) {
  http::Response response;
  response.headers = std::move(output.headers);
  if (output.source_version_id) {
    response.headers.add("x-amz-copy-source-version-id", *output.source_version_id);
  }
  response.headers.add("Content-Type", "application/xml");
  xml::XmlWriter xml(response.body);
  xml.declaration();
  xml.open_root("CopyObjectResult");
  xml.element("LastModified", time::format_iso8601(output.last_modified));
  xml.element("ETag", protocol::quote_etag(output.etag));
  write_checksum(xml, output.checksum);
  xml.element("ChecksumType", model::checksum_type_name(output.checksum.type));
  xml.close("CopyObjectResult");
  return response;
}

PAIL_OPERATION(CopyObject);

}  // namespace pail::operations
