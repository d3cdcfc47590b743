#pragma once

#include <vector>

#include "error/s3_error.h"
#include "lifecycle/configuration.h"

namespace pail::lifecycle {

/// What AWS's schema cannot say, in AWS's words where they are known; the first fault is the
/// answer. Fails: InvalidRequest, InvalidArgument, MalformedXML. Pure.
S3Result<void> check_rules(const std::vector<Rule>& rules);

}  // namespace pail::lifecycle
