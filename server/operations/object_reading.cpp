#include "operations/object_reading.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "error/try.h"
#include "operations/archive.h"
#include "operations/object_encryption.h"
#include "operations/object_locking.h"
#include "operations/store_failure.h"
#include "operations/versioning.h"
#include "protocol/etag.h"
#include "protocol/version_id.h"
#include "text/ascii.h"
#include "text/decimal.h"
#include "time/date.h"

namespace pail::operations {
namespace {

using protocol::ByteRange;

constexpr std::uint64_t kMaxPartNumber = 10'000;

S3Result<std::optional<std::uint32_t>> parse_read_part_number(const protocol::Query& query) {
  const auto field = query.find("partNumber");
  if (!field) return std::optional<std::uint32_t>();
  const auto number = text::parse_decimal(*field);
  if (!number || *number == 0 || *number > kMaxPartNumber) {
    return invalid_argument("Part number must be an integer between 1 and 10000, inclusive",
                            "partNumber", std::string(*field));
  }
  return std::optional(static_cast<std::uint32_t>(*number));
}

std::optional<std::string> copy_of(std::optional<std::string_view> field) {
  if (!field) return std::nullopt;
  return std::string(*field);
}

/// If-Range: a range is only wanted of the object that the client has begun to read.
bool range_is_wanted(const ReadRequest& wanted, const model::ObjectVersion& object) {
  if (!wanted.range) return false;
  if (!wanted.if_range) return true;
  if (auto date = time::parse_http_date(*wanted.if_range)) {
    return std::chrono::floor<std::chrono::seconds>(object.last_modified) == *date;
  }
  return protocol::etag_list_matches(*wanted.if_range, object.etag,
                                     protocol::EtagComparison::kStrong);
}

/// The bytes that ?partNumber names: parts are counted from 1 whatever numbers they were uploaded
/// under, since clients read 1 to x-amz-mp-parts-count. An object that was not uploaded in parts is
/// its own part 1.
S3Result<ByteRange> locate_part(std::uint32_t number, const model::ObjectVersion& object) {
  const std::size_t count = std::max<std::size_t>(object.parts.size(), 1);
  if (number > count) {
    return fail(S3Error(S3ErrorCode::InvalidPartNumber)
                    .with("PartNumberRequested", std::to_string(number))
                    .with("ActualPartCount", std::to_string(count)));
  }
  if (object.parts.empty()) return ByteRange{0, object.size_bytes};
  std::uint64_t offset = 0;
  for (std::size_t i = 0; i + 1 < number; ++i) offset += object.parts[i].size_bytes;
  return ByteRange{offset, object.parts[number - 1].size_bytes};
}

/// Nothing: the whole object.
S3Result<std::optional<ByteRange>> select_bytes(const ReadRequest& wanted,
                                                const model::ObjectVersion& object) {
  if (wanted.part_number) {
    PAIL_TRY(const ByteRange part, locate_part(*wanted.part_number, object));
    if (part.length_bytes == 0) return std::optional<ByteRange>();
    return std::optional(part);
  }
  if (!range_is_wanted(wanted, object)) return std::optional<ByteRange>();
  return protocol::resolve_range(*wanted.range, object.size_bytes);
}

/// The checksum of exactly the selected bytes, if it is known: of the object, or of one part.
std::optional<model::Checksum> checksum_of(const std::optional<ByteRange>& selected,
                                           const model::ObjectVersion& object) {
  if (!object.checksum) return std::nullopt;
  if (!selected) return object.checksum;
  std::uint64_t offset = 0;
  for (const model::ObjectPart& part : object.parts) {
    if (*selected == ByteRange{offset, part.size_bytes}) {
      if (part.checksum.empty()) break;
      return model::Checksum{object.checksum->algorithm, object.checksum->type, part.checksum};
    }
    offset += part.size_bytes;
  }
  if (*selected == ByteRange{0, object.size_bytes}) return object.checksum;
  return std::nullopt;
}

bool may_read_tags(const OperationContext& context, const access::AuthorizedRequest& request) {
  const access::Need need{"s3:GetObjectTagging", request.bucket_name(), request.key(),
                          request.query().find("versionId")};
  return context.authorizer.require(request, need).has_value();
}

class StoredBodySource final : public http::BodySource {
 public:
  explicit StoredBodySource(std::unique_ptr<store::ContentReader> reader)
      : reader_(std::move(reader)) {}

  Task<S3Result<std::optional<http::BodyPiece>>> next() override {
    auto piece = reader_->next();
    if (!piece) co_return store_failure(std::move(piece).error(), {});
    co_return std::move(*piece);
  }

 private:
  std::unique_ptr<store::ContentReader> reader_;
};

}  // namespace

S3Result<ReadRequest> parse_read_request(const access::AuthorizedRequest& request) {
  PAIL_TRY(const auto effective,
           protocol::EffectiveHeaders::of(request.headers(), request.query()));
  const http::HeaderMap& headers = *effective;
  PAIL_CHECK(protocol::check_supported_headers(headers));
  PAIL_CHECK(encryption::refuse_choice(headers));
  ReadRequest wanted;
  PAIL_TRY(wanted.customer_key,
           encryption::parse_customer_key(headers, encryption::KeyUse::kObject));
  PAIL_TRY(wanted.version_id, protocol::parse_version_id(request.query()));
  wanted.conditions = protocol::parse_read_conditions(headers);
  wanted.range = copy_of(headers.find("Range"));
  wanted.if_range = copy_of(headers.find("If-Range"));
  PAIL_TRY(wanted.part_number, parse_read_part_number(request.query()));
  if (wanted.range && wanted.part_number) {
    return fail(S3ErrorCode::InvalidRequest,
                "Cannot specify both Range header and partNumber query parameter");
  }
  wanted.wants_checksum =
      text::equals_ignore_case(headers.find("x-amz-checksum-mode").value_or(""), "ENABLED");
  PAIL_TRY(wanted.overrides,
           protocol::parse_response_overrides(request.query(), request.identity().is_anonymous()));
  return wanted;
}

S3Error delete_marker_error(const access::AuthorizedRequest& request,
                            const model::ObjectVersion& marker, bool by_id) {
  S3Error error(by_id ? S3ErrorCode::MethodNotAllowed : S3ErrorCode::NoSuchKey);
  error.headers.push_back({"x-amz-delete-marker", "true"});
  error.headers.push_back({"x-amz-version-id", marker.version_id});
  if (!by_id) return std::move(error).with("Key", request.key());
  error.headers.push_back({"Allow", "DELETE"});
  error.headers.push_back({"Last-Modified", time::format_http_date(marker.last_modified)});
  return std::move(error)
      .with("Method", request.routed().http.method)
      .with("ResourceType", "DeleteMarker");
}

S3Result<store::StoredObject> find_requested(store::Store& store,
                                             const access::AuthorizedRequest& request,
                                             const std::optional<std::string>& version_id,
                                             store::Read read) {
  auto found = store.find_object(request.bucket().id, request.key(), version_id, read);
  if (found && !found->version.is_delete_marker) return std::move(*found);
  const bool is_missing =
      !version_id && (found || found.error().kind == store::StoreErrorKind::kNoSuchObject);
  if (is_missing && !request.may_list()) {
    return fail(
        S3Error(S3ErrorCode::AccessDenied)
            .because("there is no such key, which only those may know who may s3:ListBucket"));
  }
  if (found) {
    return fail(delete_marker_error(request, found->version, version_id.has_value()));
  }
  return store_failure(std::move(found).error(), {.bucket = request.bucket_name(),
                                                  .key = request.key(),
                                                  .version_id = version_id.value_or("")});
}

S3Result<store::StoredObject> find_for_reading(store::Store& store,
                                               const access::AuthorizedRequest& request,
                                               const ReadRequest& wanted, time::Timestamp now,
                                               store::Read read) {
  auto found = find_requested(store, request, wanted.version_id, read);
  if (!found) return found;
  PAIL_CHECK(check_key(found->version.attributes.encryption, wanted.customer_key));
  PAIL_CHECK(protocol::check_read_conditions(wanted.conditions, found->version, now));
  return found;
}

S3Result<ReadPlan> plan_read(const ReadRequest& wanted, const model::Bucket& bucket,
                             const model::ObjectVersion& object) {
  PAIL_TRY(const auto selected, select_bytes(wanted, object));
  ReadPlan plan;
  http::HeaderMap& headers = plan.headers;
  headers.add("Last-Modified", time::format_http_date(object.last_modified));
  headers.add("ETag", protocol::quote_etag(object.etag));
  encryption::add_encryption_headers(object.attributes.encryption, headers);
  add_version_header(shown_version_id(bucket, object.version_id), headers);
  headers.add("Accept-Ranges", "bytes");
  protocol::add_object_headers(object.attributes, headers);
  plan.length_bytes = object.size_bytes;
  if (selected) {
    plan.status = 206;
    plan.offset_bytes = selected->first_byte;
    plan.length_bytes = selected->length_bytes;
    headers.add("Content-Range", protocol::content_range(*selected, object.size_bytes));
  }
  if (wanted.part_number && !object.parts.empty())
    headers.add("x-amz-mp-parts-count", std::to_string(object.parts.size()));
  if (wanted.wants_checksum) {
    if (auto checksum = checksum_of(selected, object))
      protocol::add_checksum_headers(*checksum, headers);
  }
  protocol::apply_response_overrides(wanted.overrides, headers);
  return plan;
}

void announce_state(const OperationContext& context, const access::AuthorizedRequest& request,
                    const model::ObjectVersion& object, ReadPlan& plan) {
  if (!object.attributes.tags.empty() && !may_read_tags(context, request)) {
    plan.headers.remove("x-amz-tagging-count");
  }
  announce_lock(context, request, object, plan.headers);
  add_restore_header(object, context.clock.now(), plan.headers);
  if (request.query().contains("versionId")) return;
  lifecycle::add_expiration_header(context.lifecycle->expiration_of(request.bucket(), object),
                                   plan.headers);
}

std::unique_ptr<http::BodySource> make_body_source(std::unique_ptr<store::ContentReader> reader) {
  return std::make_unique<StoredBodySource>(std::move(reader));
}

}  // namespace pail::operations
