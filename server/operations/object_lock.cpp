#include "operations/object_lock.h"

#include <string>

#include "time/date.h"
#include "xml/writer.h"

namespace pail::operations {
namespace {

S3Error locked(std::string why) {
  return S3Error(S3ErrorCode::AccessDenied,
                 "Access Denied because object protected by object lock.")
      .because(std::move(why));
}

}  // namespace

std::string render_object_lock_enabled() {
  std::string out;
  xml::XmlWriter xml(out);
  xml.declaration();
  xml.open_root("ObjectLockConfiguration");
  xml.element("ObjectLockEnabled", "Enabled");
  xml.close("ObjectLockConfiguration");
  return out;
}

std::optional<S3Error> refuse_removal(const model::ObjectLock& lock, time::Timestamp now,
                                      bool bypasses_governance) {
  if (lock.legal_hold.value_or(false)) return locked("the version is under a legal hold");
  if (!lock.retention || lock.retention->retain_until <= now) return std::nullopt;
  const bool governance = lock.retention->mode == model::RetentionMode::kGovernance;
  if (governance && bypasses_governance) return std::nullopt;
  return locked(
      "the version is retained until " + time::format_iso8601(lock.retention->retain_until) +
      (governance ? " (GOVERNANCE: x-amz-bypass-governance-retention lets those remove it "
                    "who may s3:BypassGovernanceRetention)"
                  : " (COMPLIANCE: nobody can remove it before)"));
}

}  // namespace pail::operations
