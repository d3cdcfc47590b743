#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/policy.h"
#include "access/public_policy.h"

namespace {

using namespace pail;

/// A request with a value for whatever key is asked.
class AnyFacts final : public access::ConditionContext {
 public:
  [[nodiscard]] std::optional<std::vector<std::string>> find(
      const access::ConditionKey& key) const override {
    if (key.name == "aws:sourceip") return std::vector<std::string>{"192.0.2.1"};
    if (key.name == "aws:currenttime") return std::vector<std::string>{"2026-01-01T00:00:00Z"};
    if (key.name == "aws:principalarn") {
      return std::vector<std::string>{"arn:aws:iam::111122223333:user/alice"};
    }
    if (key.name == "aws:tagkeys") return std::vector<std::string>{"a", "b", ""};
    if (key.name == "s3:max-keys") return std::vector<std::string>{"7"};
    if (key.name == "aws:useragent") return std::vector<std::string>{"\xff\xfe*?${aws:username}"};
    if (key.name == "aws:referer") return std::nullopt;
    return std::vector<std::string>{key.name};
  }
};

/// An explicit Deny wins; what is decided has a statement, what is not has none; and a Deny that
/// holds with facts holds without them, too.
void check(const access::Policy& policy) {
  const auth::Identity nobody;
  const auth::Identity somebody{"AK", "alice", "c1", "111122223333",
                                "arn:aws:iam::111122223333:user/alice"};
  const AnyFacts facts;
  for (const auth::Identity* who : {&nobody, &somebody}) {
    for (const char* resource : {"", "bucket", "bucket/a", "bucket/a/b?c*"}) {
      for (const char* action : {"s3:GetObject", "s3:ListBucket"}) {
        const auto with = access::evaluate(policy, {*who, action, resource, &facts});
        const auto without = access::evaluate(policy, {*who, action, resource});
        if ((with.decision == access::Decision::kNoStatement) != (with.statement == nullptr)) {
          std::abort();
        }
        if (with.decision == access::Decision::kDeny &&
            without.decision != access::Decision::kDeny) {
          std::abort();
        }
        if (access::describe(with, "it").empty()) std::abort();
      }
    }
  }
  static_cast<void>(access::is_public(policy));
}

}  // namespace

// A policy that is accepted can be evaluated.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto policy = access::parse_identity_policy(text)) check(*policy);
  const auto policy = access::parse_policy(text, "bucket");
  if (!policy) {
    if (policy.error().code != S3ErrorCode::MalformedPolicy) std::abort();
    return 0;
  }
  if (policy->statements.empty()) std::abort();
  for (const access::Statement& statement : policy->statements) {
    if (statement.resources.any_of.empty() || statement.actions.any_of.empty()) std::abort();
    if (statement.principals.any_of.empty()) std::abort();
  }
  check(*policy);
  return 0;
}
