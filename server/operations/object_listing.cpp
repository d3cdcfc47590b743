#include "operations/object_listing.h"

#include <charconv>
#include <chrono>
#include <utility>

#include "error/try.h"
#include "operations/page_parameters.h"
#include "operations/store_failure.h"
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

/// Writes the entries of one page. The fragments between the values are constants: a page of 1,000
/// keys is a thousand times these few appends and nothing else.
class EntryWriter {
 public:
  EntryWriter(ListingPage& page, const ListingParameters& parameters, bool with_owner)
      : page_(page), parameters_(parameters), with_owner_(with_owner) {}

  void operator()(const model::ObjectSummary& object) {
    std::string& out = page_.contents;
    if (++written_ == kSample) reserve();
    out += "<Contents><Key>";
    append_name(out, object.key);
    out += "</Key><LastModified>";
    append_date(out, object.last_modified);
    out += "</LastModified><ETag>&quot;";
    out += object.etag;
    out += "&quot;</ETag>";
    if (object.checksum_algorithm) append_checksum(out, object);
    out += "<Size>";
    append_number(out, object.size_bytes);
    out += "</Size>";
    if (with_owner_) {
      out += "<Owner><ID>";
      out += object.owner_id;
      out += "</ID></Owner>";
    }
    out += "<StorageClass>";
    out += object.storage_class;
    out += "</StorageClass></Contents>";
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

  void append_name(std::string& out, std::string_view name) const {
    if (parameters_.url_encoding) {
      text::append_listing_encoded(out, name);
    } else {
      xml::append_escaped(out, name);
    }
  }

  /// AWS shows whole seconds here. Neighbours were often written in the same second.
  void append_date(std::string& out, time::Timestamp written) {
    const auto second = std::chrono::floor<std::chrono::seconds>(written);
    if (second != last_second_ || last_date_.empty()) {
      last_second_ = second;
      last_date_.clear();
      time::append_iso8601(last_date_, second);
    }
    out += last_date_;
  }

  static void append_checksum(std::string& out, const model::ObjectSummary& object) {
    out += "<ChecksumAlgorithm>";
    out += checksum::algorithm_name(*object.checksum_algorithm);
    out += "</ChecksumAlgorithm><ChecksumType>";
    out += model::checksum_type_name(object.checksum_type);
    out += "</ChecksumType>";
  }

  static void append_number(std::string& out, std::uint64_t number) {
    char digits[20];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    out.append(digits, end);
  }

  ListingPage& page_;
  const ListingParameters& parameters_;
  const bool with_owner_;
  std::size_t written_ = 0;
  std::chrono::sys_seconds last_second_;
  std::string last_date_;
};

}  // namespace

S3Result<ListingParameters> parse_listing_parameters(const protocol::Query& query) {
  ListingParameters parameters;
  parameters.prefix = query.find("prefix").value_or("");
  parameters.delimiter = query.find("delimiter").value_or("");
  PAIL_TRY(parameters.url_encoding, wants_url_encoding(query));
  PAIL_TRY(parameters.max_keys, parse_max_keys(query));
  return parameters;
}

S3Result<ListingPage> read_listing_page(store::ObjectCursor& cursor,
                                        const ListingParameters& parameters, std::string_view after,
                                        bool with_owner, std::string_view bucket_name) {
  ListingPage page;
  EntryWriter writer(page, parameters, with_owner);
  auto end = protocol::walk_listing(
      cursor, {parameters.prefix, parameters.delimiter, after, parameters.max_keys}, writer,
      [&writer](std::string_view prefix) { writer.add_common_prefix(prefix); });
  if (!end) return store_failure(std::move(end).error(), {.bucket = std::string(bucket_name)});
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

http::Response listing_response(std::string body, const std::string& region) {
  http::Response response;
  response.headers.add("x-amz-bucket-region", region);
  response.headers.add("Content-Type", "application/xml");
  response.body = std::move(body);
  return response;
}

}  // namespace pail::operations
