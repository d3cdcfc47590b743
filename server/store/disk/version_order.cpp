#include "store/disk/version_order.h"

#include <utility>

namespace pail::store::disk {
namespace {

bool read_current(Catalogue& catalogue, const model::Bucket& bucket, std::string_view key,
                  FoundVersion& found) {
  if (!catalogue.objects.read(bucket, key, found)) return false;
  found.is_latest = true;
  found.is_current_object = true;
  return true;
}

bool read_version(Catalogue& catalogue, const model::Bucket& bucket, std::string_view key,
                  std::optional<std::string_view> version_id, FoundVersion& found) {
  if (!version_id) {
    return read_current(catalogue, bucket, key, found) ||
           catalogue.versions.read_latest_marker(bucket, key, found);
  }
  if (catalogue.versions.read(bucket, key, *version_id, found)) return true;
  return read_current(catalogue, bucket, key, found) && found.version.version_id == *version_id;
}

/// Whatever has the id of the new version goes, and the latest is no longer that.
void make_room(Transaction& transaction, const model::Bucket& bucket, bool has_current,
               const model::ObjectVersion& added) {
  if (!transaction.has_versions(bucket.id)) return;
  VersionTable& versions = transaction.catalogue().versions;
  VersionRow replaced;
  if (versions.read(bucket, added.key, added.version_id, replaced)) {
    transaction.release(replaced.segments);
    versions.erase(bucket.id, added.key, replaced.rank);
  }
  if (!has_current) versions.outdate_marker(bucket.id, added.key, added.last_modified);
}

}  // namespace

std::optional<FoundVersion> find_version(Catalogue& catalogue, const model::Bucket& bucket,
                                         std::string_view key,
                                         std::optional<std::string_view> version_id) {
  std::optional<FoundVersion> found(std::in_place);
  if (!read_version(catalogue, bucket, key, version_id, *found)) found.reset();
  return found;
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
