#include "store/disk/record_fields.h"

namespace pail::store::disk {

void put_number(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(value | 0x80)));
    value >>= 7;
  }
  out.push_back(static_cast<char>(static_cast<unsigned char>(value)));
}

void put_bytes(std::string& out, std::string_view bytes) {
  put_number(out, bytes.size());
  out.append(bytes);
}

void put_field(std::string& out, std::uint64_t tag, std::string_view bytes) {
  put_number(out, tag);
  put_bytes(out, bytes);
}

bool RecordReader::number(std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (bytes_.empty()) return false;
    const auto byte = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return true;
  }
  return false;
}

bool RecordReader::bytes(std::string_view& value) {
  std::uint64_t size = 0;
  if (!number(size) || size > bytes_.size()) return false;
  value = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return true;
}

bool RecordReader::text(std::string& value) {
  std::string_view view;
  if (!bytes(view)) return false;
  value = view;
  return true;
}

bool RecordReader::field(std::uint64_t& tag, std::string_view& value) {
  return number(tag) && bytes(value);
}

}  // namespace pail::store::disk
