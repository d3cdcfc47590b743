#include "pail/server.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <utility>

#include <unistd.h>

#include "access/authorizer.h"
#include "auth/authenticator.h"
#include "embed/people.h"
#include "embed/server_names.h"
#include "embed/session_key.h"
#include "error/try.h"
#include "lifecycle/bucket_rules.h"
#include "lifecycle/worker.h"
#include "model/bucket_name.h"
#include "operations/operation.h"
#include "random/random.h"
#include "service/service.h"
#include "store/disk/disk_store.h"
#include "store/memory/memory_store.h"
#include "task/task.h"
#include "time/clock.h"
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

access::BucketDefaults bucket_defaults(const ServerOptions& options) {
  return options.classic_buckets ? access::BucketDefaults::kClassic
                                 : access::BucketDefaults::kToday;
}

Result<void, std::string> make_bucket(store::Store& store, const std::string& name,
                                      const ServerOptions& options, const auth::Account& owner,
                                      access::BucketDefaults defaults, time::Timestamp now) {
  if (!model::is_valid_bucket_name(name)) {
    return Unexpected{
        "cannot make bucket '" + name +
        "': a bucket name has 3 to 63 lower-case letters, digits, '.' and '-', and begins "
        "and ends with a letter or digit"};
  }
  if (store.find_bucket(name)) return {};
  model::Bucket bucket;
  bucket.name = name;
  bucket.region = options.region;
  bucket.owner_id = owner.canonical_id;
  bucket.created = now;
  bucket.documents = access::new_bucket_documents(defaults);
  const auto made = task::run_blocking(store.create_bucket(std::move(bucket)));
  if (!made) return Unexpected{"cannot make bucket '" + name + "': " + made.error().detail};
  return {};
}

/// The buckets of the start options. What those open to everybody is not blocked.
Result<void, std::string> make_buckets(store::Store& store, const ServerOptions& options,
                                       const access::Authorizer::StartAccesses& start_access,
                                       const auth::Account& owner, time::Timestamp now) {
  for (const auto& [name, access] : start_access) {
    const bool is_public = access != access::StartAccess::kPrivate && !options.classic_buckets;
    const auto defaults = is_public ? access::BucketDefaults::kPublic : bucket_defaults(options);
    PAIL_CHECK(make_bucket(store, name, options, owner, defaults, now));
  }
  return {};
}

Result<std::unique_ptr<store::Store>, std::string> open_store(const ServerOptions& options,
                                                              time::Clock& clock,
                                                              random::Random& random) {
  if (!options.data_directory) return store::make_memory_store();
  const auto durability = options.durability == Durability::kPower ? store::Durability::kPower
                                                                   : store::Durability::kProcess;
  return store::open_disk_store({*options.data_directory, durability}, clock, random);
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
  time::SystemClock clock;
  random::SystemRandom random;
  embed::People people;
  std::unique_ptr<store::Store> store;
  std::optional<auth::Authenticator> authenticator;
  std::optional<access::Authorizer> authorizer;
  std::shared_ptr<const lifecycle::BucketRules> lifecycle_rules;
  std::optional<lifecycle::Worker> lifecycle;
  std::optional<service::Service> service;
  std::unique_ptr<transport::Transport> transport;
};

Result<Server, std::string> Server::start(ServerOptions options) {
  auto parts = std::make_unique<Parts>();
  parts->options = std::move(options);
  const ServerOptions& given = parts->options;
  PAIL_TRY(auto names, embed::server_names(given, machine_name()));
  PAIL_TRY(parts->store, open_store(given, parts->clock, parts->random));
  PAIL_TRY(parts->people, embed::read_people(given));
  PAIL_TRY(auto policies, access::SenderPolicyBook::read(parts->people.directory));
  PAIL_TRY(const auto session_key, embed::open_session_key(given.data_directory, parts->random));
  const auto sessions = std::make_shared<const auth::SessionTokens>(session_key);
  auto opened = start_access(given);
  PAIL_CHECK(
      make_buckets(*parts->store, given, opened, parts->people.first_account, parts->clock.now()));
  parts->authenticator.emplace(
      parts->people.credentials,
      auth::AuthenticatorOptions{given.region, names, given.strict_host, embed::known_ports(given),
                                 given.sigv2, sessions},
      parts->clock);
  parts->authorizer.emplace(*parts->store, parts->people.directory, std::move(policies),
                            std::move(opened));
  parts->lifecycle_rules = std::make_shared<const lifecycle::BucketRules>(
      lifecycle::Day{std::max(given.lifecycle_day, std::chrono::milliseconds(1))});
  parts->lifecycle.emplace(*parts->store, *parts->lifecycle_rules, parts->clock, parts->random,
                           lifecycle_options(given));
  parts->service.emplace(
      operations::OperationContext{*parts->store, *parts->authorizer, parts->people.directory,
                                   parts->clock, parts->random, given.region, names,
                                   bucket_defaults(given), parts->lifecycle_rules, sessions},
      *parts->authenticator, given.on_request);
  PAIL_TRY(parts->transport,
           transport::Transport::start(transport_options(given), *parts->service));
  parts->lifecycle->start();
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
  for (const auto& bucket : parts_->store->list_buckets("", "", kMost))
    names.push_back(bucket->name);
  return names;
}

LifecycleReport Server::run_lifecycle() {
  const lifecycle::Report done = parts_->lifecycle->run_due_now();
  return {.expired = done.expired,
          .noncurrent_removed = done.noncurrent_removed,
          .markers_removed = done.markers_removed,
          .transitioned = done.transitioned,
          .uploads_aborted = done.uploads_aborted,
          .refused = done.refused,
          .failed_buckets = done.failed_buckets};
}

void Server::stop(std::chrono::milliseconds grace) {
  parts_->lifecycle->stop();
  parts_->transport->stop(grace);
}

}  // namespace pail
