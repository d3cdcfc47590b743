#include "operations/tagging_document.h"

#include <utility>

#include "error/try.h"
#include "protocol/tagging.h"
#include "xml/reader.h"

namespace pail::operations {
namespace {

using Tags = std::vector<model::NamedValue>;

S3Result<Tags> parse_tag_set(const xml::Element& tag_set) {
  Tags tags;
  for (const xml::Element& tag : tag_set.children()) {
    auto key = tag.child_text("Key");
    auto value = tag.child_text("Value");
    if (tag.name() != "Tag" || !key || !value || tag.children().size() != 2)
      return fail(S3ErrorCode::MalformedXML);
    tags.push_back({std::move(*key), std::move(*value)});
    if (tags.size() > protocol::kMaxObjectTags) break;  // refused below, however many follow
  }
  PAIL_CHECK(protocol::check_object_tags(tags));
  return tags;
}

}  // namespace

S3Result<Tags> parse_tagging_document(const std::string& text) {
  const auto document = xml::Document::parse(text);
  if (!document || document->root().name() != "Tagging") return fail(S3ErrorCode::MalformedXML);
  const auto tag_set = document->root().child("TagSet");
  if (!tag_set) return fail(S3ErrorCode::MalformedXML);
  return parse_tag_set(*tag_set);
}

S3Result<Tags> parse_tagging_field(const std::string& text) {
  const auto document = xml::Document::parse(text);
  if (!document) return fail(S3ErrorCode::MalformedXML);
  const auto tag_set = document->root().child("TagSet");
  return tag_set ? parse_tag_set(*tag_set) : Tags();
}

}  // namespace pail::operations
