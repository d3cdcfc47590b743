#include "xml/writer.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace pail::xml {
namespace {

constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> special{};
  for (std::size_t i = 0; i < 0x20; ++i) special[i] = i != '\t' && i != '\n';
  for (const char c : {'&', '<', '>', '"'}) special[static_cast<unsigned char>(c)] = true;
  return special;
}

constexpr std::array<bool, 256> kSpecial = make_special();

constexpr std::uint64_t repeat(unsigned char byte) { return 0x0101010101010101U * byte; }

// Whether one of eight bytes is below 0x20 or one of & < > ". May be wrong about bytes above a
// special one, never about there being none. Most texts have none, and this tells so eight times as
// fast.
bool may_have_special(std::uint64_t word) {
  constexpr std::uint64_t kHigh = repeat(0x80);
  const auto below = [](std::uint64_t bytes, unsigned char bound) {
    return (bytes - repeat(bound)) & ~bytes;
  };
  const std::uint64_t hits = below(word, 0x20) | below(word ^ repeat('&'), 1) |
                             below(word ^ repeat('<'), 1) | below(word ^ repeat('>'), 1) |
                             below(word ^ repeat('"'), 1);
  return (hits & kHigh) != 0;
}

std::size_t find_special(std::string_view text, std::size_t position) {
  while (text.size() - position >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + position, sizeof(word));
    if (may_have_special(word)) break;
    position += sizeof(word);
  }
  while (position < text.size() && !kSpecial[static_cast<unsigned char>(text[position])]) {
    ++position;
  }
  return position;
}

char* put(char* at, std::string_view piece) { return at + piece.copy(at, piece.size()); }

// <name>text</name> for a text without special characters, in one step: the pieces are so short
// that appending each by itself costs more than copying it.
void append_plain_element(std::string& out, std::string_view name, std::string_view text) {
  const std::size_t before = out.size();
  out.resize(before + 2 * name.size() + text.size() + 5);
  char* at = out.data() + before;
  *at++ = '<';
  at = put(at, name);
  *at++ = '>';
  at = put(at, text);
  *at++ = '<';
  *at++ = '/';
  at = put(at, name);
  *at = '>';
}

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
  for (;;) {
    const std::size_t special = find_special(text, run);
    out.append(text, run, special - run);
    if (special == text.size()) return;
    append_reference(out, static_cast<unsigned char>(text[special]));
    run = special + 1;
  }
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
  if (find_special(text, 0) == text.size()) return append_plain_element(out_, name, text);
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
  append_plain_element(out_, name, print(buffer, value));
}

void XmlWriter::element_unsigned(std::string_view name, std::uint64_t value) {
  std::array<char, 24> buffer{};
  append_plain_element(out_, name, print(buffer, value));
}

}  // namespace pail::xml
