#pragma once

#include <string>

#include "store/disk/blob_table.h"
#include "store/disk/bucket_table.h"
#include "store/disk/object_table.h"
#include "store/disk/sqlite.h"
#include "store/disk/upload_table.h"
#include "store/disk/version_table.h"

namespace pail::store::disk {

/// A connection with its tables. Not thread-safe.
struct Catalogue {
  Catalogue(const std::string& path, Database::Mode mode);

  Database database;
  BucketTable buckets;
  ObjectTable objects;
  VersionTable versions;
  BlobTable blobs;
  UploadTable uploads;
  Statement begin;
  Statement begin_writing;
  Statement commit;
};

/// Everything read while it lives comes from the same snapshot. Throws CatalogueFailure.
class ReadTransaction {
 public:
  explicit ReadTransaction(Catalogue& catalogue) : catalogue_(catalogue) { catalogue.begin.run(); }
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;
  ~ReadTransaction();

 private:
  Catalogue& catalogue_;
};

}  // namespace pail::store::disk
