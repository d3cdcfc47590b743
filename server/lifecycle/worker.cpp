#include "lifecycle/worker.h"

#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace pail::lifecycle {
namespace {

constexpr std::size_t kBucketsAtOnce = 1000;
constexpr std::size_t kWalkedMost = 10'000;

}  // namespace

Worker::Worker(store::Store& store, const BucketRules& rules, const time::Clock& clock,
               random::Random& random, WorkerOptions options)
    : store_(store), rules_(rules), clock_(clock), random_(random), options_(options) {}

Worker::~Worker() { stop(); }

void Worker::start() {
  thread_ = std::thread([this] { loop(); });
}

void Worker::stop() {
  {
    const std::lock_guard lock(stop_mutex_);
    is_stopping_ = true;
  }
  stop_changed_.notify_all();
  const std::lock_guard lock(join_mutex_);
  if (thread_.joinable()) thread_.join();
}

bool Worker::rest(std::chrono::milliseconds duration) {
  std::unique_lock lock(stop_mutex_);
  return !stop_changed_.wait_for(lock, duration, [this] { return is_stopping_; });
}

PassContext Worker::make_context() const {
  PassContext context{store_, clock_, random_};
  context.day = rules_.day();
  context.batch = options_.batch;
  return context;
}

void Worker::loop() {
  PassContext context = make_context();
  context.go_on = [this] { return rest(options_.pause); };
  do {
    Report report;
    const std::lock_guard lock(run_mutex_);
    run_all(false, context, report);
  } while (rest(options_.interval));
}

Report Worker::run_due_now() {
  PassContext context = make_context();
  context.go_on = [this] { return rest(std::chrono::milliseconds(0)); };
  Report report;
  const std::lock_guard lock(run_mutex_);
  run_all(true, context, report);
  return report;
}

void Worker::run_all(bool is_forced, PassContext& context, Report& report) {
  std::string after;
  while (true) {
    const auto buckets = store_.list_buckets("", after, kBucketsAtOnce);
    for (const auto& bucket : buckets) {
      if (!rest(std::chrono::milliseconds(0))) return;
      run_bucket(bucket, is_forced, context, report);
    }
    if (buckets.size() < kBucketsAtOnce) return;
    after = buckets.back()->name;
  }
}

void Worker::run_bucket(const std::shared_ptr<const model::Bucket>& bucket, bool is_forced,
                        PassContext& context, Report& report) {
  auto configuration = rules_.of(*bucket);
  if (!configuration) return;
  const Walked state{
      bucket->revision,
      std::chrono::floor<std::chrono::days>(clock_.now()).time_since_epoch().count()};
  const auto walked = walked_.find(bucket->id);
  if (!is_forced && rules_.day().is_true() && walked != walked_.end() && walked->second == state) {
    return;
  }
  // Buckets come and go; those that are still there are just walked once more.
  if (walked_.size() >= kWalkedMost) walked_.clear();
  try {
    const auto is_done = BucketPass(context, bucket, std::move(configuration), report).run();
    if (!is_done) ++report.failed_buckets;
    if (is_done && *is_done) walked_[bucket->id] = state;
  } catch (const std::exception&) {
    // A broken machine must not end the thread; the bucket comes again.
    ++report.failed_buckets;
  }
}

}  // namespace pail::lifecycle
