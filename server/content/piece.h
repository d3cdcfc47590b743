#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

namespace pail::content {

/// An open file that can be sent without passing through user space. Closed by its last owner.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile();
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

struct FileRange {
  std::shared_ptr<const OpenFile> file;
  std::uint64_t offset_bytes = 0;
  std::uint64_t length_bytes = 0;
};

/// Bytes that several owners share, e.g. an object in memory.
struct SharedRange {
  std::shared_ptr<const std::string> bytes;
  std::size_t offset_bytes = 0;
  std::size_t length_bytes = 0;
};

/// A stretch of an object's bytes on its way from the store to the client.
using Piece = std::variant<std::string, SharedRange, FileRange>;

}  // namespace pail::content
