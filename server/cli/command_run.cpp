#include <algorithm>
#include <ostream>
#include <span>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "pail/server.h"

#include "cli/arguments.h"
#include "cli/child_process.h"
#include "cli/command.h"
#include "cli/configure.h"
#include "cli/request_log.h"
#include "cli/run_environment.h"
#include "cli/run_tally.h"
#include "cli/start_faults.h"
#include "cli/stop_signal.h"
#include "cli/tls_identity.h"
#include "error/try.h"

namespace pail::cli {
namespace {

constexpr std::chrono::seconds kGraceAfterRun{2};
constexpr CommandHelp kRunHelp = {
    "run", "Runs a command beside a server of its own, which is gone afterwards.",
    "usage: pail run [OPTIONS] -- COMMAND [ARGUMENTS]\n\n"
    "The server keeps its data in memory and listens on a free port. The command finds it in its\n"
    "environment: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL_STS, AWS_ACCESS_KEY_ID,\n"
    "AWS_SECRET_ACCESS_KEY, AWS_REGION, the same as S3_…, PAIL_ENDPOINT and PAIL_CONTROL_TOKEN.\n"
    "Signals are passed on; the exit code is that of the command. Options are those of pail "
    "serve.\n"
    "\nexamples:\n"
    "  pail run --bucket photos -- pytest\n"
    "  pail run --env-file .env -- npm test"};

constexpr int kLintFailed = 1;

enum class Lint { kOff, kShow, kError };

/// Those of `pail serve` and one more.
std::vector<Setting> run_settings() {
  const auto of_serve = serve_settings();
  std::vector<Setting> settings(of_serve.begin(), of_serve.end());
  settings.push_back(
      {"lint", SettingKind::kValue, "show|error",
       "say at the end what of the requests fails or costs on AWS; error: fail then"});
  return settings;
}

Result<Lint, std::string> choose_lint(const Layer& flags) {
  const auto given = flags.find("lint");
  if (given == flags.end()) return Lint::kOff;
  const std::string& word = given->second.back().value;
  if (word == "show") return Lint::kShow;
  if (word == "error") return Lint::kError;
  return Unexpected{"--lint is '" + word + "'; it can be show or error"};
}

struct Invocation {
  std::span<const std::string> options;
  std::span<const std::string> command;
};

/// What stands before and behind "--".
Invocation split(std::span<const std::string> arguments) {
  const auto dashes = std::ranges::find(arguments, "--");
  const auto before = static_cast<std::size_t>(dashes - arguments.begin());
  const auto behind = std::min(arguments.size(), before + 1);
  return {arguments.first(before), arguments.subspan(behind)};
}

void set_default(Layer& flags, const std::string& name, const std::string& value) {
  if (!flags.contains(name)) flags[name] = {{value, "pail run"}};
}

/// Nothing of it is to be left, and nothing of it is to be in anybody's way.
Layer with_defaults(Layer flags) {
  if (!flags.contains("data")) set_default(flags, "memory", "true");
  set_default(flags, "listen", "127.0.0.1:0");
  set_default(flags, "log", "off");
  set_default(flags, "journal", "10000");
  return flags;
}

/// Whether a finding is worse than a hint.
bool is_bad(Server& server) {
  const auto json = nlohmann::json::parse(server.control("GET", "/lint").body, nullptr, false);
  return std::ranges::any_of(
      json.value("findings", nlohmann::json::array()),
      [](const nlohmann::json& finding) { return finding.value("severity", "info") != "info"; });
}

/// The exit code of the command. Fails with a sentence for people if the server cannot begin.
Result<int, std::string> run(ServeConfiguration configuration, Lint lint,
                             std::span<const std::string> command, const CommandContext& context) {
  ChildProcess child;
  raise_file_limit();
  RequestLog log(STDERR_FILENO, configuration.log,
                 wants_colours(STDERR_FILENO, context.environment));
  RunTally tally;
  TlsIdentity identity;
  if (configuration.tls.is_on()) {
    PAIL_TRY(identity, make_tls_identity(configuration));
    configuration.server.tls = identity.option;
  }
  configuration.server.request_details = true;
  configuration.server.on_request = [&](const RequestRecord& record) {
    tally.add(record);
    if (configuration.log != LogFormat::kOff) log.write(record);
  };
  PAIL_TRY(Server server, Server::start(configuration.server));
  PAIL_CHECK(add_faults(server, configuration.faults));
  const RunningServer running{server.endpoint(), server.ports(), server.bucket_names(),
                              identity.ca_bundle};
  const auto started = child.start(
      command, changed_environment(
                   ::environ, run_environment(configuration, running, server.control_token())));
  if (!started) {
    context.err << "pail: " << started.error().reason << "\n";
    return started.error().code;
  }
  int code = child.wait();
  context.err << tally.summary();
  if (lint == Lint::kOff) return code;
  const auto findings = server.control("GET", "/lint?format=text");
  context.err << findings.body;
  if (code == 0 && lint == Lint::kError && is_bad(server)) code = kLintFailed;
  return code;
}

}  // namespace

int run_run(const CommandContext& context) {
  const auto [options, command] = split(context.arguments);
  auto flags = parse_arguments(kRunHelp, run_settings(), options);
  if (!flags) {
    (flags.error().code == 0 ? context.out : context.err) << flags.error().text;
    return flags.error().code;
  }
  if (command.empty()) {
    context.err << "pail: name the command to run behind '--': pail run -- pytest\n";
    return kUsageError;
  }
  const auto lint = choose_lint(*flags);
  if (!lint) {
    context.err << "pail: " << lint.error() << "\n";
    return kUsageError;
  }
  flags->erase("lint");
  auto configuration = configure(with_defaults(std::move(*flags)), context.environment);
  if (!configuration) {
    context.err << "pail: " << configuration.error() << "\n";
    return kUsageError;
  }
  const auto code = run(std::move(*configuration), *lint, command, context);
  if (code) return *code;
  context.err << "pail: " << code.error() << "\n";
  return 1;
}

}  // namespace pail::cli
