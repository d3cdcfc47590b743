#include "xml/writer.h"

#include <array>
#include <charconv>
#include <cstddef>

namespace pail::xml {
namespace {

constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> special{};
  for (std::size_t i = 0; i < 0x20; ++i) special[i] = i != '\t' && i != '\n';
  for (const char c : {'&', '<', '>', '"'}) special[static_cast<unsigned char>(c)] = true;
  return special;
}

constexpr std::array<bool, 256> kSpecial = make_special();

void append_reference(std::string& out, unsigned char byte) {
  switch (byte) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\r':
      out += "&#13;";
      return;
    default:
      constexpr std::string_view kDigits = "0123456789abcdef";
      out += "&#x";
      if (byte >= 16) out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
      out += ';';
  }
}

template <typename Number>
std::string_view print(std::array<char, 24>& buffer, Number value) {
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (!kSpecial[byte]) continue;
    out.append(text, run, i - run);
    run = i + 1;
    append_reference(out, byte);
  }
  out.append(text, run);
}

void XmlWriter::declaration() { out_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"; }

void XmlWriter::open(std::string_view name) {
  out_ += '<';
  out_ += name;
  out_ += '>';
}

void XmlWriter::open(std::string_view name, std::initializer_list<Attribute> attributes) {
  start_tag(name, attributes);
  out_ += '>';
}

void XmlWriter::open_root(std::string_view name) {
  start_tag(name, {{"xmlns", kS3Namespace}});
  out_ += '>';
}

void XmlWriter::empty_root(std::string_view name) {
  start_tag(name, {{"xmlns", kS3Namespace}});
  out_ += "/>";
}

void XmlWriter::close(std::string_view name) {
  out_ += "</";
  out_ += name;
  out_ += '>';
}

void XmlWriter::element(std::string_view name, std::string_view text) {
  open(name);
  append_escaped(out_, text);
  close(name);
}

void XmlWriter::text(std::string_view text) { append_escaped(out_, text); }

void XmlWriter::raw(std::string_view xml) { out_ += xml; }

void XmlWriter::start_tag(std::string_view name, std::initializer_list<Attribute> attributes) {
  out_ += '<';
  out_ += name;
  for (const auto& [key, value] : attributes) {
    out_ += ' ';
    out_ += key;
    out_ += "=\"";
    append_escaped(out_, value);
    out_ += '"';
  }
}

void XmlWriter::element_signed(std::string_view name, std::int64_t value) {
  std::array<char, 24> buffer{};
  open(name);
  out_ += print(buffer, value);
  close(name);
}

void XmlWriter::element_unsigned(std::string_view name, std::uint64_t value) {
  std::array<char, 24> buffer{};
  open(name);
  out_ += print(buffer, value);
  close(name);
}

}  // namespace pail::xml
