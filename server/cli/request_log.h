#pragma once

#include <memory>

#include "pail/options.h"

#include "cli/configuration.h"

namespace pail::cli {

/// Writes one line a request to a file descriptor. Thread-safe. A caller never waits for the
/// reader: lines are queued (a bounded number of them) and written by a thread of the log, many at
/// once when there are many; when the reader does not keep up, the oldest lines are dropped and
/// their number is written instead.
class RequestLog {
 public:
  RequestLog(int descriptor, LogFormat format, bool with_colours);
  RequestLog(const RequestLog&) = delete;
  RequestLog& operator=(const RequestLog&) = delete;
  /// Writes what is queued.
  ~RequestLog();

  void write(const RequestRecord& record);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Whether lines for people may carry colours there: a terminal, and NO_COLOR is not set.
bool wants_colours(int descriptor, const Environment& environment);

}  // namespace pail::cli
