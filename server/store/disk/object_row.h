#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/bucket.h"
#include "model/object.h"
#include "store/content.h"
#include "store/disk/sqlite.h"

// The columns that a current object and any other version have in common: size, modified_ms, etag,
// storage_class, checksum, owner, version_id, record, segments, always in this order. What nearly
// every row would repeat is NULL: the owner of the bucket, the storage class STANDARD, the version
// id "null".
namespace pail::store::disk {

struct ObjectRow {
  model::ObjectVersion version;
  std::vector<Segment> segments;
};

/// The encoded columns, which must live while they are bound.
struct EncodedRow {
  EncodedRow(const model::ObjectVersion& version, const std::vector<Segment>& segments);
  std::string record;
  std::string segments;
};
/// Binds the columns to the parameters from `index` on.
void bind_row(Statement& statement, int index, const model::Bucket& bucket,
              const model::ObjectVersion& version, const EncodedRow& encoded);
/// Reads them from the result column `column` on, into a row that is as made. Throws
/// CatalogueFailure for a damaged one.
void take_row(const Statement& statement, int column, const model::Bucket& bucket,
              std::string_view key, ObjectRow& row);
std::vector<Segment> take_segments(std::string_view bytes, std::string_view key);

/// Reads the first of them, all but version id, record and segments, for a listing.
void take_summary(const Statement& statement, int column, const model::Bucket& bucket,
                  model::ObjectSummary& summary);
std::string_view take_version_id(const Statement& statement, int column);

time::Timestamp to_time(std::int64_t milliseconds);
std::int64_t to_milliseconds(time::Timestamp time);

}  // namespace pail::store::disk
