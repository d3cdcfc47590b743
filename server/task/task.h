#pragma once

#include <atomic>
#include <condition_variable>
#include <coroutine>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>

namespace pail::task {

/// Where a coroutine continues after it has waited. Implementations are thread-safe.
class Executor {
 public:
  virtual ~Executor() = default;
  /// Arranges for `continuation` to be resumed soon, not inside this call.
  virtual void post(std::coroutine_handle<> continuation) = 0;
};

template <typename T>
class Task;

namespace detail {

/// How far a coroutine and the one that awaits it have come. Whoever comes second lets the awaiting
/// one go on.
enum class Meeting : unsigned char { kNone, kAwaiterWaits, kFinished };

struct PromiseBase {
  std::coroutine_handle<> continuation;
  std::exception_ptr exception;
  /// Inherited from the awaiting coroutine, so that a whole request stays on its connection.
  Executor* executor = nullptr;
  std::atomic<Meeting> meeting{Meeting::kNone};

  struct FinalAwaiter {
    bool await_ready() const noexcept { return false; }
    template <typename Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> self) const noexcept {
      // Read first: once the exchange is seen, the awaiting coroutine may destroy this one.
      const std::coroutine_handle<> awaiting = self.promise().continuation;
      const Meeting before =
          self.promise().meeting.exchange(Meeting::kFinished, std::memory_order_acq_rel);
      if (before == Meeting::kAwaiterWaits) return awaiting;
      return std::noop_coroutine();
    }
    void await_resume() const noexcept {}
  };

  std::suspend_always initial_suspend() const noexcept { return {}; }
  FinalAwaiter final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept { exception = std::current_exception(); }
};

template <typename T>
struct Promise : PromiseBase {
  std::optional<T> value;
  Task<T> get_return_object();
  template <typename U>
  void return_value(U&& result) {
    value.emplace(std::forward<U>(result));
  }
  T take() {
    if (exception) std::rethrow_exception(exception);
    return std::move(*value);
  }
};

template <>
struct Promise<void> : PromiseBase {
  Task<void> get_return_object();
  void return_void() const noexcept {}
  void take() const {
    if (exception) std::rethrow_exception(exception);
  }
};

}  // namespace detail

/// A lazily started coroutine that yields a T: the only asynchronous type of pail. Only what waits
/// for a peer or for a commit returns it. Move-only; awaited at most once; destroying it destroys
/// the coroutine. An exception leaves through the co_await.
template <typename T>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::Promise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  explicit Task(Handle handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  ~Task() {
    if (handle_) handle_.destroy();
  }

  struct Awaiter {
    Handle handle;
    bool await_ready() const noexcept { return false; }
    /// Runs the awaited coroutine inside this call instead of by symmetric transfer: where the
    /// compiler makes no tail call of a transfer (GCC without optimisation or with sanitizers), a
    /// loop of awaits that need not wait would grow the stack with every round.
    template <typename Awaiting>
    bool await_suspend(std::coroutine_handle<Awaiting> awaiting) {
      detail::PromiseBase& promise = handle.promise();
      promise.continuation = awaiting;
      promise.executor = awaiting.promise().executor;
      handle.resume();
      // It may have finished, or be finishing on another thread, which then leaves it to this one.
      // The load spares the usual case, that it did not wait, a second locked instruction.
      if (promise.meeting.load(std::memory_order_acquire) == detail::Meeting::kFinished) {
        return false;
      }
      return promise.meeting.exchange(detail::Meeting::kAwaiterWaits, std::memory_order_acq_rel) !=
             detail::Meeting::kFinished;
    }
    T await_resume() { return handle.promise().take(); }
  };
  Awaiter operator co_await() && noexcept { return Awaiter{handle_}; }

 private:
  Handle handle_;
};

namespace detail {
template <typename T>
Task<T> Promise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object() {
  return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

/// A coroutine that owns itself: runs until its end and frees itself then.
struct Detached {
  struct promise_type {
    Executor* executor = nullptr;
    Detached get_return_object() {
      return Detached{std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    [[noreturn]] void unhandled_exception() const noexcept { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;
};
}  // namespace detail

/// Starts `work` on `executor` and lets it run by itself. `work` must not throw; what it refers to
/// must outlive it. The first step runs inside this call.
inline void spawn(Executor& executor, Task<void> work) {
  auto detached = [](Task<void> owned) -> detail::Detached {
    co_await std::move(owned);
  }(std::move(work));
  detached.handle.promise().executor = &executor;
  detached.handle.resume();
}

/// One value handed from another thread to one waiting coroutine. The coroutine continues on its
/// own executor, never on the thread that calls set(). set() at most once; awaited at most once.
/// The object must live until both have happened; set() does not touch it after the coroutine may
/// continue.
template <typename T>
class OneShot {
 public:
  void set(T value) {
    std::unique_lock lock(mutex_);
    value_.emplace(std::move(value));
    if (!waiting_) return;
    auto waiting = waiting_;
    auto* executor = executor_;
    lock.unlock();
    executor->post(waiting);
  }

  struct Awaiter {
    OneShot& shot;
    bool await_ready() const {
      const std::lock_guard lock(shot.mutex_);
      return shot.value_.has_value();
    }
    template <typename Promise>
    bool await_suspend(std::coroutine_handle<Promise> awaiting) {
      const std::lock_guard lock(shot.mutex_);
      if (shot.value_) return false;
      shot.waiting_ = awaiting;
      shot.executor_ = awaiting.promise().executor;
      return true;
    }
    T await_resume() { return std::move(*shot.value_); }
  };
  Awaiter operator co_await() { return Awaiter{*this}; }

 private:
  std::mutex mutex_;
  std::optional<T> value_;
  std::coroutine_handle<> waiting_;
  Executor* executor_ = nullptr;
};

/// Runs `work` to its end on the calling thread and returns its value: for tests, start and command
/// line.
template <typename T>
T run_blocking(Task<T> work);

namespace detail {
class BlockingExecutor final : public Executor {
 public:
  void post(std::coroutine_handle<> continuation) override {
    const std::lock_guard lock(mutex_);
    next_ = continuation;
    ready_.notify_one();
  }
  /// Resumes what is posted until `done`.
  void run_until(const bool& done) {
    while (!done) {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return static_cast<bool>(next_); });
      auto continuation = std::exchange(next_, {});
      lock.unlock();
      continuation.resume();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::coroutine_handle<> next_;
};
}  // namespace detail

template <typename T>
T run_blocking(Task<T> work) {
  detail::BlockingExecutor executor;
  bool done = false;
  std::exception_ptr exception;
  using Stored = std::conditional_t<std::is_void_v<T>, std::monostate, T>;
  std::optional<Stored> value;
  auto driver = [](Task<T> owned, bool& finished, std::exception_ptr& thrown,
                   std::optional<Stored>& stored) -> Task<void> {
    try {
      if constexpr (std::is_void_v<T>) {
        co_await std::move(owned);
      } else {
        stored.emplace(co_await std::move(owned));
      }
    } catch (...) {
      thrown = std::current_exception();
    }
    finished = true;
  };
  spawn(executor, driver(std::move(work), done, exception, value));
  executor.run_until(done);
  if (exception) std::rethrow_exception(exception);
  if constexpr (!std::is_void_v<T>) return std::move(*value);
}

}  // namespace pail::task

namespace pail {
using task::Task;
}
