#include "control/handlers.h"

namespace pail::control {

Task<Answer<Reply>> show_health(Powers&, const Call&) {
  co_return Reply{200, "text/plain; charset=utf-8", "ok\n"};
}

Task<Answer<Reply>> show_ready(Powers& powers, const Call&) {
  const bool is_ready = powers.is_ready;
  Json answer;
  answer["ready"] = is_ready;
  answer["version"] = powers.version;
  answer["lenient"] = powers.leniencies;
  co_return json_reply(answer, is_ready ? 200 : 503);
}

}  // namespace pail::control
