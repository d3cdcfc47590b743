#pragma once

#include <string>
#include <vector>

#include "error/s3_error.h"
#include "model/object.h"

namespace pail::operations {

/// <Tagging><TagSet><Tag><Key/><Value/></Tag>...</TagSet></Tagging>, the tags of an object. Fails:
/// MalformedXML, InvalidTag, BadRequest.
S3Result<std::vector<model::NamedValue>> parse_tagging_document(const std::string& text);

/// The same in the field of a form, where AWS was recorded to take any XML without tags for none.
S3Result<std::vector<model::NamedValue>> parse_tagging_field(const std::string& text);

}  // namespace pail::operations
