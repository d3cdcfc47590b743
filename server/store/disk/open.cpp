#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error/try.h"
#include "store/disk/disk_store_impl.h"
#include "store/disk/schema.h"
#include "store/disk/space_reserve.h"
#include "store/disk/undo_log.h"

namespace pail::store {
namespace disk {
namespace {

constexpr std::chrono::hours kCompletedUploadsKept{24};
constexpr int kWriterCacheKiB = 8192;

using OpenResult = Result<std::unique_ptr<Store>, std::string>;

std::string last_system_error() { return std::generic_category().message(errno); }

Unexpected<std::string> refuse_directory(const std::string& directory, const std::string& why) {
  return {"cannot use the data directory " + directory + ": " + why};
}

std::string holder_of(int descriptor) {
  char text[32] = {};
  const ssize_t size = ::pread(descriptor, text, sizeof(text) - 1, 0);
  std::string pid(text, size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!pid.empty() && pid.back() == '\n') pid.pop_back();
  return pid.empty() ? "" : " (process " + pid + ")";
}

/// What errno says of `file` in the data directory. To who may not write there it names the two
/// users that differ: a directory mounted into a container mostly belongs to another one.
std::string why_not_writable(const std::string& directory, const std::string& file) {
  const int error = errno;
  std::string complaint = file + ": " + std::generic_category().message(error);
  struct stat found {};
  if (error != EACCES || (::stat((directory + "/" + file).c_str(), &found) != 0 &&
                          ::stat(directory.c_str(), &found) != 0)) {
    return complaint;
  }
  const std::string user = std::to_string(::geteuid());
  if (found.st_uid == ::geteuid()) return complaint + " for user " + user;
  const std::string owner = std::to_string(found.st_uid);
  return complaint + " for user " + user + ", it belongs to user " + owner + "; run 'chown -R " +
         user + "' on it, or pail as user " + owner;
}

/// Held as long as the store lives; the system lets go of it when the process dies.
Result<std::unique_ptr<content::OpenFile>, std::string> lock_directory(
    const std::string& directory) {
  const std::string path = directory + "/lock";
  auto file =
      std::make_unique<content::OpenFile>(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  const int descriptor = file->descriptor();
  if (descriptor < 0) return refuse_directory(directory, why_not_writable(directory, "lock"));
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return refuse_directory(directory, "lock: " + last_system_error());
    return refuse_directory(directory, "it is in use by another pail" + holder_of(descriptor));
  }
  // Only for the message of the next who comes: a failure to write it is none of ours.
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor, 0) == 0) {
    [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, pid.data(), pid.size(), 0);
  }
  return file;
}

Result<void, std::string> make_directory(const std::string& directory) {
  std::error_code error;
  const auto parent = std::filesystem::path(directory).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (error) return refuse_directory(directory, error.message());
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
    return refuse_directory(directory, last_system_error());
  }
  return {};
}

Result<void, std::string> make_catalogue_file(const std::string& directory,
                                              const std::string& path) {
  // SQLite would make it readable for everybody; its other files take the mode of this one.
  const content::OpenFile file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (file.descriptor() < 0) return refuse_directory(directory, path + ": " + last_system_error());
  return {};
}

void tune(Database& database, Durability durability) {
  // NORMAL: the catalogue cannot be damaged by the loss of power, only lose its last moments.
  database.execute(durability == Durability::kPower ? "PRAGMA synchronous=FULL"
                                                    : "PRAGMA synchronous=NORMAL");
  database.execute(("PRAGMA cache_size=-" + std::to_string(kWriterCacheKiB)).c_str());
}

Result<void, std::string> bring_into_order(Catalogue& catalogue, BlobFiles& files,
                                           const time::Clock& clock) {
  const bool clean = take_clean_mark(catalogue.database);
  if (auto prepared = files.prepare(); !prepared) return Unexpected{prepared.error().detail};
  UndoLog undo(catalogue.database);
  if (!clean) {
    auto swept =
        files.sweep([&](std::int64_t id) { return catalogue.blobs.exists(id) || undo.keeps(id); });
    if (!swept) return Unexpected{swept.error().detail};
  }
  catalogue.uploads.erase_completed_before(clock.now() - kCompletedUploadsKept);
  files.start_above(std::max(catalogue.blobs.largest_id(), undo.largest_blob_id()));
  return {};
}

}  // namespace

OpenResult open_disk_store_on(std::shared_ptr<FileSystem> file_system,
                              const DiskStoreOptions& options, time::Clock& clock) {
  const std::string directory = options.directory.lexically_normal().string();
  PAIL_CHECK(make_directory(directory));
  DiskStore::Parts parts;
  PAIL_TRY(parts.lock, lock_directory(directory));
  parts.catalogue_path = directory + "/catalogue.sqlite";
  PAIL_CHECK(make_catalogue_file(directory, parts.catalogue_path));
  parts.reserve = std::make_unique<SpaceReserve>(file_system, directory);
  try {
    parts.catalogue = std::make_unique<Catalogue>(parts.catalogue_path, Database::Mode::kReadWrite);
    // A new catalogue has nothing to lose yet, and the first start should be short.
    if (options.durability == Durability::kProcess) {
      parts.catalogue->database.execute("PRAGMA synchronous=OFF");
    }
    if (auto schema = prepare_schema(parts.catalogue->database); !schema) {
      return refuse_directory(directory, schema.error());
    }
    tune(parts.catalogue->database, options.durability);
    parts.files = std::make_shared<BlobFiles>(file_system, directory, options.durability);
    if (auto order = bring_into_order(*parts.catalogue, *parts.files, clock); !order) {
      return refuse_directory(directory, order.error());
    }
    parts.reserve->make();
    parts.buckets = parts.catalogue->buckets.read_all();
    return std::unique_ptr<Store>(std::make_unique<DiskStore>(std::move(parts), clock));
  } catch (const CatalogueFailure& failure) {
    // Opening writes a little, too; who must free space should not be locked out.
    if (failure.kind() == StoreErrorKind::kNoSpace && parts.reserve && parts.reserve->give_up()) {
      parts.catalogue.reset();
      parts.lock.reset();
      return open_disk_store_on(std::move(file_system), options, clock);
    }
    return refuse_directory(directory, failure.what());
  }
}

}  // namespace disk

Result<std::unique_ptr<Store>, std::string> open_disk_store(const DiskStoreOptions& options,
                                                            time::Clock& clock,
                                                            random::Random& /*random*/) {
  return disk::open_disk_store_on(disk::make_posix_file_system(), options, clock);
}

}  // namespace pail::store
