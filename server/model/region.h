#pragma once

#include <string_view>

namespace pail::model {

/// The region whose rules differ from all others': it has no location constraint, and creating
/// one's own bucket again succeeds.
inline constexpr std::string_view kFirstRegion = "us-east-1";

/// Whether AWS has a region of that name (as of 2026, all partitions). Pure.
bool is_aws_region(std::string_view name);

}  // namespace pail::model
