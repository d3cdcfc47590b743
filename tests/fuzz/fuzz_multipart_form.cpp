#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "protocol/multipart_parser.h"

namespace {

using Parser = pail::protocol::MultipartParser;

/// All events in one text; "!" is a refusal.
std::string events(std::string_view input, std::size_t piece_bytes) {
  Parser parser("B");
  std::string all;
  while (!input.empty()) {
    std::string_view piece = input.substr(0, piece_bytes);
    input.remove_prefix(piece.size());
    while (true) {
      const auto step = parser.next(piece);
      if (!step) return "!";
      if (step->event == Parser::Event::kNeedsInput) break;
      if (step->event == Parser::Event::kPartBegins) all += "<" + parser.part().name + ">";
      if (step->event == Parser::Event::kPartEnds) all += "</>";
      all += step->content;
    }
  }
  return all + (parser.is_complete() ? "." : "");
}

}  // namespace

// A form means the same however it is cut into pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  static_cast<void>(pail::protocol::parse_form_boundary(input));
  static_cast<void>(pail::protocol::parse_part_head(input));
  const std::string whole = events(input, size + 1);
  for (const std::size_t piece_bytes :
       {std::size_t{1}, std::size_t{2}, std::size_t{3}, size / 2 + 1}) {
    if (events(input, piece_bytes) != whole) std::abort();
  }
  return 0;
}
