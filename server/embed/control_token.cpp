#include "embed/control_token.h"

#include "error/try.h"
#include "random/random.h"
#include "space/secret_file.h"
#include "text/ascii.h"

namespace pail::embed {
namespace {

constexpr const char* kFileName = "control.token";
constexpr std::size_t kRandomBytes = 24;
constexpr std::size_t kCharactersLeast = 8;

}  // namespace

Result<std::string, std::string> open_control_token(const ServerOptions& options) {
  std::string token = options.control_token;
  std::string origin = "the control token";
  if (token.empty()) {
    random::SystemRandom random;
    token = random::random_hex(random, kRandomBytes);
    if (options.data_directory) {
      const auto path = *options.data_directory / kFileName;
      PAIL_TRY(const std::string kept, space::open_secret_file(path, token + "\n"));
      token = text::trim(kept);
      origin = path.string();
    }
  }
  if (token.size() < kCharactersLeast) {
    return Unexpected{origin + " has fewer than 8 characters: anybody could guess it"};
  }
  return token;
}

}  // namespace pail::embed
