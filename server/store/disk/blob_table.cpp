#include "store/disk/blob_table.h"

namespace pail::store::disk {

BlobTable::BlobTable(Database& database)
    : database_(database),
      add_(database,
           "INSERT INTO blob(id, size, refs, data) VALUES(?1, ?2, 1, ?3)"
           " ON CONFLICT(id) DO UPDATE SET refs = refs + 1"),
      reference_(database, "UPDATE blob SET refs = refs + 1 WHERE id = ?1"),
      unreference_(database, "UPDATE blob SET refs = refs - 1 WHERE id = ?1"),
      erase_(database, "DELETE FROM blob WHERE id = ?1"),
      find_(database, "SELECT refs, size, data FROM blob WHERE id = ?1"),
      largest_(database, "SELECT max(id) FROM blob"),
      file_ids_(database, "SELECT id FROM blob WHERE id & 1") {}

void BlobTable::add(std::int64_t id, std::uint64_t size_bytes, const std::string* data) {
  add_.bind(1, id).bind(2, static_cast<std::int64_t>(size_bytes));
  if (data) {
    add_.bind_bytes(3, *data);
  } else {
    add_.bind_null(3);
  }
  add_.run();
}

bool BlobTable::reference(std::int64_t id) {
  reference_.bind(1, id).run();
  return database_.changes() == 1;
}

BlobTable::Released BlobTable::release(std::int64_t id, bool with_data) {
  Released out;
  {
    const StatementScope scope(find_);
    if (!find_.bind(1, id).step()) {
      throw CatalogueFailure(StoreErrorKind::kBroken,
                             "catalogue: blob " + std::to_string(id) + " has no row");
    }
    out.last = find_.integer(0) <= 1;
    out.size_bytes = static_cast<std::uint64_t>(find_.integer(1));
    if (out.last && with_data && !is_file(id))
      out.data = std::make_shared<std::string>(find_.bytes(2));
  }
  (out.last ? erase_ : unreference_).bind(1, id).run();
  return out;
}

std::shared_ptr<const std::string> BlobTable::read(std::int64_t id) {
  const StatementScope scope(find_);
  if (!find_.bind(1, id).step()) return nullptr;
  return std::make_shared<const std::string>(find_.bytes(2));
}

bool BlobTable::exists(std::int64_t id) {
  const StatementScope scope(find_);
  return find_.bind(1, id).step();
}

std::optional<BlobTable::Blob> BlobTable::find(std::int64_t id) {
  const StatementScope scope(find_);
  if (!find_.bind(1, id).step()) return {};
  Blob out{id, static_cast<std::uint64_t>(find_.integer(1)), nullptr};
  if (!is_file(id)) out.data = std::make_shared<const std::string>(find_.bytes(2));
  return out;
}

std::vector<std::int64_t> BlobTable::file_ids() {
  std::vector<std::int64_t> out;
  const StatementScope scope(file_ids_);
  while (file_ids_.step()) out.push_back(file_ids_.integer(0));
  return out;
}

std::int64_t BlobTable::largest_id() {
  const StatementScope scope(largest_);
  return largest_.step() ? largest_.integer(0) : 0;
}

}  // namespace pail::store::disk
