#include "protocol/object_headers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "error/try.h"
#include "protocol/metadata_text.h"
#include "protocol/tagging.h"
#include "text/ascii.h"

namespace pail::protocol {
namespace {

constexpr std::string_view kAmzPrefix = "x-amz-";
constexpr std::string_view kMetaPrefix = "x-amz-meta-";
constexpr std::string_view kDefaultContentType = "binary/octet-stream";
constexpr std::string_view kDefaultStorageClass = "STANDARD";

constexpr auto kStorageClasses = std::to_array<std::string_view>(
    {"STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING",
     "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"});

/// What of the query belongs to the signature, as it is mostly written.
constexpr auto kSignatureParameters = std::to_array<std::string_view>(
    {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders",
     "X-Amz-Signature", "X-Amz-Security-Token", "X-Amz-Content-Sha256"});

bool is_of_signature(std::string_view name) {
  if (std::ranges::find(kSignatureParameters, name) != kSignatureParameters.end()) return true;
  return std::ranges::any_of(kSignatureParameters, [name](std::string_view parameter) {
    return text::equals_ignore_case(parameter, name);
  });
}

/// A field of ObjectAttributes that travels in one header.
struct SystemField {
  std::string_view header;
  std::string model::ObjectAttributes::*member;
};
constexpr auto kSystemFields = std::to_array<SystemField>({
    {"Content-Type", &model::ObjectAttributes::content_type},
    {"Content-Disposition", &model::ObjectAttributes::content_disposition},
    {"Content-Encoding", &model::ObjectAttributes::content_encoding},
    {"Content-Language", &model::ObjectAttributes::content_language},
    {"Cache-Control", &model::ObjectAttributes::cache_control},
    {"Expires", &model::ObjectAttributes::expires},
});

struct OverrideName {
  std::string_view parameter;
  std::string_view header;
};
constexpr auto kOverrides = std::to_array<OverrideName>({
    {"response-content-type", "Content-Type"},
    {"response-content-language", "Content-Language"},
    {"response-expires", "Expires"},
    {"response-cache-control", "Cache-Control"},
    {"response-content-disposition", "Content-Disposition"},
    {"response-content-encoding", "Content-Encoding"},
});

bool is_hoisted(const Query::Parameter& parameter) {
  return text::starts_with_ignore_case(parameter.name, kAmzPrefix) &&
         !is_of_signature(parameter.name);
}

/// "gzip,aws-chunked" is how a client that streams says gzip.
std::string without_aws_chunked(std::string_view field) {
  std::string kept;
  bool found = false;
  for (std::string_view coding : text::split(field, ',')) {
    if (text::equals_ignore_case(text::trim(coding), "aws-chunked")) {
      found = true;
      continue;
    }
    if (!kept.empty()) kept += ',';
    kept += coding;
  }
  return found ? std::string(text::trim(kept)) : std::string(field);
}

/// All fields of that name as one, the way a list may be spread over several.
std::string joined(const http::HeaderMap& headers, std::string_view name) {
  std::string all;
  for (std::string_view value : headers.find_all(name)) {
    if (!all.empty()) all += ',';
    all += value;
  }
  return all;
}

S3Result<std::vector<model::NamedValue>> parse_user_metadata(const http::HeaderMap& headers) {
  std::vector<model::NamedValue> metadata;
  std::size_t size_bytes = 0;
  for (const http::Header& field : headers) {
    if (!text::starts_with_ignore_case(field.name, kMetaPrefix)) continue;
    std::string name = text::to_lower(field.name).substr(kMetaPrefix.size());
    if (name.empty()) continue;
    std::string value = metadata_from_wire(text::trim(field.value));
    auto same = std::ranges::find(metadata, name, &model::NamedValue::name);
    if (same != metadata.end()) {
      same->value += ',' + value;
      size_bytes += value.size() + 1;
      continue;
    }
    size_bytes += name.size() + value.size();
    metadata.push_back({std::move(name), std::move(value)});
  }
  if (size_bytes > kMaxUserMetadataBytes) {
    return fail(S3Error(S3ErrorCode::MetadataTooLarge)
                    .with("Size", std::to_string(size_bytes))
                    .with("MaxSizeAllowed", std::to_string(kMaxUserMetadataBytes)));
  }
  return metadata;
}

Unexpected<S3Error> unsupported_header(std::string_view name) {
  return fail(S3Error(S3ErrorCode::NotImplemented).with("Header", std::string(name)));
}

/// UTF-8 as ISO-8859-1; nothing if a character does not fit.
std::optional<std::string> to_latin1(std::string_view utf8) {
  std::string latin1;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0x80) {
      latin1 += utf8[i];
    } else if ((byte == 0xC2 || byte == 0xC3) && i + 1 < utf8.size()) {
      const auto low = static_cast<unsigned char>(utf8[++i]);
      latin1 += static_cast<char>(((byte & 0x03U) << 6U) | (low & 0x3FU));
    } else {
      return std::nullopt;
    }
  }
  return latin1;
}

}  // namespace

S3Result<EffectiveHeaders> EffectiveHeaders::of(const http::HeaderMap& headers,
                                                const Query& query) {
  EffectiveHeaders effective(headers);
  if (!query.contains("X-Amz-Signature")) return effective;
  for (const Query::Parameter& parameter : query.parameters()) {
    if (!is_hoisted(parameter) || headers.contains(parameter.name)) continue;
    if (!is_field_name(parameter.name) || has_control_character(parameter.value)) {
      return invalid_argument("Header value cannot be represented using ISO-8859-1.",
                              parameter.name, parameter.value);
    }
    if (!effective.merged_) effective.merged_ = headers;
    effective.merged_->add(parameter.name, parameter.value);
  }
  return effective;
}

S3Result<std::optional<std::string>> parse_storage_class(const http::HeaderMap& headers) {
  const auto requested = headers.find("x-amz-storage-class");
  if (!requested) return std::optional<std::string>();
  if (std::ranges::find(kStorageClasses, *requested) == kStorageClasses.end()) {
    return fail(S3Error(S3ErrorCode::InvalidStorageClass)
                    .with("StorageClassRequested", std::string(*requested)));
  }
  return std::optional(std::string(*requested));
}

S3Result<std::optional<checksum::Algorithm>> parse_checksum_algorithm(
    const http::HeaderMap& headers) {
  const auto name = headers.find("x-amz-checksum-algorithm");
  if (!name) return std::optional<checksum::Algorithm>();
  const auto algorithm = checksum::parse_algorithm(*name);
  if (!algorithm) {
    return fail(
        S3ErrorCode::InvalidRequest,
        "Checksum algorithm provided is unsupported. Please try again with any of the valid "
        "types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
  }
  return algorithm;
}

S3Result<std::string> parse_website_redirect(const http::HeaderMap& headers) {
  const auto location = headers.find("x-amz-website-redirect-location");
  if (!location) return std::string();
  if (!location->starts_with('/') && !location->starts_with("http://") &&
      !location->starts_with("https://")) {
    return fail(S3ErrorCode::InvalidRedirectLocation);
  }
  return std::string(*location);
}

S3Result<model::ObjectAttributes> parse_object_attributes(const http::HeaderMap& headers) {
  model::ObjectAttributes attributes;
  for (const SystemField& field : kSystemFields) {
    if (auto value = headers.find(field.header)) attributes.*field.member = std::string(*value);
  }
  attributes.content_encoding = without_aws_chunked(joined(headers, "Content-Encoding"));
  PAIL_TRY(attributes.website_redirect_location, parse_website_redirect(headers));
  PAIL_TRY(auto storage_class, parse_storage_class(headers));
  if (storage_class) attributes.storage_class = std::move(*storage_class);
  PAIL_TRY(attributes.user_metadata, parse_user_metadata(headers));
  if (auto tagging = headers.find("x-amz-tagging")) {
    PAIL_TRY(attributes.tags, parse_tagging_header(*tagging));
  }
  return attributes;
}

S3Result<void> check_supported_headers(const http::HeaderMap& headers) {
  constexpr auto kFamilies =
      std::to_array<std::string_view>({"x-amz-object-lock-event-hold", "x-amz-object-annotation"});
  constexpr auto kSingle = std::to_array<std::string_view>({"x-amz-write-offset-bytes"});
  for (const http::Header& field : headers) {
    if (!text::starts_with_ignore_case(field.name, kAmzPrefix)) continue;
    const bool refused =
        std::ranges::any_of(kFamilies,
                            [&](std::string_view family) {
                              return text::starts_with_ignore_case(field.name, family);
                            }) ||
        std::ranges::any_of(kSingle, [&](std::string_view name) {
          return text::equals_ignore_case(field.name, name);
        });
    if (refused) return unsupported_header(text::to_lower(field.name));
  }
  return {};
}

void add_object_headers(const model::ObjectAttributes& attributes, http::HeaderMap& out) {
  for (const SystemField& field : kSystemFields) {
    const std::string& value = attributes.*field.member;
    if (!value.empty()) out.add(std::string(field.header), value);
  }
  if (attributes.content_type.empty()) out.add("Content-Type", std::string(kDefaultContentType));
  for (const model::NamedValue& pair : attributes.user_metadata)
    out.add(std::string(kMetaPrefix) + pair.name, metadata_to_wire(pair.value));
  if (attributes.storage_class != kDefaultStorageClass)
    out.add("x-amz-storage-class", attributes.storage_class);
  if (!attributes.tags.empty())
    out.add("x-amz-tagging-count", std::to_string(attributes.tags.size()));
  if (!attributes.website_redirect_location.empty())
    out.add("x-amz-website-redirect-location", attributes.website_redirect_location);
}

void add_checksum_headers(const model::Checksum& checksum, http::HeaderMap& out) {
  out.add(std::string(checksum::checksum_header_name(checksum.algorithm)), checksum.value);
  out.add("x-amz-checksum-type", model::checksum_type_name(checksum.type));
}

S3Result<std::vector<ResponseOverride>> parse_response_overrides(const Query& query,
                                                                 bool is_anonymous) {
  std::vector<ResponseOverride> overrides;
  for (const OverrideName& name : kOverrides) {
    const auto value = query.find(name.parameter);
    if (!value) continue;
    if (is_anonymous) {
      return fail(S3ErrorCode::InvalidRequest,
                  "Request specific response headers cannot be used for anonymous GET requests.");
    }
    auto latin1 = to_latin1(*value);
    if (!latin1 || has_control_character(*latin1)) {
      return invalid_argument("Header value cannot be represented using ISO-8859-1.",
                              std::string(name.parameter), std::string(*value));
    }
    overrides.push_back({name.header, std::move(*latin1)});
  }
  return overrides;
}

void apply_response_overrides(const std::vector<ResponseOverride>& overrides,
                              http::HeaderMap& out) {
  for (const ResponseOverride& replacement : overrides)
    out.set(replacement.header, replacement.value);
}

}  // namespace pail::protocol
