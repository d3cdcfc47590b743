#include "store/disk/undo_log.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "contract/store_fixtures.h"
#include "store/disk/disk_store_impl.h"
#include "store/disk/schema.h"

namespace pail::store::disk {
namespace {

constexpr std::size_t kLarge = 40'000;

/// A store whose tables and files can be counted.
class Snapshots : public ::testing::Test {
 protected:
  Snapshots() {
    open();
    model::Bucket bucket;
    bucket.name = "b";
    bucket_ = (*task::run_blocking(store_->create_bucket(bucket)))->id;
  }
  void open() {
    store_.reset();
    DiskStoreOptions options;
    options.directory = folder_.path() / "data";
    auto opened = open_disk_store_on(make_posix_file_system(), options, clock_);
    ASSERT_TRUE(opened) << opened.error();
    store_ = std::move(*opened);
  }
  void put(const std::string& key, std::size_t size) {
    auto writer = store_->begin_write();
    const std::string body = pattern(size);
    ASSERT_TRUE(writer->write(bytes_of(body)));
    auto content = writer->finish();
    model::ObjectVersion version;
    version.key = key;
    version.size_bytes = size;
    ASSERT_TRUE(task::run_blocking(store_->put_object(bucket_, version, std::move(*content), {})));
  }
  void remove(const std::string& key) {
    std::vector<Store::Deletion> deletions;
    deletions.push_back({key});
    ASSERT_TRUE(task::run_blocking(store_->delete_objects(bucket_, std::move(deletions))).at(0));
  }
  void save(std::string name) {
    ASSERT_TRUE(task::run_blocking(store_->save_snapshot(std::move(name), clock_.now())));
  }
  void restore(std::string name) {
    ASSERT_TRUE(task::run_blocking(store_->restore_snapshot(std::move(name))));
  }
  void drop(std::string name) {
    ASSERT_TRUE(task::run_blocking(store_->drop_snapshot(std::move(name))));
  }
  /// Closes the store, looks into its catalogue, opens it again.
  std::int64_t ask(const std::string& sql) {
    store_.reset();
    std::int64_t answer = 0;
    {
      Database database((folder_.path() / "data/catalogue.sqlite").string(),
                        Database::Mode::kReadWrite);
      answer = database.integer(sql.c_str());
    }
    open();
    return answer;
  }
  std::int64_t images() {
    std::string sql = "SELECT 0";
    for (const UndoTable& table : undo_tables()) {
      sql += " + (SELECT count(*) FROM undo_" + std::string(table.name) + ")";
    }
    return ask(sql);
  }
  std::int64_t triggers() {
    return ask("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'");
  }
  /// What stands in blobs/ after a restart, that has removed what was queued for it.
  std::size_t files() {
    open();
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_.path() / "data/blobs")) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }
  std::size_t pages_of_log() {
    const auto log = folder_.path() / "data/catalogue.sqlite-wal";
    return std::filesystem::exists(log) ? std::filesystem::file_size(log) / 8192 : 0;
  }

  TemporaryFolder folder_;
  time::ManualClock clock_{at_ms(1'700'000'000'000)};
  std::unique_ptr<Store> store_;
  std::int64_t bucket_ = 0;
};

TEST_F(Snapshots, WithoutOneThereIsNoTriggerAndNoImage) {
  put("k", kLarge);
  remove("k");
  EXPECT_EQ(triggers(), 0);
  EXPECT_EQ(images(), 0);
  save("s");
  EXPECT_EQ(triggers(), 3 * static_cast<std::int64_t>(undo_tables().size()));
  put("k", kLarge);
  EXPECT_EQ(images(), 2) << "that there was no such object and no such blob";
  drop("s");
  EXPECT_EQ(triggers(), 0);
  EXPECT_EQ(images(), 0);
}

TEST_F(Snapshots, SavingWritesAsMuchForTenThousandObjectsAsForNone) {
  const auto written_by_saving = [this] {
    // With another snapshot there, so that the triggers are not counted.
    save("before");
    open();
    save("s");
    const std::size_t pages = pages_of_log();
    EXPECT_EQ(images(), 0);
    return pages;
  };
  const std::size_t with_none = written_by_saving();
  drop("before");
  drop("s");
  for (int i = 0; i < 10'000; ++i) put(std::to_string(i), i % 1000 == 0 ? kLarge : 100);
  EXPECT_EQ(written_by_saving(), with_none);
  EXPECT_LE(with_none, 10U);
  remove("1");
  restore("s");
  EXPECT_EQ(images(), 0);
}

TEST_F(Snapshots, RowIsKeptOncePerSnapshotHoweverOftenItChanges) {
  put("k", 100);
  save("s");
  put("k", 200);
  const auto once = images();
  for (int i = 0; i < 5; ++i) {
    put("k", 300);
    remove("k");
  }
  // Each blob was a new row.
  const auto blobs = ask("SELECT count(*) FROM undo_blob WHERE size IS NULL");
  EXPECT_EQ(blobs, 6);
  EXPECT_EQ(images() - blobs, once - 1);
}

TEST_F(Snapshots, RestoringLeavesNoImagesOfWhatIsAsItWas) {
  put("k", 100);
  save("old");
  put("between", 100);
  save("new");
  put("later", kLarge);
  restore("old");
  const auto after_once = images();
  for (int i = 0; i < 5; ++i) {
    put("round " + std::to_string(i), kLarge);
    restore("old");
  }
  EXPECT_EQ(images(), after_once);
  EXPECT_EQ(files(), 0U);
  restore("new");
  EXPECT_TRUE(store_->find_object(bucket_, "between", {}, Read::kVersionOnly));
  restore("new");
  EXPECT_FALSE(store_->find_object(bucket_, "later", {}, Read::kVersionOnly));
}

TEST_F(Snapshots, FileStaysAsLongAsASnapshotNeedsItAndNoLonger) {
  put("k", kLarge);
  put("same", kLarge);
  save("1");
  remove("k");
  EXPECT_EQ(files(), 2U);
  save("2");
  put("new", kLarge);
  save("3");
  remove("new");
  EXPECT_EQ(files(), 3U);
  drop("3");
  EXPECT_EQ(files(), 2U);
  restore("1");
  EXPECT_EQ(files(), 2U);
  drop("1");
  EXPECT_EQ(files(), 2U) << "it is a current object again";
  restore("2");
  EXPECT_EQ(files(), 1U) << "no state has it any more";
  drop("2");
  EXPECT_EQ(files(), 1U);
}

TEST_F(Snapshots, FileThatAReaderHoldsGoesWithItsLastHolderAfterItsSnapshot) {
  put("k", kLarge);
  save("s");
  {
    const auto held = store_->find_object(bucket_, "k", {}, Read::kWithContent);
    ASSERT_TRUE(held);
    ASSERT_TRUE(task::run_blocking(store_->clear()));
    drop("s");
    auto reader = store_->open(held->content);
    const auto piece = reader->next();
    EXPECT_TRUE(piece && *piece);
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(Snapshots, ReaderThatGoesLeavesTheFileToTheSnapshot) {
  put("k", kLarge);
  save("s");
  {
    const auto held = store_->find_object(bucket_, "k", {}, Read::kWithContent);
    ASSERT_TRUE(held);
    remove("k");
  }
  EXPECT_EQ(files(), 1U);
  restore("s");
  EXPECT_TRUE(store_->find_object(bucket_, "k", {}, Read::kVersionOnly));
}

TEST_F(Snapshots, ClearingRemovesEveryFileThatNoSnapshotNeeds) {
  put("1", kLarge);
  put("2", kLarge);
  put("small", 10);
  ASSERT_TRUE(task::run_blocking(store_->clear()));
  EXPECT_EQ(files(), 0U);
  EXPECT_EQ(ask("SELECT count(*) FROM blob"), 0);
  model::Bucket bucket;
  bucket.name = "b";
  bucket_ = (*task::run_blocking(store_->create_bucket(bucket)))->id;
  put("1", kLarge);
  put("small", 10);
  save("s");
  put("2", kLarge);
  ASSERT_TRUE(task::run_blocking(store_->clear_bucket(bucket_)));
  EXPECT_EQ(files(), 1U);
  EXPECT_EQ(ask("SELECT count(*) FROM blob"), 0);
  drop("s");
  EXPECT_EQ(files(), 0U);
}

TEST_F(Snapshots, BlobIdsOfImagesAreNotGivenAgain) {
  put("k", kLarge);
  save("s");
  remove("k");
  open();
  put("other", kLarge);
  restore("s");
  const auto found = store_->find_object(bucket_, "k", {}, Read::kWithContent);
  ASSERT_TRUE(found);
  EXPECT_EQ(files(), 1U);
}

TEST_F(Snapshots, ImagesHaveEveryColumnOfTheirTable) {
  for (const UndoTable& table : undo_tables()) {
    const std::string name(table.name);
    const auto columns = table.keys.size() + table.values.size();
    EXPECT_EQ(ask("SELECT count(*) FROM pragma_table_info('" + name + "')"),
              static_cast<std::int64_t>(columns))
        << name;
    EXPECT_EQ(ask("SELECT count(*) FROM pragma_table_info('" + name +
                  "') AS t JOIN"
                  " pragma_table_info('undo_" +
                  name + "') AS u USING(name, type)"),
              static_cast<std::int64_t>(columns))
        << name;
  }
}

TEST_F(Snapshots, EveryTableOfTheStateHasImages) {
  EXPECT_EQ(ask("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                " AND name NOT LIKE 'sqlite_%' AND name NOT IN ('meta', 'snapshot')"),
            2 * static_cast<std::int64_t>(undo_tables().size()));
}

}  // namespace
}  // namespace pail::store::disk
