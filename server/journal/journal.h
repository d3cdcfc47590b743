#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "journal/entry.h"
#include "journal/filter.h"

namespace pail::journal {

/// How much a journal holds: what comes first reached; the oldest entries go. The newest is always
/// kept.
struct Limits {
  std::size_t entries_most = 10'000;
  std::size_t bytes_most = std::size_t{32} * 1024 * 1024;
};

struct Counts {
  /// Since the journal was made, cleared ones included; also the sequence number of the newest.
  std::uint64_t appended = 0;
  std::size_t kept = 0;
  /// Gone because newer ones needed the room.
  std::uint64_t dropped = 0;
  std::size_t bytes = 0;
};

enum class Order { kOldestFirst, kNewestFirst };

inline constexpr std::size_t kAllEntries = static_cast<std::size_t>(-1);

class Journal;

/// Somebody waits for entries. Lives as long as he does: once it is destroyed his callback is not
/// called any more, and does not run. Move-only.
class Watch {
 public:
  Watch() = default;
  Watch(Watch&&) noexcept = default;
  Watch& operator=(Watch&& other) noexcept;
  ~Watch();

 private:
  friend class Journal;
  struct Link;
  explicit Watch(std::shared_ptr<Link> link) : link_(std::move(link)) {}
  /// Stops waiting; what came so far.
  std::vector<EntryPtr> cancel();

  std::shared_ptr<Link> link_;
};

/// The last requests, in memory. Thread-safe; entries that were given out stay valid.
class Journal {
 public:
  explicit Journal(Limits limits = {});
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  /// Ends all waits, as close() does.
  ~Journal();

  /// To be called from the observer of the service.
  void append(RequestRecord record);

  /// The first `limit` of the entries that match, in that order.
  [[nodiscard]] std::vector<EntryPtr> find(const Filter& filter, std::size_t limit = kAllEntries,
                                           Order order = Order::kOldestFirst) const;
  /// nullptr if there is none (any more).
  [[nodiscard]] EntryPtr find_request(std::string_view request_id) const;

  /// Returns as soon as `count` entries match, those that are there already included: the first
  /// `count` of them (or as many as the journal holds at most). After `timeout`, or when the
  /// journal is closed, those that there are. Blocks the thread, without polling; for threads that
  /// must not be blocked see watch().
  [[nodiscard]] std::vector<EntryPtr> wait(const Filter& filter, std::size_t count,
                                           std::chrono::milliseconds timeout) const;

  /// Called once, with what wait() would return.
  using Callback = std::function<void(std::vector<EntryPtr>)>;
  /// The same without blocking: calls back inside this call if it is fulfilled already, else on the
  /// thread that appends or closes. The callback must be quick, and must not destroy its own watch;
  /// it may use the journal. Who gives up destroys the watch.
  [[nodiscard]] Watch watch(const Filter& filter, std::size_t count, Callback callback) const;

  /// Forgets all entries; who waits waits for new ones.
  void clear();
  /// Ends all waits with what they have; later ones end at once. Entries are kept and appended as
  /// before.
  void close();

  [[nodiscard]] Counts counts() const;

 private:
  friend class Watch;
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace pail::journal
