#pragma once

#include <string>
#include <string_view>

namespace pail::protocol {

/// The ETag as it stands in a header or in XML: in double quotes.
std::string quote_etag(std::string_view etag);

/// Without the surrounding quotes, if there are any, and without white space around them.
std::string_view unquote_etag(std::string_view etag);

/// "<32 hex>-N": the ETag of an object that was uploaded in parts.
bool is_multipart_etag(std::string_view etag);

/// RFC 9110: a weak ETag never equals anything strongly; weakly it equals what stands behind W/.
enum class EtagComparison { kStrong, kWeak };

/// Whether the value of an If-Match or If-None-Match field names `etag` (given without quotes):
/// "*", or a list separated by commas, each in quotes or, as AWS accepts it, without.
bool etag_list_matches(std::string_view list, std::string_view etag, EtagComparison comparison);

}  // namespace pail::protocol
