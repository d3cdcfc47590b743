#pragma once

#include <string>
#include <vector>

#include "error/s3_error.h"
#include "model/object.h"
#include "protocol/tagging.h"
#include "xml/reader.h"

namespace pail::operations {

/// The <Tag> elements of a <TagSet>, or of the <Tags> of a new bucket. Fails: MalformedXML,
/// InvalidTag, BadRequest.
S3Result<std::vector<model::NamedValue>> parse_tag_set(const xml::Element& tag_set,
                                                       protocol::TaggedThing thing);

/// <Tagging><TagSet><Tag><Key/><Value/></Tag>...</TagSet></Tagging>. Fails as parse_tag_set().
S3Result<std::vector<model::NamedValue>> parse_tagging_document(
    const std::string& text, protocol::TaggedThing thing = protocol::TaggedThing::kObject);
std::string render_tagging_document(const std::vector<model::NamedValue>& tags);

/// The same in the field of a form, where AWS was recorded to take any XML without tags for none.
S3Result<std::vector<model::NamedValue>> parse_tagging_field(const std::string& text);

}  // namespace pail::operations
