#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "pail/result.h"

#include "space/settings.h"
#include "space/space.h"

namespace pail::space {

/// Whether a space can have that name: 1 to 64 letters, digits, '-' and '_'.
bool is_valid_name(std::string_view name);

/// The spaces of a server: the one at home, which is always there, and those that somebody has
/// asked for. Thread-safe.
class Registry {
 public:
  /// Opens the space at home. Fails with a sentence for people.
  static Result<std::unique_ptr<Registry>, std::string> open(Settings settings);

  [[nodiscard]] Space& home() { return *home_; }
  [[nodiscard]] const Settings& settings() const { return settings_; }

  /// nullptr if there is no space of that name, or it is the one at home. One that has data from an
  /// earlier run is opened.
  [[nodiscard]] std::shared_ptr<Space> find(std::string_view name);
  /// Fails with a sentence for people: no valid name, too many spaces, the disk.
  [[nodiscard]] Result<std::shared_ptr<Space>, std::string> find_or_make(std::string_view name);
  /// Whether there is any space besides the one at home.
  [[nodiscard]] bool has_guests();
  /// The one space besides the one at home that has a bucket of that name; nullptr if there is none
  /// or more than one.
  [[nodiscard]] std::shared_ptr<Space> find_by_bucket(std::string_view bucket);
  /// The space goes with its data; requests that are under way in it may fail. False if there was
  /// none of that name.
  bool drop(std::string_view name);
  /// Those of earlier runs are among them.
  [[nodiscard]] std::vector<std::string> names();

  /// Ends what runs in the background everywhere.
  void stop();

 private:
  explicit Registry(Settings settings) : settings_(std::move(settings)) {}
  Result<std::shared_ptr<Space>, std::string> open_under_mutex(std::string_view name);
  [[nodiscard]] bool has_data(std::string_view name) const;

  const Settings settings_;
  std::unique_ptr<Space> home_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Space>, std::less<>> guests_;
};

}  // namespace pail::space
