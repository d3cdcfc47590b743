#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "error/s3_error.h"
#include "model/object.h"

namespace pail::protocol {

inline constexpr std::size_t kMaxObjectTags = 10;
inline constexpr std::size_t kMaxBucketTags = 50;

/// What tags are put on. AWS words its refusals differently for each.
enum class TaggedThing { kObject, kBucket, kNewBucket };

/// Fails: BadRequest (too many), InvalidTag as AWS was recorded to (duplicates, aws: prefix,
/// characters, key over 128 or value over 256 characters).
S3Result<void> check_tags(const std::vector<model::NamedValue>& tags, TaggedThing thing);

/// x-amz-tagging: "k1=v1&k2=v2", form-encoded. Fails: InvalidArgument with the recorded message,
/// BadRequest, InvalidTag.
S3Result<std::vector<model::NamedValue>> parse_tagging_header(std::string_view field);

}  // namespace pail::protocol
