#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/disk/object_row.h"

namespace pail::store::disk {

/// As much of a current object as it takes to replace it.
struct CurrentObject {
  std::string version_id;
  std::vector<Segment> segments;
};

/// The current objects. Throws CatalogueFailure.
class ObjectTable {
 public:
  explicit ObjectTable(Database& database);

  /// Whether there is one, and then all of it in `row`, which is as made. (Rows are large: moving
  /// them from hand to hand costs as much as a fifth of finding them.)
  bool read(const model::Bucket& bucket, std::string_view key, ObjectRow& row);
  std::optional<CurrentObject> find_current(const model::Bucket& bucket, std::string_view key);
  /// Makes it the current object of its key.
  void put(const model::Bucket& bucket, const model::ObjectVersion& version,
           const std::vector<Segment>& segments);
  void erase(const model::Bucket& bucket, std::string_view key);
  bool any(const model::Bucket& bucket);

  /// Moves the scan to the first object whose key is >= `key`; `key` must live until the next call.
  /// nullptr at the end. The summary is valid until the next call.
  const model::ObjectSummary* seek(const model::Bucket& bucket, std::string_view key) {
    return start(scan_, bucket, key);
  }
  /// The same, and the scan also gives the version ids.
  const model::ObjectSummary* seek_with_ids(const model::Bucket& bucket, std::string_view key) {
    return start(scan_with_ids_, bucket, key);
  }
  const model::ObjectSummary* next(const model::Bucket& bucket);
  /// Of the object that a scan with ids shows; valid as long as its summary.
  [[nodiscard]] std::string_view scanned_version_id() const {
    return take_version_id(scan_with_ids_, 7);
  }
  void stop() { running_->reset(); }

 private:
  const model::ObjectSummary* start(Statement& scan, const model::Bucket& bucket,
                                    std::string_view key);

  Statement find_;
  Statement put_;
  Statement erase_;
  Statement any_;
  Statement scan_;
  Statement scan_with_ids_;
  Statement* running_ = &scan_;
  model::ObjectSummary summary_;
};

}  // namespace pail::store::disk
