#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/bucket.h"
#include "model/object.h"
#include "store/content.h"
#include "store/disk/sqlite.h"

namespace pail::store::disk {

struct ObjectRow {
  model::ObjectVersion version;
  std::vector<Segment> segments;
};

/// The current objects. Throws CatalogueFailure.
class ObjectTable {
 public:
  explicit ObjectTable(Database& database);

  std::optional<ObjectRow> find(const model::Bucket& bucket, std::string_view key);
  /// What the current object of a key consists of; nullopt if there is none.
  std::optional<std::vector<Segment>> find_segments(const model::Bucket& bucket,
                                                    std::string_view key);
  /// Makes it the current object of its key.
  void put(const model::Bucket& bucket, const model::ObjectVersion& version,
           const std::vector<Segment>& segments);
  void erase(const model::Bucket& bucket, std::string_view key);
  bool any(const model::Bucket& bucket);

  /// Moves the scan to the first object whose key is >= `key`; `key` must live until the next call.
  /// nullptr at the end. The summary is valid until the next call.
  const model::ObjectSummary* seek(const model::Bucket& bucket, std::string_view key);
  const model::ObjectSummary* next(const model::Bucket& bucket);
  void stop() { scan_.reset(); }

 private:
  Statement find_;
  Statement put_;
  Statement erase_;
  Statement any_;
  Statement scan_;
  model::ObjectSummary summary_;
};

}  // namespace pail::store::disk
