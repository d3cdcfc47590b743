#pragma once

#include <string_view>

/// The kinds of configuration documents that a bucket keeps (model::Bucket::documents): the names
/// under which they are stored. Each is the text that the Put operation of that name rendered.
namespace pail::model::document_kind {

inline constexpr std::string_view kAcl = "acl";
inline constexpr std::string_view kCors = "cors";
inline constexpr std::string_view kEncryption = "encryption";
inline constexpr std::string_view kLifecycle = "lifecycle";
inline constexpr std::string_view kObjectLock = "object-lock";
inline constexpr std::string_view kOwnershipControls = "ownershipControls";
inline constexpr std::string_view kPolicy = "policy";
inline constexpr std::string_view kPublicAccessBlock = "publicAccessBlock";
inline constexpr std::string_view kTagging = "tagging";
/// "Enabled" or "Suspended"; none: the bucket never kept versions.
inline constexpr std::string_view kVersioning = "versioning";

}  // namespace pail::model::document_kind
