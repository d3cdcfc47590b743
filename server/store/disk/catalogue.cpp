#include "store/disk/catalogue.h"

namespace pail::store::disk {

Catalogue::Catalogue(const std::string& path, Database::Mode mode)
    : database(path, mode),
      buckets(database),
      objects(database),
      versions(database),
      blobs(database),
      uploads(database),
      begin(database, "BEGIN"),
      begin_writing(database, "BEGIN IMMEDIATE"),
      commit(database, "COMMIT") {}

ReadTransaction::~ReadTransaction() {
  try {
    catalogue_.commit.run();
  } catch (const CatalogueFailure&) {
    // Ending a read changes nothing; the connection reports its trouble at its next use.
  }
}

}  // namespace pail::store::disk
