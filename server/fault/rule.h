#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "error/s3_error.h"
#include "http/delivery_plan.h"
#include "time/clock.h"

// What a fault is, as values: which requests, which of them, and what happens. The words for people
// stand in docs/FAULTS.md; rule_json.h reads and writes them.
namespace pail::fault {

/// Which requests a rule is about; everything that is set has to fit. Names of operations, buckets
/// and keys are patterns (glob.h).
struct Match {
  std::vector<std::string> operations;  // any of them; empty: every operation
  std::vector<std::string> methods;     // so too
  std::optional<std::string> bucket;
  std::optional<std::string> key;
  std::optional<int> part_number;
  /// A part of the User-Agent field, exact case.
  std::optional<std::string> user_agent;
  bool operator==(const Match&) const = default;
};

/// On which of the requests that match a rule fires; everything that is set has to hold. Requests
/// are counted from 1.
struct Trigger {
  std::optional<std::uint64_t> nth;    // only this one
  std::optional<std::uint64_t> after;  // not the first so many
  std::optional<std::uint64_t> every;  // every so manieth, counted behind `after`
  std::optional<std::uint64_t> count;  // fires so often and never again
  std::optional<double> probability;   // 0 to 1
  /// From the addition of the rule on.
  std::optional<std::chrono::milliseconds> duration;
  std::optional<time::Timestamp> until;
  bool operator==(const Trigger&) const = default;
};

struct UniformLatency {
  double from_ms = 0;
  double to_ms = 0;
  bool operator==(const UniformLatency&) const = default;
};
/// Half of the requests wait less than the median; the tail grows with sigma.
struct LogNormalLatency {
  double median_ms = 0;
  double sigma = 0;
  bool operator==(const LogNormalLatency&) const = default;
};
/// The time in milliseconds, or how it is drawn.
using Latency = std::variant<double, UniformLatency, LogNormalLatency>;

/// An error instead of the operation.
struct ErrorAnswer {
  S3ErrorCode code = S3ErrorCode::InternalError;
  std::optional<std::string> message;  // none: that of the catalogue
  std::optional<int> status;           // none: that of the catalogue
  bool operator==(const ErrorAnswer&) const = default;
};

/// Only so many requests for each prefix (a bucket and a key up to its last '/'); the others are
/// answered SlowDown. A bucket of tokens that holds `burst`.
struct RateLimit {
  double requests_per_s = 1;
  double burst = 1;
  bool operator==(const RateLimit&) const = default;
};

/// 301 PermanentRedirect or 307 TemporaryRedirect instead of the operation.
struct Redirect {
  int status = 307;
  std::string endpoint;  // host[:port]; empty: where the request came to
  std::string region;    // of x-amz-bucket-region; empty: that of the server
  bool operator==(const Redirect&) const = default;
};

/// Where in the course of a request its connection is reset.
struct Reset {
  enum class Point {
    kBeforeOperation,  // nothing is done
    kDuringUpload,     // after so many bytes of the request's body; nothing is done
    kAfterOperation,   // it is done, and its answer is lost
    kDuringAnswer,     // after so many bytes of the answer's body
  };
  Point point = Point::kBeforeOperation;
  std::uint64_t after_bytes = 0;
  bool operator==(const Reset&) const = default;
};

/// What happens to a request. Everything that is set happens.
struct Effect {
  // Instead of the operation: at most one of these.
  std::optional<ErrorAnswer> error;
  /// `200 OK` with the error as its document, as operations that take long answer it.
  std::optional<ErrorAnswer> error_in_200;
  std::optional<RateLimit> rate_limit;
  std::optional<Redirect> redirect;

  /// The field Retry-After of `error` and `rate_limit`.
  std::optional<std::uint64_t> retry_after_s;
  /// Waited before the operation.
  std::optional<Latency> latency;
  http::Pace upload;
  http::Pace answer;
  std::optional<Reset> reset;
  /// The answer's body ends there, though its head announces all of it.
  std::optional<std::uint64_t> truncate_after_bytes;
  /// This byte of the answer's body is another one, counted from 0.
  std::optional<std::uint64_t> corrupt_at_byte;
  bool wrong_etag = false;
  bool wrong_checksum = false;
  std::optional<std::int64_t> date_offset_s;
  bool operator==(const Effect&) const = default;
};

/// A fault: a value.
struct Rule {
  /// Empty: the book gives one.
  std::string id;
  /// For people: what the journal shows. Empty: the id.
  std::string name;
  Match match;
  Trigger trigger;
  Effect effect;
  /// Of whatever is drawn: probability and latency.
  std::uint64_t seed = 1;
  bool operator==(const Rule&) const = default;
};

/// Whether the effect takes the place of the operation, so that later rules have nothing to say.
bool replaces_operation(const Effect& effect);

}  // namespace pail::fault
