#include <array>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "contract/store_fixtures.h"
#include "faults/failing_file_system.h"
#include "store/disk/disk_store_impl.h"

namespace pail::store::disk {
namespace {

constexpr std::size_t kLarge = 40'000;
/// In the state that the snapshot has.
constexpr int kSaved = 6;

std::string key_of(int number) { return "key-" + std::to_string(number); }

bool put(Store& store, std::int64_t bucket, int number, unsigned seed) {
  auto writer = store.begin_write();
  const std::string body = pattern(number % 2 == 0 ? kLarge : 100, seed);
  if (!writer->write(bytes_of(body))) return false;
  auto content = writer->finish();
  if (!content) return false;
  model::ObjectVersion version;
  version.key = key_of(number);
  version.etag = std::to_string(seed);
  version.size_bytes = body.size();
  return task::run_blocking(store.put_object(bucket, version, std::move(*content), {})).has_value();
}

/// A data directory with a snapshot "s" in it.
class SavedStore {
 public:
  SavedStore() {
    EXPECT_TRUE(open());
    model::Bucket bucket;
    bucket.name = "b";
    const auto made = task::run_blocking(store_->create_bucket(bucket));
    for (int i = 0; i < kSaved; ++i) EXPECT_TRUE(put(*store_, (*made)->id, i, 1));
    EXPECT_TRUE(task::run_blocking(store_->save_snapshot("s", clock_.now())));
  }

  bool open() {
    store_.reset();
    DiskStoreOptions options;
    options.directory = folder_.path() / "data";
    auto opened = open_disk_store_on(std::make_shared<FailingFileSystem>(plan_), options, clock_);
    if (!opened) return false;
    store_ = std::move(*opened);
    return true;
  }
  void close() { store_.reset(); }
  Store& store() { return *store_; }
  FailurePlan& plan() { return *plan_; }
  std::int64_t bucket() { return store_->find_bucket("b")->id; }

  /// What the snapshot is restored to: nothing is missing, nothing is left in the folder.
  void check() {
    ASSERT_TRUE(task::run_blocking(store_->restore_snapshot("s")));
    ASSERT_TRUE(open());
    ASSERT_NE(store_->find_bucket("b"), nullptr);
    for (int i = 0; i < kSaved; ++i) {
      const auto found = store_->find_object(bucket(), key_of(i), {}, Read::kWithContent);
      ASSERT_TRUE(found) << i;
      EXPECT_EQ(found->version.etag, "1");
      auto reader = store_->open(found->content);
      const auto piece = reader->next();
      EXPECT_TRUE(piece && *piece) << i;
    }
    std::size_t objects = 0;
    auto cursor = store_->scan_objects(bucket());
    for (auto at = cursor->next(); at && *at; at = cursor->next()) ++objects;
    EXPECT_EQ(objects, static_cast<std::size_t>(kSaved));
    EXPECT_EQ(files_in("blobs"), static_cast<std::size_t>(kSaved / 2));
    EXPECT_EQ(files_in("tmp"), 0U);
  }

 private:
  std::size_t files_in(const char* name) {
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_.path() / "data" / name)) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }

  TemporaryFolder folder_;
  time::ManualClock clock_{at_ms(1'700'000'000'000)};
  std::shared_ptr<FailurePlan> plan_ = std::make_shared<FailurePlan>();
  std::unique_ptr<Store> store_;
};

/// The child: everything that touches snapshots, in a round without end.
[[noreturn]] void change_until_killed(SavedStore& saved, int report) {
  if (!saved.open()) ::_exit(1);
  Store& store = saved.store();
  for (unsigned round = 2;; ++round) {
    bool done = put(store, saved.bucket(), static_cast<int>(round % kSaved), round) &&
                put(store, saved.bucket(), kSaved + static_cast<int>(round % 4), round);
    done = done && task::run_blocking(store.save_snapshot("later", at_ms(round)));
    done = done && put(store, saved.bucket(), static_cast<int>(round % 2), round);
    if (round % 3 == 0) done = done && task::run_blocking(store.clear());
    if (round % 5 == 0) done = done && task::run_blocking(store.drop_snapshot("later"));
    done = done && task::run_blocking(store.restore_snapshot("s"));
    if (!done || ::write(report, &round, sizeof(round)) != sizeof(round)) ::_exit(2);
  }
}

TEST(SnapshotsKilled, SnapshotIsRestoredWholeWheneverTheProcessDies) {
  SavedStore saved;
  for (const int rounds : {1, 2, 9, 14, 25}) {
    saved.close();
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) change_until_killed(saved, ends[1]);
    ::close(ends[1]);
    unsigned round = 0;
    int seen = 0;
    while (seen < rounds && ::read(ends[0], &round, sizeof(round)) == sizeof(round)) ++seen;
    EXPECT_EQ(seen, rounds) << "the child could not write";
    ::kill(child, SIGKILL);
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status));
    ASSERT_TRUE(saved.open());
    // The other one has its own files.
    static_cast<void>(task::run_blocking(saved.store().drop_snapshot("later")));
    saved.check();
  }
}

class SnapshotFaults : public ::testing::TestWithParam<bool> {};

TEST_P(SnapshotFaults, NothingIsLostOrLeftWhateverTheDiskRefuses) {
  bool succeeded = false;
  for (int failing = 1; !succeeded && failing < 100; ++failing) {
    SavedStore saved;
    saved.plan().start(failing, GetParam());
    for (int i = 0; i < 4; ++i) put(saved.store(), saved.bucket(), i + 3, 2);
    static_cast<void>(task::run_blocking(saved.store().save_snapshot("later", at_ms(2))));
    put(saved.store(), saved.bucket(), 2, 3);
    static_cast<void>(task::run_blocking(saved.store().clear()));
    static_cast<void>(task::run_blocking(saved.store().drop_snapshot("later")));
    const bool opened = saved.open();
    succeeded = saved.plan().operations < failing;
    saved.plan().start(0, false);
    ASSERT_TRUE(opened || saved.open());
    saved.check();
    if (HasFatalFailure()) return;
  }
  EXPECT_TRUE(succeeded);
}

INSTANTIATE_TEST_SUITE_P(Disk, SnapshotFaults, ::testing::Bool(),
                         [](const auto& sweep) { return sweep.param ? "ForEver" : "Once"; });

}  // namespace
}  // namespace pail::store::disk
