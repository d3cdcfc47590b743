#include "xml/reader.h"

#include <utility>

#include <pugixml.hpp>

#include "text/utf8.h"
#include "xml/scan.h"

namespace pail::xml {
namespace {

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  return text;
}

bool is_text(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

}  // namespace

struct Document::Parsed {
  pugi::xml_document tree;
};

std::string_view Element::name() const { return local_name(pugi::xml_node(node_).name()); }

std::string Element::text() const {
  std::string out;
  for (const pugi::xml_node& node : pugi::xml_node(node_).children()) {
    if (is_text(node)) out += node.value();
  }
  return out;
}

std::optional<Element> Element::child(std::string_view name) const {
  for (const pugi::xml_node& node : pugi::xml_node(node_).children()) {
    if (node.type() == pugi::node_element && local_name(node.name()) == name) {
      return Element(node.internal_object());
    }
  }
  return std::nullopt;
}

std::vector<Element> Element::children() const {
  std::vector<Element> out;
  for (const pugi::xml_node& node : pugi::xml_node(node_).children()) {
    if (node.type() == pugi::node_element) out.push_back(Element(node.internal_object()));
  }
  return out;
}

std::vector<Element> Element::children(std::string_view name) const {
  std::vector<Element> out = children();
  std::erase_if(out, [name](const Element& element) { return element.name() != name; });
  return out;
}

std::optional<std::string> Element::child_text(std::string_view name) const {
  const std::optional<Element> found = child(name);
  if (!found) return std::nullopt;
  return found->text();
}

std::optional<std::string> Element::attribute(std::string_view name) const {
  for (const pugi::xml_attribute& attribute : pugi::xml_node(node_).attributes()) {
    const std::string_view full_name = attribute.name();
    // xmlns:type="..." declares a prefix; it is not an attribute called "type".
    if (!full_name.starts_with("xmlns:") && local_name(full_name) == name) {
      return attribute.value();
    }
  }
  return std::nullopt;
}

Document::Document(std::unique_ptr<Parsed> parsed) : parsed_(std::move(parsed)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

std::optional<Document> Document::parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.max_bytes || !text::is_valid_utf8(text)) return std::nullopt;
  text = without_byte_order_mark(text);
  if (!is_acceptable(text, limits)) return std::nullopt;

  // White space between elements is kept, since a key or a value may consist of it.
  constexpr unsigned kOptions = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                                pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;
  auto parsed = std::make_unique<Parsed>();
  if (!parsed->tree.load_buffer(text.data(), text.size(), kOptions, pugi::encoding_utf8)) {
    return std::nullopt;
  }
  return Document(std::move(parsed));
}

Element Document::root() const {
  return Element(parsed_->tree.document_element().internal_object());
}

}  // namespace pail::xml
