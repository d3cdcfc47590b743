#include "space/secret_file.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error/try.h"

namespace pail::space {
namespace {

constexpr mode_t kForOwnerAlone = 0600;
constexpr std::size_t kBytesMost = 4096;

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

Result<std::string, std::string> read(const std::filesystem::path& path, int descriptor) {
  std::array<char, kBytesMost + 1> bytes{};
  const auto got = ::read(descriptor, bytes.data(), bytes.size());
  if (got < 0) return failure(path, "read");
  if (static_cast<std::size_t>(got) > kBytesMost) {
    return Unexpected{path.string() + " is too large for what it should hold"};
  }
  return std::string(bytes.data(), static_cast<std::size_t>(got));
}

/// Complete under another name first, so that a death in between leaves no half of it.
Result<void, std::string> make(const std::filesystem::path& path, std::string_view contents) {
  std::filesystem::path unfinished = path;
  unfinished += ".new";
  const File file(
      ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kForOwnerAlone));
  if (!file.is_open()) return failure(unfinished, "make");
  const auto written = ::write(file.get(), contents.data(), contents.size());
  const bool is_whole = written >= 0 && static_cast<std::size_t>(written) == contents.size();
  if (!is_whole || ::fchmod(file.get(), kForOwnerAlone) != 0 || ::fsync(file.get()) != 0) {
    return failure(unfinished, "write");
  }
  if (::rename(unfinished.c_str(), path.c_str()) != 0) return failure(path, "make");
  return {};
}

}  // namespace

Result<std::string, std::string> open_secret_file(const std::filesystem::path& path,
                                                  std::string_view contents) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.is_open()) return read(path, file.get());
  if (errno != ENOENT) return failure(path, "read");
  PAIL_CHECK(make(path, contents));
  return std::string(contents);
}

}  // namespace pail::space
