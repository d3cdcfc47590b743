#include <csignal>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "contract/store_fixtures.h"
#include "store/disk/disk_store_impl.h"
#include "store/disk/schema.h"
#include "store/disk/undo_tables.h"

namespace pail::store::disk {
namespace {

/// What a catalogue of format 1 was made with, a bucket and an object of five bytes in it.
constexpr const char* kFormatOne = R"(
PRAGMA page_size=8192;
PRAGMA journal_mode=WAL;
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE bucket(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE, region TEXT NOT NULL, owner TEXT NOT NULL,
  created_ms INTEGER NOT NULL, revision INTEGER NOT NULL) STRICT;
CREATE TABLE bucket_document(
  bucket_id INTEGER NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY(bucket_id, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE object(
  bucket_id INTEGER NOT NULL, key BLOB NOT NULL,
  size INTEGER NOT NULL, modified_ms INTEGER NOT NULL, etag TEXT NOT NULL,
  storage_class TEXT, checksum INTEGER NOT NULL, owner TEXT, version_id TEXT,
  record BLOB NOT NULL, segments BLOB NOT NULL,
  PRIMARY KEY(bucket_id, key)) STRICT, WITHOUT ROWID;
CREATE TABLE blob(
  id INTEGER PRIMARY KEY, size INTEGER NOT NULL, refs INTEGER NOT NULL, data BLOB) STRICT;
CREATE TABLE upload(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bucket_id INTEGER NOT NULL, upload_id TEXT NOT NULL, key BLOB NOT NULL,
  initiated_ms INTEGER NOT NULL, completed_ms INTEGER, completed_etag TEXT,
  record BLOB NOT NULL,
  UNIQUE(bucket_id, upload_id)) STRICT;
CREATE INDEX upload_unfinished ON upload(bucket_id, key, initiated_ms, upload_id)
  WHERE completed_ms IS NULL;
CREATE INDEX upload_completed ON upload(completed_ms) WHERE completed_ms IS NOT NULL;
CREATE TABLE part(
  upload INTEGER NOT NULL, number INTEGER NOT NULL,
  size INTEGER NOT NULL, modified_ms INTEGER NOT NULL, etag TEXT NOT NULL,
  record BLOB NOT NULL, segments BLOB NOT NULL,
  PRIMARY KEY(upload, number)) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('clean', 1);
INSERT INTO bucket VALUES(1, 'old', 'us-east-1', 'owner', 1600000000123, 1);
INSERT INTO blob VALUES(2, 5, 1, CAST('hello' AS BLOB));
INSERT INTO object VALUES(1, CAST('k' AS BLOB), 5, 1600000000123, 'e', NULL, 0, NULL, NULL,
  x'01026869', x'020005');
PRAGMA application_id=1885432172;
PRAGMA user_version=1;
)";

class DataDirectory : public ::testing::Test {
 protected:
  Result<std::unique_ptr<Store>, std::string> open() {
    DiskStoreOptions options;
    options.directory = directory();
    return open_disk_store(options, clock_, random_);
  }
  std::filesystem::path directory() { return folder_.path() / "made/data"; }
  std::string catalogue() { return (directory() / "catalogue.sqlite").string(); }

  static std::int64_t make_bucket(Store& store) {
    model::Bucket bucket;
    bucket.name = "b";
    return (*task::run_blocking(store.create_bucket(bucket)))->id;
  }
  static StoreResult<void> put(Store& store, std::int64_t bucket, std::string key,
                               std::size_t size) {
    auto writer = store.begin_write();
    const std::string body = pattern(size);
    EXPECT_TRUE(writer->write(bytes_of(body)));
    auto content = writer->finish();
    EXPECT_TRUE(content);
    model::ObjectVersion version;
    version.key = std::move(key);
    return task::run_blocking(store.put_object(bucket, version, std::move(*content), {}));
  }
  static void write_file(const std::filesystem::path& path) { std::ofstream(path) << "x"; }

  TemporaryFolder folder_;
  time::ManualClock clock_{at_ms(1'700'000'000'000)};
  random::SeededRandom random_{1};
};

TEST_F(DataDirectory, IsMadeForItsOwnerAlone) {
  auto store = open();
  ASSERT_TRUE(store);
  make_bucket(**store);
  ASSERT_TRUE(put(**store, 1, "k", 100'000));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory())) {
    struct stat info {};
    ASSERT_EQ(::stat(entry.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, entry.is_directory() ? 0700U : 0600U) << entry.path();
  }
}

TEST_F(DataDirectory, SecondStoreIsToldWhoHasIt) {
  const auto first = open();
  ASSERT_TRUE(first);
  const auto second = open();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(), "cannot use the data directory " + directory().string() +
                                ": it is in use by another pail (process " +
                                std::to_string(::getpid()) + ")");
}

TEST_F(DataDirectory, IsFreeAgainWhenItsStoreIsClosed) {
  ASSERT_TRUE(open());
  EXPECT_TRUE(open());
}

TEST_F(DataDirectory, NewerFormatIsRefusedAndLeftAlone) {
  ASSERT_TRUE(open());
  {
    Database database(catalogue(), Database::Mode::kReadWrite);
    database.execute("PRAGMA user_version=999");
  }
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().find("newer pail (format 999, this one knows 3)"), std::string::npos)
      << opened.error();
  Database database(catalogue(), Database::Mode::kReadOnly);
  EXPECT_EQ(database.integer("PRAGMA user_version"), 999);
}

TEST_F(DataDirectory, CatalogueOfFormatOneIsBroughtToThisOneWithAllItHas) {
  std::filesystem::create_directories(directory());
  { std::ofstream(catalogue()) << ""; }
  {
    Database database(catalogue(), Database::Mode::kReadWrite);
    database.execute(kFormatOne);
  }
  for (const char* id : {"v1", "v2"}) {
    auto store = open();
    ASSERT_TRUE(store);
    const auto bucket = (*store)->find_bucket("old");
    ASSERT_NE(bucket, nullptr);
    const auto found = (*store)->find_object(bucket->id, "k", "null", Read::kWithContent);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->version.attributes.content_type, "hi");
    EXPECT_EQ(*found->content.segments.at(0).inline_blob, "hello");
    model::ObjectVersion version;
    version.key = "k";
    version.version_id = id;
    ASSERT_TRUE(task::run_blocking((*store)->put_object(bucket->id, version, {}, {})));
  }
  Database database(catalogue(), Database::Mode::kReadOnly);
  EXPECT_EQ(database.integer("PRAGMA user_version"), 3);
}

TEST_F(DataDirectory, CatalogueOfFormatTwoTakesSnapshots) {
  {
    auto store = open();
    ASSERT_TRUE(store);
    const auto bucket = make_bucket(**store);
    ASSERT_TRUE(put(**store, bucket, "k", 100));
  }
  {
    // What format 3 has added.
    Database database(catalogue(), Database::Mode::kReadWrite);
    for (const UndoTable& table : undo_tables()) {
      database.execute(("DROP TABLE undo_" + std::string(table.name)).c_str());
    }
    database.execute("DROP TABLE snapshot; PRAGMA user_version=2");
  }
  auto store = open();
  ASSERT_TRUE(store) << store.error();
  ASSERT_TRUE(task::run_blocking((*store)->save_snapshot("s", clock_.now())));
  ASSERT_TRUE(task::run_blocking((*store)->clear()));
  ASSERT_TRUE(task::run_blocking((*store)->restore_snapshot("s")));
  const auto bucket = (*store)->find_bucket("b");
  ASSERT_NE(bucket, nullptr);
  EXPECT_TRUE((*store)->find_object(bucket->id, "k", {}, Read::kVersionOnly));
}

TEST_F(DataDirectory, CatalogueOfAnotherProgramIsRefused) {
  std::filesystem::create_directories(directory());
  write_file(directory() / "note");
  { std::ofstream(catalogue()) << ""; }
  {
    Database database(catalogue(), Database::Mode::kReadWrite);
    database.execute("CREATE TABLE t(x)");
  }
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().find("was not made by pail"), std::string::npos) << opened.error();
}

TEST_F(DataDirectory, DamagedCatalogueIsRefused) {
  std::filesystem::create_directories(directory());
  { std::ofstream(catalogue()) << std::string(8192, 'x'); }
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().find("not a database"), std::string::npos) << opened.error();
}

TEST_F(DataDirectory, PlaceWhereNoDirectoryCanBeIsRefused) {
  write_file(folder_.path() / "made");
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().find(directory().string()), std::string::npos) << opened.error();
}

TEST_F(DataDirectory, OnlyOurOwnLeftoversAreRemoved) {
  ASSERT_TRUE(open());
  const std::string unplaced = (directory() / "tmp/0000000000000003.part").string();
  const std::string foreign = (directory() / "tmp/thesis.doc").string();
  const std::string unnamed = (directory() / "blobs/01/0000000000000003").string();
  const std::string note = (directory() / "blobs/01/readme").string();
  std::filesystem::create_directories(directory() / "blobs/01");
  for (const auto& path : {unplaced, foreign, unnamed, note}) write_file(path);
  {
    // As if the last owner had been killed.
    Database database(catalogue(), Database::Mode::kReadWrite);
    EXPECT_TRUE(take_clean_mark(database));
  }
  ASSERT_TRUE(open());
  EXPECT_FALSE(std::filesystem::exists(unplaced));
  EXPECT_TRUE(std::filesystem::exists(foreign));
  EXPECT_FALSE(std::filesystem::exists(unnamed));
  EXPECT_TRUE(std::filesystem::exists(note));
}

TEST_F(DataDirectory, CompletedUploadIsForgottenAfterADay) {
  std::int64_t bucket = 0;
  {
    auto store = open();
    ASSERT_TRUE(store);
    bucket = make_bucket(**store);
    model::MultipartUpload upload;
    upload.key = "k";
    upload.upload_id = "u";
    ASSERT_TRUE(task::run_blocking((*store)->create_upload(bucket, upload)));
    model::ObjectVersion version;
    version.key = "k";
    version.etag = "e";
    ASSERT_TRUE(task::run_blocking((*store)->complete_upload(bucket, "u", {}, version, {})));
  }
  clock_.advance(std::chrono::hours(23));
  EXPECT_TRUE((*open())->find_upload(bucket, "k", "u"));
  clock_.advance(std::chrono::hours(2));
  EXPECT_FALSE((*open())->find_upload(bucket, "k", "u"));
}

TEST_F(DataDirectory, LogIsEmptyAfterAClosedStoreAndBoundedWhileItIsUsed) {
  {
    auto store = open();
    ASSERT_TRUE(store);
    const auto bucket = make_bucket(**store);
    for (int i = 0; i < 3000; ++i) {
      ASSERT_TRUE(put(**store, bucket, std::to_string(i), 16'000));
    }
    // 48 MB were written; the log starts again at the latest soon after 3,000 pages of 8 KiB.
    EXPECT_LT(std::filesystem::file_size(catalogue() + "-wal"), 30U << 20);
  }
  EXPECT_FALSE(std::filesystem::exists(catalogue() + "-wal"));
}

TEST_F(DataDirectory, WriterThatCannotWriteFailsAndLivesOn) {
  auto store = open();
  ASSERT_TRUE(store);
  const auto bucket = make_bucket(**store);
  ASSERT_TRUE(put(**store, bucket, "old", 1000));
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit usual{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &usual), 0);
  rlimit tight = usual;
  tight.rlim_cur = std::filesystem::file_size(catalogue() + "-wal");
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  const auto failed = put(**store, bucket, "new", 1000);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &usual), 0);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, StoreErrorKind::kBroken);
  EXPECT_FALSE((*store)->find_object(bucket, "new", {}, Read::kVersionOnly));
  EXPECT_TRUE((*store)->find_object(bucket, "old", {}, Read::kVersionOnly));
  EXPECT_TRUE(put(**store, bucket, "new", 1000));
  EXPECT_TRUE((*store)->find_object(bucket, "new", {}, Read::kVersionOnly));
}

TEST_F(DataDirectory, GuardThatThrowsFailsItsChangeAndTheStoreLivesOn) {
  auto store = open();
  ASSERT_TRUE(store);
  const auto bucket = make_bucket(**store);
  model::ObjectVersion version;
  version.key = "k";
  const Guard broken = [](const model::ObjectVersion*) -> std::optional<S3Error> {
    throw std::runtime_error("a bug");
  };
  const auto put_broken = task::run_blocking((*store)->put_object(bucket, version, {}, broken));
  ASSERT_FALSE(put_broken);
  EXPECT_EQ(put_broken.error().kind, StoreErrorKind::kBroken);
  EXPECT_TRUE(put(**store, bucket, "k", 10));
}

}  // namespace
}  // namespace pail::store::disk
