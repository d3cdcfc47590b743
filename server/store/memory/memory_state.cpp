#include "store/memory/memory_state.h"

#include <algorithm>
#include <utility>

namespace pail::store::memory {
namespace {

const std::string& id_of(const PlacedVersion& placed) { return placed.object->version.version_id; }

bool is_latest_marker(const PlacedVersion& placed) { return !placed.noncurrent_since; }

}  // namespace

const PlacedVersion* BucketState::find(std::string_view key,
                                       std::optional<std::string_view> version_id) const {
  const auto current = objects.find(key);
  if (current != objects.end() && (!version_id || id_of(current->second) == *version_id)) {
    return &current->second;
  }
  const auto list = others.find(key);
  if (list == others.end()) return nullptr;
  if (!version_id) return is_latest_marker(list->second.back()) ? &list->second.back() : nullptr;
  const auto found = std::ranges::find(list->second, *version_id, id_of);
  return found == list->second.end() ? nullptr : &*found;
}

void BucketState::exchange(const PlacedVersion& placed, Object object) {
  const std::string key = object->version.key;
  const auto current = objects.find(key);
  if (current != objects.end() && &current->second == &placed) {
    current->second.object = std::move(object);
    return;
  }
  for (PlacedVersion& other : others.find(key)->second) {
    if (&other == &placed) other.object = std::move(object);
  }
}

void BucketState::add(const Object& object) {
  const model::ObjectVersion& version = object->version;
  const std::string& key = version.key;
  PlacedVersion added{object, ++last_sequence, {}};
  const auto current = objects.find(key);
  const bool replaces_current =
      current != objects.end() && id_of(current->second) == version.version_id;
  const auto list = others.find(key);
  if (list != others.end() && !replaces_current) {
    std::erase_if(list->second,
                  [&](const PlacedVersion& other) { return id_of(other) == version.version_id; });
    if (!list->second.empty() && is_latest_marker(list->second.back())) {
      list->second.back().noncurrent_since = version.last_modified;
    }
    if (list->second.empty()) others.erase(list);
  }
  if (current != objects.end() && !replaces_current) {
    current->second.noncurrent_since = version.last_modified;
    others[key].push_back(std::move(current->second));
  }
  if (!version.is_delete_marker) {
    objects.insert_or_assign(key, std::move(added));
    return;
  }
  if (current != objects.end()) objects.erase(current);
  others[key].push_back(std::move(added));
}

void BucketState::erase(const PlacedVersion& placed) {
  const Object object = placed.object;  // it has the key that is used below
  const std::string& key = object->version.key;
  const bool was_latest = !placed.noncurrent_since;
  const auto current = objects.find(key);
  if (current != objects.end() && &current->second == &placed) {
    objects.erase(current);
  } else {
    const auto list = others.find(key);
    std::erase_if(list->second, [&](const PlacedVersion& other) { return &other == &placed; });
    if (list->second.empty()) others.erase(list);
  }
  if (was_latest) promote(key);
}

void BucketState::promote(std::string_view key) {
  const auto list = others.find(key);
  if (list == others.end()) return;
  PlacedVersion& newest = list->second.back();
  newest.noncurrent_since.reset();
  if (newest.object->version.is_delete_marker) return;
  objects.emplace(key, std::move(newest));
  list->second.pop_back();
  if (list->second.empty()) others.erase(list);
}

const PlacedVersion* BucketState::after(std::string_view key, std::uint64_t sequence) const {
  const auto current = objects.find(key);
  if (current != objects.end() && current->second.sequence < sequence) return &current->second;
  if (const auto list = others.find(key); list != others.end()) {
    const auto from =
        std::ranges::lower_bound(list->second, sequence, {}, &PlacedVersion::sequence);
    if (from != list->second.begin()) return &*std::prev(from);
  }
  // The smallest key above a key is the key with a zero byte.
  std::string next(key);
  next.push_back('\0');
  return first_from(next);
}

const PlacedVersion* BucketState::first_from(std::string_view key) const {
  const auto object = objects.lower_bound(key);
  const auto list = others.lower_bound(key);
  if (object == objects.end() && list == others.end()) return nullptr;
  const bool object_is_first =
      list == others.end() || (object != objects.end() && object->first <= list->first);
  return object_is_first ? &object->second : &list->second.back();
}

}  // namespace pail::store::memory
