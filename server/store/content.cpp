#include "store/content.h"

#include <algorithm>
#include <utility>

namespace pail::store {
namespace {

using Holds = std::vector<std::shared_ptr<void>>;

// Marks a hold that is a list of holds, so that appending thousands of parts grows one flat list: a
// chain of pairs would be freed by a recursion as deep as the list is long.
struct HoldsDeleter {
  void operator()(Holds* holds) const { std::default_delete<Holds>()(holds); }
};

std::shared_ptr<void> join(std::shared_ptr<void> first, const std::shared_ptr<void>& second) {
  if (!second || first == second) return first;
  if (!first) return second;
  const bool list = std::get_deleter<HoldsDeleter>(first) != nullptr;
  if (list && first.use_count() == 1) {
    static_cast<Holds*>(first.get())->push_back(second);
    return first;
  }
  auto holds = list ? std::make_unique<Holds>(*static_cast<Holds*>(first.get()))
                    : std::make_unique<Holds>(Holds{first});
  holds->push_back(second);
  return {holds.release(), HoldsDeleter{}};
}

}  // namespace

Content Content::slice(std::uint64_t offset_bytes, std::uint64_t length_bytes) const {
  Content out;
  out.hold = hold;
  out.size_bytes = length_bytes;
  for (const Segment& segment : segments) {
    if (length_bytes == 0) break;
    if (offset_bytes >= segment.length_bytes) {
      offset_bytes -= segment.length_bytes;
      continue;
    }
    Segment part = segment;
    part.offset_bytes += offset_bytes;
    part.length_bytes = std::min(segment.length_bytes - offset_bytes, length_bytes);
    offset_bytes = 0;
    length_bytes -= part.length_bytes;
    out.segments.push_back(std::move(part));
  }
  return out;
}

void Content::append(const Content& other) {
  // Copied first: `other` may be this very object.
  const std::shared_ptr<void> further = other.hold;
  const std::size_t count = other.segments.size();
  segments.reserve(segments.size() + count);
  for (std::size_t i = 0; i < count; ++i) segments.push_back(other.segments[i]);
  size_bytes += other.size_bytes;
  hold = join(std::move(hold), further);
}

}  // namespace pail::store
