#include "pail/pail.h"

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "pail/server.h"

#include "capi/options_json.h"
#include "cli/start_faults.h"
#include "cli/tls_identity.h"
#include "cli/version.h"
#include "error/try.h"

struct pail_server {
  pail::cli::TlsIdentity identity;
  pail::Server server;
  std::string endpoint;
};

namespace {

constexpr std::chrono::seconds kGrace{2};

void hand_out(char** place, const std::string& text) {
  if (place != nullptr) *place = ::strdup(text.c_str());
}

pail::Result<std::unique_ptr<pail_server>, std::string> start(const char* options) {
  PAIL_TRY(auto configuration, pail::capi::read_options(options == nullptr ? "" : options));
  pail::cli::TlsIdentity identity;
  if (configuration.tls.is_on()) {
    PAIL_TRY(identity, pail::cli::make_tls_identity(configuration));
    configuration.server.tls = identity.option;
  }
  PAIL_TRY(pail::Server server, pail::Server::start(std::move(configuration.server)));
  PAIL_CHECK(pail::cli::add_faults(server, configuration.faults));
  std::string endpoint = server.endpoint();
  return std::make_unique<pail_server>(
      pail_server{std::move(identity), std::move(server), std::move(endpoint)});
}

}  // namespace

// No exception may leave a function that C calls.

int pail_abi_version(void) { return PAIL_ABI_VERSION; }

const char* pail_version(void) { return pail::cli::version().data(); }  // of a literal

pail_server* pail_start(const char* options, char** error) {
  try {
    auto started = start(options);
    if (started) return std::move(*started).release();
    hand_out(error, started.error());
  } catch (const std::exception& broken) {
    hand_out(error, broken.what());
  }
  return nullptr;
}

void pail_stop(pail_server* server) {
  const std::unique_ptr<pail_server> ended(server);
  if (ended) ended->server.stop(kGrace);
}

const char* pail_endpoint(const pail_server* server) { return server->endpoint.c_str(); }

const char* pail_control_token(const pail_server* server) {
  return server->server.control_token().c_str();
}

int pail_control(pail_server* server, const char* method, const char* target, const char* body,
                 char** reply) {
  try {
    const auto answered = server->server.control(method, target, body == nullptr ? "" : body);
    hand_out(reply, answered.body);
    return answered.status;
  } catch (const std::exception& broken) {
    hand_out(reply, broken.what());
    return 500;
  }
}

void pail_free(char* text) { std::free(text); }
