#include <algorithm>
#include <set>
#include <utility>

#include "store/memory/memory_state.h"

namespace pail::store::memory {
namespace {

using Names = std::map<std::string_view, const PlacedBucket*>;

Names by_name(const Buckets& buckets) {
  Names out;
  for (const auto& [id, placed] : buckets) out.emplace(placed.bucket->name, &placed);
  return out;
}

bool same_configuration(const model::Bucket& from, const model::Bucket& to) {
  return from.region == to.region && from.owner_id == to.owner_id && from.created == to.created &&
         from.documents == to.documents;
}

bool same(const PlacedVersion& from, const PlacedVersion& to) {
  return from.noncurrent_since == to.noncurrent_since &&
         (from.object == to.object || from.object->version == to.object->version);
}

/// All that a state has of one key; either may be nullptr.
struct Versions {
  const PlacedVersion* current = nullptr;
  const std::vector<PlacedVersion>* others = nullptr;
};

Versions versions_of(const BucketState& bucket, const std::string& key) {
  const auto current = bucket.objects.find(key);
  const auto others = bucket.others.find(key);
  return {current == bucket.objects.end() ? nullptr : &current->second,
          others == bucket.others.end() ? nullptr : &others->second};
}

bool same_others(const Versions& from, const Versions& to) {
  if (!from.others || !to.others) return from.others == to.others;
  return std::ranges::equal(*from.others, *to.others, same);
}

std::optional<Difference::Kind> compare_key(const Versions& from, const Versions& to) {
  if (!from.current && to.current) return Difference::Kind::kAdded;
  if (from.current && !to.current) return Difference::Kind::kRemoved;
  if (from.current && !same(*from.current, *to.current)) return Difference::Kind::kChanged;
  if (!same_others(from, to)) return Difference::Kind::kChanged;
  return {};
}

void add_keys(std::set<std::string_view>& keys, const BucketState& bucket) {
  for (const auto& [key, current] : bucket.objects) keys.insert(key);
  for (const auto& [key, others] : bucket.others) keys.insert(key);
}

/// Whether the visitor wants more.
bool compare_contents(const std::string& name, const BucketState& from, const BucketState& to,
                      const DifferenceVisitor& visit) {
  std::set<std::string_view> keys;
  add_keys(keys, from);
  add_keys(keys, to);
  for (const std::string_view key : keys) {
    std::string text(key);
    const auto kind = compare_key(versions_of(from, text), versions_of(to, text));
    if (kind && !visit({*kind, name, std::move(text)})) return false;
  }
  return true;
}

/// The same; either may be nullptr, not both.
bool compare_buckets(const PlacedBucket* from, const PlacedBucket* to,
                     const DifferenceVisitor& visit) {
  const std::string& name = (from ? from : to)->bucket->name;
  std::optional<Difference::Kind> kind;
  if (!from) {
    kind = Difference::Kind::kAdded;
  } else if (!to) {
    kind = Difference::Kind::kRemoved;
  } else if (!same_configuration(*from->bucket, *to->bucket)) {
    kind = Difference::Kind::kChanged;
  }
  if (kind && !visit({*kind, name, {}})) return false;
  if (from && to && from->content == to->content) return true;
  const BucketState nothing;
  return compare_contents(name, from ? *from->content : nothing, to ? *to->content : nothing,
                          visit);
}

}  // namespace

void compare(const Buckets& from, const Buckets& to, const DifferenceVisitor& visit) {
  const Names before = by_name(from);
  const Names after = by_name(to);
  std::set<std::string_view> names;
  for (const auto& [name, placed] : before) names.insert(name);
  for (const auto& [name, placed] : after) names.insert(name);
  for (const std::string_view name : names) {
    const auto old_one = before.find(name);
    const auto new_one = after.find(name);
    if (!compare_buckets(old_one == before.end() ? nullptr : old_one->second,
                         new_one == after.end() ? nullptr : new_one->second, visit)) {
      return;
    }
  }
}

BucketState* State::find_to_change(std::int64_t bucket_id) {
  const auto found = buckets.find(bucket_id);
  if (found == buckets.end()) return nullptr;
  std::shared_ptr<BucketState>& content = found->second.content;
  if (content.use_count() > 1) content = std::make_shared<BucketState>(*content);
  return content.get();
}

void State::clear() {
  buckets.clear();
  by_name.clear();
}

void State::save(Snapshot snapshot) {
  drop(snapshot.name);
  snapshots.push_back({std::move(snapshot), buckets});
}

bool State::restore(std::string_view name) {
  const SavedState* saved = find_snapshot(name);
  if (!saved) return false;
  clear();
  buckets = saved->buckets;
  for (auto& [id, placed] : buckets) {
    model::Bucket bucket = *placed.bucket;
    bucket.revision = ++last_revision;
    placed.bucket = std::make_shared<const model::Bucket>(std::move(bucket));
    by_name.emplace(placed.bucket->name, placed.bucket);
  }
  return true;
}

bool State::drop(std::string_view name) {
  return std::erase_if(snapshots, [name](const SavedState& saved) {
           return saved.snapshot.name == name;
         }) != 0;
}

const SavedState* State::find_snapshot(std::string_view name) const {
  const auto found = std::ranges::find_if(
      snapshots, [name](const SavedState& saved) { return saved.snapshot.name == name; });
  return found == snapshots.end() ? nullptr : &*found;
}

}  // namespace pail::store::memory
