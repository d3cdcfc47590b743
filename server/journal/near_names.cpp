#include "journal/near_names.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "text/ascii.h"
#include "text/percent.h"

namespace pail::journal {
namespace {

constexpr std::size_t kBucketsMost = 1000;
constexpr std::size_t kKeysEach = 300;

/// A typo in a short name, a few in a long one.
std::size_t tolerated(std::string_view name) {
  return std::clamp<std::size_t>(name.size() / 4, 1, 4);
}

/// The nearest names of those that were offered.
class Nearest {
 public:
  explicit Nearest(std::string_view wanted) : wanted_(wanted), lower_(text::to_lower(wanted)) {}

  void offer(std::string_view name) {
    if (name == wanted_) return;
    const std::size_t most = tolerated(wanted_);
    // What differs in case only is nearer than any typo.
    const bool is_same = text::to_lower(name) == lower_;
    const std::size_t distance = is_same ? 0 : edit_distance(wanted_, name, most);
    if (distance <= most) found_.emplace(distance, name);
  }
  void offer_first(std::string name) {
    if (name != wanted_) found_.emplace(0, std::move(name));
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& [distance, name] : found_) {
      if (std::ranges::find(names, name) != names.end()) continue;
      if (names.size() < kNearNamesMost) names.push_back(name);
    }
    return names;
  }

 private:
  std::string_view wanted_;
  std::string lower_;
  std::set<std::pair<std::size_t, std::string>> found_;
};

std::string replaced(std::string_view text, char from, char to) {
  std::string out(text);
  std::ranges::replace(out, from, to);
  return out;
}

/// The key without what clients put in front or do to it by mistake.
std::vector<std::string> usual_mistakes(std::string_view bucket, std::string_view key) {
  std::vector<std::string> keys = {text::percent_decode(key).value_or(""),
                                   text::percent_encode_path(key), replaced(key, '+', ' '),
                                   replaced(key, ' ', '+'), "/" + std::string(key)};
  if (key.starts_with('/')) keys.emplace_back(key.substr(1));
  if (key.ends_with('/')) keys.emplace_back(key.substr(0, key.size() - 1));
  keys.push_back(std::string(key) + "/");
  const std::string prefix = std::string(bucket) + "/";
  if (key.starts_with(prefix)) keys.emplace_back(key.substr(prefix.size()));
  keys.push_back(prefix + std::string(key));
  return keys;
}

void offer_from(store::ObjectCursor& cursor, std::string_view start, Nearest& nearest) {
  auto object = cursor.seek(start, false);
  for (std::size_t i = 0; i < kKeysEach; ++i) {
    if (!object || *object == nullptr) return;
    nearest.offer((*object)->key);
    object = cursor.next();
  }
}

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t most) {
  const std::size_t longer = std::max(left.size(), right.size());
  if (longer - std::min(left.size(), right.size()) > most) return most + 1;
  const std::size_t width = right.size() + 1;
  std::vector<std::size_t> before(width, most + 1);
  std::vector<std::size_t> previous(width);
  std::vector<std::size_t> row(width);
  std::iota(previous.begin(), previous.end(), std::size_t{0});
  // Only cells near the diagonal can be within `most`.
  for (std::size_t i = 1; i <= left.size(); ++i) {
    const std::size_t first = i > most ? i - most : 1;
    const std::size_t last = std::min(i + most, right.size());
    row[first - 1] = first == 1 ? i : most + 1;
    std::size_t least = row[first - 1];
    for (std::size_t j = first; j <= last; ++j) {
      const std::size_t exchanged = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({previous[j] + 1, row[j - 1] + 1, exchanged});
      const bool is_swapped =
          i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (is_swapped) row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (last < right.size()) row[last + 1] = most + 1;
    if (least > most) return most + 1;
    before.swap(previous);
    previous.swap(row);
  }
  return std::min(previous.back(), most + 1);
}

std::vector<std::string> near_buckets(const store::Store& store, std::string_view name) {
  Nearest nearest(name);
  for (const auto& bucket : store.list_buckets("", "", kBucketsMost)) nearest.offer(bucket->name);
  return nearest.names();
}

std::vector<std::string> near_keys(store::Store& store, const model::Bucket& bucket,
                                   std::string_view key) {
  Nearest nearest(key);
  for (std::string& other : usual_mistakes(bucket.name, key)) {
    const auto found = store.find_object(bucket.id, other, std::nullopt, store::Read::kVersionOnly);
    if (found && !found->version.is_delete_marker) nearest.offer_first(std::move(other));
  }
  const auto cursor = store.scan_objects(bucket.id);
  const auto slash = key.rfind('/');
  const std::string_view folder =
      slash == std::string_view::npos ? std::string_view{} : key.substr(0, slash + 1);
  offer_from(*cursor, "", nearest);
  if (!folder.empty()) offer_from(*cursor, folder, nearest);
  // A typo near the end leaves the right key near in the order of keys.
  offer_from(*cursor, key.substr(0, key.size() - std::min<std::size_t>(key.size(), 3)), nearest);
  return nearest.names();
}

}  // namespace pail::journal
