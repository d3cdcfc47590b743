#pragma once

#include <span>
#include <string>
#include <string_view>

#include "journal/entry.h"

namespace pail::journal {

/// The entries as an HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/), as the
/// tools of browsers read it. What S3 made of each request stands in members that begin with "_".
/// Bodies are not part of it, secrets and the parameters of presigned URLs neither. `version` is
/// that of pail.
std::string har(std::span<const EntryPtr> entries, std::string_view version);

}  // namespace pail::journal
