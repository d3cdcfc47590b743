#include "checksum/digest_threads.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdint>
#include <cstring>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>

namespace pail::checksum {
namespace {

// MD5 takes half a millisecond for a block: long against handing it over, short against a request.
constexpr std::size_t kQueuedBlockBytes = std::size_t{256} * 1024;
constexpr std::size_t kQueuedBlocks = 4;

/// Blocks on their way from one thread to one other, in order. Each block belongs to the producer
/// until it is handed over and to the consumer until it is given back, so only the counts are
/// shared.
class BlockQueue {
 public:
  /// The producer's: room in the block that is being filled; waits for it. Not empty.
  std::span<std::byte> room() {
    if (filled_bytes_ == 0) {
      std::unique_lock lock(mutex_);
      given_back_.wait(lock,
                       [this] { return handed_over_count_ - given_back_count_ < kQueuedBlocks; });
    }
    return std::span(block(produced_)).subspan(filled_bytes_);
  }

  /// The producer's: so much of room() has been filled.
  void commit(std::size_t bytes) {
    filled_bytes_ += bytes;
    if (filled_bytes_ == kQueuedBlockBytes) hand_over();
  }

  /// The producer's: hands the rest over; there will be no more.
  void close() {
    if (filled_bytes_ > 0) hand_over();
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    handed_over_.notify_one();
  }

  /// The consumer's: the next block; waits for it. Empty at the end and when told to stop.
  std::span<const std::byte> next(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    handed_over_.wait(lock, stop,
                      [this] { return handed_over_count_ > given_back_count_ || closed_; });
    if (stop.stop_requested() || handed_over_count_ == given_back_count_) return {};
    return std::span(block(given_back_count_)).first(lengths_[given_back_count_ % kQueuedBlocks]);
  }

  /// The consumer's: next() has been dealt with.
  void give_back() {
    {
      const std::lock_guard lock(mutex_);
      ++given_back_count_;
    }
    given_back_.notify_one();
  }

 private:
  struct Block {
    std::array<std::byte, kQueuedBlockBytes> bytes;
  };

  std::span<std::byte> block(std::uint64_t number) {
    auto& place = blocks_[number % kQueuedBlocks];
    if (!place) place = std::make_unique_for_overwrite<Block>();
    return place->bytes;
  }

  void hand_over() {
    {
      const std::lock_guard lock(mutex_);
      lengths_[produced_ % kQueuedBlocks] = filled_bytes_;
      ++handed_over_count_;
    }
    handed_over_.notify_one();
    ++produced_;
    filled_bytes_ = 0;
  }

  std::array<std::unique_ptr<Block>, kQueuedBlocks> blocks_;
  std::uint64_t produced_ = 0;
  std::size_t filled_bytes_ = 0;

  std::mutex mutex_;
  std::condition_variable_any handed_over_;
  std::condition_variable given_back_;
  std::array<std::size_t, kQueuedBlocks> lengths_{};
  std::uint64_t handed_over_count_ = 0;
  std::uint64_t given_back_count_ = 0;
  bool closed_ = false;
};

}  // namespace

/// One of the threads that there may be.
class DigestThreads::Place {
 public:
  /// Nothing if all are taken.
  static std::optional<Place> take(DigestThreads& owner) {
    unsigned running = owner.running_.load(std::memory_order_relaxed);
    while (running < owner.most_) {
      if (owner.running_.compare_exchange_weak(running, running + 1, std::memory_order_relaxed))
        return Place(owner);
    }
    return std::nullopt;
  }
  Place(Place&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
  Place& operator=(Place&&) = delete;
  ~Place() {
    if (owner_) owner_->running_.fetch_sub(1, std::memory_order_relaxed);
  }

 private:
  explicit Place(DigestThreads& owner) : owner_(&owner) {}

  DigestThreads* owner_;
};

class DigestThreads::ThreadedDigest final : public Digest {
 public:
  /// Throws std::system_error if there is no thread.
  explicit ThreadedDigest(Place place)
      : place_(std::move(place)), thread_([this](const std::stop_token& stop) { work(stop); }) {}

  /// To be called once, before update().
  void carry_on(std::unique_ptr<Digest> digest) { digest_ = std::move(digest); }

  void update(std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const auto room = queue_.room();
      const std::size_t taken = std::min(room.size(), bytes.size());
      std::memcpy(room.data(), bytes.data(), taken);
      queue_.commit(taken);
      bytes = bytes.subspan(taken);
    }
  }

  std::vector<std::byte> finish() override {
    queue_.close();
    thread_.join();
    if (failure_) std::rethrow_exception(failure_);
    return digest_->finish();
  }

 private:
  void work(const std::stop_token& stop) {
    while (true) {
      const auto bytes = queue_.next(stop);
      if (bytes.empty()) return;
      digest_block(bytes);
      queue_.give_back();
    }
  }

  void digest_block(std::span<const std::byte> bytes) {
    if (failure_) return;
    try {
      digest_->update(bytes);
    } catch (...) {
      failure_ = std::current_exception();
    }
  }

  Place place_;
  /// The thread's from the first block to its end.
  std::unique_ptr<Digest> digest_;
  std::exception_ptr failure_;
  BlockQueue queue_;
  std::jthread thread_;  // last: ends before what it works with
};

bool DigestThreads::move_to_thread(std::unique_ptr<Digest>& digest) {
  auto place = Place::take(*this);
  if (!place) return false;
  try {
    auto threaded = std::make_unique<ThreadedDigest>(std::move(*place));
    threaded->carry_on(std::move(digest));
    digest = std::move(threaded);
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

}  // namespace pail::checksum
