#include "store/disk/writer.h"

#include <chrono>
#include <exception>
#include <optional>

namespace pail::store::disk {
namespace {

/// More would let the first of a batch wait too long for the last.
constexpr std::size_t kLargestBatch = 256;

/// Under constant writing the writer itself sees to it that the log becomes short again: only a log
/// that is copied to its very last page starts again from its beginning, and nobody else could
/// catch up with that page.
constexpr int kLongLogPages = 3000;
/// Pages that the log grows by before that is tried again, while a cursor holds on to its start.
constexpr int kPagesBetweenCopies = 1000;
/// After so long without a change the log is copied whatever its length: as long as it holds
/// anything, readers have to look into it first and can not use the map of the database.
constexpr std::chrono::milliseconds kQuietTime{100};

}  // namespace

Writer::Writer(std::unique_ptr<Catalogue> catalogue, BucketCache& buckets, BlobPins& pins,
               time::Clock& clock, Housekeeper& housekeeper, SpaceReserve& reserve)
    : catalogue_(std::move(catalogue)),
      transaction_(*catalogue_, buckets, pins, clock),
      housekeeper_(housekeeper),
      reserve_(reserve),
      thread_([this] { run(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  thread_.join();
}

void Writer::submit(Mutation& mutation) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    wake = queue_.empty();
    queue_.push_back(&mutation);
  }
  if (wake) work_.notify_one();
}

std::vector<Mutation*> Writer::take() {
  std::unique_lock lock(mutex_);
  const auto has_work = [this] { return !queue_.empty() || stopping_; };
  if (log_has_grown_ && !work_.wait_for(lock, kQuietTime, has_work)) {
    log_has_grown_ = false;
    housekeeper_.copy_log();
  }
  work_.wait(lock, has_work);
  if (queue_.size() <= kLargestBatch) return std::exchange(queue_, {});
  const auto end = queue_.begin() + kLargestBatch;
  std::vector<Mutation*> batch(queue_.begin(), end);
  queue_.erase(queue_.begin(), end);
  return batch;
}

void Writer::run() {
  for (;;) {
    const std::vector<Mutation*> batch = take();
    if (batch.empty()) return;
    execute(batch);
    log_has_grown_ = true;
    bound_log();
  }
}

void Writer::execute(const std::vector<Mutation*>& batch) {
  const std::optional<StoreError> failure = attempt(batch);
  if (failure && failure->kind == StoreErrorKind::kNoSpace) {
    execute_on_full_disk(batch, *failure);
  } else {
    finish(batch, failure);
  }
  if (!failure && !reserve_.is_there()) housekeeper_.make_reserve();
}

void Writer::execute_on_full_disk(const std::vector<Mutation*>& batch, const StoreError& failure) {
  for (Mutation* mutation : batch) {
    if (!mutation->may_use_reserve()) {
      finish({mutation}, failure);
      continue;
    }
    // One by one: a small transaction finds room more easily. A log that is copied whole starts
    // again from its beginning and needs no room at all.
    copy_log();
    std::optional<StoreError> again = attempt({mutation});
    if (again && again->kind == StoreErrorKind::kNoSpace && reserve_.give_up()) {
      copy_log();
      again = attempt({mutation});
    }
    finish({mutation}, again);
  }
}

void Writer::finish(const std::vector<Mutation*>& batch, const std::optional<StoreError>& failure) {
  for (Mutation* mutation : batch) mutation->complete(failure ? &*failure : nullptr);
  housekeeper_.remove_files(transaction_.take_removable_files());
}

std::optional<StoreError> Writer::attempt(const std::vector<Mutation*>& batch) {
  std::optional<StoreError> failure;
  try {
    apply_all(batch);
  } catch (const CatalogueFailure& error) {
    failure = error.error();
  } catch (const std::exception& error) {
    failure = StoreError{StoreErrorKind::kBroken, error.what(), {}};
  }
  if (failure) roll_back();
  // Whoever is woken must already see it.
  if (!failure) transaction_.publish();
  return failure;
}

void Writer::apply_all(const std::vector<Mutation*>& batch) {
  catalogue_->begin_writing.run();
  for (Mutation* mutation : batch) mutation->apply(transaction_);
  catalogue_->commit.run();
}

void Writer::roll_back() {
  transaction_.discard();
  // SQLite has rolled back by itself after some failures.
  if (!catalogue_->database.in_transaction()) return;
  try {
    catalogue_->database.execute("ROLLBACK");
  } catch (const CatalogueFailure&) {
    // The next BEGIN will say so, to whoever asks for the next change.
  }
}

void Writer::bound_log() {
  const int pages = catalogue_->database.log_pages();
  if (pages < pages_at_last_copy_) pages_at_last_copy_ = 0;
  if (pages < kLongLogPages || pages - pages_at_last_copy_ < kPagesBetweenCopies) return;
  // Where the housekeeper is still at it, we come again with the next batch.
  if (copy_log()) pages_at_last_copy_ = pages;
}

bool Writer::copy_log() {
  try {
    return !catalogue_->database.checkpoint_passively().busy;
  } catch (const CatalogueFailure&) {
    // The log only stays longer; a disk that is full or broken shows itself to the next writer.
    return true;
  }
}

}  // namespace pail::store::disk
