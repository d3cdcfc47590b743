#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace pail::xml {

/// The namespace of S3's documents.
inline constexpr std::string_view kS3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/// Writes XML as S3 does, straight to the end of a string. It keeps no stack: whoever opens an
/// element closes it with the same name. Names are trusted and written as they are; texts and
/// attribute values are escaped. Not thread-safe; out must outlive the writer.
class XmlWriter {
 public:
  using Attribute = std::pair<std::string_view, std::string_view>;

  explicit XmlWriter(std::string& out) : out_(out) {}

  /// <?xml version="1.0" encoding="UTF-8"?> and a line feed.
  void declaration();
  void open(std::string_view name);
  void open(std::string_view name, std::initializer_list<Attribute> attributes);
  /// Opens the element with S3's namespace.
  void open_root(std::string_view name);
  /// An element with S3's namespace and nothing in it: <LocationConstraint xmlns="..."/>.
  void empty_root(std::string_view name);
  void close(std::string_view name);

  /// <name>text</name>, also when the text is empty.
  void element(std::string_view name, std::string_view text);
  void element(std::string_view name, const char* text) { element(name, std::string_view(text)); }
  template <std::integral Number>
  void element(std::string_view name, Number value) {
    if constexpr (std::same_as<Number, bool>) {
      element(name, value ? std::string_view("true") : std::string_view("false"));
    } else if constexpr (std::signed_integral<Number>) {
      element_signed(name, value);
    } else {
      element_unsigned(name, value);
    }
  }

  /// Escaped text inside the open element.
  void text(std::string_view text);
  /// Bytes that are XML already.
  void raw(std::string_view xml);

 private:
  void start_tag(std::string_view name, std::initializer_list<Attribute> attributes);
  void element_signed(std::string_view name, std::int64_t value);
  void element_unsigned(std::string_view name, std::uint64_t value);

  std::string& out_;
};

/// Appends text with & < > " and carriage returns as references, and control characters that XML
/// 1.0 does not have as numeric references such as &#x1;, as S3 writes them in listings.
void append_escaped(std::string& out, std::string_view text);

}  // namespace pail::xml
