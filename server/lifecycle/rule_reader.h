#pragma once

#include "error/s3_error.h"
#include "lifecycle/configuration.h"
#include "xml/reader.h"

namespace pail::lifecycle {

/// Reads a <Rule> as far as AWS's schema goes: which elements there are, how often, and what type
/// they have; whether the values make sense is for check_rules(). Fails: MalformedXML;
/// InvalidRequest if the rule has both a Prefix of its own and a Filter.
S3Result<Rule> read_rule(const xml::Element& element);

}  // namespace pail::lifecycle
