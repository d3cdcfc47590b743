#include "embed/session_key.h"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pail::embed {
namespace {

constexpr const char* kFileName = "session.key";
constexpr mode_t kForOwnerAlone = 0600;

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

Unexpected<std::string> failure(const std::filesystem::path& path, std::string_view what) {
  return Unexpected{"cannot " + std::string(what) + " " + path.string() + ": " +
                    std::strerror(errno)};
}

Result<auth::SealKey, std::string> read_key(const std::filesystem::path& path, int descriptor) {
  auth::SealKey key{};
  std::byte further{};
  const auto got = ::read(descriptor, key.data(), key.size());
  if (got < 0) return failure(path, "read");
  if (static_cast<std::size_t>(got) != key.size() || ::read(descriptor, &further, 1) != 0) {
    return Unexpected{path.string() +
                      " is not a key of 32 bytes: remove it, then temporary credentials that were "
                      "issued before end"};
  }
  return key;
}

/// Complete under another name first, so that a death in between leaves no half a key.
Result<auth::SealKey, std::string> make_key(const std::filesystem::path& path,
                                            random::Random& random) {
  auth::SealKey key{};
  random.fill(key);
  std::filesystem::path unfinished = path;
  unfinished += ".new";
  const File file(
      ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kForOwnerAlone));
  if (!file.is_open()) return failure(unfinished, "make");
  const auto written = ::write(file.get(), key.data(), key.size());
  const bool is_whole = written >= 0 && static_cast<std::size_t>(written) == key.size();
  if (!is_whole || ::fchmod(file.get(), kForOwnerAlone) != 0 || ::fsync(file.get()) != 0) {
    return failure(unfinished, "write");
  }
  if (::rename(unfinished.c_str(), path.c_str()) != 0) return failure(path, "make");
  return key;
}

}  // namespace

Result<auth::SealKey, std::string> open_session_key(
    const std::optional<std::filesystem::path>& data_directory, random::Random& random) {
  if (!data_directory) {
    auth::SealKey key{};
    random.fill(key);
    return key;
  }
  const std::filesystem::path path = *data_directory / kFileName;
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.is_open()) return read_key(path, file.get());
  if (errno != ENOENT) return failure(path, "read");
  return make_key(path, random);
}

}  // namespace pail::embed
