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

/// Where a page begins: behind a key, or behind one of its versions.
struct VersionMarker {
  std::string key;
  std::optional<std::string> version_id;
};

/// Shows walk_listing() the versions as entries that are ordered by key.
class MarkedCursor {
 public:
  MarkedCursor(store::VersionCursor& cursor, const VersionMarker& marker)
      : cursor_(cursor), marker_(marker) {}

  store::StoreResult<const model::VersionSummary*> seek(std::string_view key, bool after) {
    if (after && marker_.version_id && key == marker_.key) {
      return cursor_.seek_after(key, *marker_.version_id);
    }
    return cursor_.seek(key, after);
  }
  store::StoreResult<const model::VersionSummary*> next() { return cursor_.next(); }

 private:
  store::VersionCursor& cursor_;
  const VersionMarker& marker_;
};

void write_owner(xml::XmlWriter& xml, std::string_view owner_id) {
  xml.open("Owner");
  xml.element("ID", owner_id);
  xml.close("Owner");
}

void write_version(xml::XmlWriter& xml, const model::VersionSummary& version,
                   const ListingParameters& listing) {
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
  xml.close(element);
}

}  // namespace

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
struct ListObjectVersions {
  struct Input {
    std::int64_t bucket_id = 0;
    std::string bucket;
    std::string region;
    ListingParameters listing;
    VersionMarker marker;
  };
  struct Output {
    std::string body;
    std::string region;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    Input input;
    input.bucket_id = request.bucket().id;
    input.bucket = request.bucket().name;
    input.region = request.bucket().region;
    PAIL_TRY(input.listing, parse_listing_parameters(request.query()));
    PAIL_TRY(input.marker, parse_marker(request.query()));
    return input;
  }

  static S3Result<Output> run(OperationContext& context, Input input) {
    const auto cursor = context.store.scan_versions(input.bucket_id);
    MarkedCursor marked(*cursor, input.marker);
    std::string versions;
    std::string common_prefixes;
    std::optional<std::string> last_version_id;
    xml::XmlWriter entries(versions);
    xml::XmlWriter prefixes(common_prefixes);
    auto end = protocol::walk_listing(
        marked,
        {input.listing.prefix, input.listing.delimiter, input.marker.key, input.listing.max_keys},
        [&](const model::VersionSummary& version) {
          write_version(entries, version, input.listing);
          last_version_id = version.version_id;
        },
        [&](std::string_view prefix) {
          prefixes.open("CommonPrefixes");
          write_listed(prefixes, "Prefix", prefix, input.listing);
          prefixes.close("CommonPrefixes");
          last_version_id.reset();
        });
    if (!end) return store_failure(std::move(end).error(), {.bucket = input.bucket});
    std::string body = write_head(input, *end, last_version_id);
    body += versions;
    body += common_prefixes;
    body += "</ListVersionsResult>";
    return Output{std::move(body), std::move(input.region)};
  }

  static http::Response render(Output output) {
    return listing_response(std::move(output.body), output.region);
  }

 private:
  static S3Result<VersionMarker> parse_marker(const protocol::Query& query) {
    VersionMarker marker;
    marker.key = query.find("key-marker").value_or("");
    const auto version_id = query.find("version-id-marker");
    if (!version_id) return marker;
    constexpr const char* kName = "version-id-marker";
    if (version_id->empty()) {
      return invalid_argument("A version-id marker cannot be empty.", kName, "");
    }
    if (marker.key.empty()) {
      return invalid_argument("A version-id marker cannot be specified without a key marker.",
                              kName, std::string(*version_id));
    }
    if (!protocol::is_version_id(*version_id)) {
      return invalid_argument("Invalid version id specified", kName, std::string(*version_id));
    }
    marker.version_id = *version_id;
    return marker;
  }

  static std::string write_head(const Input& input, const protocol::ListingEnd& end,
                                const std::optional<std::string>& last_version_id) {
    std::string head;
    xml::XmlWriter writer(head);
    writer.declaration();
    writer.open_root("ListVersionsResult");
    writer.element("Name", input.bucket);
    write_listed(writer, "Prefix", input.listing.prefix, input.listing);
    write_listed(writer, "KeyMarker", input.marker.key, input.listing);
    writer.element("VersionIdMarker", input.marker.version_id.value_or(""));
    if (end.is_truncated) {
      write_listed(writer, "NextKeyMarker", end.last, input.listing);
      if (last_version_id) writer.element("NextVersionIdMarker", *last_version_id);
    }
    write_listing_limits(writer, input.listing, end);
    return head;
  }
};
PAIL_OPERATION(ListObjectVersions);

}  // namespace pail::operations
