#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>

namespace pail::transport {

/// The bytes of one connection that were received and not yet used. Grows on demand and gives the
/// memory back when asked, so that an idle connection costs little. Not thread-safe.
class InputBuffer {
 public:
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] bool empty() const { return begin_ == end_; }
  [[nodiscard]] char* data() { return bytes_.get() + begin_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

  /// Forgets the first `count` bytes. They stay where they are until the next make_room().
  void consume(std::size_t count) { begin_ += std::min(count, size()); }

  /// Free space behind the data, after the whole buffer has been brought to at least `capacity`
  /// bytes. Moves the data to the front: pointers into the buffer become invalid.
  std::span<char> make_room(std::size_t capacity) {
    if (capacity > capacity_) {
      move_to(capacity);
    } else if (begin_ > 0) {
      std::memmove(bytes_.get(), data(), size());
      end_ = size();
      begin_ = 0;
    }
    return {bytes_.get() + end_, capacity_ - end_};
  }

  /// Tells that `count` bytes were written into the free space.
  void commit(std::size_t count) { end_ += count; }

  /// Gives memory back down to `capacity` bytes or what the data needs.
  void shrink(std::size_t capacity) {
    const std::size_t wanted = std::max(capacity, size());
    if (wanted < capacity_) move_to(wanted);
  }

 private:
  void move_to(std::size_t capacity) {
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    const std::size_t kept = size();
    if (kept > 0) std::memcpy(larger.get(), data(), kept);
    bytes_ = std::move(larger);
    capacity_ = capacity;
    begin_ = 0;
    end_ = kept;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace pail::transport
