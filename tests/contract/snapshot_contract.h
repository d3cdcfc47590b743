#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/version_contract.h"

namespace pail::store {

using Lines = std::vector<std::string>;

/// The verbs of snapshots in the words of the tests.
template <typename Fixture>
class SnapshotTests : public VersionTests<Fixture> {
 protected:
  void save(std::string name, std::int64_t created_ms = 1000) {
    EXPECT_TRUE(this->run(this->store().save_snapshot(std::move(name), at_ms(created_ms))));
  }
  void restore(std::string name) {
    EXPECT_TRUE(this->run(this->store().restore_snapshot(std::move(name))));
  }
  void drop(std::string name) {
    EXPECT_TRUE(this->run(this->store().drop_snapshot(std::move(name))));
  }
  std::vector<std::string> saved() {
    std::vector<std::string> out;
    const auto snapshots = this->store().list_snapshots();
    EXPECT_TRUE(snapshots);
    if (!snapshots) return out;
    for (const Snapshot& snapshot : *snapshots) out.push_back(snapshot.name);
    return out;
  }
  /// "+bucket/key", "-bucket/key", "~bucket/key"; "+bucket" for a bucket itself.
  std::vector<std::string> differences(std::string_view from,
                                       std::optional<std::string_view> to = {}) {
    std::vector<std::string> out;
    const auto compared =
        this->store().compare_snapshots(from, to, [&out](const Difference& difference) {
          std::string line(1, "+~-"[static_cast<int>(difference.kind)]);
          line += difference.bucket;
          if (!difference.key.empty()) line += "/" + difference.key;
          out.push_back(std::move(line));
          return true;
        });
    EXPECT_TRUE(compared);
    return out;
  }
};

}  // namespace pail::store
