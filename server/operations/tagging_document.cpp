#include "operations/tagging_document.h"

#include <utility>

#include "error/try.h"
#include "protocol/tagging.h"
#include "xml/writer.h"

namespace pail::operations {
namespace {

using Tags = std::vector<model::NamedValue>;

}  // namespace

S3Result<Tags> parse_tag_set(const xml::Element& tag_set, protocol::TaggedThing thing) {
  Tags tags;
  for (const xml::Element& tag : tag_set.children()) {
    auto key = tag.child_text("Key");
    auto value = tag.child_text("Value");
    if (tag.name() != "Tag" || !key || !value || tag.children().size() != 2)
      return fail(S3ErrorCode::MalformedXML);
    tags.push_back({std::move(*key), std::move(*value)});
    // Refused below, however many follow.
    if (tags.size() > protocol::kMaxBucketTags) break;
  }
  PAIL_CHECK(protocol::check_tags(tags, thing));
  return tags;
}

S3Result<Tags> parse_tagging_document(const std::string& text, protocol::TaggedThing thing) {
  const auto document = xml::Document::parse(text);
  if (!document || document->root().name() != "Tagging") return fail(S3ErrorCode::MalformedXML);
  const auto tag_set = document->root().child("TagSet");
  if (!tag_set) return fail(S3ErrorCode::MalformedXML);
  return parse_tag_set(*tag_set, thing);
}

std::string render_tagging_document(const Tags& tags) {
  std::string out;
  xml::XmlWriter xml(out);
  xml.declaration();
  xml.open_root("Tagging");
  xml.open("TagSet");
  for (const model::NamedValue& tag : tags) {
    xml.open("Tag");
    xml.element("Key", std::string_view(tag.name));
    xml.element("Value", std::string_view(tag.value));
    xml.close("Tag");
  }
  xml.close("TagSet");
  xml.close("Tagging");
  return out;
}

S3Result<Tags> parse_tagging_field(const std::string& text) {
  const auto document = xml::Document::parse(text);
  if (!document) return fail(S3ErrorCode::MalformedXML);
  const auto tag_set = document->root().child("TagSet");
  return tag_set ? parse_tag_set(*tag_set, protocol::TaggedThing::kObject) : Tags();
}

}  // namespace pail::operations
