#pragma once

#include <string>
#include <utility>

#include "support/calls.h"

// Bucket policies of one statement, for tests of what conditions see of an operation.
namespace pail::test {

/// A statement about everything in a bucket.
struct Statement {
  std::string effect;
  std::string action;
  std::string bucket = "bucket";
  std::string condition = {};  // JSON; empty: none

  [[nodiscard]] Statement when(std::string json) const {
    Statement conditional = *this;
    conditional.condition = std::move(json);
    return conditional;
  }
  [[nodiscard]] std::string policy() const {
    const std::string arn = "arn:aws:s3:::" + bucket;
    // Nobody in particular would make the policy public, which new buckets block.
    const std::string who = effect == "Allow" ? kStrangerAccountId : "*";
    return R"({"Version":"2012-10-17","Statement":[{"Principal":{"AWS":")" + who +
           R"("},"Effect":")" + effect + R"(","Action":")" + action + R"(","Resource":[")" + arn +
           R"(",")" + arn + R"(/*"])" + (condition.empty() ? "" : R"(,"Condition":)" + condition) +
           "}]}";
  }
};

/// What becomes of the call under the statement. An Allow is tried by a stranger, who may do
/// nothing without it, a Deny by the owner.
inline std::string outcome_under(Loopback& server, const Statement& statement, Call call) {
  const Answer made = server.put("/" + statement.bucket + "?policy", statement.policy());
  if (made.status >= 300) return "no policy: " + made.body;
  call.sender = statement.effect == "Allow" ? Sender::kStranger : Sender::kOwner;
  return server.send(call).outcome();
}

}  // namespace pail::test
