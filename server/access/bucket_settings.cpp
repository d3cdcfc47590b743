#include "access/bucket_settings.h"

#include <array>
#include <optional>
#include <utility>

#include "error/try.h"
#include "model/document_kind.h"
#include "xml/reader.h"
#include "xml/writer.h"

namespace pail::access {
namespace {

constexpr auto kOwnershipNames = std::to_array<std::pair<std::string_view, ObjectOwnership>>({
    {"BucketOwnerEnforced", ObjectOwnership::kBucketOwnerEnforced},
    {"BucketOwnerPreferred", ObjectOwnership::kBucketOwnerPreferred},
    {"ObjectWriter", ObjectOwnership::kObjectWriter},
});

std::optional<ObjectOwnership> find_ownership(std::string_view name) {
  for (const auto& [known, ownership] : kOwnershipNames) {
    if (known == name) return ownership;
  }
  return std::nullopt;
}

constexpr auto kBlockNames = std::to_array<std::pair<std::string_view, bool PublicAccessBlock::*>>({
    {"BlockPublicAcls", &PublicAccessBlock::block_public_acls},
    {"IgnorePublicAcls", &PublicAccessBlock::ignore_public_acls},
    {"BlockPublicPolicy", &PublicAccessBlock::block_public_policy},
    {"RestrictPublicBuckets", &PublicAccessBlock::restrict_public_buckets},
});

std::optional<bool> parse_boolean(std::string_view text) {
  if (text == "true" || text == "TRUE" || text == "True") return true;
  if (text == "false" || text == "FALSE" || text == "False") return false;
  return std::nullopt;
}

}  // namespace

std::string_view ownership_name(ObjectOwnership ownership) {
  for (const auto& [name, known] : kOwnershipNames) {
    if (known == ownership) return name;
  }
  return {};
}

S3Result<ObjectOwnership> parse_ownership_header(std::string_view value) {
  if (const auto ownership = find_ownership(value)) return *ownership;
  return fail(S3Error(S3ErrorCode::InvalidArgument,
                      "Invalid x-amz-object-ownership header: " + std::string(value))
                  .with("ArgumentName", "x-amz-object-ownership"));
}

S3Result<ObjectOwnership> parse_ownership_controls(std::string_view text) {
  const auto document = xml::Document::parse(text);
  if (!document || document->root().name() != "OwnershipControls") {
    return fail(S3ErrorCode::MalformedXML);
  }
  const auto rules = document->root().children("Rule");
  if (rules.size() != 1) return fail(S3ErrorCode::MalformedXML);
  const auto ownership = find_ownership(rules.front().child_text("ObjectOwnership").value_or(""));
  if (!ownership) return fail(S3ErrorCode::MalformedXML);
  return *ownership;
}

std::string render_ownership_controls(ObjectOwnership ownership) {
  std::string out;
  xml::XmlWriter xml(out);
  xml.declaration();
  xml.open_root("OwnershipControls");
  xml.open("Rule");
  xml.element("ObjectOwnership", ownership_name(ownership));
  xml.close("Rule");
  xml.close("OwnershipControls");
  return out;
}

S3Result<PublicAccessBlock> parse_public_access_block(std::string_view text) {
  const auto document = xml::Document::parse(text);
  if (!document || document->root().name() != "PublicAccessBlockConfiguration") {
    return fail(S3ErrorCode::MalformedXML);
  }
  PublicAccessBlock block;
  bool any = false;
  for (const auto& [name, member] : kBlockNames) {
    const auto setting = document->root().child_text(name);
    if (!setting) continue;
    const auto value = parse_boolean(*setting);
    if (!value) return fail(S3ErrorCode::MalformedXML);
    block.*member = *value;
    any = true;
  }
  if (!any) return fail(S3ErrorCode::MalformedXML);
  return block;
}

std::map<std::string, std::string, std::less<>> new_bucket_documents(ObjectOwnership ownership,
                                                                     BucketDefaults defaults) {
  std::map<std::string, std::string, std::less<>> documents;
  documents.emplace(model::document_kind::kOwnershipControls, render_ownership_controls(ownership));
  if (defaults == BucketDefaults::kToday) {
    documents.emplace(model::document_kind::kPublicAccessBlock,
                      render_public_access_block(kBlockAll));
  }
  return documents;
}

std::map<std::string, std::string, std::less<>> new_bucket_documents(BucketDefaults defaults) {
  return new_bucket_documents(defaults == BucketDefaults::kClassic
                                  ? ObjectOwnership::kObjectWriter
                                  : ObjectOwnership::kBucketOwnerEnforced,
                              defaults);
}

std::string render_public_access_block(const PublicAccessBlock& block) {
  std::string out;
  xml::XmlWriter xml(out);
  xml.declaration();
  xml.open_root("PublicAccessBlockConfiguration");
  for (const auto& [name, member] : kBlockNames) xml.element(name, block.*member);
  xml.close("PublicAccessBlockConfiguration");
  return out;
}

}  // namespace pail::access
