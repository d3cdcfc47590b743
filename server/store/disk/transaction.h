#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/disk/blob_pins.h"
#include "store/disk/bucket_cache.h"
#include "store/disk/catalogue.h"
#include "store/disk/undo_log.h"
#include "time/clock.h"

namespace pail::store::disk {

/// What mutations see of the store while a transaction of the writer thread is open. A
/// CatalogueFailure ends the whole transaction.
class Transaction {
 public:
  Transaction(Catalogue& catalogue, BucketCache& buckets, BlobPins& pins, time::Clock& clock)
      : catalogue_(catalogue),
        buckets_(buckets),
        pins_(pins),
        clock_(clock),
        undo_(catalogue.database) {}

  [[nodiscard]] Catalogue& catalogue() { return catalogue_; }
  [[nodiscard]] BucketCache& buckets() { return buckets_; }
  [[nodiscard]] UndoLog& undo() { return undo_; }
  [[nodiscard]] time::Timestamp now() const { return clock_.now(); }

  /// Whether the bucket may have versions besides its current objects; asks the catalogue once.
  bool has_versions(std::int64_t bucket_id);
  /// From now on it may.
  void note_versions(std::int64_t bucket_id) { has_versions_[bucket_id] = true; }

  /// Counts one more row that consists of these.
  void reference(const std::vector<Segment>& segments);
  /// Counts one row less.
  void release(const std::vector<Segment>& segments);

  /// Until the transaction is committed nobody comes to hold a blob that he does not hold already.
  /// For changes of many rows: the bytes of what goes need not be kept for somebody to come.
  void keep_readers_out();
  [[nodiscard]] bool is_held(std::int64_t blob_id) { return pins_.is_held(blob_id); }
  /// The blobs with a row that somebody holds.
  std::vector<Orphan> held_blobs();
  /// The row of a blob has gone. For blobs that somebody holds, with their size and bytes.
  void row_is_gone(Orphan blob);
  /// What was known of buckets is no longer so.
  void forget_versions() { has_versions_.clear(); }

  /// After the commit, before anybody hears of it.
  void publish();
  /// After publish(): the files that nobody names or holds any more.
  std::vector<std::int64_t> take_removable_files();
  void discard();

 private:
  void reference(const Segment& segment);

  Catalogue& catalogue_;
  BucketCache& buckets_;
  BlobPins& pins_;
  time::Clock& clock_;
  UndoLog undo_;
  std::unique_lock<PinGate> readers_out_;
  std::vector<std::int64_t> removable_files_;
  /// Blobs that nobody named before and that this transaction gave a row.
  std::vector<std::int64_t> adopted_;
  /// By bucket. May say yes where all are gone again, or where a transaction failed.
  std::unordered_map<std::int64_t, bool> has_versions_;
};

}  // namespace pail::store::disk
