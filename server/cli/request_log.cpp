#include "cli/request_log.h"

#include <cerrno>
#include <string>
#include <string_view>
#include <utility>

#include <spdlog/async_logger.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/base_sink.h>
#include <unistd.h>

#include "cli/request_line.h"

namespace pail::cli {
namespace {

constexpr std::size_t kQueuedLinesMost = 8192;
constexpr std::size_t kBufferedBytesMost = std::size_t{64} * 1024;

/// Gathers lines as long as more are waiting, then writes them with one call. Used by the one
/// thread of the pool alone.
class GatheringSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  GatheringSink(int descriptor, spdlog::details::thread_pool& pool)
      : descriptor_(descriptor), pool_(pool) {}
  GatheringSink(const GatheringSink&) = delete;
  GatheringSink& operator=(const GatheringSink&) = delete;
  // The end of the pool's thread waits behind the last line in the same queue.
  ~GatheringSink() override { write_out(); }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    if (const std::size_t dropped = pool_.overrun_counter(); dropped != dropped_) {
      buffer_ += "(" + std::to_string(dropped - dropped_) +
                 " lines are missing: the reader of this log does not keep up)\n";
      dropped_ = dropped;
    }
    buffer_.append(message.payload.data(), message.payload.size());
    buffer_ += '\n';
    if (buffer_.size() >= kBufferedBytesMost || pool_.queue_size() == 0) write_out();
  }

  void flush_() override { write_out(); }

  void write_out() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
      const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) break;  // nobody reads any more; serving goes on
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
  }

  int descriptor_;
  spdlog::details::thread_pool& pool_;
  std::string buffer_;
  std::size_t dropped_ = 0;
};

}  // namespace

/// Destroyed from the last to the first: the pool's thread writes what is queued before it ends.
struct RequestLog::Parts {
  LogFormat format;
  bool with_colours;
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::async_logger> logger;
};

RequestLog::RequestLog(int descriptor, LogFormat format, bool with_colours)
    : parts_(std::make_unique<Parts>(Parts{format, with_colours, nullptr, nullptr})) {
  if (format == LogFormat::kOff) return;
  parts_->pool = std::make_shared<spdlog::details::thread_pool>(kQueuedLinesMost, 1);
  parts_->logger = std::make_shared<spdlog::async_logger>(
      "requests", std::make_shared<GatheringSink>(descriptor, *parts_->pool), parts_->pool,
      spdlog::async_overflow_policy::overrun_oldest);
}

RequestLog::~RequestLog() = default;

void RequestLog::write(const RequestRecord& record) {
  if (parts_->format == LogFormat::kOff) return;
  const std::string line = parts_->format == LogFormat::kJson
                               ? json_line(record)
                               : human_line(record, parts_->with_colours);
  parts_->logger->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

bool wants_colours(int descriptor, const Environment& environment) {
  return ::isatty(descriptor) == 1 && !environment.find("NO_COLOR") &&
         environment.find("TERM") != "dumb";
}

}  // namespace pail::cli
