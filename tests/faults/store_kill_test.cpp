#include <array>
#include <csignal>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "contract/store_fixtures.h"
#include "store/disk/disk_store_impl.h"

namespace pail::store::disk {
namespace {

/// Small ones in the catalogue, large ones in files, in turn.
std::string body_of(std::uint32_t number) {
  return pattern(number % 3 == 0 ? 500 : 40'000 + number % 7, number);
}

std::unique_ptr<Store> open_in(const std::filesystem::path& folder, time::Clock& clock) {
  DiskStoreOptions options;
  options.directory = folder / "data";
  auto opened = open_disk_store_on(make_posix_file_system(), options, clock);
  return opened ? std::move(*opened) : nullptr;
}

bool put(Store& store, std::int64_t bucket, std::string key, std::uint32_t number,
         std::string id = "null") {
  auto writer = store.begin_write();
  if (!writer->write(bytes_of(body_of(number)))) return false;
  auto content = writer->finish();
  if (!content) return false;
  model::ObjectVersion version;
  version.key = std::move(key);
  version.etag = std::to_string(number);
  version.version_id = std::move(id);
  return task::run_blocking(store.put_object(bucket, version, std::move(*content), {})).has_value();
}

/// A new version and a delete marker over it; the marker before goes, and so does the version
/// before the one before.
bool change_versions(Store& store, std::int64_t bucket, std::uint32_t number) {
  if (!put(store, bucket, "kept", number, "v" + std::to_string(number))) return false;
  model::ObjectVersion marker;
  marker.version_id = "m" + std::to_string(number);
  std::vector<Store::Deletion> deletions;
  deletions.push_back({"kept", {}, {}, marker});
  const auto marked = task::run_blocking(store.delete_objects(bucket, std::move(deletions)));
  deletions.clear();
  deletions.push_back({"kept", {}, "m" + std::to_string(number - 1), {}});
  deletions.push_back({"kept", {}, "v" + std::to_string(number - 2), {}});
  const auto erased = task::run_blocking(store.delete_objects(bucket, std::move(deletions)));
  return marked.at(0) && erased.at(0) && erased.at(1);
}

/// The child: writes objects without end and reports each one that was acknowledged.
[[noreturn]] void write_until_killed(const std::filesystem::path& folder, std::uint32_t number,
                                     int report) {
  time::ManualClock clock;
  auto store = open_in(folder, clock);
  if (!store) ::_exit(1);
  const std::int64_t bucket = store->find_bucket("b")->id;
  for (;; ++number) {
    const bool written = put(*store, bucket, "key-" + std::to_string(number), number) &&
                         put(*store, bucket, "hot", number) &&
                         change_versions(*store, bucket, number);
    if (!written || ::write(report, &number, sizeof(number)) != sizeof(number)) ::_exit(2);
  }
}

std::string get(Store& store, std::int64_t bucket, std::string_view key, std::string& etag,
                std::optional<std::string_view> id = {}) {
  auto found = store.find_object(bucket, key, id, Read::kWithContent);
  if (!found) return "none";
  etag = found->version.etag;
  auto reader = store.open(std::move(found->content));
  std::string out;
  for (auto piece = reader->next(); piece && *piece; piece = reader->next()) {
    if (const auto* shared = std::get_if<content::SharedRange>(&**piece)) out += *shared->bytes;
    if (const auto* file = std::get_if<content::FileRange>(&**piece)) {
      std::string bytes(file->length_bytes, '\0');
      const auto size = ::pread(file->file->descriptor(), bytes.data(), bytes.size(), 0);
      if (size > 0) out += bytes.substr(0, static_cast<std::size_t>(size));
    }
  }
  return out;
}

std::size_t files_in(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) ++count;
  }
  return count;
}

/// The next round may have begun.
void check_versions(const std::set<std::string>& kept, std::uint32_t last) {
  EXPECT_TRUE(kept.contains("v" + std::to_string(last)));
  EXPECT_TRUE(kept.contains("m" + std::to_string(last)) ||
              kept.contains("m" + std::to_string(last + 1)));
  for (const std::string& id : kept) {
    const auto number = static_cast<std::uint32_t>(std::stoul(id.substr(1)));
    EXPECT_GE(number + (id.front() == 'v' ? 1 : 0), last) << id;
  }
}

void check(const std::filesystem::path& folder, std::uint32_t last_acknowledged) {
  time::ManualClock clock;
  auto store = open_in(folder, clock);
  ASSERT_NE(store, nullptr);
  const std::int64_t bucket = store->find_bucket("b")->id;
  std::string etag;
  for (std::uint32_t number = 1; number <= last_acknowledged; ++number) {
    EXPECT_EQ(get(*store, bucket, "key-" + std::to_string(number), etag), body_of(number));
  }
  std::size_t large = 0;
  std::set<std::string> kept;
  auto cursor = store->scan_versions(bucket);
  for (auto at = cursor->next(); at && *at; at = cursor->next()) {
    if ((*at)->key == "kept") kept.emplace((*at)->version_id);
    if ((*at)->is_delete_marker) continue;
    const std::string body = get(*store, bucket, (*at)->key, etag, (*at)->version_id);
    EXPECT_EQ(body, body_of(static_cast<std::uint32_t>(std::stoul(etag)))) << (*at)->key;
    if (body.size() > 30'000) ++large;
  }
  check_versions(kept, last_acknowledged);
  EXPECT_EQ(files_in(folder / "data/tmp"), 0U);
  EXPECT_EQ(files_in(folder / "data/blobs"), large);
}

TEST(StoreKilled, EveryAcknowledgedObjectIsWholeAndNothingElseIsLeft) {
  const TemporaryFolder folder;
  {
    time::ManualClock clock;
    auto store = open_in(folder.path(), clock);
    ASSERT_NE(store, nullptr);
    model::Bucket bucket;
    bucket.name = "b";
    ASSERT_TRUE(task::run_blocking(store->create_bucket(bucket)));
  }
  std::uint32_t last = 0;
  for (const std::uint32_t rounds : {1U, 7U, 30U, 61U}) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) write_until_killed(folder.path(), last + 1, ends[1]);
    ::close(ends[1]);
    const std::uint32_t enough = last + rounds;
    std::uint32_t number = 0;
    while (last < enough && ::read(ends[0], &number, sizeof(number)) == sizeof(number)) {
      last = number;
    }
    EXPECT_EQ(last, enough) << "the child could not write";
    ::kill(child, SIGKILL);
    while (::read(ends[0], &number, sizeof(number)) == sizeof(number)) last = number;
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status));
    check(folder.path(), last);
  }
}

}  // namespace
}  // namespace pail::store::disk
