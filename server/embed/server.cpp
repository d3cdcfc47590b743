#include "pail/server.h"

#include <array>
#include <map>
#include <optional>
#include <utility>

#include <unistd.h>

#include "access/authorizer.h"
#include "auth/authenticator.h"
#include "checksum/digest.h"
#include "embed/server_names.h"
#include "error/try.h"
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

constexpr const char* kAccountId = "000000000000";

/// 64 hex digits, the same on every machine, so that recorded answers can be compared.
std::string canonical_id(std::string_view account_id) {
  return checksum::sha256_hex("pail account " + std::string(account_id));
}

auth::Credentials credentials(const ServerOptions& options) {
  std::vector<CredentialOption> given = options.credentials;
  if (given.empty()) given.push_back({kDefaultAccessKeyId, kDefaultSecretAccessKey, "pail"});
  auth::Credentials credentials;
  for (CredentialOption& option : given) {
    credentials.add({std::move(option.secret_access_key),
                     {std::move(option.access_key_id), std::move(option.user_name),
                      canonical_id(kAccountId), kAccountId}});
  }
  return credentials;
}

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

Result<void, std::string> make_bucket(store::Store& store, const std::string& name,
                                      const ServerOptions& options, time::Timestamp now) {
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
  bucket.owner_id = canonical_id(kAccountId);
  bucket.created = now;
  const auto made = task::run_blocking(store.create_bucket(std::move(bucket)));
  if (!made) return Unexpected{"cannot make bucket '" + name + "': " + made.error().detail};
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
  std::unique_ptr<store::Store> store;
  std::optional<auth::Authenticator> authenticator;
  std::optional<access::Authorizer> authorizer;
  std::optional<service::Service> service;
  std::unique_ptr<transport::Transport> transport;
};

Result<Server, std::string> Server::start(ServerOptions options) {
  auto parts = std::make_unique<Parts>();
  parts->options = std::move(options);
  const ServerOptions& given = parts->options;
  PAIL_TRY(auto names, embed::server_names(given, machine_name()));
  PAIL_TRY(parts->store, open_store(given, parts->clock, parts->random));
  for (const BucketOption& bucket : given.buckets) {
    PAIL_CHECK(make_bucket(*parts->store, bucket.name, given, parts->clock.now()));
  }
  for (const PublicBaseOption& base : given.public_bases) {
    PAIL_CHECK(make_bucket(*parts->store, base.bucket, given, parts->clock.now()));
  }
  parts->authenticator.emplace(credentials(given),
                               auth::AuthenticatorOptions{given.region, names, given.strict_host,
                                                          embed::known_ports(given), given.sigv2},
                               parts->clock);
  parts->authorizer.emplace(*parts->store, start_access(given));
  parts->service.emplace(
      operations::OperationContext{*parts->store, *parts->authorizer, parts->clock, parts->random,
                                   given.region, names},
      *parts->authenticator, given.on_request);
  PAIL_TRY(parts->transport,
           transport::Transport::start(transport_options(given), *parts->service));
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

void Server::stop(std::chrono::milliseconds grace) { parts_->transport->stop(grace); }

}  // namespace pail
