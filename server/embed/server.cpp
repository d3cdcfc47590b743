#include "pail/server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <optional>
#include <thread>
#include <utility>

#include <unistd.h>

#include "access/authorizer.h"
#include "checksum/digest_threads.h"
#include "control/control.h"
#include "embed/control_token.h"
#include "embed/people.h"
#include "embed/server_names.h"
#include "error/try.h"
#include "lifecycle/worker.h"
#include "space/gateway.h"
#include "space/registry.h"
#include "space/settings.h"
#include "task/task.h"
#include "transport/transport.h"

namespace pail {
namespace {

access::StartAccess start_access(PublicAccess access) {
  switch (access) {
    case PublicAccess::kRead:
      return access::StartAccess::kPublicRead;
    case PublicAccess::kReadWrite:
      return access::StartAccess::kPublicReadWrite;
    case PublicAccess::kNone:
      break;
  }
  return access::StartAccess::kPrivate;
}

std::map<std::string, access::StartAccess, std::less<>> start_access(const ServerOptions& options) {
  std::map<std::string, access::StartAccess, std::less<>> by_bucket;
  for (const BucketOption& bucket : options.buckets) {
    by_bucket[bucket.name] = start_access(bucket.public_access);
  }
  for (const PublicBaseOption& base : options.public_bases) {
    auto& access = by_bucket[base.bucket];
    if (access == access::StartAccess::kPrivate) access = access::StartAccess::kPublicRead;
  }
  return by_bucket;
}

std::string machine_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data())
                                                          : std::string();
}

transport::Options transport_options(const ServerOptions& options) {
  transport::Options result;
  result.threads = options.threads;
  for (const ListenOption& listen : options.listen) {
    transport::Listener listener{listen.host, listen.port, std::nullopt};
    if (options.tls) {
      listener.tls =
          transport::TlsIdentity{options.tls->certificate_chain_pem, options.tls->private_key_pem};
    }
    result.listeners.push_back(std::move(listener));
  }
  return result;
}

lifecycle::WorkerOptions lifecycle_options(const ServerOptions& options) {
  constexpr std::chrono::milliseconds kShortest{10};
  lifecycle::WorkerOptions result;
  result.interval = std::max(kShortest, options.lifecycle_interval.value_or(
                                            std::min(result.interval, options.lifecycle_day)));
  return result;
}

Result<space::Settings, std::string> space_settings(const ServerOptions& options) {
  space::Settings settings;
  settings.data_directory = options.data_directory;
  settings.durability = options.durability == Durability::kPower ? store::Durability::kPower
                                                                 : store::Durability::kProcess;
  settings.region = options.region;
  PAIL_TRY(settings.names, embed::server_names(options, machine_name()));
  settings.ports = embed::known_ports(options);
  settings.strict_host = options.strict_host;
  settings.accepts_sigv2 = options.sigv2;
  settings.takes_customer_keys_over_http = options.sse_c_over_http;
  PAIL_TRY(auto people, embed::read_people(options));
  settings.directory = std::move(people.directory);
  settings.credentials = std::move(people.credentials);
  settings.first_account = std::move(people.first_account);
  settings.providers = std::move(people.providers);
  settings.buckets = start_access(options);
  settings.bucket_defaults =
      options.classic_buckets ? access::BucketDefaults::kClassic : access::BucketDefaults::kToday;
  settings.lifecycle_day = options.lifecycle_day;
  settings.lifecycle = lifecycle_options(options);
  settings.observer = options.on_request;
  settings.seed = options.deterministic_seed;
  settings.journal_entries = options.journal_entries;
  settings.digest_threads =
      std::make_shared<checksum::DigestThreads>(std::max(1U, std::thread::hardware_concurrency()));
  if (options.request_details) settings.detail = service::RecordDetail::kAll;
  return settings;
}

/// The address that a client on this machine can use for one that is listened on.
std::string reachable_host(const std::string& host) {
  if (host == "0.0.0.0" || host.empty()) return "127.0.0.1";
  if (host == "::" || host == "[::]") return "[::1]";
  if (host.find(':') != std::string::npos && !host.starts_with('[')) return "[" + host + "]";
  return host;
}

}  // namespace

/// The parts in the order in which they lean on each other; destroyed from the last to the first.
struct Server::Parts {
  ServerOptions options;
  std::unique_ptr<space::Registry> spaces;
  std::optional<space::Gateway> gateway;
  std::string control_token;
  std::atomic<bool> is_ready{false};
  std::optional<control::Control> control;
  std::unique_ptr<transport::Transport> transport;
};

Result<Server, std::string> Server::start(ServerOptions options) {
  auto parts = std::make_unique<Parts>();
  parts->options = std::move(options);
  const ServerOptions& given = parts->options;
  PAIL_TRY(auto settings, space_settings(given));
  PAIL_TRY(parts->spaces, space::Registry::open(std::move(settings)));
  parts->gateway.emplace(*parts->spaces);
  PAIL_TRY(parts->control_token, embed::open_control_token(given));
  parts->control.emplace(control::Powers{*parts->spaces, parts->is_ready, PAIL_VERSION, {}},
                         control::Guard(parts->control_token, parts->spaces->settings().names),
                         *parts->gateway);
  PAIL_TRY(parts->transport,
           transport::Transport::start(transport_options(given), *parts->control));
  parts->spaces->home().start();
  parts->is_ready = true;
  return Server(std::move(parts));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

std::string Server::endpoint() const {
  const std::string scheme = parts_->options.tls ? "https://" : "http://";
  const std::string host = reachable_host(parts_->options.listen.front().host);
  return scheme + host + ":" + std::to_string(ports().front());
}

std::vector<std::uint16_t> Server::ports() const { return parts_->transport->ports(); }

std::vector<std::string> Server::bucket_names() const {
  constexpr std::size_t kMost = 10'000;
  std::vector<std::string> names;
  for (const auto& bucket : parts_->spaces->home().store().list_buckets("", "", kMost))
    names.push_back(bucket->name);
  return names;
}

LifecycleReport Server::run_lifecycle() {
  const lifecycle::Report done = parts_->spaces->home().run_lifecycle();
  return {.expired = done.expired,
          .noncurrent_removed = done.noncurrent_removed,
          .markers_removed = done.markers_removed,
          .transitioned = done.transitioned,
          .uploads_aborted = done.uploads_aborted,
          .refused = done.refused,
          .failed_buckets = done.failed_buckets};
}

const std::string& Server::control_token() const { return parts_->control_token; }

Server::ControlReply Server::control(const std::string& method, const std::string& target,
                                     const std::string& body) {
  control::Reply reply = task::run_blocking(parts_->control->call(method, target, body));
  return {reply.status, std::move(reply.body)};
}

void Server::stop(std::chrono::milliseconds grace) {
  parts_->spaces->stop();
  parts_->transport->stop(grace);
}

}  // namespace pail
