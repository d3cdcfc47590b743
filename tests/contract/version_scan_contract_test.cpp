#include <map>
#include <random>

#include "contract/version_contract.h"

namespace pail::store {
namespace {

template <typename Fixture>
class VersionScanContract : public VersionTests<Fixture> {};
TYPED_TEST_SUITE(VersionScanContract, Stores);

TYPED_TEST(VersionScanContract, CursorSeeksToKeysAndAfterVersions) {
  const auto bucket = this->make_bucket("b");
  EXPECT_EQ(this->versions(bucket), "");
  ASSERT_TRUE(this->put_version(bucket, "a", "a1", "x"));
  ASSERT_TRUE(this->put_version(bucket, "b", "b1", "x"));
  ASSERT_TRUE(this->put_version(bucket, "b", "b2", "x"));
  ASSERT_TRUE(this->put_version(bucket, "b", "b3", "x"));
  ASSERT_TRUE(this->mark(bucket, "b/x", "m1"));
  ASSERT_TRUE(this->put(bucket, "c", "x"));
  EXPECT_EQ(this->versions(bucket), "a:a1* b:b3* b:b2 b:b1 b/x:m1!* c:null*");
  EXPECT_EQ(this->versions_from(bucket, "b", false), "b:b3* b:b2 b:b1 b/x:m1!* c:null*");
  EXPECT_EQ(this->versions_from(bucket, "b", true), "b/x:m1!* c:null*");
  EXPECT_EQ(this->versions_from(bucket, "c", true), "");
  EXPECT_EQ(this->versions_after(bucket, "b", "b3"), "b:b2 b:b1 b/x:m1!* c:null*");
  EXPECT_EQ(this->versions_after(bucket, "b", "b2"), "b:b1 b/x:m1!* c:null*");
  EXPECT_EQ(this->versions_after(bucket, "b", "b1"), "b/x:m1!* c:null*");
  EXPECT_EQ(this->versions_after(bucket, "b/x", "m1"), "c:null*");
  EXPECT_EQ(this->versions_after(bucket, "c", "null"), "");
  // What is left of a key is shown rather than passed over.
  EXPECT_EQ(this->versions_after(bucket, "b", "gone"), "b:b3* b:b2 b:b1 b/x:m1!* c:null*");
  EXPECT_EQ(this->versions_after(bucket, "bb", "gone"), "c:null*");
  EXPECT_EQ(this->versions_after(bucket, "d", "gone"), "");
}

TYPED_TEST(VersionScanContract, BucketIsEmptiedPageByPage) {
  const auto bucket = this->make_bucket("b");
  for (const char* id : {"v1", "v2", "v3", "v4", "v5"}) {
    ASSERT_TRUE(this->put_version(bucket, "k", id, "x"));
    ASSERT_TRUE(this->put_version(bucket, "l", id, "x"));
  }
  std::string key;
  std::string id;
  std::string shown;
  for (int page = 0; page < 5; ++page) {
    std::vector<Store::Deletion> deletions;
    {
      const auto cursor = this->store().scan_versions(bucket);
      auto at = key.empty() ? cursor->next() : cursor->seek_after(key, id);
      for (int i = 0; i < 2 && at && *at; ++i, at = cursor->next()) {
        shown += (*at)->version_id;
        key = (*at)->key;
        id = (*at)->version_id;
        deletions.push_back({key, {}, id, {}});
      }
    }
    this->run(this->store().delete_objects(bucket, std::move(deletions)));
  }
  EXPECT_EQ(shown, "v5v4v3v2v1v5v4v3v2v1");
  EXPECT_EQ(this->versions(bucket), "");
}

TYPED_TEST(VersionScanContract, CursorShowsWhatAListingOfVersionsShows) {
  const auto bucket = this->make_bucket("b");
  model::ObjectVersion version = this->version_of("k", "abc");
  version.version_id = "v1";
  version.size_bytes = 7;
  version.attributes.storage_class = "STANDARD_IA";
  version.owner_id = "guest";
  version.checksum =
      model::Checksum{checksum::Algorithm::kSha256, model::ChecksumType::kComposite, "x-1"};
  ASSERT_TRUE(this->run(this->store().put_object(bucket, version, this->write("four"), {})));
  const auto check = [&](const model::VersionSummary& shown) {
    EXPECT_EQ(shown.size_bytes, 7U);
    EXPECT_EQ(shown.etag, "abc");
    EXPECT_EQ(shown.last_modified, version.last_modified);
    EXPECT_EQ(shown.storage_class, "STANDARD_IA");
    EXPECT_EQ(shown.owner_id, "guest");
    EXPECT_EQ(shown.checksum_algorithm, checksum::Algorithm::kSha256);
    EXPECT_EQ(shown.checksum_type, model::ChecksumType::kComposite);
  };
  {
    const auto cursor = this->store().scan_versions(bucket);
    const auto current = cursor->next();
    ASSERT_TRUE(current && *current);
    check(**current);
    EXPECT_FALSE((*current)->noncurrent_since);
  }
  ASSERT_TRUE(this->mark(bucket, "k", "m1", 9000));
  const auto cursor = this->store().scan_versions(bucket);
  const auto marker = cursor->next();
  ASSERT_TRUE(marker && *marker);
  EXPECT_EQ((*marker)->last_modified, at_ms(9000));
  EXPECT_EQ((*marker)->owner_id, "owner");
  EXPECT_FALSE((*marker)->noncurrent_since);
  const auto old = cursor->next();
  ASSERT_TRUE(old && *old);
  check(**old);
  EXPECT_EQ((*old)->noncurrent_since, at_ms(9000));
}

TYPED_TEST(VersionScanContract, VersionIsNoncurrentSinceItsSuccessorCame) {
  const auto bucket = this->make_bucket("b");
  const auto since = [this, bucket](std::string_view id) -> std::int64_t {
    const auto cursor = this->store().scan_versions(bucket);
    for (auto at = cursor->next(); at && *at; at = cursor->next()) {
      if ((*at)->version_id != id) continue;
      return (*at)->noncurrent_since ? (*at)->noncurrent_since->time_since_epoch().count() : 0;
    }
    return -1;
  };
  ASSERT_TRUE(this->put_version(bucket, "k", "v1", "x", 1000));
  ASSERT_TRUE(this->mark(bucket, "k", "m1", 2000));
  ASSERT_TRUE(this->put_version(bucket, "k", "v2", "x", 3000));
  EXPECT_EQ(since("v1"), 2000);
  EXPECT_EQ(since("m1"), 3000);
  EXPECT_EQ(since("v2"), 0);
  ASSERT_TRUE(this->erase(bucket, "k", "v2"));
  EXPECT_EQ(since("m1"), 0);
  ASSERT_TRUE(this->erase(bucket, "k", "m1"));
  EXPECT_EQ(since("v1"), 0);
  ASSERT_TRUE(this->put_version(bucket, "k", "v3", "x", 7000));
  EXPECT_EQ(since("v1"), 7000);
}

/// What the versions of one key ought to be, newest first, kept in the plainest way.
struct PlainHistory {
  struct Entry {
    std::string id;
    bool is_marker = false;
    std::string body;
  };
  std::vector<Entry> entries;

  void add(Entry entry) {
    erase(entry.id);
    entries.insert(entries.begin(), std::move(entry));
  }
  void erase(std::string_view id) {
    std::erase_if(entries, [id](const Entry& entry) { return entry.id == id; });
  }
  [[nodiscard]] bool has_object() const { return !entries.empty() && !entries[0].is_marker; }
};

TYPED_TEST(VersionScanContract, AnyOrderOfChangesIsWhatPlainListsSay) {
  const auto bucket = this->make_bucket("b");
  std::map<std::string, PlainHistory> plain;
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same every time
  const auto below = [&random](std::uint32_t limit) {
    return static_cast<std::uint32_t>(random() % limit);
  };
  int serial = 0;
  for (int step = 0; step < 600; ++step) {
    const std::string key(1, static_cast<char>('a' + below(4)));
    PlainHistory& history = plain[key];
    const std::string id = below(3) == 0 ? "null" : "v" + std::to_string(++serial);
    Store& store = this->store();
    std::vector<Store::Deletion> deletions;
    switch (below(5)) {
      case 0:
      case 1: {
        const std::string body = pattern(below(2) == 0 ? 50 : 20'000, below(1000));
        model::ObjectVersion version = this->version_of(key);
        version.version_id = id;
        ASSERT_TRUE(task::run_blocking(store.put_object(bucket, version, this->write(body), {})));
        history.add({id, false, body});
        break;
      }
      case 2: {
        model::ObjectVersion marker;
        marker.version_id = id;
        deletions.push_back({key, {}, {}, marker});
        history.add({id, true, {}});
        break;
      }
      case 3: {
        if (history.entries.empty()) break;
        const std::string chosen =
            history.entries[below(static_cast<std::uint32_t>(history.entries.size()))].id;
        deletions.push_back({key, {}, chosen, {}});
        history.erase(chosen);
        break;
      }
      default:
        deletions.push_back({key, {}, {}, {}});
        if (history.has_object()) history.entries.erase(history.entries.begin());
    }
    for (const auto& result :
         task::run_blocking(store.delete_objects(bucket, std::move(deletions)))) {
      ASSERT_TRUE(result);
    }
    if (step == 299) this->settle();
    std::string expected;
    for (const auto& [name, entries] : plain) {
      bool latest = true;
      for (const auto& entry : entries.entries) {
        expected += (expected.empty() ? "" : " ") + name + ":" + entry.id +
                    (entry.is_marker ? "!" : "") + (latest ? "*" : "");
        latest = false;
      }
    }
    ASSERT_EQ(this->versions(bucket), expected) << step;
  }
  for (const auto& [key, history] : plain) {
    EXPECT_EQ(this->get(bucket, key),
              history.has_object() ? std::optional(history.entries[0].body) : std::nullopt);
    for (const auto& entry : history.entries) {
      EXPECT_EQ(this->get_version(bucket, key, entry.id), entry.is_marker ? "marker" : entry.body);
    }
  }
}

}  // namespace
}  // namespace pail::store
