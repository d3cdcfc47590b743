#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pail/request_record.h"

namespace pail {

/// How much an acknowledged write survives.
enum class Durability {
  kProcess,  // the death of the process at any moment
  kPower,    // the loss of power as well: everything is synced before the answer
};

/// What everybody may do with a bucket without a signature.
enum class PublicAccess { kNone, kRead, kReadWrite };

struct BucketOption {
  std::string name;
  PublicAccess public_access = PublicAccess::kNone;
};

struct CredentialOption {
  std::string access_key_id;
  std::string secret_access_key;
  /// Several credentials with one name belong to one user. A user of whom `users` says nothing is
  /// an administrator of an account that goes with the name: other names, other accounts.
  std::string user_name = "pail";
};

struct AccountOption {
  std::string id;  // 12 digits
  /// By which ACLs may name the account; may be empty.
  std::string email;
};

struct UserOption {
  std::string name;
  std::string account_id;  // empty: the account that goes with the name
  /// Identity policies in JSON. None: an administrator of the account.
  std::vector<std::string> policies;
  std::map<std::string, std::string> tags;
};

struct RoleOption {
  std::string name;
  std::string account_id;  // empty: the account of the first credential
  /// Who may assume it, in JSON. Empty: everybody who belongs to the account.
  std::string trust_policy;
  /// As UserOption::policies.
  std::vector<std::string> policies;
  std::map<std::string, std::string> tags;
  /// The longest session that AssumeRole may ask for: 1 to 12 hours.
  std::chrono::seconds session_most = std::chrono::hours(1);
};

/// A policy that AssumeRole and GetFederationToken may name in PolicyArns.
struct ManagedPolicyOption {
  std::string arn;  // "arn:aws:iam::111122223333:policy/name"
  std::string document;
};

/// Who issues the tokens of AssumeRoleWithWebIdentity. Known to all accounts.
struct IdentityProviderOption {
  std::string name;    // for messages to people
  std::string issuer;  // "https://idp.example.com/realm", as in the tokens
  /// Who tokens may be for (aud); at least one of them.
  std::vector<std::string> audiences;
  /// With what its signatures are checked: a key set (JWKS) or public keys in PEM; RSA or P-256.
  std::string keys;
};

/// A URL under which one bucket is read by anyone: scheme and port are ignored.
struct PublicBaseOption {
  std::string url;  // "http://localhost:9000/photos", "https://cdn.test/assets"
  std::string bucket;
};

/// PEM texts.
struct TlsOption {
  std::string certificate_chain_pem;
  std::string private_key_pem;
};

struct ListenOption {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0: a free one
};

/// Everything that a server can be told. A value; the defaults serve a test: memory, a free port,
/// no bucket.
struct ServerOptions {
  /// Where the data lies; none: in memory.
  std::optional<std::filesystem::path> data_directory;
  Durability durability = Durability::kProcess;
  std::vector<ListenOption> listen = {ListenOption{}};
  /// With it every port speaks both https and http.
  std::optional<TlsOption> tls;
  std::string region = "us-east-1";
  /// Made at start if missing.
  std::vector<BucketOption> buckets;
  /// None: the default pair (kDefaultAccessKeyId, kDefaultSecretAccessKey).
  std::vector<CredentialOption> credentials;
  /// Further words about accounts and users; those that credentials name exist without.
  std::vector<AccountOption> accounts;
  std::vector<UserOption> users;
  std::vector<RoleOption> roles;
  std::vector<ManagedPolicyOption> managed_policies;
  std::vector<IdentityProviderOption> identity_providers;
  /// Believe tokens of issuers that are not among `identity_providers`, without a look at their
  /// signatures: whoever reaches the server can then be anybody whom a role trusts a provider to
  /// name.
  bool unverified_web_identities = false;
  /// New buckets have ACLs and no public access block, as on AWS before April 2023.
  bool classic_buckets = false;
  /// Names under which clients reach this server besides localhost and the machine's own.
  std::vector<std::string> host_names;
  std::vector<PublicBaseOption> public_bases;
  /// Accept signatures only for the Host that the request carries.
  bool strict_host = false;
  /// Accept Signature Version 2 in the Authorization header and in forms. In presigned URLs it is
  /// always accepted.
  bool sigv2 = false;
  /// Take customers' keys (SSE-C) over plain HTTP too, which AWS refuses.
  bool sse_c_over_http = false;
  /// How long a day is to lifecycle rules. True days begin at midnight UTC; of shorter ones each
  /// begins with the object, so that tests can see rules at work.
  std::chrono::milliseconds lifecycle_day = std::chrono::hours(24);
  /// How often lifecycle rules are looked at; none: every minute, or every day if that is shorter.
  std::optional<std::chrono::milliseconds> lifecycle_interval;
  /// Request ids, version ids, upload ids and times repeat exactly for the same requests in the
  /// same order: the clock stands at 2026-01-01T00:00:00Z and goes on by a millisecond with each
  /// request.
  std::optional<std::uint64_t> deterministic_seed;
  /// How many requests the journal remembers; 0: none is kept.
  std::size_t journal_entries = 10'000;
  /// What lets somebody use the control interface ("/_pail/"). Empty: kept in the data directory as
  /// control.token, made when it is not there; without one a new token each time.
  std::string control_token;
  /// Threads that serve connections; 0 chooses by the machine.
  unsigned threads = 0;
  /// Called after each response, from several threads.
  std::function<void(const RequestRecord&)> on_request;
  /// Fill all of the record for on_request, not only what the request log shows.
  bool request_details = false;
};

inline constexpr const char* kDefaultAccessKeyId = "pail";
inline constexpr const char* kDefaultSecretAccessKey = "pail-secret-key";

}  // namespace pail
