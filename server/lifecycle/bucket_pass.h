#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "lifecycle/configuration.h"
#include "lifecycle/due.h"
#include "lifecycle/report.h"
#include "model/bucket.h"
#include "random/random.h"
#include "store/store.h"
#include "time/clock.h"

namespace pail::lifecycle {

/// What passes work with. The parts outlive them.
struct PassContext {
  store::Store& store;
  const time::Clock& clock;
  random::Random& random;
  Day day = {};
  /// How many versions, or uploads, are looked at before others get their turn.
  std::size_t batch = 1000;
  /// Called between two batches; false ends the pass.
  std::function<bool()> go_on = [] { return true; };
};

/// One walk over a bucket that does what its rules want done now. Blocks on the store, so it
/// belongs on a thread of its own. Each removal and transition is refused by the store if the
/// version is no longer the one that was looked at; a removal also while a lock is on it, governed
/// or not. Not thread-safe.
class BucketPass {
 public:
  /// Counts into `report`.
  BucketPass(PassContext& context, std::shared_ptr<const model::Bucket> bucket,
             std::shared_ptr<const Configuration> configuration, Report& report);

  /// True when the bucket was walked to its end; false when go_on() ended it. Fails as the store
  /// does.
  store::StoreResult<bool> run();

 private:
  struct Version;
  struct Todo;

  store::StoreResult<bool> walk_versions(const std::string& prefix);
  store::StoreResult<std::vector<Version>> read_batch(const std::string& prefix);
  store::StoreResult<void> handle_batch(const std::vector<Version>& batch, std::size_t count);
  store::StoreResult<void> judge(const Version& version, bool is_alone, Todo& todo);
  store::StoreResult<void> carry_out(Todo todo);
  void add_removal(const Version& version, const Due& due, store::Guard guard, Todo& todo);
  store::StoreResult<bool> walk_uploads();
  store::StoreResult<void> abort_uploads(const std::vector<std::string>& upload_ids);

  PassContext& context_;
  std::shared_ptr<const model::Bucket> bucket_;
  std::shared_ptr<const Configuration> configuration_;
  Report& report_;
  /// Where the next batch begins: behind this version; empty at the beginning of a walk.
  std::string last_key_;
  std::string last_version_id_;
  /// Noncurrent versions of last_key_ that were seen.
  std::size_t noncurrent_seen_ = 0;
};

}  // namespace pail::lifecycle
