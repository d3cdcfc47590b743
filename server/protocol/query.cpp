#include "protocol/query.h"

#include "text/percent.h"
#include "text/utf8.h"

namespace pail::protocol {

S3Result<Query> Query::parse(std::string_view raw) {
  Query query;
  while (!raw.empty()) {
    const auto ampersand = raw.find('&');
    const std::string_view pair = raw.substr(0, ampersand);
    raw = ampersand == std::string_view::npos ? std::string_view{} : raw.substr(ampersand + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const bool has_value = equals != std::string_view::npos;
    auto name = text::form_decode(pair.substr(0, equals));
    auto value = text::form_decode(has_value ? pair.substr(equals + 1) : std::string_view{});
    // What is no text could not be shown in an answer's XML either.
    if (!name || !value || !text::is_valid_utf8(*name) || !text::is_valid_utf8(*value))
      return fail(S3Error(S3ErrorCode::InvalidURI).with("URI", std::string(pair)));
    query.parameters_.push_back({std::move(*name), std::move(*value), has_value});
  }
  return query;
}

std::optional<std::string_view> Query::find(std::string_view name) const {
  for (const Parameter& parameter : parameters_) {
    if (parameter.name == name) return parameter.value;
  }
  return std::nullopt;
}

}  // namespace pail::protocol
