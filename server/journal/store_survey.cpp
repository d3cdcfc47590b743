#include "journal/store_survey.h"

#include "access/acl.h"
#include "access/bucket_access.h"

namespace pail::journal {
namespace {

constexpr std::size_t kSurveyedBucketsMost = 10'000;
constexpr std::size_t kUploadsMost = 1000;

bool is_open(const access::BucketAccess& bucket) {
  const bool by_policy = bucket.policy_is_public && !bucket.block.restrict_public_buckets;
  const bool by_acl = bucket.has_acls() && bucket.acl && access::is_public(*bucket.acl) &&
                      !bucket.block.ignore_public_acls;
  return by_policy || by_acl;
}

}  // namespace

std::vector<OpenUpload> open_uploads(store::Store& store) {
  std::vector<OpenUpload> open;
  for (const auto& bucket : store.list_buckets("", "", kSurveyedBucketsMost)) {
    const auto cursor = store.scan_uploads(bucket->id);
    auto upload = cursor->seek("", false);
    while (upload && *upload != nullptr) {
      if (open.size() >= kUploadsMost) return open;
      open.push_back({bucket->name, (*upload)->key, (*upload)->upload_id});
      upload = cursor->next();
    }
  }
  return open;
}

std::vector<std::string> public_buckets(const store::Store& store,
                                        const access::Authorizer::StartAccesses& start_access) {
  std::vector<std::string> names;
  for (const auto& bucket : store.list_buckets("", "", kSurveyedBucketsMost)) {
    const auto started = start_access.find(bucket->name);
    const bool by_start =
        started != start_access.end() && started->second != access::StartAccess::kPrivate;
    if (by_start || is_open(access::read_bucket_access(*bucket))) names.push_back(bucket->name);
  }
  return names;
}

}  // namespace pail::journal
