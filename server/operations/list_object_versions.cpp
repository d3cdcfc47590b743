#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "checksum/algorithm.h"
#include "error/try.h"
#include "operations/object_listing.h"
#include "operations/operation.h"
#include "operations/store_failure.h"
#include "protocol/etag.h"
#include "protocol/version_id.h"
#include "time/date.h"

namespace pail::operations {
namespace {

/// Shows walk_listing() the versions as entries that are ordered by key.
class MarkedCursor {
 public:
  /// The page begins behind the key `key_marker`, or behind that version of it.
  MarkedCursor(store::VersionCursor& cursor, const std::string& key_marker,
               const std::optional<std::string>& version_marker)
      : cursor_(cursor), key_marker_(key_marker), version_marker_(version_marker) {}

  store::StoreResult<const model::VersionSummary*> seek(std::string_view key, bool after) {
    if (after && version_marker_ && key == key_marker_) {
      return cursor_.seek_after(key, *version_marker_);
    }
    return cursor_.seek(key, after);
  }
  store::StoreResult<const model::VersionSummary*> next() { return cursor_.next(); }

 private:
  store::VersionCursor& cursor_;
  const std::string& key_marker_;
  const std::optional<std::string>& version_marker_;
};

void write_owner(xml::XmlWriter& xml, std::string_view owner_id) {
  xml.open("Owner");
  xml.element("ID", owner_id);
  xml.close("Owner");
}

void write_version(xml::XmlWriter& xml, const model::VersionSummary& version,
                   const ListingParameters& listing, std::string_view restore_status) {
  const char* element = version.is_delete_marker ? "DeleteMarker" : "Version";
  xml.open(element);
  write_listed(xml, "Key", version.key, listing);
  xml.element("VersionId", version.version_id);
  xml.element("IsLatest", version.is_latest);
  xml.element("LastModified", time::format_iso8601(version.last_modified));
  if (!version.is_delete_marker) {
    xml.element("ETag", protocol::quote_etag(version.etag));
    if (version.checksum_algorithm) {
      xml.element("ChecksumAlgorithm", checksum::algorithm_name(*version.checksum_algorithm));
      xml.element("ChecksumType", model::checksum_type_name(version.checksum_type));
    }
    xml.element("Size", version.size_bytes);
  }
  write_owner(xml, version.owner_id);
  if (!version.is_delete_marker) xml.element("StorageClass", version.storage_class);
  xml.raw(restore_status);
  xml.close(element);
}

}  // namespace

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
struct ListObjectVersions {
  struct Input {
    /// `after` is the key marker.
    ListingRequest listing;
    std::optional<std::string> version_marker;
  };
  using Output = ListingAnswer;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    Input input;
    PAIL_TRY(input.listing, parse_listing_request(request));
    input.listing.after = request.query().find("key-marker").value_or("");
    PAIL_TRY(input.version_marker, parse_version_marker(request.query(), input.listing.after));
    return input;
  }

  static S3Result<Output> run(OperationContext& context, const Input& input) {
    const ListingRequest& listing = input.listing;
    const ListingParameters& parameters = listing.parameters;
    const auto cursor = context.store.scan_versions(listing.bucket_id);
    MarkedCursor marked(*cursor, listing.after, input.version_marker);
    std::string versions;
    std::string common_prefixes;
    std::optional<std::string> last_version_id;
    xml::XmlWriter entries(versions);
    xml::XmlWriter prefixes(common_prefixes);
    auto end = protocol::walk_listing(
        marked, {parameters.prefix, parameters.delimiter, listing.after, parameters.max_keys},
        [&](const model::VersionSummary& version) {
          const auto status = restore_status(context.store, listing, version, version.version_id);
          write_version(entries, version, parameters, status);
          last_version_id = version.version_id;
        },
        [&](std::string_view prefix) {
          prefixes.open("CommonPrefixes");
          write_listed(prefixes, "Prefix", prefix, parameters);
          prefixes.close("CommonPrefixes");
          last_version_id.reset();
        });
    if (!end) return store_failure(std::move(end).error(), {.bucket = listing.bucket});
    std::string body = write_head(input, *end, last_version_id);
    body += versions;
    body += common_prefixes;
    body += "</ListVersionsResult>";
    return ListingAnswer{std::move(body), listing.region};
  }

  static http::Response render(Output output) { return listing_response(std::move(output)); }

 private:
  static S3Result<std::optional<std::string>> parse_version_marker(const protocol::Query& query,
                                                                   const std::string& key_marker) {
    constexpr const char* kName = "version-id-marker";
    const auto marker = query.find(kName);
    if (!marker) return std::optional<std::string>();
    if (marker->empty()) return invalid_argument("A version-id marker cannot be empty.", kName, "");
    if (key_marker.empty()) {
      return invalid_argument("A version-id marker cannot be specified without a key marker.",
                              kName, std::string(*marker));
    }
    if (!protocol::is_version_id(*marker)) {
      return invalid_argument("Invalid version id specified", kName, std::string(*marker));
    }
    return std::optional(std::string(*marker));
  }

  static std::string write_head(const Input& input, const protocol::ListingEnd& end,
                                const std::optional<std::string>& last_version_id) {
    const ListingRequest& listing = input.listing;
    std::string head;
    xml::XmlWriter writer(head);
    begin_listing(writer, "ListVersionsResult", listing);
    write_listed(writer, "KeyMarker", listing.after, listing.parameters);
    writer.element("VersionIdMarker", input.version_marker.value_or(""));
    if (end.is_truncated) {
      write_listed(writer, "NextKeyMarker", end.last, listing.parameters);
      if (last_version_id) writer.element("NextVersionIdMarker", *last_version_id);
    }
    write_listing_limits(writer, listing.parameters, end);
    return head;
  }
};
PAIL_OPERATION(ListObjectVersions);

}  // namespace pail::operations
