#pragma once

#include <atomic>
#include <memory>

#include "checksum/digest.h"

namespace pail::checksum {

/// How many digests of long streams may be computed on threads of their own at a time, beside the
/// threads that bring the bytes. A thread lives as long as the digest that it computes. Outlives
/// all digests that were moved. Thread-safe.
class DigestThreads {
 public:
  explicit DigestThreads(unsigned most) : most_(most) {}
  DigestThreads(const DigestThreads&) = delete;
  DigestThreads& operator=(const DigestThreads&) = delete;

  /// Lets `digest`, which may have had bytes already, go on on a thread of its own: its update()
  /// copies the bytes and returns, unless the thread is a megabyte behind, which it waits for; its
  /// finish() waits for the rest, and throws what the digest threw. It may be destroyed at any
  /// time, which ends the thread within a quarter of a megabyte. False, and `digest` as it was, if
  /// all places are taken or the system has no thread to give.
  bool move_to_thread(std::unique_ptr<Digest>& digest);

  /// How many digests have a thread now.
  [[nodiscard]] unsigned running() const { return running_.load(std::memory_order_relaxed); }

 private:
  class Place;
  class ThreadedDigest;

  const unsigned most_;
  std::atomic<unsigned> running_{0};
};

}  // namespace pail::checksum
