#pragma once

#include <string>
#include <vector>

#include "access/authorizer.h"
#include "journal/lint.h"
#include "store/store.h"

// What lint() wants to know of the store. Looks at a bounded number of buckets and uploads.
namespace pail::journal {

/// Uploads that are under way.
std::vector<OpenUpload> open_uploads(store::Store& store);

/// Buckets that everybody may read or write by policy, ACL or start option.
std::vector<std::string> public_buckets(const store::Store& store,
                                        const access::Authorizer::StartAccesses& start_access);

}  // namespace pail::journal
