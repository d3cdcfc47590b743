#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "protocol/range.h"

// Input: eight bytes of object size, then a Range field.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace pail;
  std::uint64_t object_bytes = 0;
  if (size < sizeof object_bytes) return 0;
  std::memcpy(&object_bytes, bytes, sizeof object_bytes);
  const std::string_view field(reinterpret_cast<const char*>(bytes) + sizeof object_bytes,
                               size - sizeof object_bytes);
  const auto inside = [object_bytes](const protocol::ByteRange& range) {
    return range.length_bytes > 0 && range.first_byte < object_bytes &&
           range.length_bytes <= object_bytes - range.first_byte;
  };
  if (const auto range = protocol::resolve_range(field, object_bytes);
      range && *range && !inside(**range)) {
    std::abort();
  }
  if (const auto range = protocol::resolve_copy_source_range(field, object_bytes);
      range && !inside(*range)) {
    std::abort();
  }
  return 0;
}
