#include "store/disk/snapshot_comparison.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>

#include "store/disk/guard_check.h"
#include "store/disk/object_row.h"

namespace pail::store::disk {
namespace {

/// Later than every snapshot.
constexpr std::int64_t kPresent = std::numeric_limits<std::int64_t>::max();

// What was touched after the earlier and before the later state, an empty key standing for the
// bucket: nothing else can differ.
constexpr const char* kTouched =
    "WITH names(id, name) AS (SELECT id, name FROM bucket"
    " UNION SELECT id, name FROM undo_bucket WHERE name IS NOT NULL),"
    " touched(bucket_id, key) AS ("
    "SELECT id, x'' FROM undo_bucket WHERE snapshot >= ?1 AND snapshot < ?2"
    " UNION SELECT bucket_id, x'' FROM undo_bucket_document WHERE snapshot >= ?1 AND snapshot < ?2"
    " UNION SELECT bucket_id, key FROM undo_object WHERE snapshot >= ?1 AND snapshot < ?2"
    " UNION SELECT bucket_id, key FROM undo_version WHERE snapshot >= ?1 AND snapshot < ?2)"
    " SELECT DISTINCT names.name, touched.key FROM touched JOIN names"
    " ON names.id = touched.bucket_id ORDER BY 1, 2";

constexpr const char* kBucketsAt =
    "SELECT id, name FROM bucket"
    " WHERE id NOT IN (SELECT id FROM undo_bucket WHERE snapshot >= ?1)"
    " UNION ALL SELECT id, name FROM (SELECT id, name, min(snapshot) FROM undo_bucket"
    " WHERE snapshot >= ?1 GROUP BY id) WHERE name IS NOT NULL";

/// One of the tables that are compared. Of its columns the first of the values is never NULL; what
/// is not said to clients is left out.
struct Compared {
  const char* name;
  const char* id;  // of the bucket
  bool by_key;
  /// What tells the rows of one bucket or key from each other.
  const char* part;
  const char* values;
};

constexpr Compared kBucket{"bucket", "id", false, "''", "region, owner, created_ms"};
constexpr Compared kDocument{"bucket_document", "bucket_id", false, "kind", "body"};
constexpr Compared kObject{"object", "bucket_id", true, "''",
                           "size, modified_ms, etag, storage_class, checksum, owner, version_id,"
                           " record"};
constexpr Compared kVersion{"version", "bucket_id", true, "rank",
                            "is_delete_marker, noncurrent_since_ms, size, modified_ms, etag,"
                            " storage_class, checksum, owner, version_id, record"};

using Rows = std::map<std::string, std::string>;

/// The rows of one bucket or key as they were in a state.
class RowsAt {
 public:
  RowsAt(Database& database, const Compared& table)
      : by_key_(table.by_key),
        rows_sql_(select(table, "") + where(table, "")),
        images_sql_(select(table, "undo_") + where(table, "snapshot = ?1 AND ")),
        rows_(database, rows_sql_.c_str()),
        images_(database, images_sql_.c_str()),
        columns_(1 + static_cast<int>(std::ranges::count(std::string_view(table.values), ',')) +
                 1) {}

  /// `later`: this snapshot, if it is one, and all later ones, the last first.
  Rows read(std::int64_t bucket_id, std::string_view key, const std::vector<std::int64_t>& later) {
    Rows out;
    collect(rows_, bucket_id, key, out);
    for (const std::int64_t snapshot : later) {
      images_.bind(1, snapshot);
      collect(images_, bucket_id, key, out);
    }
    return out;
  }

 private:
  static std::string select(const Compared& table, const char* prefix) {
    return std::string("SELECT ") + table.part + ", " + table.values + " FROM " + prefix +
           table.name;
  }
  static std::string where(const Compared& table, const char* before) {
    return std::string(" WHERE ") + before + table.id + " = ?2" +
           (table.by_key ? " AND key = ?3" : "");
  }

  void collect(Statement& statement, std::int64_t bucket_id, std::string_view key, Rows& out) {
    const StatementScope scope(statement);
    statement.bind(2, bucket_id);
    if (by_key_) statement.bind_bytes(3, key);
    while (statement.step()) {
      const std::string part(statement.bytes(0));
      if (statement.is_null(1)) {
        out.erase(part);
      } else {
        out[part] = take(statement);
      }
    }
  }

  std::string take(const Statement& statement) const {
    std::string out;
    for (int column = 1; column < columns_; ++column) {
      const std::string_view value = statement.bytes(column);
      out += statement.is_null(column) ? "-" : std::to_string(value.size());
      (out += ' ') += value;
    }
    return out;
  }

  bool by_key_;
  std::string rows_sql_;
  std::string images_sql_;
  Statement rows_;
  Statement images_;
  int columns_;
};

/// The store as it was at a snapshot, or as it is.
class State {
 public:
  State(Database& database, std::int64_t at)
      : objects_(database, kObject),
        versions_(database, kVersion),
        buckets_(database, kBucket),
        documents_(database, kDocument) {
    Statement later(database, "SELECT id FROM snapshot WHERE id >= ?1 ORDER BY id DESC");
    later.bind(1, at);
    while (later.step()) later_.push_back(later.integer(0));
    Statement buckets(database, kBucketsAt);
    buckets.bind(1, at);
    while (buckets.step()) ids_.emplace(buckets.bytes(1), buckets.integer(0));
  }

  struct Key {
    Rows current;  // one row or none
    Rows others;
  };
  Key key(std::string_view bucket, std::string_view key) {
    const auto id = ids_.find(bucket);
    if (id == ids_.end()) return {};
    return {objects_.read(id->second, key, later_), versions_.read(id->second, key, later_)};
  }
  /// The bucket itself in the place of a current object, and its documents.
  Key bucket(std::string_view name) {
    const auto id = ids_.find(name);
    if (id == ids_.end()) return {};
    return {buckets_.read(id->second, {}, later_), documents_.read(id->second, {}, later_)};
  }

 private:
  RowsAt objects_;
  RowsAt versions_;
  RowsAt buckets_;
  RowsAt documents_;
  std::vector<std::int64_t> later_;
  std::map<std::string, std::int64_t, std::less<>> ids_;
};

std::optional<Difference::Kind> compare(const State::Key& from, const State::Key& to) {
  if (from.current.empty() && !to.current.empty()) return Difference::Kind::kAdded;
  if (!from.current.empty() && to.current.empty()) return Difference::Kind::kRemoved;
  if (from.current != to.current || from.others != to.others) return Difference::Kind::kChanged;
  return {};
}

std::optional<std::int64_t> find(Database& database, std::string_view name) {
  Statement statement(database, "SELECT id FROM snapshot WHERE name = ?1");
  if (!statement.bind_text(1, name).step()) return {};
  return statement.integer(0);
}

}  // namespace

std::vector<Snapshot> list_snapshots(Catalogue& catalogue) {
  std::vector<Snapshot> out;
  Statement rows(catalogue.database, "SELECT name, created_ms FROM snapshot ORDER BY id");
  while (rows.step()) out.push_back({std::string(rows.bytes(0)), to_time(rows.integer(1))});
  return out;
}

StoreResult<void> compare_snapshots(Catalogue& catalogue, std::string_view from,
                                    std::optional<std::string_view> to,
                                    const DifferenceVisitor& visit) {
  const ReadTransaction transaction(catalogue);
  Database& database = catalogue.database;
  const auto from_id = find(database, from);
  const auto to_id = to ? find(database, *to) : kPresent;
  if (!from_id || !to_id) return failure(StoreErrorKind::kNoSuchSnapshot);
  State before(database, *from_id);
  State after(database, *to_id);
  Statement touched(database, kTouched);
  touched.bind(1, std::min(*from_id, *to_id)).bind(2, std::max(*from_id, *to_id));
  while (touched.step()) {
    const std::string bucket(touched.bytes(0));
    const std::string key(touched.bytes(1));
    const auto kind = key.empty() ? compare(before.bucket(bucket), after.bucket(bucket))
                                  : compare(before.key(bucket, key), after.key(bucket, key));
    if (kind && !visit({*kind, bucket, key})) break;
  }
  return {};
}

}  // namespace pail::store::disk
