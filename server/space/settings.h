#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/authorizer.h"
#include "auth/authenticator.h"
#include "auth/credentials.h"
#include "auth/directory.h"
#include "auth/identity_provider.h"
#include "auth/session_tokens.h"
#include "checksum/digest_threads.h"
#include "lifecycle/worker.h"
#include "protocol/server_names.h"
#include "service/service.h"
#include "store/disk/disk_store.h"

namespace pail::space {

/// What all spaces of a server have in common. A value.
struct Settings {
  /// Where the space that needs no name keeps its data, and below it the others; none: in memory.
  std::optional<std::filesystem::path> data_directory;
  store::Durability durability = store::Durability::kProcess;
  std::string region = "us-east-1";
  protocol::ServerNames names;
  /// Ports under which clients may have signed.
  std::vector<std::uint16_t> ports;
  bool strict_host = false;
  bool accepts_sigv2 = false;
  /// See operations::OperationContext.
  bool takes_customer_keys_over_http = false;
  auth::Directory directory;
  auth::Credentials credentials;
  auth::IdentityProviders providers;
  /// Owns the buckets that are made at start.
  auth::Account first_account;
  /// The buckets that every space begins with, and who may do what there.
  access::Authorizer::StartAccesses buckets;
  access::BucketDefaults bucket_defaults = access::BucketDefaults::kToday;
  std::chrono::milliseconds lifecycle_day = std::chrono::hours(24);
  lifecycle::WorkerOptions lifecycle;
  /// Called after each response, from several threads. May be empty.
  service::RequestObserver observer;
  service::RecordDetail detail = service::RecordDetail::kLog;
  /// Everything that is random or a time repeats for the same requests in the same order.
  std::optional<std::uint64_t> seed;
  /// How many requests the journal of a space remembers; 0: there is none.
  std::size_t journal_entries = 0;
  /// The threads that large uploads of all spaces share; nullptr: there are none.
  std::shared_ptr<checksum::DigestThreads> digest_threads = nullptr;
};

/// How signatures are verified in every space. `sessions`: nullptr where no tokens are taken.
auth::AuthenticatorOptions authenticator_options(
    const Settings& settings, std::shared_ptr<const auth::SessionTokens> sessions);

}  // namespace pail::space
