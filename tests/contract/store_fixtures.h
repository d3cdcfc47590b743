#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "random/random.h"
#include "store/disk/disk_store.h"
#include "store/memory/memory_store.h"
#include "store/store.h"
#include "task/task.h"
#include "time/clock.h"

namespace pail::store {

/// A new folder that goes with it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pail-test-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline time::Timestamp at_ms(std::int64_t milliseconds) {
  return time::Timestamp(std::chrono::milliseconds(milliseconds));
}

inline std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

/// Bytes that differ from place to place, so that a stretch in the wrong place shows.
inline std::string pattern(std::size_t size, unsigned seed = 1) {
  std::string out(size, '\0');
  std::uint32_t state = seed * 2654435761U + 1;
  for (char& c : out) {
    state = state * 1664525U + 1013904223U;
    c = static_cast<char>(state >> 24);
  }
  return out;
}

// What the contract is run over: each gives a store and may exchange it for an equal one whenever
// settle() is called.

struct InMemory {
  std::unique_ptr<Store> store = make_memory_store();
  void settle() {}
};

struct OnDisk {
  TemporaryFolder folder;
  time::ManualClock clock{at_ms(1'700'000'000'000)};
  random::SeededRandom random{1};
  std::unique_ptr<Store> store;

  OnDisk() { reopen(); }
  void reopen() {
    store.reset();
    DiskStoreOptions options;
    options.directory = folder.path() / "data";
    auto opened = open_disk_store(options, clock, random);
    if (!opened) throw std::runtime_error(opened.error());
    store = std::move(*opened);
  }
  void settle() {}
};

struct OnDiskReopened : OnDisk {
  void settle() { reopen(); }
};

}  // namespace pail::store
