#include <cstdint>
#include <string_view>

#include "xml/reader.h"

namespace {

std::size_t walk(const pail::xml::Element& element) {
  std::size_t bytes = element.name().size() + element.text().size();
  for (const pail::xml::Element& child : element.children()) bytes += walk(child);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto document = pail::xml::Document::parse(text);
  if (document) walk(document->root());
  return 0;
}
