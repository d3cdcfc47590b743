#include "access/condition_keys.h"

#include <algorithm>
#include <array>
#include <string>

namespace pail::access {
namespace {

constexpr std::string_view kEveryAction;
constexpr std::string_view kCreations = "createbucket ";
constexpr std::string_view kPuts = "putobject ";
constexpr std::string_view kListings = "listbucket listbucketversions ";
constexpr std::string_view kWrites = "putobject bypassgovernanceretention ";
constexpr std::string_view kAcls =
    "putobject putobjectacl putobjectversionacl putbucketacl createbucket "
    "bypassgovernanceretention ";
constexpr std::string_view kEncryptions =
    "putobject replicateobject updateobjectencryption bypassgovernanceretention ";
constexpr std::string_view kRetentions = "putobject putobjectretention ";
constexpr std::string_view kNewTags =
    "putobject putobjecttagging putobjectversiontagging bypassgovernanceretention ";
constexpr std::string_view kOldTags =
    "getobject getobjectversion getobjectacl getobjectversionacl getobjectattributes "
    "getobjectversionattributes getobjecttagging getobjectversiontagging putobjectacl "
    "putobjectversionacl putobjecttagging putobjectversiontagging deleteobjecttagging "
    "deleteobjectversiontagging ";
constexpr std::string_view kVersions =
    "getobjectversion getobjectversionacl getobjectversionattributes getobjectversiontagging "
    "getobjectversiontorrent putobjectversionacl putobjectversiontagging deleteobjectversion "
    "deleteobjectversiontagging ";

constexpr auto kKeys = std::to_array<ConditionKeySpec>({
    {"aws:requesttag/", "createbucket tagresource "},
    {"aws:tagkeys", "createbucket tagresource untagresource "},
    {"s3:accessgrantsinstancearn", kEveryAction},
    {"s3:accesspointnetworkorigin", kEveryAction},
    {"s3:accesspointtag/", kEveryAction},
    {"s3:authtype", kEveryAction},
    {"s3:buckettag/", kEveryAction},
    {"s3:dataaccesspointaccount", kEveryAction},
    {"s3:dataaccesspointarn", kEveryAction},
    {"s3:delimiter", kListings},
    {"s3:destinationregion", "pausereplication "},
    {"s3:existingobjecttag/", kOldTags},
    {"s3:if-match", "putobject deleteobject "},
    {"s3:if-none-match", kPuts},
    {"s3:inventoryaccessibleoptionalfields", "putinventoryconfiguration "},
    {"s3:isreplicationpauserequest", "putreplicationconfiguration "},
    {"s3:locationconstraint", kCreations},
    {"s3:max-keys", kListings},
    {"s3:object-lock-legal-hold", "putobject putobjectlegalhold "},
    {"s3:object-lock-mode", kRetentions},
    {"s3:object-lock-remaining-retention-days", kRetentions},
    {"s3:object-lock-retain-until-date", kRetentions},
    {"s3:objectcreationoperation", kPuts},
    {"s3:prefix", kListings},
    {"s3:requestobjecttag/", kNewTags},
    {"s3:requestobjecttagkeys", kNewTags},
    {"s3:resourceaccount", kEveryAction},
    {"s3:signatureage", kEveryAction},
    {"s3:signatureversion", kEveryAction},
    {"s3:tlsversion", kEveryAction},
    {"s3:versionid", kVersions},
    {"s3:x-amz-acl", kAcls},
    {"s3:x-amz-bucket-namespace", kCreations},
    {"s3:x-amz-content-sha256", kEveryAction},
    {"s3:x-amz-copy-source", kWrites},
    {"s3:x-amz-grant-full-control", kAcls},
    {"s3:x-amz-grant-read", kAcls},
    {"s3:x-amz-grant-read-acp", kAcls},
    {"s3:x-amz-grant-write", kAcls},
    {"s3:x-amz-grant-write-acp", kAcls},
    {"s3:x-amz-metadata-directive", kWrites},
    {"s3:x-amz-object-ownership", "createbucket putbucketownershipcontrols "},
    {"s3:x-amz-server-side-encryption", kEncryptions},
    {"s3:x-amz-server-side-encryption-aws-kms-key-id", kEncryptions},
    {"s3:x-amz-server-side-encryption-customer-algorithm", kEncryptions},
    {"s3:x-amz-storage-class",
     "putobject putobjectacl putobjectversionacl bypassgovernanceretention "},
    {"s3:x-amz-website-redirect-location", kWrites},
});

/// Prefixes of keys that come from other services and identity providers with the credentials of
/// the sender.
constexpr auto kForeignPrefixes = std::to_array<std::string_view>(
    {"aws:", "codebuild:", "ec2:", "glue:", "identitystore:", "lambda:", "ssm:", "saml:", "sts:",
     "accounts.google.com:", "cognito-identity.amazonaws.com:", "graph.facebook.com:",
     "www.amazon.com:"});

constexpr ConditionKeySpec kForeign{"", kEveryAction};

}  // namespace

bool ConditionKeySpec::applies_to(std::string_view action) const {
  if (actions.empty()) return true;
  constexpr std::string_view kService = "s3:";
  if (!action.starts_with(kService)) return false;
  const std::string word = " " + std::string(action.substr(kService.size())) + " ";
  // The first name of the list has no space in front.
  return actions.starts_with(std::string_view(word).substr(1)) ||
         actions.find(word) != std::string_view::npos;
}

const ConditionKeySpec* find_condition_key(const ConditionKey& key) {
  const auto* const found = std::ranges::find(kKeys, key.name, &ConditionKeySpec::name);
  if (found != kKeys.end()) {
    const bool lacks_tag = key.name.ends_with('/') && key.tag.empty();
    return lacks_tag ? nullptr : found;
  }
  const bool is_foreign = std::ranges::any_of(kForeignPrefixes, [&](std::string_view prefix) {
    return key.name.size() > prefix.size() && key.name.starts_with(prefix);
  });
  return is_foreign ? &kForeign : nullptr;
}

bool is_address_key(const ConditionKey& key) {
  return key.name == "aws:sourceip" || key.name == "aws:vpcsourceip";
}

}  // namespace pail::access
