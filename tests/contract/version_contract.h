#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/store_contract.h"

namespace pail::store {

/// The verbs of versions in the words of the tests.
template <typename Fixture>
class VersionTests : public StoreContract<Fixture> {
 protected:
  StoreResult<void> put_version(std::int64_t bucket, std::string_view key, std::string id,
                                std::string_view bytes, std::int64_t modified_ms = 1000) {
    model::ObjectVersion version = this->version_of(key, "e-" + id);
    version.version_id = std::move(id);
    version.size_bytes = bytes.size();
    version.last_modified = at_ms(modified_ms);
    return this->run(this->store().put_object(bucket, version, this->write(bytes), {}));
  }

  StoreResult<Store::Deleted> delete_one(std::int64_t bucket, Store::Deletion deletion) {
    std::vector<Store::Deletion> deletions;
    deletions.push_back(std::move(deletion));
    return this->run(this->store().delete_objects(bucket, std::move(deletions))).at(0);
  }
  StoreResult<Store::Deleted> mark(std::int64_t bucket, std::string_view key, std::string id,
                                   std::int64_t modified_ms = 1000, Guard guard = {}) {
    model::ObjectVersion marker = this->version_of("not this key", "");
    marker.version_id = std::move(id);
    marker.last_modified = at_ms(modified_ms);
    return delete_one(bucket, {std::string(key), std::move(guard), {}, std::move(marker)});
  }
  StoreResult<Store::Deleted> erase(std::int64_t bucket, std::string_view key, std::string id,
                                    Guard guard = {}) {
    return delete_one(bucket, {std::string(key), std::move(guard), std::move(id), {}});
  }

  std::optional<std::string> get_version(std::int64_t bucket, std::string_view key,
                                         std::string_view id) {
    auto found = this->store().find_object(bucket, key, id, Read::kWithContent);
    if (!found) {
      EXPECT_EQ(found.error().kind, StoreErrorKind::kNoSuchVersion);
      return {};
    }
    EXPECT_EQ(found->version.version_id, id);
    return found->version.is_delete_marker ? "marker" : this->read(std::move(found->content));
  }

  /// "key:id" for each, '*' after the latest, '!' after a delete marker.
  static std::string name_of(const model::VersionSummary& summary) {
    return std::string(summary.key) + ":" + std::string(summary.version_id) +
           (summary.is_delete_marker ? "!" : "") + (summary.is_latest ? "*" : "");
  }
  template <typename First>
  static std::string names(VersionCursor& cursor, First first) {
    std::string out;
    for (auto at = first(cursor); at && *at; at = cursor.next()) {
      if (!out.empty()) out += ' ';
      out += name_of(**at);
    }
    return out;
  }
  std::string versions(std::int64_t bucket) {
    const auto cursor = this->store().scan_versions(bucket);
    return names(*cursor, [](VersionCursor& from) { return from.next(); });
  }
  std::string versions_from(std::int64_t bucket, std::string_view key, bool after) {
    const auto cursor = this->store().scan_versions(bucket);
    return names(*cursor, [&](VersionCursor& from) { return from.seek(key, after); });
  }
  std::string versions_after(std::int64_t bucket, std::string_view key, std::string_view id) {
    const auto cursor = this->store().scan_versions(bucket);
    return names(*cursor, [&](VersionCursor& from) { return from.seek_after(key, id); });
  }
};

}  // namespace pail::store
