#include "access/s3_actions.h"

#include <algorithm>
#include <array>
#include <string>

#include "access/wildcard.h"
#include "text/ascii.h"

namespace pail::access {
namespace {

constexpr auto kObjectActions = std::to_array<std::string_view>({
    "s3:abortmultipartupload",
    "s3:bypassgovernanceretention",
    "s3:deleteobject",
    "s3:deleteobjectannotation",
    "s3:deleteobjecttagging",
    "s3:deleteobjectversion",
    "s3:deleteobjectversiontagging",
    "s3:getobject",
    "s3:getobjectacl",
    "s3:getobjectannotation",
    "s3:getobjectattributes",
    "s3:getobjectlegalhold",
    "s3:getobjectretention",
    "s3:getobjecttagging",
    "s3:getobjecttorrent",
    "s3:getobjectversion",
    "s3:getobjectversionacl",
    "s3:getobjectversionattributes",
    "s3:getobjectversionforreplication",
    "s3:getobjectversiontagging",
    "s3:getobjectversiontorrent",
    "s3:initiatereplication",
    "s3:listmultipartuploadparts",
    "s3:listobjectannotations",
    "s3:objectowneroverridetobucketowner",
    "s3:putobject",
    "s3:putobjectacl",
    "s3:putobjectannotation",
    "s3:putobjectlegalhold",
    "s3:putobjectretention",
    "s3:putobjecttagging",
    "s3:putobjectversionacl",
    "s3:putobjectversiontagging",
    "s3:replicatedelete",
    "s3:replicateobject",
    "s3:replicatetags",
    "s3:restoreobject",
    "s3:updateobjectencryption",
});

/// s3:CreateBucket is none that the policy of a bucket can name: there is no bucket yet.
constexpr auto kBucketActions = std::to_array<std::string_view>({
    "s3:createbucketmetadatatableconfiguration",
    "s3:deletebucket",
    "s3:deletebucketmetadatatableconfiguration",
    "s3:deletebucketpolicy",
    "s3:deletebucketwebsite",
    "s3:getaccelerateconfiguration",
    "s3:getanalyticsconfiguration",
    "s3:getbucketabac",
    "s3:getbucketacl",
    "s3:getbucketcors",
    "s3:getbucketlocation",
    "s3:getbucketlogging",
    "s3:getbucketmetadatatableconfiguration",
    "s3:getbucketnotification",
    "s3:getbucketobjectlockconfiguration",
    "s3:getbucketownershipcontrols",
    "s3:getbucketpolicy",
    "s3:getbucketpolicystatus",
    "s3:getbucketpublicaccessblock",
    "s3:getbucketrequestpayment",
    "s3:getbuckettagging",
    "s3:getbucketversioning",
    "s3:getbucketwebsite",
    "s3:getencryptionconfiguration",
    "s3:getintelligenttieringconfiguration",
    "s3:getinventoryconfiguration",
    "s3:getlifecycleconfiguration",
    "s3:getmetricsconfiguration",
    "s3:getreplicationconfiguration",
    "s3:listbucket",
    "s3:listbucketmultipartuploads",
    "s3:listbucketversions",
    "s3:pausereplication",
    "s3:putaccelerateconfiguration",
    "s3:putanalyticsconfiguration",
    "s3:putbucketabac",
    "s3:putbucketacl",
    "s3:putbucketcors",
    "s3:putbucketlogging",
    "s3:putbucketnotification",
    "s3:putbucketobjectlockconfiguration",
    "s3:putbucketownershipcontrols",
    "s3:putbucketpolicy",
    "s3:putbucketpublicaccessblock",
    "s3:putbucketrequestpayment",
    "s3:putbuckettagging",
    "s3:putbucketversioning",
    "s3:putbucketwebsite",
    "s3:putencryptionconfiguration",
    "s3:putintelligenttieringconfiguration",
    "s3:putinventoryconfiguration",
    "s3:putlifecycleconfiguration",
    "s3:putmetricsconfiguration",
    "s3:putreplicationconfiguration",
    "s3:tagresource",
    "s3:untagresource",
    "s3:listtagsforresource",
    "s3:updatebucketmetadatainventorytableconfiguration",
    "s3:updatebucketmetadatajournaltableconfiguration",
});

template <std::size_t kCount>
bool any_matches(const std::array<std::string_view, kCount>& actions, std::string_view pattern) {
  return std::ranges::any_of(
      actions, [pattern](std::string_view action) { return wildcard_match(pattern, action); });
}

}  // namespace

std::optional<ActionScope> find_actions(std::string_view pattern) {
  const std::string lower = text::to_lower(pattern);
  const ActionScope scope{any_matches(kBucketActions, lower), any_matches(kObjectActions, lower)};
  if (!scope.on_buckets && !scope.on_objects) return std::nullopt;
  return scope;
}

}  // namespace pail::access
