#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bucket.h"
#include "store/disk/sqlite.h"

namespace pail::store::disk {

/// Buckets and their documents. Throws CatalogueFailure.
class BucketTable {
 public:
  explicit BucketTable(Database& database);

  std::vector<model::Bucket> read_all();
  std::optional<model::Bucket> read(std::int64_t bucket_id);
  /// Writes a new bucket without its documents; gives it its id.
  void insert(model::Bucket& bucket);
  /// Takes the documents with it.
  void erase(std::int64_t bucket_id);
  void put_document(std::int64_t bucket_id, std::string_view kind, std::string_view body);
  void erase_document(std::int64_t bucket_id, std::string_view kind);
  void set_revision(std::int64_t bucket_id, std::uint64_t revision);

 private:
  model::Bucket take(const Statement& row);

  Statement all_;
  Statement one_;
  Statement documents_;
  Statement insert_;
  Statement erase_;
  Statement erase_documents_;
  Statement put_document_;
  Statement erase_document_;
  Statement set_revision_;
};

}  // namespace pail::store::disk
