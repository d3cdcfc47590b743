#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pugi {
struct xml_node_struct;
}

namespace pail::xml {

/// What a document from outside may cost.
struct Limits {
  std::size_t max_bytes = std::size_t{2} * 1024 * 1024;
  unsigned max_depth = 32;
  std::size_t max_nodes = 200'000;
};

/// One element of a Document: a pointer, cheap to copy, valid as long as the Document lives (moving
/// the Document keeps it valid). Names are local names: prefix and namespace are ignored, since
/// clients send documents with, without and with the wrong namespace and S3 takes them.
class Element {
 public:
  std::string_view name() const;

  /// The text and CDATA children one after the other, white space included.
  std::string text() const;

  /// The first child element of that name.
  std::optional<Element> child(std::string_view name) const;
  std::vector<Element> children() const;
  std::vector<Element> children(std::string_view name) const;

  /// The text of the first child element of that name.
  std::optional<std::string> child_text(std::string_view name) const;

  /// The value of the attribute of that local name: "type" finds xsi:type.
  std::optional<std::string> attribute(std::string_view name) const;

 private:
  friend class Document;
  explicit Element(pugi::xml_node_struct* node) : node_(node) {}

  pugi::xml_node_struct* node_;
};

/// A parsed document. Reading from several threads at once is safe.
class Document {
 public:
  /// Nullopt when the text is not one well-formed element in valid UTF-8, exceeds a limit, or
  /// contains a DOCTYPE or a reference to an entity that XML does not predefine. An XML
  /// declaration, comments, processing instructions and a byte order mark are accepted and dropped.
  static std::optional<Document> parse(std::string_view text, const Limits& limits = {});

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Element root() const;

 private:
  struct Parsed;
  explicit Document(std::unique_ptr<Parsed> parsed);

  std::unique_ptr<Parsed> parsed_;
};

}  // namespace pail::xml
