#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "store/disk/object_row.h"

namespace pail::store::disk {

struct VersionRow : ObjectRow {
  /// Lower than that of every older version of the key.
  std::int64_t rank = 0;
  bool is_latest = false;
};

/// All versions that are no current object: older ones, and delete markers. The latest version of a
/// key is here only if it is a delete marker. Throws CatalogueFailure.
class VersionTable {
 public:
  explicit VersionTable(Database& database);

  /// Whether there is such a version, and then all of it in `row`, which is as made.
  bool read(const model::Bucket& bucket, std::string_view key, std::string_view version_id,
            VersionRow& row);
  /// The same for the latest version of the key, if it is a delete marker.
  bool read_latest_marker(const model::Bucket& bucket, std::string_view key, VersionRow& row);
  bool any(std::int64_t bucket_id);

  /// Copies the current object of the key here, as the newest; the caller takes it from its table.
  void add_current(std::int64_t bucket_id, std::string_view key, time::Timestamp noncurrent_since);
  /// Adds a delete marker as the latest version of its key; the caller has seen to the one before.
  void add_marker(const model::Bucket& bucket, const model::ObjectVersion& marker);
  /// The delete marker that is the latest version of the key (if one is) is so no longer.
  void outdate_marker(std::int64_t bucket_id, std::string_view key,
                      time::Timestamp noncurrent_since);
  /// The newest of them is the latest version of its key again: an object moves into the table of
  /// current objects.
  void promote(std::int64_t bucket_id, std::string_view key);
  /// Writes a row anew, at its rank.
  void update(const model::Bucket& bucket, const VersionRow& row);
  void erase(std::int64_t bucket_id, std::string_view key, std::int64_t rank);

  /// Moves the scan to the first version whose (key, rank) is larger; `key` must live until the
  /// next call. nullptr at the end. The summary is valid until the next call.
  const model::VersionSummary* seek_after(const model::Bucket& bucket, std::string_view key,
                                          std::int64_t rank);
  const model::VersionSummary* next(const model::Bucket& bucket);
  void stop() { scan_.reset(); }

 private:
  Statement find_;
  Statement newest_;
  Statement any_;
  Statement add_current_;
  Statement add_marker_;
  Statement outdate_;
  Statement make_latest_;
  Statement make_current_;
  Statement update_;
  Statement erase_;
  Statement scan_;
  model::VersionSummary summary_;
};

}  // namespace pail::store::disk
