#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "pail/options.h"

namespace pail::cli {

/// Counts what a command did to S3. Thread-safe.
class RunTally {
 public:
  void add(const RequestRecord& record);

  /// A few lines for people: requests by operation, errors by code, repeated attempts, uploads that
  /// were begun and neither completed nor aborted.
  [[nodiscard]] std::string summary() const;

 private:
  using Counts = std::map<std::string, std::size_t>;
  static std::string list(const Counts& counts);
  void follow_upload(const RequestRecord& record);

  mutable std::mutex mutex_;
  std::size_t requests_ = 0;
  std::size_t repeated_ = 0;
  Counts operations_;
  Counts errors_;
  /// By bucket and key: begun, less completed and aborted.
  std::map<std::pair<std::string, std::string>, int> open_uploads_;
};

}  // namespace pail::cli
