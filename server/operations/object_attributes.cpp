#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "operations/multipart_elements.h"
#include "operations/object_encryption.h"
#include "operations/object_reading.h"
#include "operations/operation.h"
#include "operations/versioning.h"
#include "protocol/object_headers.h"
#include "protocol/version_id.h"
#include "text/ascii.h"
#include "text/decimal.h"
#include "time/date.h"
#include "xml/writer.h"

namespace pail::operations {

struct GetObjectAttributes {
  struct Input {
    std::optional<std::string> version_id;
    std::optional<encryption::CustomerKey> customer_key;
    bool etag = false;
    bool checksum = false;
    bool object_parts = false;
    bool storage_class = false;
    bool object_size = false;
    std::uint64_t max_parts = 1000;
    std::uint64_t part_number_marker = 0;
  };
  struct Output {
    Input wanted;
    model::ObjectVersion version;
    std::optional<std::string> shown_version_id;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request);
  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& input);
  static Task<S3Result<Output>> run(OperationContext& context, Input input,
                                    AuthorizedRequest& request);
  static http::Response render(const Output& output);
};

namespace {

constexpr const char* kAttributesHeader = "x-amz-object-attributes";
constexpr std::uint64_t kMaxPartsMost = 1000;
constexpr std::uint64_t kPartNumberMarkerMost = 2147483647;

S3Result<void> want(std::string_view name, GetObjectAttributes::Input& input) {
  if (name == "ETag") {
    input.etag = true;
  } else if (name == "Checksum") {
    input.checksum = true;
  } else if (name == "ObjectParts") {
    input.object_parts = true;
  } else if (name == "StorageClass") {
    input.storage_class = true;
  } else if (name == "ObjectSize") {
    input.object_size = true;
  } else {
    return invalid_argument("Invalid attribute name specified.", kAttributesHeader,
                            std::string(name));
  }
  return {};
}

S3Result<void> parse_wanted(const http::HeaderMap& headers, GetObjectAttributes::Input& input) {
  bool any = false;
  for (std::string_view field : headers.find_all(kAttributesHeader)) {
    for (std::string_view name : text::split(field, ',')) {
      name = text::trim(name);
      if (name.empty()) continue;
      PAIL_CHECK(want(name, input));
      any = true;
    }
  }
  if (any) return {};
  return fail(S3ErrorCode::InvalidRequest,
              "The x-amz-object-attributes header specifying the attributes to be retrieved is "
              "either missing or empty");
}

S3Result<std::uint64_t> parse_number(const http::HeaderMap& headers, const char* header,
                                     std::uint64_t otherwise) {
  const auto field = headers.find(header);
  if (!field) return otherwise;
  const auto number = text::parse_decimal(*field);
  if (!number || *number > kPartNumberMarkerMost) {
    return invalid_argument(
        "Provided " + std::string(header) + " not an integer or within integer range", header,
        std::string(*field));
  }
  return *number;
}

void write_checksum_attribute(xml::XmlWriter& xml, const model::ObjectVersion& version) {
  if (!version.checksum) return;
  xml.open("Checksum");
  write_checksum(xml, version.checksum);
  xml.element("ChecksumType", model::checksum_type_name(version.checksum->type));
  xml.close("Checksum");
}

void write_part(xml::XmlWriter& xml, const model::ObjectVersion& version,
                const model::ObjectPart& part) {
  xml.open("Part");
  xml.element("PartNumber", part.number);
  xml.element("Size", part.size_bytes);
  write_checksum(
      xml, model::Checksum{version.checksum->algorithm, version.checksum->type, part.checksum});
  xml.close("Part");
}

/// AWS lists the parts only of an object whose parts were uploaded with a checksum.
bool lists_parts(const model::ObjectVersion& version) {
  return version.checksum && std::ranges::all_of(version.parts, [](const model::ObjectPart& part) {
           return !part.checksum.empty();
         });
}

void write_parts_attribute(xml::XmlWriter& xml, const GetObjectAttributes::Input& wanted,
                           const model::ObjectVersion& version) {
  if (version.parts.empty()) return;
  xml.open("ObjectParts");
  if (lists_parts(version)) {
    auto part = std::ranges::find_if(version.parts, [&](const model::ObjectPart& candidate) {
      return candidate.number > wanted.part_number_marker;
    });
    const auto most = static_cast<std::ptrdiff_t>(std::min(wanted.max_parts, kMaxPartsMost));
    const auto end = part + std::min(most, version.parts.end() - part);
    const std::uint64_t next = end == part ? wanted.part_number_marker : std::prev(end)->number;
    xml.element("IsTruncated", end != version.parts.end());
    xml.element("MaxParts", most);
    xml.element("NextPartNumberMarker", next);
    xml.element("PartNumberMarker", wanted.part_number_marker);
    for (; part != end; ++part) write_part(xml, version, *part);
  }
  xml.element("PartsCount", version.parts.size());
  xml.close("ObjectParts");
}

}  // namespace

S3Result<GetObjectAttributes::Input> GetObjectAttributes::parse(const AuthorizedRequest& request) {
  PAIL_TRY(const auto effective,
           protocol::EffectiveHeaders::of(request.headers(), request.query()));
  const http::HeaderMap& headers = *effective;
  PAIL_CHECK(protocol::check_supported_headers(headers));
  Input input;
  PAIL_TRY(input.version_id, protocol::parse_version_id(request.query()));
  PAIL_CHECK(encryption::refuse_choice(headers));
  PAIL_TRY(input.customer_key,
           encryption::parse_customer_key(headers, encryption::KeyUse::kObject));
  PAIL_CHECK(parse_wanted(headers, input));
  PAIL_TRY(input.max_parts, parse_number(headers, "x-amz-max-parts", kMaxPartsMost));
  PAIL_TRY(input.part_number_marker, parse_number(headers, "x-amz-part-number-marker", 0));
  return input;
}

/// Besides the operation's own permission AWS wants that to read the object (documented).
S3Result<void> GetObjectAttributes::require(const access::Authorizer& authorizer,
                                            const AuthorizedRequest& request, const Input& input) {
  access::Need need{"s3:GetObject", request.bucket_name(), request.key()};
  if (input.version_id) need.version_id = *input.version_id;
  PAIL_CHECK(authorizer.require(request, need));
  return {};
}

Task<S3Result<GetObjectAttributes::Output>> GetObjectAttributes::run(OperationContext& context,
                                                                     Input input,
                                                                     AuthorizedRequest& request) {
  PAIL_CO_TRY(auto found,
              find_requested(context.store, request, input.version_id, store::Read::kVersionOnly));
  PAIL_CO_CHECK(check_key(found.version.attributes.encryption, input.customer_key));
  auto shown = shown_version_id(request.bucket(), found.version.version_id);
  co_return Output{std::move(input), std::move(found.version), std::move(shown)};
}

http::Response GetObjectAttributes::render(const Output& output) {
  const model::ObjectVersion& version = output.version;
  http::Response response;
  response.headers.add("Last-Modified", time::format_http_date(version.last_modified));
  add_version_header(output.shown_version_id, response.headers);
  response.headers.add("Content-Type", "application/xml");
  xml::XmlWriter xml(response.body);
  xml.declaration();
  xml.open_root("GetObjectAttributesResponse");
  // Without quotes, unlike everywhere else.
  if (output.wanted.etag) xml.element("ETag", std::string_view(version.etag));
  if (output.wanted.checksum) write_checksum_attribute(xml, version);
  if (output.wanted.object_parts) write_parts_attribute(xml, output.wanted, version);
  if (output.wanted.storage_class)
    xml.element("StorageClass", std::string_view(version.attributes.storage_class));
  if (output.wanted.object_size) xml.element("ObjectSize", version.size_bytes);
  xml.close("GetObjectAttributesResponse");
  return response;
}

PAIL_OPERATION(GetObjectAttributes);

}  // namespace pail::operations
