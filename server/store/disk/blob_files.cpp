#include "store/disk/blob_files.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "error/try.h"
#include "store/disk/blob_table.h"

namespace pail::store::disk {
namespace {

constexpr std::size_t kNameDigits = 16;
constexpr std::string_view kUnplacedSuffix = ".part";
constexpr std::int64_t kFolderMask = 0xFF;

std::string hex(std::int64_t value, std::size_t digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out(digits, '0');
  auto rest = static_cast<std::uint64_t>(value);
  for (auto digit = out.rbegin(); digit != out.rend(); ++digit, rest >>= 4) {
    *digit = kDigits[rest & 15];
  }
  return out;
}

/// The id out of a file's name; nullopt for a name that we never give.
std::optional<std::int64_t> parse_name(std::string_view name) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id, 16);
  if (error != std::errc() || name != hex(id, kNameDigits)) return {};
  return id;
}

}  // namespace

BlobFiles::BlobFiles(std::shared_ptr<FileSystem> file_system, std::string directory,
                     Durability durability)
    : file_system_(std::move(file_system)),
      directory_(std::move(directory)),
      durability_(durability) {}

std::int64_t BlobFiles::make_id(bool file) { return next_number_++ * 2 + (file ? 1 : 0); }

std::string BlobFiles::folder(std::int64_t id) const {
  // Ids of files are odd: the lowest bit would leave half of the folders empty.
  return directory_ + "/blobs/" + hex((id >> 1) & kFolderMask, 2);
}

std::string BlobFiles::path(std::int64_t id) const {
  return folder(id) + "/" + hex(id, kNameDigits);
}

StoreResult<BlobFiles::Unplaced> BlobFiles::create(std::int64_t id) {
  std::string path = directory_ + "/tmp/" + hex(id, kNameDigits) + std::string(kUnplacedSuffix);
  PAIL_TRY(auto file, file_system_->create(path));
  return Unplaced{std::move(path), std::move(file)};
}

StoreResult<void> BlobFiles::place(std::int64_t id, Unplaced file) {
  const bool durable = durability_ == Durability::kPower;
  if (durable) PAIL_CHECK(file.file->sync());
  file.file.reset();
  PAIL_TRY(const bool placed, file_system_->rename(file.path, path(id)));
  if (!placed) {
    // The folders are made when they are first needed: it keeps the first start short.
    PAIL_CHECK(file_system_->make_directory(folder(id)));
    if (durable) PAIL_CHECK(file_system_->sync_directory(directory_ + "/blobs"));
    PAIL_TRY(const bool placed_now, file_system_->rename(file.path, path(id)));
    if (!placed_now) {
      return Unexpected{StoreError{StoreErrorKind::kBroken, file.path + " has disappeared", {}}};
    }
  }
  if (durable) PAIL_CHECK(file_system_->sync_directory(folder(id)));
  return {};
}

StoreResult<std::shared_ptr<const content::OpenFile>> BlobFiles::open(std::int64_t id) {
  return file_system_->open(path(id));
}

void BlobFiles::remove(std::int64_t id) {
  if (!file_system_->remove(path(id))) left_garbage_ = true;
}

void BlobFiles::remove_unplaced(const std::string& path) {
  if (!file_system_->remove(path)) left_garbage_ = true;
}

StoreResult<void> BlobFiles::prepare() {
  PAIL_CHECK(file_system_->make_directory(directory_ + "/blobs"));
  PAIL_CHECK(file_system_->make_directory(directory_ + "/tmp"));
  std::vector<std::string> names;
  PAIL_CHECK(file_system_->list(directory_ + "/tmp", [&](std::string_view name) {
    // Only what we made: the directory may be shared with a mistake.
    const bool ours = name.ends_with(kUnplacedSuffix) &&
                      parse_name(name.substr(0, name.size() - kUnplacedSuffix.size()));
    if (ours) names.emplace_back(name);
  }));
  for (const std::string& name : names) {
    PAIL_CHECK(file_system_->remove(directory_ + "/tmp/" + name));
  }
  return {};
}

StoreResult<void> BlobFiles::sweep(const std::function<bool(std::int64_t id)>& is_named) {
  std::vector<std::int64_t> unnamed;
  for (std::int64_t number = 0; number <= kFolderMask; ++number) {
    PAIL_CHECK(file_system_->list(folder(number << 1), [&](std::string_view name) {
      const auto id = parse_name(name);
      if (id && is_file(*id) && !is_named(*id)) unnamed.push_back(*id);
    }));
  }
  for (const std::int64_t id : unnamed) PAIL_CHECK(file_system_->remove(path(id)));
  return {};
}

}  // namespace pail::store::disk
