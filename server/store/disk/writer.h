#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "store/disk/housekeeper.h"
#include "store/disk/space_reserve.h"
#include "store/disk/transaction.h"
#include "store/store.h"
#include "task/task.h"

namespace pail::store::disk {

/// A change on its way through the writer thread.
class Mutation {
 public:
  Mutation() = default;
  Mutation(const Mutation&) = delete;
  Mutation& operator=(const Mutation&) = delete;
  virtual ~Mutation() = default;
  /// Checks and changes; what it finds out it keeps.
  virtual void apply(Transaction& transaction) = 0;
  /// Hands the result to whoever waits: what apply() found, or the failure of the transaction. The
  /// mutation may be gone when this returns.
  virtual void complete(const StoreError* failure) = 0;
  /// Whether it helps on a full disk, or is small and needed there: then it may use the last
  /// reserve. Such a mutation may be applied again after a transaction that failed.
  [[nodiscard]] virtual bool may_use_reserve() const { return false; }
};

/// A mutation with a result. The coroutine that owns it submits it and awaits `done`.
template <typename T>
class MutationOf : public Mutation {
 public:
  void complete(const StoreError* failure) override {
    done.set(failure ? fail_with(*failure) : std::move(result));
  }
  task::OneShot<T> done;

 protected:
  explicit MutationOf(T initial) : result(std::move(initial)) {}
  virtual T fail_with(const StoreError& failure) const = 0;
  T result;
};

/// The usual one, that succeeds or fails as a whole.
template <typename T>
class Change : public MutationOf<StoreResult<T>> {
 protected:
  explicit Change(StoreResult<T> initial = {}) : MutationOf<StoreResult<T>>(std::move(initial)) {}
  StoreResult<T> fail_with(const StoreError& failure) const override { return Unexpected{failure}; }
};

/// The one thread that changes the catalogue: takes all waiting mutations, applies them in one
/// transaction, commits, and only then lets anybody know.
class Writer {
 public:
  Writer(std::unique_ptr<Catalogue> catalogue, BucketCache& buckets, BlobPins& pins,
         time::Clock& clock, Housekeeper& housekeeper, SpaceReserve& reserve);
  /// Applies what is queued, then ends.
  ~Writer();

  /// The mutation must live until it is complete. Thread-safe.
  void submit(Mutation& mutation);

 private:
  void run();
  std::vector<Mutation*> take();
  void execute(const std::vector<Mutation*>& batch);
  void execute_on_full_disk(const std::vector<Mutation*>& batch, const StoreError& failure);
  /// One transaction. What failed has changed nothing.
  std::optional<StoreError> attempt(const std::vector<Mutation*>& batch);
  /// Tells those who wait. After each attempt, before the next.
  void finish(const std::vector<Mutation*>& batch, const std::optional<StoreError>& failure);
  void apply_all(const std::vector<Mutation*>& batch);
  void roll_back();
  void bound_log();
  /// Whether it got its turn: false while the housekeeper copies.
  bool copy_log();

  std::unique_ptr<Catalogue> catalogue_;
  Transaction transaction_;
  Housekeeper& housekeeper_;
  SpaceReserve& reserve_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::vector<Mutation*> queue_;
  bool stopping_ = false;
  /// Touched by the thread only.
  bool log_has_grown_ = false;
  int pages_at_last_copy_ = 0;
  std::thread thread_;
};

}  // namespace pail::store::disk
