#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "error/s3_error.h"
#include "protocol/form_fields.h"
#include "time/clock.h"

// The policy document in a form that uploads a file: what whoever signed it allows the form to say.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
namespace pail::auth {

/// How long the file may be, both ends included.
struct ContentLengthRange {
  std::uint64_t least_bytes = 0;
  std::uint64_t most_bytes = std::numeric_limits<std::uint64_t>::max();
  bool operator==(const ContentLengthRange&) const = default;
};

/// One condition of a policy. A value.
struct PostCondition {
  enum class Operator { kEquals, kStartsWith, kContentLengthRange };
  Operator comparison = Operator::kEquals;
  std::string field;    // lower case, without "$"; empty if the "$" is missing
  std::string operand;  // what the field is compared with
  /// Nothing where the bounds are no numbers.
  std::optional<ContentLengthRange> range = {};
  std::string text;  // as AWS shows it when it fails
};

/// A policy that can be read, but was not yet compared with a form. A value.
class PostPolicy {
 public:
  /// `encoded` is the field as it was sent: base64 of JSON. Fails: InvalidPolicyDocument with AWS's
  /// message for each way to be wrong.
  static S3Result<PostPolicy> parse(std::string_view encoded);

  /// Whether the form, posted to `bucket` at `now`, is what the policy allows: it has not expired,
  /// every condition holds, and every field is named by a condition (but those that carry the
  /// signature, the file, and x-ignore-*). Gives the sizes that the file may have; those can only
  /// be checked when it has arrived. Fails: AccessDenied "Invalid according to Policy: ...".
  [[nodiscard]] S3Result<ContentLengthRange> check(const protocol::FormFields& fields,
                                                   std::string_view bucket,
                                                   time::Timestamp now) const;

 private:
  [[nodiscard]] bool names(std::string_view field) const;

  time::Timestamp expiration_;
  std::vector<PostCondition> conditions_;
};

}  // namespace pail::auth
