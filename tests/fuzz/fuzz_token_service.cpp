#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "access/trust_policy.h"
#include "auth/session_tokens.h"
#include "auth/web_identity.h"
#include "protocol/action_form.h"
#include "sts/session_request.h"

namespace {

using namespace pail;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Whatever a form says, what is taken from it keeps the promises of the service.
void check_form(std::string_view text) {
  auto parameters = protocol::Query::parse(text);
  if (!parameters) return;
  protocol::ActionForm form{std::string(text), std::move(parameters).value()};
  for (auto* const parse : {&sts::parse_assume_role, &sts::parse_assume_role_with_web_identity,
                            &sts::parse_get_session_token, &sts::parse_get_federation_token}) {
    const auto request = (*parse)(form);
    if (!request) continue;
    require(request->duration >= std::chrono::seconds(900));
    require(request->duration <= std::chrono::hours(36));
    require(request->name.find_first_of("/:<& ") == std::string::npos);
    require(request->tags.size() <= 50 && request->policies.size() <= 1);
  }
}

void check_web_identity(std::string_view token) {
  const auto identity = auth::WebIdentity::read(token, time::Timestamp{});
  if (!identity) return;
  require(!identity->issuer.empty() && !identity->subject.empty());
  require(!identity->audiences.empty());
}

}  // namespace

/// The first byte chooses the parser.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0:
      check_form(text);
      break;
    case 1:
      check_web_identity(text);
      break;
    case 2:
      // Nobody guesses a token.
      require(!auth::SessionTokens(auth::SealKey{std::byte{1}}).open(text));
      break;
    default:
      if (const auto trust = access::parse_trust_policy(text)) {
        require(!trust->statements.empty());
        require(access::trust_in_provider(*trust, "idp.test").statements.size() <=
                trust->statements.size());
      }
  }
  return 0;
}
