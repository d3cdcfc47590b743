#include "protocol/etag.h"

#include <algorithm>

#include "text/ascii.h"

namespace pail::protocol {

std::string quote_etag(std::string_view etag) {
  std::string quoted;
  quoted.reserve(etag.size() + 2);
  quoted += '"';
  quoted += etag;
  quoted += '"';
  return quoted;
}

std::string_view unquote_etag(std::string_view etag) {
  etag = text::trim(etag);
  if (etag.starts_with('"')) etag.remove_prefix(1);
  if (etag.ends_with('"')) etag.remove_suffix(1);
  return etag;
}

bool is_multipart_etag(std::string_view etag) { return etag.find('-') != std::string_view::npos; }

bool etag_list_matches(std::string_view list, std::string_view etag, EtagComparison comparison) {
  // An ETag of S3 has no comma, so the list can be cut at every comma.
  const auto candidates = text::split(list, ',');
  return std::ranges::any_of(candidates, [&](std::string_view candidate) {
    candidate = text::trim(candidate);
    if (candidate == "*") return true;
    if (candidate.starts_with("W/")) {
      if (comparison == EtagComparison::kStrong) return false;
      candidate.remove_prefix(2);
    }
    return unquote_etag(candidate) == etag;
  });
}

}  // namespace pail::protocol
