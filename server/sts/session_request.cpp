#include "sts/session_request.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "access/action_facts.h"
#include "access/policy.h"
#include "error/try.h"
#include "sts/constraints.h"
#include "text/ascii.h"

namespace pail::sts {
namespace {

using protocol::ActionForm;

constexpr std::chrono::hours kRoleUsual{1};
constexpr std::chrono::hours kRoleMost{12};
constexpr std::chrono::hours kUserUsual{12};
constexpr std::chrono::hours kUserMost{36};
constexpr std::size_t kPolicyArnsMost = 10;
constexpr TextRule kPolicy{1, 2048, Alphabet::kAny};
constexpr std::size_t kTagsMost = 50;
constexpr TextRule kArn{20, 2048, Alphabet::kAny};
constexpr TextRule kSessionName{2, 64, Alphabet::kName};
constexpr TextRule kFederatedName{2, 32, Alphabet::kName};
constexpr TextRule kSourceIdentity{2, 256, Alphabet::kName};
constexpr TextRule kExternalId{2, 1224, Alphabet::kExternalId};
constexpr TextRule kTagKey{1, 128, Alphabet::kAny};
constexpr TextRule kTagValue{0, 256, Alphabet::kAny};

std::string read_text(Constraints& constraints, const ActionForm& form, std::string_view parameter,
                      std::string_view name, const TextRule& rule, bool is_required) {
  const auto value = form.parameters.find(parameter);
  if (is_required) constraints.require(name, value);
  if (!value) return {};
  constraints.check(name, *value, rule);
  return std::string(*value);
}

std::vector<model::NamedValue> read_tags(Constraints& constraints, const ActionForm& form) {
  auto tags = access::session_tags(form.parameters);
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const std::string member = "tags." + std::to_string(i + 1) + ".member.";
    constraints.check(member + "key", tags[i].name, kTagKey);
    constraints.check(member + "value", tags[i].value, kTagValue);
  }
  return tags;
}

S3Result<void> check_tags(const std::vector<model::NamedValue>& tags) {
  if (tags.size() > kTagsMost) {
    return fail(S3ErrorCode::ValidationError,
                "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member "
                "must have length less than or equal to 50");
  }
  std::set<std::string> keys;
  for (const model::NamedValue& tag : tags) {
    if (!keys.insert(text::to_lower(tag.name)).second) {
      return fail(S3ErrorCode::ValidationError,
                  "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }
  }
  return {};
}

/// PolicyArns.member.N.arn.
std::vector<std::string> read_policy_arns(Constraints& constraints, const ActionForm& form) {
  std::vector<std::string> arns;
  for (const auto& parameter : form.parameters.parameters()) {
    if (!parameter.name.starts_with("PolicyArns.member.") || !parameter.name.ends_with(".arn")) {
      continue;
    }
    constraints.check("policyArns." + std::to_string(arns.size() + 1) + ".member.arn",
                      parameter.value, kArn);
    arns.push_back(parameter.value);
  }
  return arns;
}

S3Result<std::vector<std::string>> read_policies(const ActionForm& form) {
  const auto policy = form.parameters.find("Policy");
  if (!policy) return std::vector<std::string>();
  const auto read = access::parse_identity_policy(*policy);
  if (!read) return fail(S3ErrorCode::MalformedPolicyDocument, read.error().message);
  return std::vector<std::string>{std::string(*policy)};
}

/// What everything has in common that carries session policies.
void read_policy_parameters(Constraints& constraints, const ActionForm& form,
                            SessionRequest& request) {
  read_text(constraints, form, "Policy", "policy", kPolicy, false);
  request.policy_arns = read_policy_arns(constraints, form);
  if (request.policy_arns.size() > kPolicyArnsMost) {
    constraints.refuse("policyArns", "[PolicyDescriptorType]",
                       "Member must have length less than or equal to 10");
  }
}

/// What role sessions have in common.
SessionRequest read_role_session(Constraints& constraints, const ActionForm& form) {
  SessionRequest request;
  request.role_arn = read_text(constraints, form, "RoleArn", "roleArn", kArn, true);
  request.name =
      read_text(constraints, form, "RoleSessionName", "roleSessionName", kSessionName, true);
  request.duration =
      constraints.duration(form.parameters.find("DurationSeconds"), kRoleUsual, kRoleMost);
  read_policy_parameters(constraints, form, request);
  return request;
}

S3Result<void> check_role_arn(std::string_view arn) {
  const auto parts = text::split(arn, ':');
  constexpr std::size_t kParts = 6;
  const bool is_role = parts.size() == kParts && parts[0] == "arn" && parts[2] == "iam" &&
                       parts[3].empty() && parts[5].starts_with("role/");
  if (is_role) return {};
  return fail(S3ErrorCode::ValidationError, std::string(arn) + " is invalid");
}

}  // namespace

S3Result<SessionRequest> parse_assume_role(const ActionForm& form) {
  Constraints constraints;
  SessionRequest request = read_role_session(constraints, form);
  request.source_identity =
      read_text(constraints, form, "SourceIdentity", "sourceIdentity", kSourceIdentity, false);
  read_text(constraints, form, "ExternalId", "externalId", kExternalId, false);
  request.tags = read_tags(constraints, form);
  PAIL_CHECK(constraints.verdict());
  PAIL_CHECK(check_role_arn(request.role_arn));
  PAIL_CHECK(check_tags(request.tags));
  PAIL_TRY(request.policies, read_policies(form));
  return request;
}

S3Result<SessionRequest> parse_assume_role_with_web_identity(const ActionForm& form) {
  Constraints constraints;
  SessionRequest request = read_role_session(constraints, form);
  PAIL_CHECK(constraints.verdict());
  PAIL_CHECK(check_role_arn(request.role_arn));
  PAIL_TRY(request.policies, read_policies(form));
  return request;
}

S3Result<SessionRequest> parse_get_session_token(const ActionForm& form) {
  Constraints constraints;
  SessionRequest request;
  request.duration =
      constraints.duration(form.parameters.find("DurationSeconds"), kUserUsual, kUserMost);
  PAIL_CHECK(constraints.verdict());
  return request;
}

S3Result<SessionRequest> parse_get_federation_token(const ActionForm& form) {
  Constraints constraints;
  SessionRequest request;
  request.name = read_text(constraints, form, "Name", "name", kFederatedName, true);
  request.duration =
      constraints.duration(form.parameters.find("DurationSeconds"), kUserUsual, kUserMost);
  read_policy_parameters(constraints, form, request);
  request.tags = read_tags(constraints, form);
  PAIL_CHECK(constraints.verdict());
  PAIL_CHECK(check_tags(request.tags));
  PAIL_TRY(request.policies, read_policies(form));
  return request;
}

S3Result<void> resolve_policies(const auth::Directory& directory, SessionRequest& request) {
  for (const std::string& arn : request.policy_arns) {
    const auth::ManagedPolicy* policy = directory.find_policy(arn);
    if (policy == nullptr) {
      return fail(S3Error(S3ErrorCode::ValidationError,
                          "Policy " + arn + " does not exist or is not attachable.")
                      .because("managed policies are named in pail.toml: [policies.\"ARN\"]"));
    }
    request.policies.push_back(policy->document);
  }
  if (request.policies.empty() && request.tags.empty()) return {};
  // AWS packs in a way that it does not tell; this weighs the text, without white space.
  std::size_t packed = 0;
  for (const std::string& policy : request.policies) {
    packed += static_cast<std::size_t>(std::ranges::count_if(
        policy, [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; }));
  }
  for (const model::NamedValue& tag : request.tags) packed += tag.name.size() + tag.value.size();
  constexpr std::size_t kAllotted = 4096;
  const auto percent = static_cast<unsigned>((packed * 100 + kAllotted - 1) / kAllotted);
  if (percent > 100) {
    return fail(S3ErrorCode::PackedPolicyTooLarge,
                "Packed policy consumes " + std::to_string(percent) +
                    "% of allotted space, please use smaller policy.");
  }
  request.packed_percent = percent;
  return {};
}

}  // namespace pail::sts
