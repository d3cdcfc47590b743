#pragma once

#include <map>
#include <string>
#include <string_view>

#include "error/s3_error.h"

// The settings of a bucket that decide about access besides its policy and its ACL.
namespace pail::access {

/// Who owns the objects that others than the bucket's owner write, and whether ACLs count.
enum class ObjectOwnership {
  kBucketOwnerEnforced,   // the bucket's owner; ACLs are off
  kBucketOwnerPreferred,  // the writer, unless he gives bucket-owner-full-control
  kObjectWriter,          // the writer
};

/// The name as in ObjectOwnership elements and x-amz-object-ownership.
std::string_view ownership_name(ObjectOwnership ownership);

/// x-amz-object-ownership. Fails: InvalidArgument as recorded.
S3Result<ObjectOwnership> parse_ownership_header(std::string_view value);

/// An OwnershipControls document. Fails: MalformedXML.
S3Result<ObjectOwnership> parse_ownership_controls(std::string_view xml);
std::string render_ownership_controls(ObjectOwnership ownership);

/// What a bucket refuses of what would open it to everybody.
struct PublicAccessBlock {
  bool block_public_acls = false;
  bool ignore_public_acls = false;
  bool block_public_policy = false;
  bool restrict_public_buckets = false;
  bool operator==(const PublicAccessBlock&) const = default;
};

/// AWS's setting for every new bucket since April 2023.
inline constexpr PublicAccessBlock kBlockAll{true, true, true, true};

/// A PublicAccessBlockConfiguration document; what it leaves out is off. Fails: MalformedXML, also
/// if it sets nothing.
S3Result<PublicAccessBlock> parse_public_access_block(std::string_view xml);
std::string render_public_access_block(const PublicAccessBlock& block);

/// How buckets come into the world.
enum class BucketDefaults {
  kToday,    // BucketOwnerEnforced, everything public blocked
  kPublic,   // BucketOwnerEnforced, nothing blocked: of buckets that a start option opens
  kClassic,  // ObjectWriter, nothing blocked: as on AWS before April 2023
};

/// The documents of a new bucket, by kind.
std::map<std::string, std::string, std::less<>> new_bucket_documents(ObjectOwnership ownership,
                                                                     BucketDefaults defaults);
/// With the ownership that goes with the defaults.
std::map<std::string, std::string, std::less<>> new_bucket_documents(BucketDefaults defaults);

}  // namespace pail::access
