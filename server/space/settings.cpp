#include "space/settings.h"

#include <utility>

namespace pail::space {

auth::AuthenticatorOptions authenticator_options(
    const Settings& settings, std::shared_ptr<const auth::SessionTokens> sessions) {
  return {settings.region,        settings.names,      settings.strict_host, settings.ports,
          settings.accepts_sigv2, std::move(sessions), settings.providers};
}

}  // namespace pail::space
