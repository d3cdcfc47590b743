#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "contract/store_fixtures.h"
#include "faults/failing_file_system.h"
#include "store/disk/disk_store_impl.h"

namespace pail::store::disk {
namespace {

constexpr std::size_t kLarge = 300'000;

/// A store whose disk fails by plan, with an old object in it.
class FailingStore {
 public:
  explicit FailingStore(Durability durability) : durability_(durability) {
    EXPECT_TRUE(reopen());
    model::Bucket bucket;
    bucket.name = "b";
    bucket_ = (*task::run_blocking(store_->create_bucket(bucket)))->id;
    EXPECT_TRUE(put("k", pattern(kLarge, 1)));
  }

  bool reopen() {
    store_.reset();
    DiskStoreOptions options;
    options.directory = folder_.path() / "data";
    options.durability = durability_;
    auto opened = open_disk_store_on(std::make_shared<FailingFileSystem>(plan_), options, clock_);
    if (!opened) return false;
    store_ = std::move(*opened);
    return true;
  }

  StoreResult<void> put(std::string key, const std::string& body, std::string id = "null") {
    auto content = write(body);
    if (!content) return Unexpected{content.error()};
    model::ObjectVersion version;
    version.key = std::move(key);
    version.etag = "e";
    version.version_id = std::move(id);
    return task::run_blocking(store_->put_object(bucket_, version, std::move(*content), {}));
  }

  StoreResult<Content> write(const std::string& body) {
    auto writer = store_->begin_write();
    for (std::size_t at = 0; at < body.size(); at += 100'000) {
      auto written = writer->write(bytes_of(std::string_view(body).substr(at, 100'000)));
      if (!written) return Unexpected{written.error()};
    }
    return writer->finish();
  }

  void remove(std::string key, std::optional<std::string> id = {}) {
    std::vector<Store::Deletion> deletions;
    deletions.push_back({std::move(key), {}, std::move(id), {}});
    EXPECT_TRUE(task::run_blocking(store_->delete_objects(bucket_, std::move(deletions))).at(0));
  }

  void mark(std::string key, std::string id) {
    model::ObjectVersion marker;
    marker.version_id = std::move(id);
    std::vector<Store::Deletion> deletions;
    deletions.push_back({std::move(key), {}, {}, std::move(marker)});
    EXPECT_TRUE(task::run_blocking(store_->delete_objects(bucket_, std::move(deletions))).at(0));
  }

  std::string get(std::string_view key, std::optional<std::string_view> id = {}) {
    auto found = store_->find_object(bucket_, key, id, Read::kWithContent);
    if (!found) return "none";
    auto reader = store_->open(std::move(found->content));
    std::string out;
    for (auto piece = reader->next(); piece && *piece; piece = reader->next()) {
      const auto& range = std::get<content::FileRange>(**piece);
      std::string bytes(range.length_bytes, '\0');
      const auto size = ::pread(range.file->descriptor(), bytes.data(), bytes.size(),
                                static_cast<off_t>(range.offset_bytes));
      if (size == static_cast<ssize_t>(bytes.size())) out += bytes;
    }
    return out;
  }

  std::size_t files_in(const char* folder) {
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_.path() / "data" / folder)) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }

  FailurePlan& plan() { return *plan_; }
  Store& store() { return *store_; }
  [[nodiscard]] std::int64_t bucket() const { return bucket_; }

 private:
  TemporaryFolder folder_;
  time::ManualClock clock_;
  Durability durability_;
  std::shared_ptr<FailurePlan> plan_ = std::make_shared<FailurePlan>();
  std::unique_ptr<Store> store_;
  std::int64_t bucket_ = 0;
};

struct Sweep {
  Durability durability;
  bool for_ever;
};

class StoreFaults : public ::testing::TestWithParam<Sweep> {};

TEST_P(StoreFaults, ReplacedObjectIsOldOrNewWholeAndNothingIsLeft) {
  bool succeeded = false;
  for (int failing = 1; !succeeded && failing < 50; ++failing) {
    FailingStore store(GetParam().durability);
    store.plan().start(failing, GetParam().for_ever);
    const auto put = store.put("k", pattern(kLarge, 2));
    succeeded = store.plan().operations < failing;
    store.plan().start(0, false);
    EXPECT_EQ(store.get("k"), pattern(kLarge, put ? 2 : 1)) << failing;
    if (!put) {
      EXPECT_EQ(put.error().kind, StoreErrorKind::kNoSpace);
      EXPECT_TRUE(store.put("other", pattern(kLarge, 3))) << "the store lives on";
    }
    ASSERT_TRUE(store.reopen());
    EXPECT_EQ(store.get("k"), pattern(kLarge, put ? 2 : 1)) << failing;
    EXPECT_EQ(store.files_in("blobs"), put ? 1U : 2U) << failing;
    EXPECT_EQ(store.files_in("tmp"), 0U) << failing;
  }
  EXPECT_TRUE(succeeded);
}

TEST_P(StoreFaults, FileThatCannotBeRemovedIsRemovedAtTheNextStart) {
  bool succeeded = false;
  for (int failing = 1; !succeeded && failing < 50; ++failing) {
    FailingStore store(GetParam().durability);
    store.plan().start(failing, GetParam().for_ever);
    store.remove("k");
    EXPECT_EQ(store.get("k"), "none");
    // Closing waits for the housekeeper; with a disk that fails for ever opening fails as well.
    const bool opened = store.reopen();
    succeeded = store.plan().operations < failing;
    store.plan().start(0, false);
    ASSERT_TRUE(opened || store.reopen());
    EXPECT_EQ(store.get("k"), "none");
    EXPECT_EQ(store.files_in("blobs"), 0U) << failing;
  }
  EXPECT_TRUE(succeeded);
}

TEST_P(StoreFaults, VersionIsAddedWholeOrNotAtAllAndTheOneBeforeStays) {
  bool succeeded = false;
  for (int failing = 1; !succeeded && failing < 50; ++failing) {
    FailingStore store(GetParam().durability);
    store.plan().start(failing, GetParam().for_ever);
    const auto put = store.put("k", pattern(kLarge, 2), "v1");
    succeeded = store.plan().operations < failing;
    store.plan().start(0, false);
    for (int start = 0; start < 2; ++start) {
      EXPECT_EQ(store.get("k"), pattern(kLarge, put ? 2 : 1)) << failing;
      EXPECT_EQ(store.get("k", "null"), pattern(kLarge, 1)) << failing;
      EXPECT_EQ(store.get("k", "v1"), put ? pattern(kLarge, 2) : "none") << failing;
      ASSERT_TRUE(store.reopen());
    }
    EXPECT_EQ(store.files_in("blobs"), put ? 2U : 1U) << failing;
    EXPECT_EQ(store.files_in("tmp"), 0U) << failing;
  }
  EXPECT_TRUE(succeeded);
}

TEST_P(StoreFaults, FileOfADeletedVersionGoesAtTheNextStartAtTheLatest) {
  bool succeeded = false;
  for (int failing = 1; !succeeded && failing < 50; ++failing) {
    FailingStore store(GetParam().durability);
    ASSERT_TRUE(store.put("k", pattern(kLarge, 2), "v1"));
    store.plan().start(failing, GetParam().for_ever);
    store.remove("k", failing % 2 == 0 ? "v1" : "null");
    const bool opened = store.reopen();
    succeeded = store.plan().operations < failing;
    store.plan().start(0, false);
    ASSERT_TRUE(opened || store.reopen());
    EXPECT_EQ(store.get("k"), pattern(kLarge, failing % 2 == 0 ? 1 : 2)) << failing;
    EXPECT_EQ(store.files_in("blobs"), 1U) << failing;
  }
  EXPECT_TRUE(succeeded);
}

TEST_P(StoreFaults, OpeningFailsWithASentenceOrSucceedsAndNothingIsLost) {
  bool succeeded = false;
  for (int failing = 1; !succeeded && failing < 400; ++failing) {
    FailingStore store(GetParam().durability);
    store.plan().start(failing, GetParam().for_ever);
    const bool opened = store.reopen();
    succeeded = store.plan().operations < failing;
    store.plan().start(0, false);
    ASSERT_TRUE(opened || store.reopen());
    EXPECT_EQ(store.get("k"), pattern(kLarge, 1)) << failing;
    EXPECT_EQ(store.files_in("blobs"), 1U);
  }
  EXPECT_TRUE(succeeded);
}

INSTANTIATE_TEST_SUITE_P(
    Disk, StoreFaults,
    ::testing::Values(Sweep{Durability::kProcess, false}, Sweep{Durability::kProcess, true},
                      Sweep{Durability::kPower, false}, Sweep{Durability::kPower, true}),
    [](const auto& sweep) {
      return std::string(sweep.param.durability == Durability::kPower ? "Power" : "Process") +
             (sweep.param.for_ever ? "ForEver" : "Once");
    });

TEST(StoreGarbage, WhatWasWrittenButNeverCommittedDisappears) {
  FailingStore store(Durability::kProcess);
  {
    const auto content = store.write(pattern(kLarge, 2));
    ASSERT_TRUE(content);
    EXPECT_EQ(store.files_in("blobs"), 2U);
  }
  EXPECT_EQ(store.files_in("blobs"), 1U);
  {
    auto unfinished = store.store().begin_write();
    ASSERT_TRUE(unfinished->write(bytes_of(pattern(kLarge, 3))));
    EXPECT_EQ(store.files_in("tmp"), 1U);
  }
  EXPECT_EQ(store.files_in("tmp"), 0U);
}

TEST(StoreGarbage, RefusedPutLeavesNoFile) {
  FailingStore store(Durability::kProcess);
  const Guard refuse = [](const model::ObjectVersion*) {
    return std::optional(S3Error(S3ErrorCode::PreconditionFailed));
  };
  model::ObjectVersion version;
  version.key = "k";
  auto content = store.write(pattern(kLarge, 2));
  ASSERT_TRUE(content);
  const auto put = task::run_blocking(
      store.store().put_object(store.bucket(), version, std::move(*content), refuse));
  ASSERT_FALSE(put);
  content = Unexpected{StoreError{}};
  EXPECT_EQ(store.files_in("blobs"), 1U);
}

TEST(StoreGarbage, HeldFileOfADeletedObjectGoesWithItsLastHolder) {
  FailingStore store(Durability::kProcess);
  {
    const auto held = store.store().find_object(store.bucket(), "k", {}, Read::kWithContent);
    ASSERT_TRUE(held);
    store.remove("k");
    EXPECT_EQ(store.files_in("blobs"), 1U);
  }
  ASSERT_TRUE(store.reopen());
  EXPECT_EQ(store.files_in("blobs"), 0U);
}

TEST(StoreGarbage, CopiedFileIsStoredOnceAndGoesWithItsLastObject) {
  FailingStore store(Durability::kProcess);
  model::ObjectVersion version;
  version.key = "copy";
  {
    auto source = store.store().find_object(store.bucket(), "k", {}, Read::kWithContent);
    ASSERT_TRUE(source);
    ASSERT_TRUE(task::run_blocking(
        store.store().put_object(store.bucket(), version, std::move(source->content), {})));
  }
  EXPECT_EQ(store.files_in("blobs"), 1U);
  store.remove("k");
  ASSERT_TRUE(store.reopen());
  EXPECT_EQ(store.get("copy"), pattern(kLarge, 1));
  EXPECT_EQ(store.files_in("blobs"), 1U);
  store.remove("copy");
  ASSERT_TRUE(store.reopen());
  EXPECT_EQ(store.files_in("blobs"), 0U);
}

TEST(StoreGarbage, FileOfAVersionGoesWithTheLastVersionThatHasItAndNotBefore) {
  FailingStore store(Durability::kProcess);
  ASSERT_TRUE(store.put("k", pattern(kLarge, 2), "v1"));
  {
    auto source = store.store().find_object(store.bucket(), "k", "null", Read::kWithContent);
    ASSERT_TRUE(source);
    model::ObjectVersion copy;
    copy.key = "k";
    copy.version_id = "copy";
    ASSERT_TRUE(task::run_blocking(
        store.store().put_object(store.bucket(), copy, std::move(source->content), {})));
  }
  store.mark("k", "m1");
  ASSERT_TRUE(store.reopen());
  EXPECT_EQ(store.files_in("blobs"), 2U);
  store.remove("k", "null");
  ASSERT_TRUE(store.reopen());
  EXPECT_EQ(store.files_in("blobs"), 2U) << "the copy has it";
  store.remove("k", "v1");
  ASSERT_TRUE(store.reopen());
  EXPECT_EQ(store.files_in("blobs"), 1U);
  store.remove("k", "m1");
  EXPECT_EQ(store.get("k"), pattern(kLarge, 1));
  store.remove("k", "copy");
  ASSERT_TRUE(store.reopen());
  EXPECT_EQ(store.files_in("blobs"), 0U);
}

}  // namespace
}  // namespace pail::store::disk
