#pragma once

#include <string>
#include <vector>

#include "access/authorizer.h"
#include "journal/lint.h"
#include "store/store.h"

namespace pail::space {

/// Uploads that were neither completed nor aborted, at most `most` of them.
std::vector<journal::OpenUpload> open_uploads(store::Store& store, std::size_t most);

/// Buckets that everybody may read or write, by their policy, their ACL or a start option.
std::vector<std::string> public_buckets(const store::Store& store,
                                        const access::Authorizer& authorizer,
                                        const access::Authorizer::StartAccesses& start);

}  // namespace pail::space
