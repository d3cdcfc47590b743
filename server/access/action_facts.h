#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/condition_context.h"
#include "access/request_facts.h"
#include "auth/directory.h"
#include "auth/web_identity.h"
#include "model/object.h"
#include "protocol/action_form.h"

namespace pail::access {

/// The tags in Tags.member.<n>.Key and .Value, as far as they are complete.
std::vector<model::NamedValue> session_tags(const protocol::Query& parameters);

/// The facts about a request to the Security Token Service: what it says of the session, what a web
/// identity claims, and what is known of every request. Refers to its arguments.
class ActionFacts final : public ConditionContext {
 public:
  /// `role` and `identity_claims` may be nullptr.
  ActionFacts(const protocol::RoutedRequest& request, const auth::Identity& identity,
              const auth::Role* role, const auth::WebIdentity* identity_claims);

  [[nodiscard]] std::optional<std::vector<std::string>> find(
      const ConditionKey& key) const override;

 private:
  [[nodiscard]] std::optional<std::vector<std::string>> parameter(std::string_view name) const;
  [[nodiscard]] std::optional<std::vector<std::string>> claim(std::string_view name) const;

  const protocol::ActionForm& form_;
  const auth::Role* role_;
  const auth::WebIdentity* identity_claims_;
  BodyFacts body_;
  RequestFacts general_;
};

}  // namespace pail::access
