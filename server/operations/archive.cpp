#include "operations/archive.h"

#include <limits>
#include <optional>

#include "error/try.h"
#include "lifecycle/due.h"
#include "text/ascii.h"
#include "text/decimal.h"
#include "time/date.h"
#include "xml/reader.h"

namespace pail::operations {
namespace {

constexpr std::string_view kDeepArchive = "DEEP_ARCHIVE";

S3Result<RetrievalTier> parse_tier(std::string_view text) {
  if (text == "Standard") return RetrievalTier::kStandard;
  if (text == "Bulk") return RetrievalTier::kBulk;
  if (text == "Expedited") return RetrievalTier::kExpedited;
  return fail(S3ErrorCode::MalformedXML);
}

/// The tier stands in GlacierJobParameters; beside it for queries only.
S3Result<RetrievalTier> find_tier(const xml::Element& root) {
  const auto parameters = root.child("GlacierJobParameters");
  const auto tier = parameters ? parameters->child_text("Tier") : root.child_text("Tier");
  if (tier) return parse_tier(text::trim(*tier));
  if (parameters) return fail(S3ErrorCode::MalformedXML);
  return RetrievalTier::kStandard;
}

}  // namespace

bool is_archived(std::string_view storage_class) {
  return storage_class == "GLACIER" || storage_class == kDeepArchive;
}

bool is_readable(const model::ObjectVersion& version, time::Timestamp now) {
  return !is_archived(version.attributes.storage_class) ||
         (version.restored_until && *version.restored_until > now);
}

S3Result<void> require_readable(const model::ObjectVersion& version, time::Timestamp now) {
  if (is_readable(version, now)) return {};
  return fail(S3Error(S3ErrorCode::InvalidObjectState)
                  .with("StorageClass", version.attributes.storage_class)
                  .because("the object is archived: restore it first, with RestoreObject"));
}

void add_restore_header(const model::ObjectVersion& version, time::Timestamp now,
                        http::HeaderMap& out) {
  if (!is_archived(version.attributes.storage_class) || !is_readable(version, now)) return;
  out.add("x-amz-restore", R"(ongoing-request="false", expiry-date=")" +
                               time::format_http_date(*version.restored_until) + '"');
}

S3Result<RestoreRequest> parse_restore_request(std::string_view text) {
  const auto document = xml::Document::parse(text);
  if (!document || document->root().name() != "RestoreRequest")
    return fail(S3ErrorCode::MalformedXML);
  const xml::Element root = document->root();
  if (root.child("Type") || root.child("SelectParameters") || root.child("OutputLocation")) {
    return fail(S3Error(S3ErrorCode::NotImplemented)
                    .because("pail restores archived objects, but does not query them"));
  }
  const auto days = text::parse_signed_decimal(text::trim(root.child_text("Days").value_or("")));
  if (!days || *days > std::numeric_limits<std::int32_t>::max())
    return fail(S3ErrorCode::MalformedXML);
  if (*days < 1) {
    return invalid_argument("restoration days should be at least 1", "Days", std::to_string(*days));
  }
  RestoreRequest request;
  request.days = static_cast<std::uint32_t>(*days);
  PAIL_TRY(request.tier, find_tier(root));
  return request;
}

S3Result<void> check_restorable(const RestoreRequest& request, std::string_view storage_class) {
  if (!is_archived(storage_class)) {
    return fail(S3ErrorCode::InvalidObjectState,
                "Restore is not allowed for the object's current storage class");
  }
  if (storage_class == kDeepArchive && request.tier == RetrievalTier::kExpedited) {
    return fail(S3ErrorCode::InvalidArgument,
                "Retrieval option is not supported by this storage class");
  }
  return {};
}

time::Timestamp restored_until(const RestoreRequest& request, time::Timestamp now) {
  return lifecycle::due_time(now, static_cast<std::int32_t>(request.days), {});
}

}  // namespace pail::operations
