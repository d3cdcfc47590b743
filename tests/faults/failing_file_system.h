#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "store/disk/file_system.h"

namespace pail::store::disk {

/// Which operation of the file system fails, counted from 1; 0 is none.
struct FailurePlan {
  std::atomic<int> fail_at{0};
  std::atomic<bool> for_ever{false};
  std::atomic<int> operations{0};
  StoreErrorKind kind = StoreErrorKind::kNoSpace;

  void start(int first, bool every_further) {
    operations = 0;
    for_ever = every_further;
    fail_at = first;
  }
  /// Counts an operation and says whether it is to fail.
  bool fails() {
    const int number = ++operations;
    const int first = fail_at;
    return first != 0 && (for_ever ? number >= first : number == first);
  }
  [[nodiscard]] Unexpected<StoreError> error() const { return {StoreError{kind, "planned", {}}}; }
};

class FailingFile final : public WritableFile {
 public:
  FailingFile(std::unique_ptr<WritableFile> file, std::shared_ptr<FailurePlan> plan)
      : file_(std::move(file)), plan_(std::move(plan)) {}

  StoreResult<void> write(std::span<const std::byte> bytes) override {
    if (!plan_->fails()) return file_->write(bytes);
    // A full disk takes a part before it says so.
    StoreResult<void> half = file_->write(bytes.first(bytes.size() / 2));
    if (!half) return half;
    return plan_->error();
  }
  StoreResult<void> sync() override {
    if (plan_->fails()) return plan_->error();
    return file_->sync();
  }

 private:
  std::unique_ptr<WritableFile> file_;
  std::shared_ptr<FailurePlan> plan_;
};

/// The machine's file system, but for the operations that the plan lets fail.
class FailingFileSystem final : public FileSystem {
 public:
  explicit FailingFileSystem(std::shared_ptr<FailurePlan> plan) : plan_(std::move(plan)) {}

  StoreResult<std::unique_ptr<WritableFile>> create(const std::string& path) override {
    if (plan_->fails()) return plan_->error();
    auto file = real_->create(path);
    if (!file) return file;
    return std::unique_ptr<WritableFile>(std::make_unique<FailingFile>(std::move(*file), plan_));
  }
  StoreResult<std::shared_ptr<const content::OpenFile>> open(const std::string& path) override {
    if (plan_->fails()) return plan_->error();
    return real_->open(path);
  }
  StoreResult<bool> rename(const std::string& from, const std::string& to) override {
    if (plan_->fails()) return plan_->error();
    return real_->rename(from, to);
  }
  StoreResult<void> remove(const std::string& path) override {
    if (plan_->fails()) return plan_->error();
    return real_->remove(path);
  }
  StoreResult<void> make_directory(const std::string& path) override {
    if (plan_->fails()) return plan_->error();
    return real_->make_directory(path);
  }
  StoreResult<void> sync_directory(const std::string& path) override {
    if (plan_->fails()) return plan_->error();
    return real_->sync_directory(path);
  }
  StoreResult<void> list(const std::string& path,
                         const std::function<void(std::string_view name)>& visit) override {
    if (plan_->fails()) return plan_->error();
    return real_->list(path, visit);
  }

 private:
  std::shared_ptr<FileSystem> real_ = make_posix_file_system();
  std::shared_ptr<FailurePlan> plan_;
};

}  // namespace pail::store::disk
