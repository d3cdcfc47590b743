#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "support/signed_request.h"
#include "text/ascii.h"

namespace {

using namespace pail;

/// Lines: Authorization, x-amz-date, Date, x-amz-content-sha256, Host, target. Missing ones are
/// empty.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string_view line : text::split(text, '\n')) lines.emplace_back(line);
  lines.resize(6);
  return lines;
}

const auth::Authenticator& authenticator() {
  static const time::ManualClock clock(test::example_time());
  static const auth::Authenticator instance(
      test::example_credentials(), {"us-east-1", test::example_names(), false, {9000}}, clock);
  return instance;
}

}  // namespace

// Nobody can know a signature that the secret has not made: whoever is let in is anonymous.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto lines = lines_of({reinterpret_cast<const char*>(bytes), size});
  test::TestRequest request("GET", "/" + lines[5], {});
  const char* const names[] = {"Authorization", "x-amz-date", "Date", "x-amz-content-sha256",
                               "Host"};
  for (std::size_t i = 0; i < 5; ++i) {
    if (!lines[i].empty()) request.http.headers.add(names[i], lines[i]);
  }
  if (!protocol::Query::parse(request.raw_query()) ||
      !protocol::resolve_address(request.names, lines[4], request.raw_path())) {
    return 0;
  }
  const auto routed = request.routed();
  const auto result = authenticator().authenticate(routed);
  if (result && result->kind() != auth::AuthenticationKind::kAnonymous) std::abort();
  return 0;
}
