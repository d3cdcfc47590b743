#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "http/header_map.h"
#include "lifecycle/configuration.h"
#include "lifecycle/due.h"
#include "model/bucket.h"
#include "model/multipart.h"
#include "model/object.h"

namespace pail::lifecycle {

/// Adds x-amz-expiration with a value from BucketRules::expiration_of(), if there is one.
void add_expiration_header(const std::string& value, http::HeaderMap& headers);

/// The lifecycle configurations of buckets, parsed once for each state of a bucket, and the headers
/// that announce what they will do. A bucket without rules costs one look into its documents.
/// Thread-safe.
class BucketRules {
 public:
  explicit BucketRules(Day day = {}) : day_(day) {}

  [[nodiscard]] Day day() const { return day_; }

  /// The bucket's configuration, or nullptr if it has none.
  std::shared_ptr<const Configuration> of(const model::Bucket& bucket) const;

  /// The value of x-amz-expiration for `object`, the latest version of its key; empty if it will
  /// not expire.
  std::string expiration_of(const model::Bucket& bucket, const model::ObjectVersion& object) const;

  /// Adds x-amz-abort-date and x-amz-abort-rule-id if the upload will be aborted.
  void add_abort_headers(const model::Bucket& bucket, const model::MultipartUpload& upload,
                         http::HeaderMap& headers) const;

 private:
  struct Parsed {
    std::uint64_t revision = 0;
    std::shared_ptr<const Configuration> configuration;
  };

  const Day day_;
  mutable std::mutex mutex_;
  mutable std::map<std::int64_t, Parsed> parsed_;  // by bucket id
};

}  // namespace pail::lifecycle
