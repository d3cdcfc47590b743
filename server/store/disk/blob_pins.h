#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <pthread.h>

#include "store/content.h"
#include "store/disk/blob_files.h"

namespace pail::store::disk {

/// A blob that no row names.
struct Orphan {
  std::int64_t id = 0;
  std::uint64_t size_bytes = 0;
  std::shared_ptr<const std::string> data;  // nullptr: it is a file
  /// A snapshot needs it: its file stays when its last holder goes.
  bool kept = false;
};

/// A lock for many readers where a waiting writer goes first, so that a stream of readers cannot
/// keep the writer thread out.
class PinGate {
 public:
  PinGate();
  PinGate(const PinGate&) = delete;
  PinGate& operator=(const PinGate&) = delete;
  ~PinGate() { pthread_rwlock_destroy(&lock_); }

  void lock_shared() { pthread_rwlock_rdlock(&lock_); }
  void unlock_shared() { pthread_rwlock_unlock(&lock_); }
  void lock() { pthread_rwlock_wrlock(&lock_); }
  void unlock() { pthread_rwlock_unlock(&lock_); }

 private:
  pthread_rwlock_t lock_;
};

/// Which blobs somebody holds while he reads or is about to commit them. A blob that is pinned when
/// its last row goes becomes an orphan: it stays readable, may be named again by a commit, and
/// disappears with its last pin. A freshly written file starts as an orphan. Thread-safe.
class BlobPins : public std::enable_shared_from_this<BlobPins> {
 public:
  explicit BlobPins(std::shared_ptr<BlobFiles> files) : files_(std::move(files)) {}

  /// Held shared from before a row is read until what it names is pinned: without it the row
  /// could go, and the file with it, between these two steps.
  PinGate& gate() { return gate_; }

  /// The blobs of these segments stay until the last copy of what is returned goes.
  std::shared_ptr<void> pin(const std::vector<Segment>& segments);
  std::shared_ptr<void> pin_fresh_file(std::int64_t id, std::uint64_t size_bytes);
  /// A blob that a row named until this transaction, or none ever did.
  std::optional<Orphan> find_orphan(std::int64_t id);
  bool is_held(std::int64_t id);
  std::vector<std::int64_t> held();

  // For the transaction of the writer thread:

  /// Its last row goes with the commit to come. Known from now on to find_orphan(), so that there
  /// is no moment at which a reader finds neither row nor orphan.
  void dying(Orphan orphan);
  /// It will have a row after all.
  void spared(std::int64_t id);
  /// The commit failed: nobody dies.
  void all_spared();
  /// The commit gave it a row.
  void adopted(std::int64_t id);
  /// The commit took the rows of the dying. Returns the files that nobody holds. Takes the gate.
  std::vector<std::int64_t> bury();
  /// The same for who has the gate.
  std::vector<std::int64_t> bury_behind_gate();

  /// Removes all orphans; pins that still live mean nothing from now on.
  void close();

 private:
  class Pins;
  struct Entry {
    std::uint32_t pins = 0;
    std::optional<Orphan> orphan;
  };
  void unpin(const std::vector<std::int64_t>& ids);

  PinGate gate_;
  std::shared_ptr<BlobFiles> files_;
  std::mutex mutex_;
  bool closed_ = false;
  std::unordered_map<std::int64_t, Entry> entries_;
  std::unordered_map<std::int64_t, Orphan> dying_;
};

}  // namespace pail::store::disk
