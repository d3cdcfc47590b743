#include "space/session_key.h"

#include <algorithm>
#include <string_view>

#include "error/try.h"
#include "space/secret_file.h"

namespace pail::space {
namespace {

constexpr const char* kFileName = "session.key";

}  // namespace

Result<auth::SealKey, std::string> open_session_key(
    const std::optional<std::filesystem::path>& data_directory, random::Random& random) {
  auth::SealKey key{};
  random.fill(key);
  if (!data_directory) return key;
  const std::filesystem::path path = *data_directory / kFileName;
  const std::string_view fresh(reinterpret_cast<const char*>(key.data()), key.size());
  PAIL_TRY(const std::string kept, open_secret_file(path, fresh));
  if (kept.size() != key.size()) {
    return Unexpected{path.string() +
                      " is not a key of 32 bytes: remove it, then temporary credentials that were "
                      "issued before end"};
  }
  std::ranges::copy(std::as_bytes(std::span(kept)), key.begin());
  return key;
}

}  // namespace pail::space
