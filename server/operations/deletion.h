#pragma once

#include <optional>
#include <string>

#include "operations/operation.h"
#include "store/store.h"

// What DeleteObject and each entry of DeleteObjects have in common.
namespace pail::operations {

/// One key, or one version of it, that is to go.
struct DeletionRequest {
  std::string key;
  std::optional<std::string> version_id;
  std::optional<std::string> if_match;
  /// The sender may and wants to remove what is locked in governance mode.
  bool bypasses_governance = false;
};

/// What became of it.
struct DeletionReport {
  /// Of the version that went, or of the delete marker that came; nothing where the bucket never
  /// kept versions.
  std::optional<std::string> version_id;
  /// A delete marker came, or was what went.
  bool is_delete_marker = false;
};

/// What the store is asked for. The version's lock and the condition are checked in the store's
/// transaction.
store::Store::Deletion plan_deletion(OperationContext& context, const model::Bucket& bucket,
                                     DeletionRequest request);

/// Also notes the deletion for those who upload to the key meanwhile.
DeletionReport report_deletion(const OperationContext& context, const model::Bucket& bucket,
                               const store::Store::Deletion& deletion,
                               const store::Store::Deleted& deleted);

/// x-amz-bypass-governance-retention. Fails: InvalidArgument where the bucket has no object lock
/// (recorded); AccessDenied for who may not s3:BypassGovernanceRetention of that key.
S3Result<bool> parse_governance_bypass(const http::HeaderMap& headers, const model::Bucket& bucket);

}  // namespace pail::operations
