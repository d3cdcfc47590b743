#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/object.h"
#include "time/clock.h"

namespace pail::auth {

/// What temporary credentials say of themselves. A value.
struct Session {
  time::Timestamp issued;
  time::Timestamp expires;
  /// Session policies in JSON: the session may do what these and the policies of its bearer allow.
  std::vector<std::string> policies;
  /// Those of the user or role are among them: aws:PrincipalTag/*.
  std::vector<model::NamedValue> tags;
};

/// Who sends a request. A value.
struct Identity {
  std::string access_key_id;  // empty: anonymous
  std::string user_name;
  /// Canonical user id: 64 hex digits, as in Owner elements.
  std::string canonical_id;
  std::string account_id;  // 12 digits
  /// "arn:aws:iam::<account>:user/<name>", "arn:aws:iam::<account>:root",
  /// "arn:aws:sts::<account>:assumed-role/<role>/<session>",
  /// "arn:aws:sts::<account>:federated-user/<name>".
  std::string arn = {};
  /// As ${aws:userid} has it: of a user his unique id, of a session "<role id>:<session name>".
  std::string user_id = {};
  /// As aws:PrincipalType has it: "Account", "User", "AssumedRole", "FederatedUser".
  std::string principal_type = {};
  /// The user or role whose identity policies count: of a user his own ARN.
  std::string policy_bearer_arn = {};
  /// Of temporary credentials; nullptr: they are permanent.
  std::shared_ptr<const Session> session = {};
  /// Of a user without a session: aws:PrincipalTag/*.
  std::vector<model::NamedValue> tags = {};

  [[nodiscard]] bool is_anonymous() const { return access_key_id.empty(); }
};

}  // namespace pail::auth
