#include "space/inventory.h"

#include "access/acl.h"

namespace pail::space {
namespace {

constexpr std::size_t kBucketsMost = 10'000;

bool is_open_by_settings(const access::BucketAccess& access) {
  if (access.policy_is_public && !access.block.restrict_public_buckets) return true;
  return access.has_acls() && access.acl && access::is_public(*access.acl) &&
         !access.block.ignore_public_acls;
}

}  // namespace

std::vector<journal::OpenUpload> open_uploads(store::Store& store, std::size_t most) {
  std::vector<journal::OpenUpload> uploads;
  for (const auto& bucket : store.list_buckets("", "", kBucketsMost)) {
    const auto cursor = store.scan_uploads(bucket->id);
    auto upload = cursor->seek("", false);
    while (upload && *upload != nullptr && uploads.size() < most) {
      uploads.push_back({bucket->name, (*upload)->key, (*upload)->upload_id});
      upload = cursor->next();
    }
  }
  return uploads;
}

std::vector<std::string> public_buckets(const store::Store& store,
                                        const access::Authorizer& authorizer,
                                        const access::Authorizer::StartAccesses& start) {
  std::vector<std::string> names;
  for (const auto& bucket : store.list_buckets("", "", kBucketsMost)) {
    const auto opened = start.find(bucket->name);
    const bool is_open_from_start =
        opened != start.end() && opened->second != access::StartAccess::kPrivate;
    if (is_open_from_start || is_open_by_settings(*authorizer.access_of(*bucket))) {
      names.push_back(bucket->name);
    }
  }
  return names;
}

}  // namespace pail::space
