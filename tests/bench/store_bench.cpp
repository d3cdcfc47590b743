// What the store on disk costs by itself: `store_bench` prints rates and the processor time of all
// threads for each operation. PAIL_BENCH_FOLDER chooses the disk.

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "random/random.h"
#include "store/disk/disk_store.h"
#include "task/task.h"
#include "time/clock.h"

namespace pail::store {
namespace {

double processor_us() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto us = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return us(usage.ru_utime) + us(usage.ru_stime);
}

/// Runs what is posted on the thread that calls run(), as a connection thread of the server does.
class Loop final : public task::Executor {
 public:
  void post(std::coroutine_handle<> continuation) override {
    bool wake = false;
    {
      const std::lock_guard lock(mutex_);
      wake = ready_.empty();
      ready_.push_back(continuation);
    }
    if (wake) work_.notify_one();
  }
  void run(const int& running) {
    while (running > 0) {
      std::unique_lock lock(mutex_);
      work_.wait(lock, [this] { return !ready_.empty(); });
      auto ready = std::exchange(ready_, {});
      lock.unlock();
      for (auto& continuation : ready) continuation.resume();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable work_;
  std::deque<std::coroutine_handle<>> ready_;
};

std::filesystem::path bench_folder() {
  const char* chosen = std::getenv("PAIL_BENCH_FOLDER");
  return chosen ? chosen : std::filesystem::temp_directory_path();
}

class Bench {
 public:
  explicit Bench(Durability durability = Durability::kProcess) {
    std::string pattern = (bench_folder() / "pail-bench-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no folder for the benchmark");
    folder_ = pattern;
    options_.directory = folder_ / "data";
    options_.durability = durability;
    open();
    model::Bucket bucket;
    bucket.name = "bench";
    bucket.owner_id = "owner";
    bucket_ = (*task::run_blocking(store_->create_bucket(bucket)))->id;
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;
  ~Bench() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open() {
    auto opened = open_disk_store(options_, clock_, random_);
    if (!opened) throw std::runtime_error(opened.error());
    store_ = std::move(*opened);
  }
  void close() { store_.reset(); }

  Task<void> put(std::string key, const std::string& body) {
    auto writer = store_->begin_write();
    if (!writer->write(std::as_bytes(std::span(body)))) std::abort();
    auto content = writer->finish();
    model::ObjectVersion version;
    version.key = std::move(key);
    version.etag = "0123456789abcdef0123456789abcdef";
    version.last_modified = clock_.now();
    version.owner_id = "owner";
    version.attributes.content_type = "application/octet-stream";
    version.checksum = model::Checksum{checksum::Algorithm::kCrc64Nvme,
                                       model::ChecksumType::kFullObject, "AAAAAAAAAAA="};
    Guard guard;
    auto put = co_await store_->put_object(bucket_, std::move(version), std::move(*content),
                                           std::move(guard));
    if (!put) std::abort();
  }

  Task<void> put_many(std::size_t first, std::size_t count, const std::string& body, int& running) {
    for (std::size_t i = first; i < first + count; ++i) co_await put(key_of(i), body);
    --running;
  }

  /// `count` objects written by `clients` coroutines at once.
  void fill(std::size_t first, std::size_t count, int clients, const std::string& body) {
    Loop loop;
    int running = clients;
    const std::size_t each = count / static_cast<std::size_t>(clients);
    for (int client = 0; client < clients; ++client) {
      const std::size_t start = first + static_cast<std::size_t>(client) * each;
      task::spawn(loop, put_many(start, each, body, running));
    }
    loop.run(running);
  }

  /// Spread over the bucket, so that writes hit its whole tree.
  static std::string key_of(std::size_t number) {
    const std::size_t mixed = (number * 2654435761U) & 0xFFFFFFFFU;
    std::string key = "folder-" + std::to_string(mixed % 100) + "/object-";
    return key + std::to_string(mixed);
  }

  Store& store() { return *store_; }
  [[nodiscard]] std::int64_t bucket() const { return bucket_; }

 private:
  std::filesystem::path folder_;
  DiskStoreOptions options_;
  time::SystemClock clock_;
  random::SeededRandom random_{1};
  std::unique_ptr<Store> store_;
  std::int64_t bucket_ = 0;
};

void report(benchmark::State& state, double used_us, std::size_t operations) {
  state.SetItemsProcessed(static_cast<std::int64_t>(operations));
  state.counters["processor_us"] = used_us / static_cast<double>(operations);
}

void put_small(benchmark::State& state, Durability durability) {
  Bench bench(durability);
  const std::string body(1024, 'x');
  const auto clients = static_cast<int>(state.range(0));
  const std::size_t count = durability == Durability::kPower ? 64U : 6400U;
  std::size_t written = 0;
  const double before = processor_us();
  for (auto _ : state) {
    bench.fill(written, count, clients, body);
    written += count;
  }
  report(state, processor_us() - before, written);
}
BENCHMARK_CAPTURE(put_small, process, Durability::kProcess)
    ->Arg(1)
    ->Arg(16)
    ->Arg(64)
    ->UseRealTime()
    ->MinTime(2)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(put_small, power, Durability::kPower)
    ->Arg(1)
    ->Arg(64)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// The same few keys again and again, as load generators do.
void put_again(benchmark::State& state) {
  Bench bench;
  const std::string body(1024, 'x');
  const auto clients = static_cast<int>(state.range(0));
  const std::size_t count = 3200;
  std::size_t written = 0;
  const double before = processor_us();
  for (auto _ : state) {
    bench.fill(0, count, clients, body);
    written += count;
  }
  report(state, processor_us() - before, written);
}
BENCHMARK(put_again)->Arg(16)->Arg(64)->UseRealTime()->MinTime(2)->Unit(benchmark::kMillisecond);

/// A bucket of as many objects as are asked for; the last is kept, since filling takes a while.
Bench& filled(std::size_t objects) {
  static std::unique_ptr<Bench> bench;
  static std::size_t filled_with = 0;
  if (!bench || filled_with != objects) {
    bench.reset();
    bench = std::make_unique<Bench>();
    const std::size_t clients = 64;
    bench->fill(0, (objects + clients - 1) / clients * clients, clients, std::string(1024, 'x'));
    filled_with = objects;
  }
  return *bench;
}

void find_small(benchmark::State& state) {
  Bench& bench = filled(static_cast<std::size_t>(state.range(0)));
  std::size_t number = 0;
  const double before = processor_us();
  for (auto _ : state) {
    const std::size_t at = number++ * 7919 % static_cast<std::size_t>(state.range(0));
    auto found =
        bench.store().find_object(bench.bucket(), Bench::key_of(at), {}, Read::kWithContent);
    if (!found) state.SkipWithError("an object is missing");
    benchmark::DoNotOptimize(found);
  }
  report(state, processor_us() - before, number);
}

void scan_page(benchmark::State& state) {
  Bench& bench = filled(static_cast<std::size_t>(state.range(0)));
  std::size_t pages = 0;
  const double before = processor_us();
  for (auto _ : state) {
    auto cursor = bench.store().scan_objects(bench.bucket());
    std::size_t seen = 0;
    const std::string from = state.range(0) > 1000 ? Bench::key_of(pages * 7919 % 1000) : "";
    auto at = cursor->seek(from, false);
    while (at && *at && ++seen < 1000) at = cursor->next();
    benchmark::DoNotOptimize(seen);
    ++pages;
  }
  report(state, processor_us() - before, pages);
}

/// What a page of 1,000 common prefixes asks for.
void skip_page(benchmark::State& state) {
  Bench& bench = filled(static_cast<std::size_t>(state.range(0)));
  std::size_t pages = 0;
  const double before = processor_us();
  for (auto _ : state) {
    auto cursor = bench.store().scan_objects(bench.bucket());
    for (std::size_t i = 0; i < 1000; ++i) {
      auto at = cursor->seek(Bench::key_of((pages * 1000 + i) * 7919 % 1'000'000), false);
      benchmark::DoNotOptimize(at);
    }
    ++pages;
  }
  report(state, processor_us() - before, pages);
}

void open_store(benchmark::State& state) {
  Bench& bench = filled(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    state.PauseTiming();
    bench.close();
    state.ResumeTiming();
    bench.open();
  }
}

void open_empty(benchmark::State& state) {
  for (auto _ : state) {
    const Bench bench;
    benchmark::DoNotOptimize(&bench);
  }
}
BENCHMARK(open_empty)->Unit(benchmark::kMillisecond);

// Registered by size, so that each bucket is filled once.
void register_filled() {
  for (const std::int64_t objects : {1000, 100'000, 1'000'000}) {
    benchmark::RegisterBenchmark("find_small", find_small)->Arg(objects);
    benchmark::RegisterBenchmark("scan_page", scan_page)
        ->Arg(objects)
        ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("skip_page", skip_page)
        ->Arg(objects)
        ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("open_store", open_store)
        ->Arg(objects)
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace
}  // namespace pail::store

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  pail::store::register_filled();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
