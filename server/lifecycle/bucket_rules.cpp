#include "lifecycle/bucket_rules.h"

#include <optional>
#include <utility>

#include "model/document_kind.h"
#include "text/percent.h"
#include "time/date.h"

namespace pail::lifecycle {
namespace {

/// Buckets come and go; the memory for those that are gone is given back now and then.
constexpr std::size_t kParsedMost = 1024;

/// A rule's ID in a header. AWS documents it as URL-encoded and was recorded to leave spaces and
/// all else that a header can carry as they are; so only the rest is encoded.
std::string header_text(std::string_view id) {
  std::string text;
  for (const char c : id) {
    if (c >= ' ' && c <= '~' && c != '"') {
      text += c;
    } else {
      text::append_percent_encoded(text, std::string_view(&c, 1), false);
    }
  }
  return text;
}

}  // namespace

void add_expiration_header(const std::string& value, http::HeaderMap& headers) {
  if (!value.empty()) headers.add("x-amz-expiration", value);
}

std::shared_ptr<const Configuration> BucketRules::of(const model::Bucket& bucket) const {
  const auto document = bucket.documents.find(model::document_kind::kLifecycle);
  if (document == bucket.documents.end()) return nullptr;
  const std::lock_guard lock(mutex_);
  const auto known = parsed_.find(bucket.id);
  if (known != parsed_.end() && known->second.revision == bucket.revision) {
    return known->second.configuration;
  }
  auto parsed = from_stored(document->second);
  auto configuration =
      parsed ? std::make_shared<const Configuration>(std::move(parsed).value()) : nullptr;
  if (parsed_.size() >= kParsedMost) parsed_.clear();
  parsed_[bucket.id] = {bucket.revision, configuration};
  return configuration;
}

std::string BucketRules::expiration_of(const model::Bucket& bucket,
                                       const model::ObjectVersion& object) const {
  const auto configuration = of(bucket);
  if (!configuration || object.is_delete_marker) return {};
  const Subject subject{.key = object.key,
                        .size_bytes = object.size_bytes,
                        .tags = &object.attributes.tags,
                        .storage_class = object.attributes.storage_class,
                        .last_modified = object.last_modified};
  const auto expiration = next_expiration(*configuration, subject, day_);
  if (!expiration) return {};
  return "expiry-date=\"" + time::format_http_date(expiration->when) + "\", rule-id=\"" +
         header_text(expiration->rule_id) + "\"";
}

void BucketRules::add_abort_headers(const model::Bucket& bucket,
                                    const model::MultipartUpload& upload,
                                    http::HeaderMap& headers) const {
  const auto configuration = of(bucket);
  if (!configuration) return;
  const auto abort = next_abort(*configuration, upload.key, upload.initiated, day_);
  if (!abort) return;
  headers.add("x-amz-abort-date", time::format_http_date(abort->when));
  headers.add("x-amz-abort-rule-id", header_text(abort->rule_id));
}

}  // namespace pail::lifecycle
