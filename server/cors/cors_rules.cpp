#include "cors/cors_rules.h"

#include <utility>

#include "cors/match.h"
#include "model/document_kind.h"

namespace pail::cors {
namespace {

/// Buckets come and go; the memory for those that are gone is given back now and then.
constexpr std::size_t kParsedMost = 1024;

}  // namespace

std::shared_ptr<const Configuration> CorsRules::of(const model::Bucket& bucket) const {
  const auto document = bucket.documents.find(model::document_kind::kCors);
  if (document == bucket.documents.end()) return nullptr;
  const std::lock_guard lock(mutex_);
  const auto known = parsed_.find(bucket.id);
  if (known != parsed_.end() && known->second.revision == bucket.revision) {
    return known->second.configuration;
  }
  auto parsed = parse_configuration(document->second);
  auto configuration =
      parsed ? std::make_shared<const Configuration>(std::move(parsed).value()) : nullptr;
  if (parsed_.size() >= kParsedMost) parsed_.clear();
  parsed_[bucket.id] = {bucket.revision, configuration};
  return configuration;
}

void CorsRules::add_response_headers(const model::Bucket& bucket,
                                     const http::HeaderMap& request_headers,
                                     std::string_view method,
                                     http::HeaderMap& response_headers) const {
  if (!request_headers.contains("Origin")) return;
  const auto configuration = of(bucket);
  if (!configuration) return;
  const CorsRequest request = read_request(request_headers, method);
  const Match match = find_match(*configuration, request);
  if (match.rule) add_allow_headers(match, request, response_headers);
}

}  // namespace pail::cors
