#include <array>
#include <chrono>
#include <ostream>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/health_request.h"
#include "cli/layers.h"
#include "cli/option_values.h"
#include "error/try.h"

namespace pail::cli {
namespace {

constexpr std::chrono::seconds kTimeLimit{2};
constexpr const char* kDefaultEndpoint = "http://127.0.0.1:9000";

constexpr std::array kSettings = {
    Setting{"endpoint", SettingKind::kValue, "URL",
            "the server to ask (default: the first address of PAIL_LISTEN, or "
            "http://127.0.0.1:9000)"},
};
constexpr std::array kListen = {Setting{"listen", SettingKind::kList, "", ""}};

constexpr CommandHelp kHealthHelp = {
    "health", "Asks a running server whether it answers: exit code 0 if it does, 1 if not.",
    "examples:\n"
    "  pail health\n"
    "  pail health --endpoint https://localhost:9000"};

/// An address that is listened on, as this machine reaches it.
std::string reachable(const ListenOption& listen) {
  std::string host = listen.host;
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "[::]") host = "[::1]";
  return "http://" + host + ":" + std::to_string(listen.port);
}

/// A server with a certificate answers plain HTTP on the same port, so that its scheme needs no
/// asking.
Result<std::string, std::string> choose_endpoint(const Layer& flags,
                                                 const Environment& environment) {
  PAIL_TRY(const Layer variables, environment_layer(kSettings, environment));
  const Layer settings = merge_layers(flags, variables);
  if (const auto given = settings.find("endpoint"); given != settings.end()) {
    return given->second.back().value;
  }
  PAIL_TRY(const Layer listens, environment_layer(kListen, environment));
  const auto listen = listens.find("listen");
  if (listen == listens.end()) return std::string(kDefaultEndpoint);
  const GivenValue& first = listen->second.front();
  const auto parsed = parse_listen(first.value);
  if (!parsed) return Unexpected{first.origin + " " + parsed.error()};
  if (parsed->port == 0) {
    return Unexpected{first.origin + " has port 0: name the port that was taken with --endpoint"};
  }
  return reachable(*parsed);
}

}  // namespace

int run_health(const CommandContext& context) {
  const auto flags = parse_arguments(kHealthHelp, kSettings, context.arguments);
  if (!flags) {
    (flags.error().code == 0 ? context.out : context.err) << flags.error().text;
    return flags.error().code;
  }
  const auto endpoint = choose_endpoint(*flags, context.environment);
  if (!endpoint) {
    context.err << "pail: " << endpoint.error() << "\n";
    return kUsageError;
  }
  const auto target = parse_health_target(*endpoint);
  if (!target) {
    context.err << "pail: " << target.error() << "\n";
    return kUsageError;
  }
  const auto answered = request_health(*target, kTimeLimit);
  if (!answered) {
    context.err << "pail: " << *endpoint << " does not answer: " << answered.error() << "\n";
    return 1;
  }
  context.out << *endpoint << " answers\n";
  return 0;
}

}  // namespace pail::cli
