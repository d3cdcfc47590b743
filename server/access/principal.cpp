#include "access/principal.h"

#include <algorithm>

#include "text/ascii.h"

namespace pail::access {
namespace {

constexpr std::size_t kPrincipalParts = 6;

bool is_account_id(std::string_view text) {
  constexpr std::size_t kDigits = 12;
  return text.size() == kDigits &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_partition(std::string_view text) {
  return text == "aws" || text == "aws-cn" || text == "aws-us-gov";
}

std::string_view last_component(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// What follows the account in an ARN.
std::string_view arn_resource(std::string_view arn) {
  for (std::size_t i = 0; i + 1 < kPrincipalParts; ++i) {
    const auto colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  return arn;
}

/// The kind of a principal by what follows the account in its ARN.
std::optional<Principal::Kind> kind_of(std::string_view service, std::string_view resource) {
  using Kind = Principal::Kind;
  // AWS takes no wildcards in names.
  if (resource.find_first_of("*?") != std::string_view::npos) return std::nullopt;
  if (service == "iam" && resource == "root") return Kind::kAccount;
  if (last_component(resource).empty()) return std::nullopt;
  if (service == "iam" && resource.starts_with("user/")) return Kind::kUser;
  if (service == "iam" && resource.starts_with("role/")) return Kind::kRole;
  const bool is_session = std::ranges::count(resource, '/') == 2 &&
                          resource.starts_with("assumed-role/") &&
                          resource.find("//") == std::string_view::npos;
  if (service == "sts" && (is_session || resource.starts_with("federated-user/"))) {
    return Kind::kSession;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Principal> Principal::parse(std::string_view text) {
  if (text == "*") return Principal{Kind::kEverybody, {}, {}};
  if (is_account_id(text)) return Principal{Kind::kAccount, std::string(text), {}};
  const auto parts = text::split(text, ':');
  if (parts.size() != kPrincipalParts || parts[0] != "arn" || !is_partition(parts[1]) ||
      !parts[3].empty() || !is_account_id(parts[4])) {
    return std::nullopt;
  }
  const auto kind = kind_of(parts[2], parts[5]);
  if (!kind) return std::nullopt;
  return Principal{*kind, std::string(parts[4]),
                   *kind == Kind::kAccount ? std::string() : std::string(parts[5])};
}

bool Principal::includes(const auth::Identity& identity) const {
  if (kind == Kind::kAccount) return !identity.is_anonymous() && account_id == identity.account_id;
  return includes_directly(identity);
}

bool Principal::includes_directly(const auth::Identity& identity) const {
  if (kind == Kind::kEverybody) return true;
  if (identity.is_anonymous()) return false;
  if (kind == Kind::kCanonicalUser) return name == identity.canonical_id;
  if (account_id != identity.account_id) return false;
  const std::string_view resource = arn_resource(identity.arn);
  switch (kind) {
    case Kind::kUser:
      return resource.empty() ? last_component(name) == identity.user_name : resource == name;
    case Kind::kSession:
      return resource == name;
    case Kind::kRole: {
      // The ARN of a session tells the role's name but not its path.
      constexpr std::string_view kSession = "assumed-role/";
      if (!resource.starts_with(kSession)) return resource == name;
      const std::string_view session = resource.substr(kSession.size());
      return session.substr(0, session.find('/')) == last_component(name);
    }
    case Kind::kAccount:
      return resource == "root";
    case Kind::kEverybody:
    case Kind::kCanonicalUser:
    case Kind::kElse:
      break;
  }
  return false;
}

}  // namespace pail::access
