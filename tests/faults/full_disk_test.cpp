#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "contract/store_fixtures.h"
#include "store/disk/disk_store_impl.h"

namespace pail::store::disk {
namespace {

/// What a step that did not work calls out with.
struct Stopped {
  std::string what;
};

void expect(bool holds, const std::string& what) {
  if (!holds) throw Stopped{what};
}

/// A store on a disk of 24 MiB.
class SmallDisk {
 public:
  explicit SmallDisk(std::filesystem::path folder) : folder_(std::move(folder)) {
    open();
    model::Bucket bucket;
    bucket.name = "b";
    bucket_ = (*task::run_blocking(store_->create_bucket(bucket)))->id;
  }

  void open() {
    store_.reset();
    DiskStoreOptions options;
    options.directory = folder_ / "data";
    auto opened = open_disk_store_on(make_posix_file_system(), options, clock_);
    expect(opened.has_value(), opened ? "" : opened.error());
    store_ = std::move(*opened);
  }

  bool put(std::string key, std::size_t size_bytes) {
    auto writer = store_->begin_write();
    if (!writer->write(bytes_of(pattern(size_bytes)))) return false;
    auto content = writer->finish();
    if (!content) return false;
    model::ObjectVersion version;
    version.key = std::move(key);
    version.etag = "e";
    return task::run_blocking(store_->put_object(bucket_, version, std::move(*content), {}))
        .has_value();
  }

  /// Objects until there is no room for another, and then a file that takes the very last bytes.
  void fill() {
    while (put("large/" + std::to_string(large_), 700'000)) ++large_;
    while (put("small/" + std::to_string(small_), 5'000)) ++small_;
    fill_rest();
  }

  void fill_rest() {
    const auto path = folder_ / "filler";
    const content::OpenFile file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600));
    const std::string block(4096, 'x');
    while (::write(file.descriptor(), block.data(), block.size()) > 0) {
    }
    expect(!put("more", 1), "the disk is not full");
  }

  bool remove(const std::vector<std::string>& keys) {
    std::vector<Store::Deletion> deletions(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) deletions[i].key = keys[i];
    const auto removed = task::run_blocking(store_->delete_objects(bucket_, std::move(deletions)));
    for (const auto& one : removed) {
      if (!one) return false;
    }
    return removed.size() == keys.size();
  }

  bool put_document() {
    return task::run_blocking(store_->put_bucket_document(bucket_, "cors", "<a/>")).has_value();
  }

  [[nodiscard]] bool has_reserve() const {
    return std::filesystem::exists(folder_ / "data/reserve");
  }
  void close() { store_.reset(); }
  [[nodiscard]] std::vector<std::string> keys(const std::string& folder) const {
    std::vector<std::string> keys;
    const int count = folder == "large/" ? large_ : small_;
    for (int i = 0; i < count; ++i) keys.push_back(folder + std::to_string(i));
    return keys;
  }

 private:
  std::filesystem::path folder_;
  time::ManualClock clock_;
  std::unique_ptr<Store> store_;
  std::int64_t bucket_ = 0;
  int large_ = 0;
  int small_ = 0;
};

/// A file system of its own in a process of its own, which the system takes down with the process.
bool mount_small_disk(const std::filesystem::path& folder) {
  const int spaces = CLONE_NEWNS | (::geteuid() == 0 ? 0 : CLONE_NEWUSER);
  return ::unshare(spaces) == 0 &&
         ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=24m") == 0;
}

constexpr int kNotPermitted = 77;

[[noreturn]] void run_in_child(const std::filesystem::path& folder,
                               const std::function<void(SmallDisk&)>& steps) {
  if (!mount_small_disk(folder)) ::_exit(kNotPermitted);
  int status = 0;
  try {
    SmallDisk disk(folder);
    steps(disk);
  } catch (const Stopped& stopped) {
    static_cast<void>(std::fprintf(stderr, "%s\n", stopped.what.c_str()));
    status = 1;
  }
  ::_exit(status);
}

class FullDisk : public ::testing::Test {
 protected:
  void run(const std::function<void(SmallDisk&)>& steps) {
    const TemporaryFolder folder;
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) run_in_child(folder.path(), steps);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    if (WEXITSTATUS(status) == kNotPermitted) GTEST_SKIP() << "no file system may be mounted here";
    EXPECT_EQ(WEXITSTATUS(status), 0);
  }
};

TEST_F(FullDisk, DeletionsAndSettingsStillWork) {
  run([](SmallDisk& disk) {
    disk.fill();
    expect(disk.put_document(), "a setting could not be changed");
    expect(disk.remove(disk.keys("small/")), "small objects could not be deleted");
    expect(disk.remove(disk.keys("large/")), "large objects could not be deleted");
    // Files go in the background, after the answer.
    bool is_used_again = false;
    for (int round = 0; !is_used_again && round < 1000; ++round) {
      is_used_again = disk.put("again", 700'000);
      if (!is_used_again) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    expect(is_used_again, "the space is not used again");
  });
}

TEST_F(FullDisk, ReserveIsMadeAgainWhenThereIsRoom) {
  run([](SmallDisk& disk) {
    expect(disk.has_reserve(), "there is no reserve at first");
    disk.fill();
    for (int round = 0; disk.has_reserve() && round < 10'000; ++round) {
      expect(disk.put_document(), "a setting could not be changed");
    }
    expect(disk.remove(disk.keys("large/")), "large objects could not be deleted");
    disk.close();
    expect(disk.has_reserve(), "there is no reserve again");
  });
}

TEST_F(FullDisk, IsNoReasonNotToStart) {
  run([](SmallDisk& disk) {
    disk.fill();
    disk.close();
    disk.open();
    disk.fill_rest();
    expect(disk.remove(disk.keys("large/")), "large objects could not be deleted");
  });
}

}  // namespace
}  // namespace pail::store::disk
