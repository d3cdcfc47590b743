#include "space/registry.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "error/try.h"
#include "space/directory.h"
#include "text/ascii.h"

namespace pail::space {
namespace {

constexpr std::size_t kNameMost = 64;
/// Each costs some hundred kilobytes, and two threads where it lies on disk.
constexpr std::size_t kSpacesMost = 1000;

}  // namespace

bool is_valid_name(std::string_view name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  return !name.empty() && name.size() <= kNameMost && std::ranges::all_of(name, is_allowed);
}

Result<std::unique_ptr<Registry>, std::string> Registry::open(Settings settings) {
  std::unique_ptr<Registry> registry(new Registry(std::move(settings)));
  PAIL_TRY(registry->home_, Space::open(std::string(kDefaultName), registry->settings_));
  remove_dropped(registry->settings_.data_directory);
  return registry;
}

bool Registry::has_data(std::string_view name) const {
  const auto directory = directory_of(name, settings_.data_directory);
  std::error_code ignored;
  return directory && std::filesystem::is_directory(*directory, ignored);
}

Result<std::shared_ptr<Space>, std::string> Registry::open_under_mutex(std::string_view name) {
  if (guests_.size() >= kSpacesMost) {
    return Unexpected{"there are " + std::to_string(kSpacesMost) +
                      " spaces already: drop those that are no longer used"};
  }
  PAIL_TRY(std::shared_ptr<Space> made, Space::open(std::string(name), settings_));
  made->start();
  guests_.emplace(name, made);
  return made;
}

std::shared_ptr<Space> Registry::find(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (const auto found = guests_.find(name); found != guests_.end()) return found->second;
  if (name == kDefaultName || !is_valid_name(name) || !has_data(name)) return nullptr;
  auto opened = open_under_mutex(name);
  return opened ? *opened : nullptr;
}

Result<std::shared_ptr<Space>, std::string> Registry::find_or_make(std::string_view name) {
  if (name == kDefaultName || !is_valid_name(name)) {
    return Unexpected{"a space can not be called '" + std::string(name) +
                      "': take up to 64 letters, digits, '-' and '_'"};
  }
  const std::lock_guard lock(mutex_);
  if (const auto found = guests_.find(name); found != guests_.end()) return found->second;
  return open_under_mutex(name);
}

bool Registry::has_guests() {
  const std::lock_guard lock(mutex_);
  return !guests_.empty();
}

std::shared_ptr<Space> Registry::find_by_bucket(std::string_view bucket) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<Space> found;
  for (const auto& [name, guest] : guests_) {
    if (!guest->store().find_bucket(bucket)) continue;
    if (found) return nullptr;
    found = guest;
  }
  return found;
}

bool Registry::drop(std::string_view name) {
  std::shared_ptr<Space> dropped;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = guests_.find(name); found != guests_.end()) {
      dropped = std::move(found->second);
      guests_.erase(found);
    } else if (name == kDefaultName || !is_valid_name(name) || !has_data(name)) {
      return false;
    }
    set_aside(name, settings_.data_directory);
  }
  if (dropped) dropped->stop();
  dropped.reset();
  remove_dropped(settings_.data_directory);
  return true;
}

std::vector<std::string> Registry::names() {
  std::vector<std::string> names{std::string(kDefaultName)};
  for (std::string& name : names_of_directories(settings_.data_directory)) {
    if (is_valid_name(name)) names.push_back(std::move(name));
  }
  const std::lock_guard lock(mutex_);
  for (const auto& [name, guest] : guests_) names.push_back(name);
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

void Registry::stop() {
  home_->stop();
  const std::lock_guard lock(mutex_);
  for (const auto& [name, guest] : guests_) guest->stop();
}

}  // namespace pail::space
