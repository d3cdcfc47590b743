#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "journal/entry.h"
#include "store/store.h"

namespace pail::journal {

/// What kind of thing went wrong.
enum class Cause {
  kNothing,    // it did not fail
  kFault,      // a rule of fault injection
  kSignature,  // signature, key, token
  kClock,      // the time of the request, or of the URL that it uses, is over
  kRegion,
  kAccess,     // a policy, an ACL, the public access block, or nothing that allows it
  kLock,       // retention or legal hold
  kCondition,  // If-Match and its like
  kMissing,    // bucket, key, version or upload
  kChecksum,
  kDelivery,  // the answer did not reach the client
  kRequest,   // the request itself is wrong
  kServer,
};

/// "signature", "clock" ...
std::string_view cause_name(Cause cause);

/// What happened to one request, why, and what to do. A value; holds no secrets.
struct Explanation {
  std::string request_id;
  /// "PutObject s3://photos/a.png: 403 SignatureDoesNotMatch"
  std::string headline;
  Cause cause = Cause::kNothing;
  /// Sentences.
  std::vector<std::string> reasons;
  /// Of a signature that does not match: what the server computed it from, and where the client
  /// seems to differ. Empty where that is not known; see RecordedRefusal.
  std::string canonical_request;
  std::string string_to_sign;
  std::string differing_part;
  std::string server_line;
  std::string client_line;
  /// Buckets ("photos") or keys that exist and are like the one that was asked for.
  std::vector<std::string> did_you_mean;
  /// What to do, in the order in which to try it.
  std::vector<std::string> next_steps;
};

/// Explains an entry. The more of it was recorded, the more it says: see
/// ServerOptions::request_details. With a store, names that do not exist are compared with those
/// that do; nullptr: they are not.
Explanation explain(const Entry& entry, store::Store* store = nullptr);

}  // namespace pail::journal
