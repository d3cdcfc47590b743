#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "error/s3_error.h"

namespace pail::sts {

/// Which characters a text may have.
enum class Alphabet {
  kAny,
  kName,        // [\w+=,.@-]*
  kExternalId,  // [\w+=,.@:\/-]*
};

/// How long a text may be and of what. A value.
struct TextRule {
  std::size_t least = 0;
  std::size_t most = 0;
  Alphabet alphabet = Alphabet::kAny;
};

/// Collects what is wrong with the parameters of an action, to complain about all of it at once as
/// AWS does. Names of parameters are given as AWS's messages have them ("roleSessionName").
class Constraints {
 public:
  void require(std::string_view name, std::optional<std::string_view> value);
  void check(std::string_view name, std::string_view value, const TextRule& rule);
  /// Adds a complaint: `what` has to hold of a value that is shown as `shown`.
  void refuse(std::string_view name, std::string_view shown, std::string what);
  /// Seconds, `usual` if there is no value.
  std::chrono::seconds duration(std::optional<std::string_view> value, std::chrono::seconds usual,
                                std::chrono::seconds most);

  /// Fails: ValidationError "2 validation errors detected: Value ...".
  [[nodiscard]] S3Result<void> verdict() const;

 private:
  void add(std::string_view name, std::optional<std::string_view> value, std::string what);

  std::vector<std::string> complaints_;
};

}  // namespace pail::sts
