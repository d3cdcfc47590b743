#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>

#include "cors/configuration.h"
#include "http/header_map.h"
#include "model/bucket.h"

namespace pail::cors {

/// The CORS configurations of buckets, parsed once for each state of a bucket. Thread-safe.
class CorsRules {
 public:
  /// The bucket's configuration, or nullptr if it has none.
  std::shared_ptr<const Configuration> of(const model::Bucket& bucket) const;

  /// Adds to an answer, also one that is an error, what lets a browser read it. Adds nothing when
  /// the request has no Origin or no rule allows it.
  void add_response_headers(const model::Bucket& bucket, const http::HeaderMap& request_headers,
                            std::string_view method, http::HeaderMap& response_headers) const;

 private:
  struct Parsed {
    std::uint64_t revision = 0;
    std::shared_ptr<const Configuration> configuration;
  };

  mutable std::mutex mutex_;
  mutable std::map<std::int64_t, Parsed> parsed_;  // by bucket id
};

}  // namespace pail::cors
