#include "operations/part_number.h"

#include <string>

#include "text/decimal.h"

namespace pail::operations {

S3Result<std::uint32_t> parse_part_number(const protocol::Query& query) {
  constexpr std::uint64_t kPartNumberMost = 10'000;
  const std::string_view given = query.find("partNumber").value_or("");
  const auto number = text::parse_decimal(given);
  if (!number || *number < 1 || *number > kPartNumberMost) {
    return invalid_argument("Part number must be an integer between 1 and 10000, inclusive",
                            "partNumber", std::string(given));
  }
  return static_cast<std::uint32_t>(*number);
}

}  // namespace pail::operations
