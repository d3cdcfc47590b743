#include "journal/journal.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <optional>
#include <ranges>
#include <utility>

namespace pail::journal {

namespace {

struct Kept {
  EntryPtr entry;
  std::size_t bytes = 0;
};

}  // namespace

/// One who waits. `found` and `is_listed` belong to the journal's mutex, `callback` to the own one.
struct Watch::Link {
  std::weak_ptr<Journal::State> state;
  Filter filter;
  std::size_t count = 0;
  std::vector<EntryPtr> found;
  bool is_listed = false;

  std::mutex mutex;
  Journal::Callback callback;

  void call(std::vector<EntryPtr> entries) {
    const std::lock_guard lock(mutex);
    if (const auto once = std::exchange(callback, nullptr)) once(std::move(entries));
  }
};

struct Journal::State {
  using Links = std::list<std::shared_ptr<Watch::Link>>;
  /// Those whose wait is over, to be called without the mutex.
  using Fulfilled = std::vector<std::pair<std::shared_ptr<Watch::Link>, std::vector<EntryPtr>>>;

  explicit State(Limits given) : limits(given) {}

  void drop_oldest() {
    while (entries.size() > 1 &&
           (entries.size() > limits.entries_most || bytes > limits.bytes_most)) {
      bytes -= entries.front().bytes;
      entries.pop_front();
      ++dropped;
    }
  }

  Fulfilled tell(const EntryPtr& entry) {
    Fulfilled fulfilled;
    for (auto at = links.begin(); at != links.end();) {
      Watch::Link& link = **at;
      if (matches(link.filter, *entry)) link.found.push_back(entry);
      if (link.found.size() < link.count) {
        ++at;
        continue;
      }
      link.is_listed = false;
      fulfilled.emplace_back(*at, std::move(link.found));
      at = links.erase(at);
    }
    return fulfilled;
  }

  Fulfilled end_all() {
    is_closed = true;
    Fulfilled ended;
    for (auto& link : links) {
      link->is_listed = false;
      ended.emplace_back(link, std::move(link->found));
    }
    links.clear();
    return ended;
  }

  const Limits limits;
  mutable std::mutex mutex;
  std::deque<Kept> entries;
  std::size_t bytes = 0;
  std::uint64_t appended = 0;
  std::uint64_t dropped = 0;
  bool is_closed = false;
  Links links;
};

namespace {

template <typename Fulfilled>
void call_all(Fulfilled fulfilled) {
  for (auto& [link, entries] : fulfilled) link->call(std::move(entries));
}

}  // namespace

Watch& Watch::operator=(Watch&& other) noexcept {
  if (this != &other) {
    cancel();
    link_ = std::move(other.link_);
  }
  return *this;
}

Watch::~Watch() { cancel(); }

std::vector<EntryPtr> Watch::cancel() {
  if (!link_) return {};
  const auto link = std::exchange(link_, nullptr);
  std::vector<EntryPtr> found;
  if (const auto state = link->state.lock()) {
    const std::lock_guard lock(state->mutex);
    found = std::move(link->found);
    if (link->is_listed) state->links.remove(link);
    link->is_listed = false;
  }
  // Waits for a call that runs.
  const std::lock_guard lock(link->mutex);
  link->callback = nullptr;
  return found;
}

Journal::Journal(Limits limits) : state_(std::make_shared<State>(limits)) {}

Journal::~Journal() { close(); }

void Journal::append(RequestRecord record) {
  auto entry = std::make_shared<Entry>();
  entry->record = std::move(record);
  const std::size_t bytes = memory_bytes(*entry);
  State::Fulfilled fulfilled;
  {
    const std::lock_guard lock(state_->mutex);
    entry->sequence = ++state_->appended;
    state_->entries.push_back({entry, bytes});
    state_->bytes += bytes;
    state_->drop_oldest();
    if (!state_->links.empty()) fulfilled = state_->tell(entry);
  }
  call_all(std::move(fulfilled));
}

std::vector<EntryPtr> Journal::find(const Filter& filter, std::size_t limit, Order order) const {
  std::vector<EntryPtr> found;
  const auto collect = [&](const auto& entries) {
    for (const Kept& kept : entries) {
      if (found.size() >= limit) return;
      if (matches(filter, *kept.entry)) found.push_back(kept.entry);
    }
  };
  const std::lock_guard lock(state_->mutex);
  if (order == Order::kOldestFirst) {
    collect(state_->entries);
  } else {
    collect(state_->entries | std::views::reverse);
  }
  return found;
}

EntryPtr Journal::find_request(std::string_view request_id) const {
  const std::lock_guard lock(state_->mutex);
  for (const Kept& kept : state_->entries | std::views::reverse) {
    if (kept.entry->record.request_id == request_id) return kept.entry;
  }
  return nullptr;
}

Watch Journal::watch(const Filter& filter, std::size_t count, Callback callback) const {
  auto link = std::make_shared<Watch::Link>();
  link->state = state_;
  link->filter = filter;
  link->count = std::min(count, state_->limits.entries_most);
  link->callback = std::move(callback);
  std::optional<std::vector<EntryPtr>> at_once;
  {
    const std::lock_guard lock(state_->mutex);
    for (const Kept& kept : state_->entries) {
      if (link->found.size() >= link->count) break;
      if (matches(filter, *kept.entry)) link->found.push_back(kept.entry);
    }
    if (link->found.size() >= link->count || state_->is_closed) {
      at_once = std::move(link->found);
    } else {
      link->is_listed = true;
      state_->links.push_back(link);
    }
  }
  if (at_once) link->call(*std::move(at_once));
  return Watch(std::move(link));
}

std::vector<EntryPtr> Journal::wait(const Filter& filter, std::size_t count,
                                    std::chrono::milliseconds timeout) const {
  std::mutex mutex;
  std::condition_variable ready;
  std::optional<std::vector<EntryPtr>> result;
  Watch pending = watch(filter, count, [&](std::vector<EntryPtr> entries) {
    const std::lock_guard lock(mutex);
    result = std::move(entries);
    ready.notify_one();
  });
  std::unique_lock lock(mutex);
  constexpr std::chrono::milliseconds kLongest = std::chrono::hours(24);
  if (ready.wait_for(lock, std::min(timeout, kLongest), [&result] { return result.has_value(); })) {
    return *std::move(result);
  }
  lock.unlock();
  std::vector<EntryPtr> so_far = pending.cancel();
  // It may have been fulfilled between the two.
  return result ? *std::move(result) : std::move(so_far);
}

void Journal::clear() {
  const std::lock_guard lock(state_->mutex);
  state_->entries.clear();
  state_->bytes = 0;
  for (const auto& link : state_->links) link->found.clear();
}

void Journal::close() {
  State::Fulfilled ended;
  {
    const std::lock_guard lock(state_->mutex);
    ended = state_->end_all();
  }
  call_all(std::move(ended));
}

Counts Journal::counts() const {
  const std::lock_guard lock(state_->mutex);
  return {state_->appended, state_->entries.size(), state_->dropped, state_->bytes};
}

}  // namespace pail::journal
