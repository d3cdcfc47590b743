#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "control/call.h"
#include "space/registry.h"

namespace pail::control {

/// What the control interface works with. The parts outlive it.
struct Powers {
  space::Registry& spaces;
  /// Whether everything that the server was started with is in place.
  const std::atomic<bool>& is_ready;
  std::string version;
  /// What is not as on AWS because somebody wanted it so.
  std::vector<std::string> leniencies;
};

/// The space that a call is about: that of the query parameter "space", else the one at home.
/// Holds it; fails with 404 if there is none.
class ChosenSpace {
 public:
  static Answer<ChosenSpace> of(Powers& powers, const Call& call);

  space::Space* operator->() const { return space_; }
  space::Space& operator*() const { return *space_; }

 private:
  explicit ChosenSpace(space::Space& home) : space_(&home) {}
  explicit ChosenSpace(std::shared_ptr<space::Space> guest)
      : guest_(std::move(guest)), space_(guest_.get()) {}

  std::shared_ptr<space::Space> guest_;
  space::Space* space_;
};

Reply json_reply(const Json& json, int status = 200);

}  // namespace pail::control
