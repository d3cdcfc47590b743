#include "operations/page_parameters.h"

#include <algorithm>
#include <string>

#include "text/decimal.h"

namespace pail::operations {

S3Result<std::uint64_t> whole_number(const protocol::Query& query, std::string_view name,
                                     std::uint64_t otherwise, std::uint64_t most) {
  const auto given = query.find(name);
  if (!given || given->empty()) return otherwise;
  if (text::parse_signed_decimal(*given).value_or(0) < 0) {
    return invalid_argument(
        "Argument " + std::string(name) + " must be an integer between 0 and 2147483647",
        std::string(name), std::string(*given));
  }
  const auto number = text::parse_decimal(*given);
  if (!number || *number > most) {
    return invalid_argument(
        "Provided " + std::string(name) + " not an integer or within integer range",
        std::string(name), std::string(*given));
  }
  return *number;
}

S3Result<std::size_t> page_size(const protocol::Query& query, std::string_view name) {
  constexpr std::uint64_t kIntegerMost = 2'147'483'647;
  auto number = whole_number(query, name, kPageSizeMost, kIntegerMost);
  if (!number) return fail(std::move(number).error());
  return std::min<std::size_t>(*number, kPageSizeMost);
}

S3Result<bool> wants_url_encoding(const protocol::Query& query) {
  const auto given = query.find("encoding-type");
  if (!given) return false;
  if (*given == "url") return true;
  return invalid_argument("Invalid Encoding Method specified in Request", "encoding-type",
                          std::string(*given));
}

}  // namespace pail::operations
