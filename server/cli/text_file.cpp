#include "cli/text_file.h"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace pail::cli {
namespace {

constexpr std::size_t kBytesMost = std::size_t{1024} * 1024;

Unexpected<std::string> failure(const char* what, const std::filesystem::path& file) {
  const std::string reason = errno != 0 ? std::generic_category().message(errno) : "failed";
  return Unexpected{std::string("cannot ") + what + " " + file.string() + ": " + reason};
}

}  // namespace

Result<std::string, std::string> read_text_file(const std::filesystem::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::string content(kBytesMost + 1, '\0');
  if (!in) return failure("read", file);
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (in.bad() || errno == EISDIR) return failure("read", file);
  content.resize(static_cast<std::size_t>(in.gcount()));
  if (content.size() > kBytesMost) {
    return Unexpected{"cannot read " + file.string() + ": it is larger than 1 MiB"};
  }
  return content;
}

bool is_document(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos &&
         (text[first] == '{' || text.substr(first).starts_with("-----BEGIN "));
}

Result<void, std::string> write_text_file(const std::filesystem::path& file,
                                          std::string_view content) {
  auto temporary = file;
  temporary += ".new";
  errno = 0;
  std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  if (!out) return failure("write", file);
  std::error_code ec;
  std::filesystem::rename(temporary, file, ec);
  if (ec) return Unexpected{"cannot write " + file.string() + ": " + ec.message()};
  return {};
}

}  // namespace pail::cli
