#pragma once

#include <string>

#include "pail/options.h"
#include "pail/result.h"

#include "auth/credentials.h"
#include "auth/directory.h"
#include "auth/identity_provider.h"

namespace pail::embed {

/// Who there is. A value.
struct People {
  auth::Directory directory;
  auth::Credentials credentials;
  /// The account of the first credential: it owns the buckets that are made at start.
  auth::Account first_account;
  auth::IdentityProviders providers;
};

/// Reads the options about credentials, users, roles, accounts and identity providers; without
/// credentials there is the default pair. Fails with a sentence for people.
Result<People, std::string> read_people(const ServerOptions& options);

}  // namespace pail::embed
