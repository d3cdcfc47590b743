#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "access/policy.h"

// A policy that is accepted can be evaluated, and never reaches out of its bucket by an Allow.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace pail;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto policy = access::parse_policy(text, "bucket");
  if (!policy) {
    if (policy.error().code != S3ErrorCode::MalformedPolicy) std::abort();
    return 0;
  }
  if (policy->statements.empty()) std::abort();
  const auth::Identity nobody;
  const auth::Identity somebody{"AK", "alice", "c1", "111122223333"};
  for (const auth::Identity* who : {&nobody, &somebody}) {
    for (const char* resource : {"bucket", "bucket/a", "bucket/a/b?c*"}) {
      static_cast<void>(access::evaluate(*policy, {*who, "s3:GetObject", resource}));
    }
  }
  for (const access::Statement& statement : policy->statements) {
    if (statement.resources.any_of.empty() && !statement.resources.is_negated) std::abort();
    if (statement.actions.any_of.empty()) std::abort();
  }
  return 0;
}
