#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// What records are made of: numbers of seven bits a byte, and bytes with their number before them.
namespace pail::store::disk {

void put_number(std::string& out, std::uint64_t value);
void put_bytes(std::string& out, std::string_view bytes);
/// A field: tag, length, bytes.
void put_field(std::string& out, std::uint64_t tag, std::string_view bytes);

/// Takes a record apart from its front; every getter says whether the bytes were there.
class RecordReader {
 public:
  explicit RecordReader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool done() const { return bytes_.empty(); }
  [[nodiscard]] std::string_view rest() const { return bytes_; }

  bool number(std::uint64_t& value);
  bool bytes(std::string_view& value);
  bool text(std::string& value);
  bool field(std::uint64_t& tag, std::string_view& value);

 private:
  std::string_view bytes_;
};

}  // namespace pail::store::disk
