#include "store/disk/version_order.h"

#include <utility>

namespace pail::store::disk {
namespace {

std::optional<FoundVersion> as_found(std::optional<VersionRow> row) {
  if (!row) return {};
  FoundVersion found;
  static_cast<VersionRow&>(found) = std::move(*row);
  return found;
}

std::optional<FoundVersion> as_found(std::optional<ObjectRow> row) {
  if (!row) return {};
  FoundVersion found;
  static_cast<ObjectRow&>(found) = std::move(*row);
  found.is_latest = true;
  found.is_current_object = true;
  return found;
}

/// Whatever has the id of the new version goes, and the latest is no longer that.
void make_room(Transaction& transaction, const model::Bucket& bucket, bool has_current,
               const model::ObjectVersion& added) {
  if (!transaction.has_versions(bucket.id)) return;
  VersionTable& versions = transaction.catalogue().versions;
  if (const auto replaced = versions.find(bucket, added.key, added.version_id)) {
    transaction.release(replaced->segments);
    versions.erase(bucket.id, added.key, replaced->rank);
  }
  if (!has_current) versions.outdate_marker(bucket.id, added.key, added.last_modified);
}

}  // namespace

std::optional<FoundVersion> find_version(Catalogue& catalogue, const model::Bucket& bucket,
                                         std::string_view key,
                                         std::optional<std::string_view> version_id) {
  if (!version_id) {
    if (auto object = catalogue.objects.find(bucket, key)) return as_found(std::move(object));
    return as_found(catalogue.versions.find_latest_marker(bucket, key));
  }
  if (auto version = catalogue.versions.find(bucket, key, *version_id)) {
    return as_found(std::move(version));
  }
  auto object = catalogue.objects.find(bucket, key);
  if (object && object->version.version_id != *version_id) return {};
  return as_found(std::move(object));
}

void add_version(Transaction& transaction, const model::Bucket& bucket,
                 const std::optional<CurrentObject>& current, const model::ObjectVersion& version,
                 const std::vector<Segment>& segments) {
  Catalogue& catalogue = transaction.catalogue();
  if (current && current->version_id == version.version_id) {
    transaction.release(current->segments);
  } else {
    make_room(transaction, bucket, current.has_value(), version);
    if (current) {
      catalogue.versions.add_current(bucket.id, version.key, version.last_modified);
      transaction.note_versions(bucket.id);
    }
  }
  if (!version.is_delete_marker) {
    catalogue.objects.put(bucket, version, segments);
    return;
  }
  if (current) catalogue.objects.erase(bucket, version.key);
  catalogue.versions.add_marker(bucket, version);
  transaction.note_versions(bucket.id);
}

void remove_current(Transaction& transaction, const model::Bucket& bucket, std::string_view key,
                    const std::vector<Segment>& segments) {
  transaction.release(segments);
  transaction.catalogue().objects.erase(bucket, key);
  if (transaction.has_versions(bucket.id)) transaction.catalogue().versions.promote(bucket.id, key);
}

void remove_version(Transaction& transaction, const model::Bucket& bucket,
                    const FoundVersion& found) {
  const std::string& key = found.version.key;
  if (found.is_current_object) {
    remove_current(transaction, bucket, key, found.segments);
    return;
  }
  VersionTable& versions = transaction.catalogue().versions;
  transaction.release(found.segments);
  versions.erase(bucket.id, key, found.rank);
  if (found.is_latest) versions.promote(bucket.id, key);
}

void rewrite_version(Transaction& transaction, const model::Bucket& bucket,
                     const FoundVersion& found) {
  if (found.is_current_object) {
    transaction.catalogue().objects.put(bucket, found.version, found.segments);
  } else {
    transaction.catalogue().versions.update(bucket, found);
  }
}

}  // namespace pail::store::disk
