#include "fault/rule.h"

namespace pail::fault {

bool replaces_operation(const Effect& effect) {
  return effect.error || effect.error_in_200 || effect.rate_limit || effect.redirect ||
         (effect.reset && effect.reset->point == Reset::Point::kBeforeOperation);
}

}  // namespace pail::fault
