#include "operations/object_listing.h"

#include <charconv>
#include <chrono>
#include <optional>
#include <utility>

#include "error/try.h"
#include "operations/archive.h"
#include "operations/page_parameters.h"
#include "operations/store_failure.h"
#include "protocol/object_headers.h"
#include "text/ascii.h"
#include "text/decimal.h"
#include "text/percent.h"
#include "time/date.h"

namespace pail::operations {
namespace {

/// Room for what stands before the entries, so that putting it there moves but does not reallocate.
constexpr std::size_t kHeadBytes = 4096;

/// A negative number is refused under another name than any other nonsense.
S3Result<std::size_t> parse_max_keys(const protocol::Query& query) {
  const auto given = query.find("max-keys");
  if (given && text::parse_signed_decimal(*given).value_or(0) < 0) {
    return invalid_argument("Argument maxKeys must be an integer between 0 and 2147483647",
                            "maxKeys", std::string(*given));
  }
  return page_size(query, "max-keys");
}

/// Writes the entries of one page. What stands between key, ETag and size rarely differs from one
/// object to the next, so it is put together when it changes and appended as a whole: an entry is
/// seven appends and nothing else.
class EntryWriter {
 public:
  EntryWriter(ListingPage& page, store::Store& store, const ListingRequest& request)
      : page_(page),
        store_(store),
        request_(request),
        parameters_(request.parameters),
        with_owner_(request.with_owner) {}

  void operator()(const model::ObjectSummary& object) {
    std::string& out = page_.contents;
    if (++written_ == kSample) reserve();
    update_fragments(object);
    out += "<Contents><Key>";
    append_name(out, object.key);
    out += from_key_to_etag_;
    out += object.etag;
    out += from_etag_to_size_;
    append_number(out, object.size_bytes);
    out += behind_size_;
    if (request_.restore_status_at) add_restore_status(object);
  }

  void add_common_prefix(std::string_view prefix) {
    std::string& out = page_.common_prefixes;
    out += "<CommonPrefixes><Prefix>";
    append_name(out, prefix);
    out += "</Prefix></CommonPrefixes>";
  }

 private:
  static constexpr std::size_t kSample = 16;

  /// Small buckets stay small; a page that goes on gets its room at once, judged by its start.
  void reserve() {
    const std::size_t average = page_.contents.size() / (kSample - 1) + 1;
    page_.contents.reserve(parameters_.max_keys * (average + average / 8) + kHeadBytes);
  }

  void add_restore_status(const model::ObjectSummary& object) {
    const std::string status = restore_status(store_, request_, object, std::nullopt);
    constexpr std::string_view kEnd = "</Contents>";
    page_.contents.insert(page_.contents.size() - kEnd.size(), status);
  }

  void append_name(std::string& out, std::string_view name) const {
    if (parameters_.url_encoding) {
      text::append_listing_encoded(out, name);
    } else {
      xml::append_escaped(out, name);
    }
  }

  static void append_number(std::string& out, std::uint64_t number) {
    char digits[20];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    out.append(digits, end);
  }

  void update_fragments(const model::ObjectSummary& object) {
    const bool is_first = written_ == 1;
    const auto second = std::chrono::floor<std::chrono::seconds>(object.last_modified);
    if (is_first || second != second_) set_date(second);
    if (is_first || object.checksum_algorithm != algorithm_ || object.checksum_type != type_) {
      set_checksum(object.checksum_algorithm, object.checksum_type);
    }
    if (is_first || object.storage_class != storage_class_ ||
        (with_owner_ && object.owner_id != owner_id_)) {
      set_storage(object.storage_class, object.owner_id);
    }
  }

  /// AWS shows whole seconds here.
  void set_date(std::chrono::sys_seconds second) {
    second_ = second;
    from_key_to_etag_ = "</Key><LastModified>";
    time::append_iso8601(from_key_to_etag_, second);
    from_key_to_etag_ += "</LastModified><ETag>&quot;";
  }

  void set_checksum(std::optional<checksum::Algorithm> algorithm, model::ChecksumType type) {
    algorithm_ = algorithm;
    type_ = type;
    from_etag_to_size_ = "&quot;</ETag>";
    xml::XmlWriter writer(from_etag_to_size_);
    if (algorithm) {
      writer.element("ChecksumAlgorithm", checksum::algorithm_name(*algorithm));
      writer.element("ChecksumType", model::checksum_type_name(type));
    }
    writer.open("Size");
  }

  void set_storage(std::string_view storage_class, std::string_view owner_id) {
    storage_class_ = storage_class;
    owner_id_ = owner_id;
    behind_size_.clear();
    xml::XmlWriter writer(behind_size_);
    writer.close("Size");
    if (with_owner_) {
      writer.open("Owner");
      writer.element("ID", owner_id);
      writer.close("Owner");
    }
    writer.element("StorageClass", storage_class);
    writer.close("Contents");
  }

  ListingPage& page_;
  store::Store& store_;
  const ListingRequest& request_;
  const ListingParameters& parameters_;
  const bool with_owner_;
  std::size_t written_ = 0;

  std::chrono::sys_seconds second_;
  std::string from_key_to_etag_;
  std::optional<checksum::Algorithm> algorithm_;
  model::ChecksumType type_ = model::ChecksumType::kFullObject;
  std::string from_etag_to_size_;
  std::string storage_class_;
  std::string owner_id_;
  std::string behind_size_;
};

constexpr const char* kOptionalAttributes = "x-amz-optional-object-attributes";

/// Whether the client asks for RestoreStatus, the one attribute that there is.
S3Result<bool> wants_restore_status(const http::HeaderMap& headers) {
  bool wants = false;
  for (std::string_view field : headers.find_all(kOptionalAttributes)) {
    for (std::string_view name : text::split(field, ',')) {
      name = text::trim(name);
      if (name.empty()) continue;
      if (name != "RestoreStatus") {
        return invalid_argument("Invalid attribute name specified.", kOptionalAttributes,
                                std::string(name));
      }
      wants = true;
    }
  }
  return wants;
}

}  // namespace

std::string restore_status(store::Store& store, const ListingRequest& request,
                           const model::ObjectSummary& object,
                           std::optional<std::string_view> version_id) {
  if (!request.restore_status_at || !is_archived(object.storage_class)) return {};
  const auto found =
      store.find_object(request.bucket_id, object.key, version_id, store::Read::kVersionOnly);
  if (!found || !found->version.restored_until ||
      !is_readable(found->version, *request.restore_status_at)) {
    return {};
  }
  std::string out;
  xml::XmlWriter xml(out);
  xml.open("RestoreStatus");
  xml.element("IsRestoreInProgress", false);
  xml.element("RestoreExpiryDate", time::format_iso8601(*found->version.restored_until));
  xml.close("RestoreStatus");
  return out;
}

S3Result<ListingRequest> parse_listing_request(const AuthorizedRequest& request) {
  const protocol::Query& query = request.query();
  ListingRequest listing;
  listing.bucket_id = request.bucket().id;
  listing.bucket = request.bucket().name;
  listing.region = request.bucket().region;
  ListingParameters& parameters = listing.parameters;
  parameters.prefix = query.find("prefix").value_or("");
  parameters.delimiter = query.find("delimiter").value_or("");
  PAIL_TRY(parameters.url_encoding, wants_url_encoding(query));
  PAIL_TRY(parameters.max_keys, parse_max_keys(query));
  PAIL_TRY(const auto headers, protocol::EffectiveHeaders::of(request.headers(), query));
  PAIL_TRY(const bool wants, wants_restore_status(*headers));
  if (wants) listing.restore_status_at = request.routed().received;
  return listing;
}

S3Result<ListingPage> read_listing_page(store::Store& store, const ListingRequest& request) {
  const auto cursor = store.scan_objects(request.bucket_id);
  const ListingParameters& parameters = request.parameters;
  ListingPage page;
  EntryWriter writer(page, store, request);
  auto end = protocol::walk_listing(
      *cursor, {parameters.prefix, parameters.delimiter, request.after, parameters.max_keys},
      writer, [&writer](std::string_view prefix) { writer.add_common_prefix(prefix); });
  if (!end) return store_failure(std::move(end).error(), {.bucket = request.bucket});
  page.end = std::move(end).value();
  return page;
}

void write_listed(xml::XmlWriter& writer, std::string_view name, std::string_view text,
                  const ListingParameters& parameters) {
  if (parameters.url_encoding) {
    writer.element(name, text::listing_encode(text));
  } else {
    writer.element(name, text);
  }
}

void begin_listing(xml::XmlWriter& writer, std::string_view root, const ListingRequest& request) {
  writer.declaration();
  writer.open_root(root);
  writer.element("Name", request.bucket);
  write_listed(writer, "Prefix", request.parameters.prefix, request.parameters);
}

void write_listing_limits(xml::XmlWriter& writer, const ListingParameters& parameters,
                          const protocol::ListingEnd& end) {
  writer.element("MaxKeys", parameters.max_keys);
  if (!parameters.delimiter.empty()) {
    write_listed(writer, "Delimiter", parameters.delimiter, parameters);
  }
  if (parameters.url_encoding) writer.element("EncodingType", "url");
  writer.element("IsTruncated", end.is_truncated);
}

std::string finish_listing(std::string_view head, ListingPage page) {
  std::string body = std::move(page.contents);
  body.insert(0, head);
  body += page.common_prefixes;
  body += "</ListBucketResult>";
  return body;
}

http::Response listing_response(ListingAnswer answer) {
  http::Response response;
  response.headers.add("x-amz-bucket-region", std::move(answer.region));
  response.headers.add("Content-Type", "application/xml");
  response.body = std::move(answer.body);
  return response;
}

}  // namespace pail::operations
