#include "service/struck_body.h"

#include "error/try.h"

namespace pail::service {

Task<S3Result<std::span<const std::byte>>> StruckBody::read() {
  if (!pace_) co_return co_await inner_.read();
  if (rest_.empty() && !was_cut_off_) {
    PAIL_CO_TRY(rest_, co_await inner_.read());
  }
  if (rest_.empty() && !pace_->is_at_end()) co_return rest_;
  http::BodyPace::Step step;
  if (!rest_.empty()) step = pace_->next(rest_.size());
  if (step.wait.count() > 0) co_await inner_.pause(step.wait);
  if (step.bytes == 0) {
    was_cut_off_ = true;
    rest_ = {};
    S3Error cut_off(S3ErrorCode::IncompleteBody);
    cut_off.closes_connection = true;
    co_return fail(std::move(cut_off));
  }
  const auto block = rest_.first(step.bytes);
  rest_ = rest_.subspan(step.bytes);
  co_return block;
}

}  // namespace pail::service
