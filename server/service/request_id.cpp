#include "service/request_id.h"

#include <array>
#include <span>

#include "text/base64.h"

namespace pail::service {

RequestIds make_request_ids(random::Random& random) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  constexpr std::size_t kRequestIdLength = 16;
  constexpr std::size_t kHostIdBytes = 57;
  std::array<std::byte, kRequestIdLength + kHostIdBytes> bytes{};
  random.fill(bytes);
  RequestIds ids;
  ids.request_id.reserve(kRequestIdLength);
  for (std::size_t i = 0; i < kRequestIdLength; ++i) {
    ids.request_id.push_back(
        kAlphabet[std::to_integer<std::size_t>(bytes.at(i)) % kAlphabet.size()]);
  }
  ids.host_id = text::base64_encode(std::span(bytes).subspan(kRequestIdLength));
  return ids;
}

}  // namespace pail::service
