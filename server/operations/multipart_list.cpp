#include <string>
#include <vector>

#include "operations/multipart_elements.h"
#include "operations/operation.h"
#include "operations/page_parameters.h"
#include "operations/store_failure.h"
#include "protocol/listing.h"
#include "text/decimal.h"
#include "text/percent.h"
#include "time/date.h"
#include "xml/writer.h"

namespace pail::operations {

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html
struct ListParts {
  struct Input {
    std::string bucket;
    std::int64_t bucket_id = 0;
    std::string owner_id;
    std::string key;
    std::string upload_id;
    std::uint32_t part_number_marker = 0;
    std::size_t max_parts = 0;
    bool encode_url = false;
    const model::Bucket* target = nullptr;  // lives as long as the request
  };
  struct Output {
    Input input;
    model::MultipartUpload upload;
    std::vector<store::StoredPart> parts;
    bool is_truncated = false;
    http::HeaderMap abort_headers = {};
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    constexpr std::uint64_t kMarkerMost = 2'147'483'647;
    Input input{request.bucket_name(),
                request.bucket().id,
                request.bucket().owner_id,
                request.key(),
                std::string(request.query().find("uploadId").value_or("")),
                0,
                0,
                false,
                &request.bucket()};
    PAIL_TRY(input.max_parts, page_size(request.query(), "max-parts"));
    PAIL_TRY(const auto marker,
             whole_number(request.query(), "part-number-marker", 0, kMarkerMost));
    input.part_number_marker = static_cast<std::uint32_t>(marker);
    PAIL_TRY(input.encode_url, wants_url_encoding(request.query()));
    return input;
  }

  static S3Result<Output> run(OperationContext& context, Input input) {
    auto upload = context.store.find_upload(input.bucket_id, input.key, input.upload_id);
    if (!upload || !upload->completed_etag.empty()) return no_such_upload(input.upload_id);
    auto parts = context.store.list_parts(input.bucket_id, input.upload_id,
                                          input.part_number_marker, input.max_parts + 1);
    if (!parts) return store_failure(parts.error(), {.upload_id = input.upload_id});
    Output output{std::move(input), std::move(upload).value(), std::move(parts).value(), false};
    output.is_truncated = output.parts.size() > output.input.max_parts;
    if (output.is_truncated) output.parts.pop_back();
    context.lifecycle->add_abort_headers(*output.input.target, output.upload, output.abort_headers);
    return output;
  }

  static http::Response render(const Output& output) {
    http::Response response;
    response.headers = output.abort_headers;
    response.headers.add("Content-Type", "application/xml");
    xml::XmlWriter xml(response.body);
    const Input& input = output.input;
    xml.declaration();
    xml.open_root("ListPartsResult");
    xml.element("Bucket", input.bucket);
    xml.element("Key", input.encode_url ? encoded(input.key) : input.key);
    xml.element("UploadId", input.upload_id);
    write_person(xml, "Initiator", output.upload.initiator_id);
    write_person(xml, "Owner", input.owner_id);
    xml.element("StorageClass", output.upload.attributes.storage_class);
    xml.element("PartNumberMarker", input.part_number_marker);
    // AWS names the last part of the page, and 0 for an empty one, truncated or not.
    xml.element("NextPartNumberMarker",
                output.parts.empty() ? std::uint32_t{0} : output.parts.back().part.number);
    xml.element("MaxParts", input.max_parts);
    xml.element("IsTruncated", output.is_truncated);
    write_checksum_kind(xml, output.upload);
    for (const store::StoredPart& stored : output.parts)
      write_part(xml, output.upload, stored.part);
    xml.close("ListPartsResult");
    return response;
  }

 private:
  static std::string encoded(std::string_view key) { return text::listing_encode(key); }

  static void write_part(xml::XmlWriter& xml, const model::MultipartUpload& upload,
                         const model::UploadedPart& part) {
    xml.open("Part");
    xml.element("PartNumber", part.number);
    xml.element("LastModified", time::format_iso8601(part.last_modified));
    xml.element("ETag", "\"" + part.etag + "\"");
    xml.element("Size", part.size_bytes);
    if (upload.checksum_algorithm) write_checksum(xml, part.checksum);
    xml.close("Part");
  }
};
PAIL_OPERATION(ListParts);

/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html
struct ListMultipartUploads {
  struct Input {
    std::string bucket;
    std::int64_t bucket_id = 0;
    std::string owner_id;
    std::string prefix;
    std::string delimiter;
    std::string key_marker;
    std::string upload_id_marker;
    std::size_t max_uploads = 0;
    bool encode_url = false;
  };
  struct Output {
    Input input;
    std::vector<model::MultipartUpload> uploads;
    std::vector<std::string> common_prefixes;
    bool is_truncated = false;
    std::string next_key_marker;
    std::string next_upload_id_marker;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const auto text = [&request](std::string_view name) {
      return std::string(request.query().find(name).value_or(""));
    };
    Input input;
    input.bucket = request.bucket_name();
    input.bucket_id = request.bucket().id;
    input.owner_id = request.bucket().owner_id;
    input.prefix = text("prefix");
    input.delimiter = text("delimiter");
    input.key_marker = text("key-marker");
    input.upload_id_marker = text("upload-id-marker");
    // Without a key marker the upload id marker means nothing.
    if (input.key_marker.empty()) input.upload_id_marker.clear();
    PAIL_TRY(input.max_uploads, page_size(request.query(), "max-uploads"));
    PAIL_TRY(input.encode_url, wants_url_encoding(request.query()));
    return input;
  }

  static S3Result<Output> run(OperationContext& context, Input input) {
    if (!input.upload_id_marker.empty()) {
      const auto marked =
          context.store.find_upload(input.bucket_id, input.key_marker, input.upload_id_marker);
      if (!marked) {
        return invalid_argument("Invalid uploadId marker", "upload-id-marker",
                                input.upload_id_marker);
      }
    }
    Output output;
    output.input = std::move(input);
    PAIL_CHECK(walk(context, output));
    return output;
  }

  static http::Response render(const Output& output) {
    http::Response response;
    response.headers.add("Content-Type", "application/xml");
    const Input& input = output.input;
    const auto encoded = [&input](std::string_view text) {
      return input.encode_url ? text::listing_encode(text) : std::string(text);
    };
    xml::XmlWriter xml(response.body);
    xml.declaration();
    xml.open_root("ListMultipartUploadsResult");
    xml.element("Bucket", input.bucket);
    xml.element("KeyMarker", encoded(input.key_marker));
    xml.element("UploadIdMarker", input.upload_id_marker);
    if (output.is_truncated) {
      xml.element("NextKeyMarker", encoded(output.next_key_marker));
      xml.element("NextUploadIdMarker", output.next_upload_id_marker);
    }
    if (!input.delimiter.empty()) xml.element("Delimiter", encoded(input.delimiter));
    xml.element("Prefix", encoded(input.prefix));
    xml.element("MaxUploads", input.max_uploads);
    if (input.encode_url) xml.element("EncodingType", "url");
    xml.element("IsTruncated", output.is_truncated);
    for (const model::MultipartUpload& upload : output.uploads) {
      write_upload(xml, upload, encoded(upload.key), input.owner_id);
    }
    for (const std::string& prefix : output.common_prefixes) {
      xml.open("CommonPrefixes");
      xml.element("Prefix", encoded(prefix));
      xml.close("CommonPrefixes");
    }
    xml.close("ListMultipartUploadsResult");
    return response;
  }

 private:
  static void write_upload(xml::XmlWriter& xml, const model::MultipartUpload& upload,
                           std::string_view key, std::string_view owner_id) {
    xml.open("Upload");
    xml.element("Key", key);
    xml.element("UploadId", upload.upload_id);
    write_person(xml, "Initiator", upload.initiator_id);
    write_person(xml, "Owner", owner_id);
    xml.element("StorageClass", upload.attributes.storage_class);
    xml.element("Initiated", time::format_iso8601(upload.initiated));
    write_checksum_kind(xml, upload);
    xml.close("Upload");
  }

  static bool page_is_full(const Output& output) {
    return output.uploads.size() + output.common_prefixes.size() == output.input.max_uploads;
  }

  /// Moves to the first upload behind the markers: behind the common prefix that the key marker
  /// lies in or is, behind the marked upload of the marked key, or behind all uploads of that key.
  static store::StoreResult<const model::MultipartUpload*> seek_first(store::UploadCursor& cursor,
                                                                      const Input& input) {
    if (input.key_marker < input.prefix) return cursor.seek(input.prefix, false);
    if (input.key_marker.starts_with(input.prefix)) {
      if (const auto shown =
              protocol::common_prefix(input.key_marker, input.prefix, input.delimiter)) {
        return seek_behind(cursor, *shown);
      }
    }
    if (input.upload_id_marker.empty())
      return cursor.seek(input.key_marker, !input.key_marker.empty());
    auto found = cursor.seek(input.key_marker, false);
    while (found && *found && (*found)->key == input.key_marker) {
      const bool marked = (*found)->upload_id == input.upload_id_marker;
      found = cursor.next();
      if (marked) break;
    }
    return found;
  }

  static store::StoreResult<const model::MultipartUpload*> seek_behind(store::UploadCursor& cursor,
                                                                       std::string_view prefix) {
    const auto next = protocol::after_prefix(prefix);
    if (!next) return nullptr;
    return cursor.seek(*next, false);
  }

  static S3Result<void> walk(OperationContext& context, Output& output) {
    const Input& input = output.input;
    if (input.max_uploads == 0) return {};
    const auto cursor = context.store.scan_uploads(input.bucket_id);
    auto found = seek_first(*cursor, input);
    while (found && *found && (*found)->key.starts_with(input.prefix)) {
      if (page_is_full(output)) {
        output.is_truncated = true;
        return {};
      }
      const model::MultipartUpload& upload = **found;
      if (const auto shown = protocol::common_prefix(upload.key, input.prefix, input.delimiter)) {
        output.common_prefixes.emplace_back(*shown);
        output.next_key_marker = *shown;
        output.next_upload_id_marker.clear();
        found = seek_behind(*cursor, output.next_key_marker);
      } else {
        output.uploads.push_back(upload);
        output.next_key_marker = upload.key;
        output.next_upload_id_marker = upload.upload_id;
        found = cursor->next();
      }
    }
    if (!found) return store_failure(found.error(), {.bucket = input.bucket});
    return {};
  }
};
PAIL_OPERATION(ListMultipartUploads);

}  // namespace pail::operations
