#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/disk/sqlite.h"

namespace pail::store::disk {

/// Whether the bytes of a blob are in a file or in the catalogue: the lowest bit of its id, so that
/// nobody has to look it up.
constexpr bool is_file(std::int64_t blob_id) { return (blob_id & 1) != 0; }

/// The blobs of which rows consist, with the number of segments that name each. Throws
/// CatalogueFailure.
class BlobTable {
 public:
  explicit BlobTable(Database& database);

  /// Counts one more segment of a blob; makes its row if there is none. `data` is nullptr for a
  /// blob in a file.
  void add(std::int64_t id, std::uint64_t size_bytes, const std::string* data);
  /// The same for a blob that has a row; false if it has none.
  bool reference(std::int64_t id);

  struct Released {
    bool last = false;  // the row is gone
    std::uint64_t size_bytes = 0;
    std::shared_ptr<const std::string> data;  // of the last one, when it is no file
  };
  /// The bytes of the last one are read if `with_data`.
  Released release(std::int64_t id, bool with_data);

  /// The bytes of a blob that is no file; nullptr if there is no such row.
  std::shared_ptr<const std::string> read(std::int64_t id);
  bool exists(std::int64_t id);
  struct Blob {
    std::int64_t id = 0;
    std::uint64_t size_bytes = 0;
    std::shared_ptr<const std::string> data;  // nullptr: it is a file
  };
  std::optional<Blob> find(std::int64_t id);
  /// Of all blobs that are files.
  std::vector<std::int64_t> file_ids();
  std::int64_t largest_id();

 private:
  Database& database_;
  Statement add_;
  Statement reference_;
  Statement unreference_;
  Statement erase_;
  Statement find_;
  Statement largest_;
  Statement file_ids_;
};

}  // namespace pail::store::disk
