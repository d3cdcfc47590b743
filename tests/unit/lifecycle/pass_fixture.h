#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "lifecycle/configuration.h"
#include "lifecycle/due.h"
#include "model/document_kind.h"
#include "random/random.h"
#include "store/memory/memory_store.h"
#include "store/store.h"
#include "task/task.h"
#include "time/clock.h"

// A store in memory with one bucket, whose lifecycle days take a second.
namespace pail::lifecycle {

inline constexpr Day kSecondDay{std::chrono::seconds(1)};

inline time::Timestamp second(std::int64_t count) {
  return time::Timestamp(std::chrono::seconds(count));
}

inline Rule enabled_rule() {
  Rule rule;
  rule.id = "rule";
  rule.is_enabled = true;
  return rule;
}

inline Rule expiring_rule(std::int32_t days) {
  Rule rule = enabled_rule();
  rule.expiration = Expiration{{days, {}}, {}};
  return rule;
}

struct PassFixture {
  time::ManualClock clock{second(0)};
  random::SeededRandom random{1};
  std::unique_ptr<store::Store> store = store::make_memory_store();
  std::int64_t bucket_id = make_bucket("bucket");

  std::int64_t make_bucket(const std::string& name) {
    model::Bucket bucket;
    bucket.name = name;
    bucket.owner_id = "owner";
    auto made = task::run_blocking(store->create_bucket(std::move(bucket)));
    if (!made) throw std::runtime_error("no bucket");
    return (*made)->id;
  }

  void set_document(std::string_view kind, std::optional<std::string> body) {
    if (!task::run_blocking(
            store->put_bucket_document(bucket_id, std::string(kind), std::move(body))))
      throw std::runtime_error("no document");
  }
  void set_rules(std::vector<Rule> rules) {
    set_document(model::document_kind::kLifecycle, to_stored({std::move(rules)}));
  }
  void set_versioning(const std::string& state) {
    set_document(model::document_kind::kVersioning, state);
  }

  [[nodiscard]] std::shared_ptr<const model::Bucket> bucket() const {
    return store->find_bucket("bucket");
  }

  /// A version written now.
  model::ObjectVersion version(const std::string& key,
                               const std::string& version_id = model::kNullVersionId) const {
    model::ObjectVersion version;
    version.key = key;
    version.version_id = version_id;
    version.etag = "etag of " + version_id;
    version.last_modified = clock.now();
    version.owner_id = "owner";
    return version;
  }
  void put(model::ObjectVersion version) {
    if (!task::run_blocking(store->put_object(bucket_id, std::move(version), {}, {})))
      throw std::runtime_error("not put");
  }
  void put(const std::string& key, const std::string& version_id = model::kNullVersionId) {
    put(version(key, version_id));
  }
  void put_marker(const std::string& key, const std::string& version_id) {
    model::ObjectVersion marker = version(key, version_id);
    marker.is_delete_marker = true;
    marker.etag.clear();
    store::Store::Deletion deletion;
    deletion.key = key;
    deletion.marker = std::move(marker);
    std::vector<store::Store::Deletion> deletions;
    deletions.push_back(std::move(deletion));
    const auto made = task::run_blocking(store->delete_objects(bucket_id, std::move(deletions)));
    if (!made.front()) throw std::runtime_error("no marker");
  }
  void start_upload(const std::string& key, const std::string& upload_id) {
    model::MultipartUpload upload;
    upload.key = key;
    upload.upload_id = upload_id;
    upload.initiated = clock.now();
    if (!task::run_blocking(store->create_upload(bucket_id, std::move(upload))))
      throw std::runtime_error("no upload");
  }

  /// "key version" of each version from the newest, with a '!' for delete markers.
  [[nodiscard]] std::vector<std::string> versions() const {
    std::vector<std::string> all;
    const auto cursor = store->scan_versions(bucket_id);
    auto found = cursor->seek("", false);
    while (found && *found) {
      all.push_back(std::string((*found)->key) + ((*found)->is_delete_marker ? "! " : " ") +
                    std::string((*found)->version_id));
      found = cursor->next();
    }
    return all;
  }
  [[nodiscard]] std::vector<std::string> uploads() const {
    std::vector<std::string> all;
    const auto cursor = store->scan_uploads(bucket_id);
    auto found = cursor->seek("", false);
    while (found && *found) {
      all.push_back((*found)->upload_id);
      found = cursor->next();
    }
    return all;
  }
  [[nodiscard]] std::string storage_class(const std::string& key) const {
    return store->find_object(bucket_id, key, std::nullopt, store::Read::kVersionOnly)
        ->version.attributes.storage_class;
  }
};

}  // namespace pail::lifecycle
