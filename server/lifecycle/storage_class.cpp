#include "lifecycle/storage_class.h"

#include <algorithm>
#include <array>

namespace pail::lifecycle {
namespace {

constexpr std::uint64_t kSmallObjectBytes = std::uint64_t{128} * 1024;
constexpr std::array<std::string_view, 7> kWaterfall = {
    "STANDARD",   "STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA",
    "GLACIER_IR", "GLACIER",     "DEEP_ARCHIVE"};

bool is_infrequent_access(std::string_view storage_class) {
  return storage_class == "STANDARD_IA" || storage_class == "ONEZONE_IA";
}

}  // namespace

std::optional<int> storage_class_rank(std::string_view storage_class) {
  if (storage_class == "REDUCED_REDUNDANCY") return 0;
  const auto found = std::ranges::find(kWaterfall, storage_class);
  if (found == kWaterfall.end()) return std::nullopt;
  return static_cast<int>(found - kWaterfall.begin());
}

bool is_transition_target(std::string_view storage_class) {
  return storage_class_rank(storage_class).value_or(0) > 0;
}

bool can_transition(std::string_view from, std::string_view to) {
  const auto above = storage_class_rank(from);
  const auto below = storage_class_rank(to);
  if (!above || !below || *above >= *below) return false;
  return from != "ONEZONE_IA" || to != "GLACIER_IR";
}

std::int32_t minimum_age_days(std::string_view storage_class) {
  return is_infrequent_access(storage_class) ? 30 : 0;
}

std::int32_t minimum_stay_days(std::string_view storage_class) {
  if (is_infrequent_access(storage_class)) return 30;
  return storage_class == "GLACIER_IR" || storage_class == "GLACIER" ? 90 : 1;
}

std::uint64_t minimum_size_bytes(std::string_view storage_class, MinimumTransitionSize setting) {
  const bool is_archive = storage_class == "GLACIER" || storage_class == "DEEP_ARCHIVE";
  if (is_archive && setting == MinimumTransitionSize::kVariesByClass) return 0;
  return kSmallObjectBytes;
}

}  // namespace pail::lifecycle
