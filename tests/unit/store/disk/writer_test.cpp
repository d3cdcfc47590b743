#include "store/disk/writer.h"

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include <gtest/gtest.h>

#include "contract/store_fixtures.h"
#include "store/disk/disk_store_impl.h"

namespace pail::store::disk {
namespace {

constexpr std::chrono::seconds kPatience{20};

bool file_has(const std::filesystem::path& path, const std::string& text) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  return bytes.find(text) != std::string::npos;
}

TEST(Writer, LogIsCopiedIntoTheCatalogueWhenNothingMoreIsWritten) {
  const TemporaryFolder folder;
  time::ManualClock clock(at_ms(1'700'000'000'000));
  random::SeededRandom random(1);
  DiskStoreOptions options;
  options.directory = folder.path() / "data";
  auto store = open_disk_store(options, clock, random);
  ASSERT_TRUE(store) << store.error();
  const std::string name = "a-name-that-is-written-last";
  model::Bucket bucket;
  bucket.name = name;
  ASSERT_TRUE(task::run_blocking((*store)->create_bucket(bucket)));
  const auto end = std::chrono::steady_clock::now() + kPatience;
  const auto catalogue = options.directory / "catalogue.sqlite";
  bool copied = file_has(catalogue, name);
  while (!copied && std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
    copied = file_has(catalogue, name);
  }
  EXPECT_TRUE(copied);
}

}  // namespace
}  // namespace pail::store::disk
