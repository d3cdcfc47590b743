#include "operations/object_lock.h"

#include <chrono>
#include <string>
#include <utility>

#include "model/document_kind.h"
#include "time/date.h"

namespace pail::operations {
namespace {

constexpr std::uint32_t kDaysOfYear = 365;

S3Error locked(std::string why) {
  return S3Error(S3ErrorCode::AccessDenied,
                 "Access Denied because object protected by object lock.")
      .because(std::move(why));
}

S3Error retained(const model::Retention& retention, const char* what) {
  const bool governance = retention.mode == model::RetentionMode::kGovernance;
  return locked("the version is retained until " + time::format_iso8601(retention.retain_until) +
                (governance ? std::string(" (GOVERNANCE: x-amz-bypass-governance-retention lets "
                                          "those ") +
                                  what + " it who may s3:BypassGovernanceRetention)"
                            : std::string(" (COMPLIANCE: nobody can ") + what + " it before)"));
}

/// The retention that holds now.
const model::Retention* running(const model::ObjectLock& lock, time::Timestamp now) {
  return lock.retention && lock.retention->retain_until > now ? &*lock.retention : nullptr;
}

bool gives_way(const model::Retention& retention, bool bypasses_governance) {
  return retention.mode == model::RetentionMode::kGovernance && bypasses_governance;
}

}  // namespace

model::Retention start_retention(const DefaultRetention& wanted, time::Timestamp now) {
  const std::uint32_t days = wanted.days != 0 ? wanted.days : wanted.years * kDaysOfYear;
  return {wanted.mode, now + std::chrono::days(days)};
}

bool has_object_lock(const model::Bucket& bucket) {
  return bucket.documents.contains(model::document_kind::kObjectLock);
}

S3Result<void> require_object_lock(const model::Bucket& bucket) {
  if (has_object_lock(bucket)) return {};
  return fail(S3Error(S3ErrorCode::InvalidRequest, "Bucket is missing Object Lock Configuration")
                  .because("create the bucket with x-amz-bucket-object-lock-enabled: true, or "
                           "enable versioning and put an object lock configuration"));
}

std::optional<S3Error> refuse_removal(const model::ObjectLock& lock, time::Timestamp now,
                                      bool bypasses_governance) {
  if (lock.legal_hold.value_or(false)) return locked("the version is under a legal hold");
  const model::Retention* retention = running(lock, now);
  if (retention == nullptr || gives_way(*retention, bypasses_governance)) return std::nullopt;
  return retained(*retention, "remove");
}

std::optional<S3Error> refuse_retention_change(const model::ObjectLock& lock,
                                               const std::optional<model::Retention>& wanted,
                                               time::Timestamp now, bool bypasses_governance) {
  const model::Retention* retention = running(lock, now);
  if (retention == nullptr || gives_way(*retention, bypasses_governance)) return std::nullopt;
  const bool keeps =
      wanted && wanted->mode == retention->mode && wanted->retain_until >= retention->retain_until;
  if (keeps) return std::nullopt;
  return retained(*retention, "weaken");
}

}  // namespace pail::operations
