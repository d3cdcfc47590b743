#include "control/handlers.h"
#include "error/try.h"

namespace pail::control {
namespace {

Refusal to_refusal(const store::StoreError& error) {
  return {500, "the store can not do it: " + error.detail};
}

}  // namespace

/// One bucket, or everything: as the space began.
Task<Answer<Reply>> reset(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  if (call.body.contains("bucket")) {
    const auto name = call.body["bucket"].get<std::string>();
    const auto bucket = space->store().find_bucket(name);
    if (!bucket) co_return refuse(404, "there is no bucket '" + name + "'");
    const auto cleared = co_await space->store().clear_bucket(bucket->id);
    if (!cleared) co_return Unexpected{to_refusal(cleared.error())};
    co_return Reply{204, "", ""};
  }
  const auto begun = space->begin_again();
  if (!begun) co_return refuse(500, begun.error());
  co_return Reply{204, "", ""};
}

}  // namespace pail::control
