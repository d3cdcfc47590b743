#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pail::auth {

/// What a signature of Version 4 that does not match seems to have been made from instead. Contains
/// no secret and no signature. For whoever runs the server: it would help a forger.
struct SignatureDiagnosis {
  /// "method", "path", "query", "host", "header <name>", "payload hash", "secret"; empty: nothing
  /// that was tried explains it.
  std::string part;
  /// The line of the canonical request as the server has it and as the client signed it; empty
  /// where the secret differs.
  std::string server_line;
  std::string client_line;
  /// What the client did, for people.
  std::string sentence;
};

/// What is known of such a signature. Views.
struct MismatchCase {
  std::string_view secret_access_key;
  std::string_view signature;  // as it was sent
  std::string_view canonical_request;
  std::string_view string_to_sign;
  std::string_view raw_path;
  std::string_view raw_query;
  std::string_view bucket;  // empty: none
  /// Values of Host that the client may have signed.
  std::vector<std::string> hosts;
};

/// Tries one by one the mistakes that clients and what stands in between are known to make, with a
/// bounded amount of work. Pure.
SignatureDiagnosis diagnose_mismatch(const MismatchCase& about);

}  // namespace pail::auth
