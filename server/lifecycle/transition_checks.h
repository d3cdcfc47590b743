#pragma once

#include <string>

#include "error/s3_error.h"
#include "lifecycle/configuration.h"

namespace pail::lifecycle {

/// A filter as AWS's messages call it: "filter '(prefix=logs/)'", of the older form "prefix
/// 'logs/'".
std::string describe(const Filter& filter);

/// Fails unless the date is midnight UTC: InvalidArgument.
S3Result<void> check_midnight(time::Timestamp date);

/// Whether the transitions of a rule name possible classes, in an order and with distances that S3
/// allows, and lie before its expirations. Fails: InvalidArgument, InvalidRequest, MalformedXML.
S3Result<void> check_transitions(const Rule& rule);

}  // namespace pail::lifecycle
