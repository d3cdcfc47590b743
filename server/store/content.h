#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace pail::store {

/// A stretch of a blob: an immutable run of bytes that the store keeps once and refers to by id.
struct Segment {
  std::int64_t blob_id = 0;
  std::uint64_t offset_bytes = 0;
  std::uint64_t length_bytes = 0;
  /// The whole blob, when it is small, lives in the catalogue and was asked for.
  std::shared_ptr<const std::string> inline_blob;
};

/// The bytes of an object or part: segments in order. Copying it copies no bytes. While a Content
/// (or a copy of it) lives, the blobs that it names stay readable, whatever happens to the objects
/// that named them; a freshly written blob that no object came to name disappears with the last
/// copy.
struct Content {
  std::vector<Segment> segments;
  std::uint64_t size_bytes = 0;
  std::shared_ptr<void> hold;

  /// The stretch [offset, offset + length) of these bytes; must lie within them.
  [[nodiscard]] Content slice(std::uint64_t offset_bytes, std::uint64_t length_bytes) const;
  /// These bytes followed by `other`'s.
  void append(const Content& other);
};

}  // namespace pail::store
