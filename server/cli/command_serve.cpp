#include <chrono>
#include <ostream>
#include <utility>

#include <unistd.h>

#include "pail/server.h"

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/configuration.h"
#include "cli/configure.h"
#include "cli/greeting.h"
#include "cli/request_log.h"
#include "cli/start_faults.h"
#include "cli/stop_signal.h"
#include "cli/text_file.h"
#include "cli/tls_identity.h"
#include "error/try.h"

namespace pail::cli {
namespace {

// `docker stop` kills after ten seconds: to be gone before that is to end in order.
constexpr std::chrono::seconds kGrace{8};
constexpr CommandHelp kServeHelp = {
    "serve", "Serves S3 over a directory of this machine until Ctrl-C or SIGTERM.",
    "Each option can also be given as the variable in brackets (lists separated by commas) or by\n"
    "its name in pail.toml: listen = [\"127.0.0.1:9000\"]. Flags are stronger than variables,\n"
    "variables stronger than the file. The application's own variables are understood as well:\n"
    "S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_ENDPOINT_URL,\n"
    "S3_PUBLIC_BASE_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION,\n"
    "MINIO_ROOT_USER, MINIO_ROOT_PASSWORD, MINIO_DEFAULT_BUCKETS.\n\n"
    "examples:\n"
    "  pail serve                                   data in ./.pail, on 127.0.0.1:9000\n"
    "  pail serve --memory --listen 127.0.0.1:0 --ready-file endpoint.txt\n"
    "  pail serve --bucket photos --bucket assets:public-read\n"
    "  pail serve --env-file .env --tls auto"};

/// Serves until told to stop. Fails with a sentence for people if it cannot begin.
Result<void, std::string> serve(ServeConfiguration configuration, const CommandContext& context) {
  context.err << default_credentials_warning(configuration.server) << std::flush;
  StopSignal stop;
  raise_file_limit();
  RequestLog log(STDOUT_FILENO, configuration.log,
                 wants_colours(STDOUT_FILENO, context.environment));
  TlsIdentity identity;
  if (configuration.tls.is_on()) {
    PAIL_TRY(identity, make_tls_identity(configuration));
    configuration.server.tls = identity.option;
  }
  if (configuration.log != LogFormat::kOff) {
    configuration.server.on_request = [&log](const RequestRecord& record) { log.write(record); };
  }
  PAIL_TRY(Server server, Server::start(configuration.server));
  PAIL_CHECK(add_faults(server, configuration.faults));
  context.out << greeting(configuration, {server.endpoint(), server.ports(), server.bucket_names(),
                                          identity.ca_bundle})
              << std::flush;
  if (configuration.ready_file) {
    PAIL_CHECK(write_text_file(*configuration.ready_file, server.endpoint() + "\n"));
  }
  stop.wait();
  server.stop(kGrace);
  return {};
}

}  // namespace

int run_serve(const CommandContext& context) {
  auto flags = parse_arguments(kServeHelp, serve_settings(), context.arguments);
  if (!flags) {
    (flags.error().code == 0 ? context.out : context.err) << flags.error().text;
    return flags.error().code;
  }
  auto configuration = configure(std::move(flags).value(), context.environment);
  if (!configuration) {
    context.err << "pail: " << configuration.error() << "\n";
    return kUsageError;
  }
  const auto served = serve(std::move(configuration).value(), context);
  if (served) return 0;
  context.err << "pail: " << served.error() << "\n";
  return 1;
}

}  // namespace pail::cli
