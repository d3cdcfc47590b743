#include "service/wrong_digests.h"

#include <string>
#include <string_view>

#include "text/ascii.h"

namespace pail::service {
namespace {

constexpr std::string_view kChecksumFields = "x-amz-checksum-";

/// Another digit of hexadecimal or base64.
char other_digit(char digit) { return digit == '0' ? '1' : '0'; }

/// Changes the first digit of a value that may stand in quotes.
void change_digit(std::string& text, std::size_t begin) {
  for (const std::string_view quote : {"\"", "&quot;", "&#34;"}) {
    if (std::string_view(text).substr(begin).starts_with(quote)) begin += quote.size();
  }
  if (begin < text.size()) text[begin] = other_digit(text[begin]);
}

template <typename Concerns>
void change_fields(http::HeaderMap& headers, Concerns concerns) {
  http::HeaderMap changed;
  for (http::Header field : headers) {
    if (concerns(field.name)) change_digit(field.value, 0);
    changed.add(std::move(field.name), std::move(field.value));
  }
  headers = std::move(changed);
}

/// Changes the text of every element whose name concerns. Names that open with '<' are enough: the
/// documents are our own.
template <typename Concerns>
void change_elements(std::string& document, Concerns concerns) {
  std::size_t open = document.find('<');
  while (open != std::string::npos) {
    const std::size_t close = document.find('>', open);
    if (close == std::string::npos) return;
    if (concerns(std::string_view(document).substr(open + 1, close - open - 1))) {
      change_digit(document, close + 1);
    }
    open = document.find('<', close);
  }
}

bool is_checksum_field(std::string_view name) {
  return text::starts_with_ignore_case(name, kChecksumFields) &&
         !text::equals_ignore_case(name, "x-amz-checksum-type");
}

bool is_checksum_element(std::string_view name) {
  return name.starts_with("Checksum") && name != "Checksum" && name != "ChecksumType" &&
         name != "ChecksumAlgorithm";
}

}  // namespace

void put_wrong_etags(http::Response& response) {
  change_fields(response.headers,
                [](std::string_view name) { return text::equals_ignore_case(name, "etag"); });
  change_elements(response.body, [](std::string_view name) { return name == "ETag"; });
}

void put_wrong_checksums(http::Response& response) {
  change_fields(response.headers, is_checksum_field);
  change_elements(response.body, is_checksum_element);
}

}  // namespace pail::service
