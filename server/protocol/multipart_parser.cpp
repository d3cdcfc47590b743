#include "protocol/multipart_parser.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "error/try.h"
#include "text/ascii.h"
#include "text/percent.h"

namespace pail::protocol {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kFormData = "form-data";

struct Parameter {
  std::string name;  // lower case
  std::string value;
};

/// "form-data" and the parameters of `form-data; name="a"; filename="b"`.
struct ParameterisedValue {
  std::string_view value;
  std::vector<Parameter> parameters;

  [[nodiscard]] std::optional<std::string> find(std::string_view name) const {
    const auto found = std::ranges::find(parameters, name, &Parameter::name);
    if (found == parameters.end()) return std::nullopt;
    return found->value;
  }
};

/// Takes a quoted string without its opening quote from the front. Only \" is an escape: a path of
/// Windows stands in a filename as it is. False without a closing quote.
bool take_quoted(std::string_view& rest, std::string& value) {
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      return true;
    }
    if (rest[i] == '\\' && i + 1 < rest.size() && rest[i + 1] == '"') ++i;
    value += rest[i];
  }
  return false;
}

std::optional<ParameterisedValue> parse_parameters(std::string_view field) {
  ParameterisedValue parsed;
  parsed.value = text::trim(field.substr(0, field.find(';')));
  std::string_view rest = field.substr(std::min(field.find(';'), field.size()));
  while (!rest.empty()) {
    rest = text::trim(rest.substr(1));
    if (rest.empty()) break;
    const auto end = rest.find_first_of("=;");
    if (end == std::string_view::npos || rest[end] == ';') return std::nullopt;
    Parameter parameter{text::to_lower(text::trim(rest.substr(0, end))), {}};
    rest = text::trim(rest.substr(end + 1));
    if (rest.starts_with('"')) {
      rest.remove_prefix(1);
      if (!take_quoted(rest, parameter.value)) return std::nullopt;
      rest = text::trim(rest);
      if (!rest.empty() && rest.front() != ';') return std::nullopt;
    } else {
      const auto stop = std::min(rest.find(';'), rest.size());
      parameter.value = text::trim(rest.substr(0, stop));
      rest = rest.substr(stop);
    }
    parsed.parameters.push_back(std::move(parameter));
  }
  return parsed;
}

bool is_boundary(std::string_view boundary) {
  constexpr std::string_view kPunctuation = "'()+_,-./:=? ";
  return !boundary.empty() && boundary.size() <= kBoundaryBytesMost && boundary.back() != ' ' &&
         std::ranges::all_of(boundary, [&](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  kPunctuation.find(c) != std::string_view::npos;
         });
}

/// Browsers write a quotation mark in a name as %22, and nothing else so.
std::string unescape_quotes(std::string_view text) {
  constexpr std::string_view kQuote = "%22";
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with(kQuote)) {
      plain += '"';
      at += kQuote.size();
    } else {
      plain += text[at++];
    }
  }
  return plain;
}

/// filename*=UTF-8''na%C3%AFve.txt
std::optional<std::string> decode_extended(std::string_view value) {
  const auto parts = text::split(value, '\'');
  if (parts.size() != 3 || !text::equals_ignore_case(parts[0], "utf-8")) return std::nullopt;
  return text::percent_decode(parts[2]);
}

PartHead read_disposition(const ParameterisedValue& disposition) {
  PartHead head;
  if (!text::equals_ignore_case(disposition.value, kFormData)) return head;
  head.name = unescape_quotes(disposition.find("name").value_or(""));
  if (const auto file_name = disposition.find("filename")) {
    head.file_name = unescape_quotes(*file_name);
  } else if (const auto extended = disposition.find("filename*")) {
    head.file_name = decode_extended(*extended);
  }
  return head;
}

}  // namespace

S3Error malformed_form(std::string hint) {
  return S3Error(S3ErrorCode::MalformedPOSTRequest).because(std::move(hint));
}

S3Result<std::string> parse_form_boundary(std::string_view content_type) {
  const auto type = parse_parameters(content_type);
  const std::string_view name = text::trim(content_type.substr(0, content_type.find(';')));
  if (!text::equals_ignore_case(name, "multipart/form-data")) {
    return fail(
        S3Error(S3ErrorCode::PreconditionFailed)
            .with("Condition", "Bucket POST must be of the enclosure-type multipart/form-data"));
  }
  auto boundary = type ? type->find("boundary") : std::nullopt;
  if (!boundary || !is_boundary(*boundary))
    return fail(malformed_form("the Content-Type has no boundary, or one that RFC 2046 forbids"));
  return std::move(*boundary);
}

S3Result<PartHead> parse_part_head(std::string_view fields) {
  PartHead head;
  while (!fields.empty()) {
    const auto end = std::min(fields.find(kLineEnd), fields.size());
    const std::string_view line = fields.substr(0, end);
    fields.remove_prefix(std::min(end + kLineEnd.size(), fields.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0)
      return fail(malformed_form("a line in the head of a part is no header field"));
    if (!text::equals_ignore_case(text::trim(line.substr(0, colon)), "Content-Disposition"))
      continue;
    const auto disposition = parse_parameters(text::trim(line.substr(colon + 1)));
    if (!disposition) return fail(malformed_form("a Content-Disposition cannot be read"));
    head = read_disposition(*disposition);
  }
  return head;
}

/// The next stretch of content, up to a delimiter (then delimiter_found_ is set and the delimiter
/// is used up) or to what may be the beginning of one. A carriage return stands only at the front
/// of a delimiter, so a match that fails can not contain the beginning of another.
std::string_view MultipartParser::take_content(std::string_view& input) {
  const std::string_view delimiter = delimiter_;
  if (matched_ > 0) {
    while (matched_ < delimiter.size() && !input.empty() && input.front() == delimiter[matched_]) {
      ++matched_;
      input.remove_prefix(1);
    }
    delimiter_found_ = matched_ == delimiter.size();
    if (!delimiter_found_ && input.empty()) return {};
    const std::size_t matched = std::exchange(matched_, 0);
    return delimiter_found_ ? std::string_view() : delimiter.substr(0, matched);
  }
  const auto at = input.find(delimiter);
  if (at == 0) {
    delimiter_found_ = true;
    input.remove_prefix(delimiter.size());
    return {};
  }
  std::size_t end = std::min(at, input.size());
  if (at == std::string_view::npos) {
    const auto last = input.rfind('\r');
    if (last != std::string_view::npos && delimiter.starts_with(input.substr(last))) {
      matched_ = input.size() - last;
      end = last;
    }
  }
  const std::string_view content = input.substr(0, end);
  input.remove_prefix(end + matched_);
  return content;
}

/// What follows a boundary: "--" at the end of the form, else blanks and CRLF.
S3Result<void> MultipartParser::take_delimiter_line(std::string_view& input) {
  while (!input.empty()) {
    line_ += input.front();
    input.remove_prefix(1);
    if (line_ == "--") {
      state_ = State::kEpilogue;
      return {};
    }
    if (line_.ends_with(kLineEnd)) {
      line_.clear();
      state_ = State::kHead;
      return {};
    }
    const std::string_view blanks = std::string_view(line_).substr(0, line_.find('\r'));
    const bool is_line_end = line_.size() - blanks.size() <= 1;
    if (line_ != "-" &&
        (!text::trim(blanks).empty() || !is_line_end || line_.size() > kBoundaryBytesMost)) {
      return fail(
          malformed_form("a boundary is followed by something else than the end of its line"));
    }
  }
  return {};
}

/// Whether the head is complete: then part_ is filled.
S3Result<bool> MultipartParser::take_head(std::string_view& input) {
  constexpr std::string_view kHeadEnd = "\r\n\r\n";
  while (!input.empty()) {
    line_ += input.front();
    input.remove_prefix(1);
    if (line_.size() > kPartHeadBytesMost)
      return fail(malformed_form("the head of a part is too long"));
    if (line_ != kLineEnd && !line_.ends_with(kHeadEnd)) continue;
    const std::string_view fields = line_;
    PAIL_TRY(part_, parse_part_head(fields.substr(0, fields.size() - kLineEnd.size())));
    line_.clear();
    return true;
  }
  return false;
}

S3Result<MultipartParser::Step> MultipartParser::next(std::string_view& input) {
  while (!input.empty()) {
    switch (state_) {
      case State::kPreamble:
        preamble_bytes_ += take_content(input).size();
        if (preamble_bytes_ > kPartHeadBytesMost)
          return fail(malformed_form("the body does not begin with the boundary"));
        if (std::exchange(delimiter_found_, false)) state_ = State::kDelimiter;
        break;
      case State::kDelimiter:
        PAIL_CHECK(take_delimiter_line(input));
        break;
      case State::kHead: {
        PAIL_TRY(const bool complete, take_head(input));
        if (!complete) break;
        state_ = State::kContent;
        return Step{Event::kPartBegins};
      }
      case State::kContent: {
        const std::string_view content = take_content(input);
        if (!content.empty()) return Step{Event::kContent, content};
        if (!std::exchange(delimiter_found_, false)) break;
        state_ = State::kDelimiter;
        return Step{Event::kPartEnds};
      }
      case State::kEpilogue:
        input = {};
        break;
    }
  }
  return Step{};
}

}  // namespace pail::protocol
