#pragma once

#include <cstdint>
#include <string>

#include "store/disk/writer.h"

// The changes of the store as a whole, as they run inside the writer's transaction.
namespace pail::store::disk {

class Clear final : public Change<void> {
 public:
  void apply(Transaction& transaction) override;
  [[nodiscard]] bool may_use_reserve() const override { return true; }
};

class ClearBucket final : public Change<void> {
 public:
  explicit ClearBucket(std::int64_t bucket_id) : bucket_id_(bucket_id) {}
  void apply(Transaction& transaction) override;
  [[nodiscard]] bool may_use_reserve() const override { return true; }

 private:
  std::int64_t bucket_id_;
};

class SaveSnapshot final : public Change<void> {
 public:
  SaveSnapshot(std::string name, time::Timestamp created)
      : name_(std::move(name)), created_(created) {}
  void apply(Transaction& transaction) override;

 private:
  std::string name_;
  time::Timestamp created_;
};

class RestoreSnapshot final : public Change<void> {
 public:
  explicit RestoreSnapshot(std::string name) : name_(std::move(name)) {}
  void apply(Transaction& transaction) override;

 private:
  std::string name_;
};

class DropSnapshot final : public Change<void> {
 public:
  explicit DropSnapshot(std::string name) : name_(std::move(name)) {}
  void apply(Transaction& transaction) override;
  [[nodiscard]] bool may_use_reserve() const override { return true; }

 private:
  std::string name_;
};

}  // namespace pail::store::disk
