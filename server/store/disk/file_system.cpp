#include "store/disk/file_system.h"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pail::store::disk {
namespace {

constexpr mode_t kFileMode = 0600;
constexpr mode_t kDirectoryMode = 0700;

Unexpected<StoreError> failure(const char* doing, const std::string& path) {
  const int number = errno;
  const bool full = number == ENOSPC || number == EDQUOT;
  return {
      StoreError{full ? StoreErrorKind::kNoSpace : StoreErrorKind::kBroken,
                 std::string(doing) + " " + path + ": " + std::generic_category().message(number),
                 {}}};
}

class PosixFile final : public WritableFile {
 public:
  PosixFile(int descriptor, std::string path) : file_(descriptor), path_(std::move(path)) {}

  StoreResult<void> write(std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_.descriptor(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return failure("write", path_);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
  }
  StoreResult<void> sync() override {
    if (::fdatasync(file_.descriptor()) != 0) return failure("sync", path_);
    return {};
  }

 private:
  content::OpenFile file_;
  std::string path_;
};

class PosixFileSystem final : public FileSystem {
 public:
  StoreResult<std::unique_ptr<WritableFile>> create(const std::string& path) override {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode);
    if (descriptor < 0) return failure("create", path);
    return std::unique_ptr<WritableFile>(std::make_unique<PosixFile>(descriptor, path));
  }
  StoreResult<std::shared_ptr<const content::OpenFile>> open(const std::string& path) override {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return failure("open", path);
    return std::shared_ptr<const content::OpenFile>(
        std::make_shared<content::OpenFile>(descriptor));
  }
  StoreResult<bool> rename(const std::string& from, const std::string& to) override {
    if (std::rename(from.c_str(), to.c_str()) == 0) return true;
    if (errno == ENOENT) return false;
    return failure("rename", from);
  }
  StoreResult<void> remove(const std::string& path) override {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failure("remove", path);
    return {};
  }
  StoreResult<void> make_directory(const std::string& path) override {
    if (::mkdir(path.c_str(), kDirectoryMode) != 0 && errno != EEXIST) {
      return failure("make folder", path);
    }
    return {};
  }
  StoreResult<void> sync_directory(const std::string& path) override {
    const content::OpenFile folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.descriptor() < 0 || ::fsync(folder.descriptor()) != 0) return failure("sync", path);
    return {};
  }
  StoreResult<void> list(const std::string& path,
                         const std::function<void(std::string_view name)>& visit) override {
    DIR* const folder = ::opendir(path.c_str());
    if (!folder && errno == ENOENT) return {};
    if (!folder) return failure("list", path);
    const auto close = [](DIR* open) { ::closedir(open); };
    const std::unique_ptr<DIR, decltype(close)> owner(folder, close);
    for (;;) {
      errno = 0;
      const dirent* const entry = ::readdir(folder);
      if (!entry && errno != 0) return failure("list", path);
      if (!entry) return {};
      const std::string_view name(entry->d_name);
      if (name != "." && name != "..") visit(name);
    }
  }
};

}  // namespace

std::shared_ptr<FileSystem> make_posix_file_system() { return std::make_shared<PosixFileSystem>(); }

}  // namespace pail::store::disk
