#include "store/disk/space_reserve.h"

#include <utility>
#include <vector>

#include "error/try.h"

namespace pail::store::disk {

SpaceReserve::SpaceReserve(std::shared_ptr<FileSystem> file_system, const std::string& directory)
    : file_system_(std::move(file_system)), path_(directory + "/reserve") {
  is_there_ = file_system_->open(path_).has_value();
}

void SpaceReserve::make() {
  if (is_there_) return;
  // Under another name until it is whole: what a process leaves that dies meanwhile holds nothing.
  const std::string unfinished = path_ + ".part";
  if (!file_system_->remove(unfinished)) return;
  if (write(unfinished)) {
    is_there_ = true;
  } else {
    static_cast<void>(file_system_->remove(unfinished));
  }
}

StoreResult<void> SpaceReserve::write(const std::string& path) {
  constexpr std::size_t kBlockBytes = std::size_t{256} * 1024;
  const std::vector<std::byte> block(kBlockBytes);
  PAIL_TRY(auto file, file_system_->create(path));
  for (std::size_t written = 0; written < kBytes; written += kBlockBytes) {
    PAIL_CHECK(file->write(block));
  }
  file.reset();
  PAIL_TRY(const bool renamed, file_system_->rename(path, path_));
  if (renamed) return {};
  return Unexpected{StoreError{StoreErrorKind::kBroken, path + " has disappeared", {}}};
}

bool SpaceReserve::give_up() {
  return is_there_.exchange(false) && file_system_->remove(path_).has_value();
}

}  // namespace pail::store::disk
