#include "certificate/file.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error/try.h"

namespace pail::certificate {
namespace {

constexpr std::size_t kBytesMost = std::size_t{64} * 1024;

Unexpected<std::string> failure(const std::string& what, const std::filesystem::path& path) {
  return Unexpected{"cannot " + what + " " + path.string() + ": " +
                    std::generic_category().message(errno)};
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// A file beside `file` with this content; mkostemp makes it with mode 0600.
Result<std::string, std::string> write_beside(const std::filesystem::path& file,
                                              std::string_view content, mode_t mode) {
  std::string name = file.string() + ".XXXXXX";
  const Descriptor made(::mkostemp(name.data(), O_CLOEXEC));
  if (made.number() < 0) return failure("make", file);
  if (!write_all(made.number(), content) || ::fchmod(made.number(), mode) != 0) {
    auto failed = failure("write", file);
    ::unlink(name.c_str());
    return failed;
  }
  return name;
}

}  // namespace

Result<void, std::string> make_directory(const std::filesystem::path& directory) {
  std::error_code ec;
  if (std::filesystem::is_directory(directory, ec)) return {};
  const auto parent = directory.parent_path();
  if (!parent.empty() && parent != directory) PAIL_CHECK(make_directory(parent));
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
    return failure("make the directory", directory);
  }
  return {};
}

Result<std::optional<std::string>, std::string> read_file(const std::filesystem::path& file) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.number() < 0 && errno == ENOENT) return std::optional<std::string>();
  if (opened.number() < 0) return failure("read", file);
  std::string content;
  std::array<char, 4096> piece{};
  while (content.size() <= kBytesMost) {
    const ssize_t got = ::read(opened.number(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure("read", file);
    if (got == 0) break;
    content.append(piece.data(), static_cast<std::size_t>(got));
  }
  return std::optional(std::move(content));
}

Result<std::string, std::string> make_file(const std::filesystem::path& file,
                                           std::string_view content, mode_t mode) {
  PAIL_TRY(const std::string temporary, write_beside(file, content, mode));
  // Unlike a rename, a link never replaces what another process made first.
  const bool is_made = ::link(temporary.c_str(), file.c_str()) == 0;
  const bool is_there = errno == EEXIST;
  auto failed = failure("make", file);
  ::unlink(temporary.c_str());
  if (is_made) return std::string(content);
  if (!is_there) return failed;
  PAIL_TRY(auto found, read_file(file));
  if (!found) return failed;
  return *std::move(found);
}

Result<void, std::string> replace_file(const std::filesystem::path& file, std::string_view content,
                                       mode_t mode) {
  PAIL_TRY(const std::string temporary, write_beside(file, content, mode));
  if (::rename(temporary.c_str(), file.c_str()) == 0) return {};
  auto failed = failure("replace", file);
  ::unlink(temporary.c_str());
  return failed;
}

Result<void, std::string> remove_file(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) return failure("delete", file);
  return {};
}

}  // namespace pail::certificate
