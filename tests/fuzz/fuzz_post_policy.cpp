#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "auth/post_policy.h"
#include "text/base64.h"
#include "text/bytes.h"

// A policy that can be read can be compared with a form; nothing else than the two documented ways
// to be wrong comes out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace pail;
  const std::string_view json(reinterpret_cast<const char*>(bytes), size);
  const auto raw = auth::PostPolicy::parse(json);
  if (!raw && raw.error().code != S3ErrorCode::InvalidPolicyDocument) std::abort();
  const auto policy = auth::PostPolicy::parse(text::base64_encode(text::as_bytes(json)));
  if (!policy) {
    if (policy.error().code != S3ErrorCode::InvalidPolicyDocument) std::abort();
    return 0;
  }
  const protocol::FormFields form({{"key", "user/a"}, {"Content-Type", "image/png,image/gif"}});
  for (const auto& fields : {protocol::FormFields(), form}) {
    const auto checked = policy->check(fields, "bucket", time::Timestamp());
    if (!checked && checked.error().code != S3ErrorCode::AccessDenied) std::abort();
  }
  return 0;
}
