#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/disk/bucket_cache.h"
#include "store/disk/writer.h"

// The changes that the store can make, as they run inside the writer's transaction. Each checks
// before it changes anything, so that a refusal leaves the transaction as it was.
namespace pail::store::disk {

class CreateBucket final : public Change<SharedBucket> {
 public:
  explicit CreateBucket(model::Bucket bucket) : Change(nullptr), bucket_(std::move(bucket)) {}
  void apply(Transaction& transaction) override;

 private:
  model::Bucket bucket_;
};

class DeleteBucket final : public Change<void> {
 public:
  explicit DeleteBucket(std::int64_t bucket_id) : bucket_id_(bucket_id) {}
  void apply(Transaction& transaction) override;
  [[nodiscard]] bool may_use_reserve() const override { return true; }

 private:
  std::int64_t bucket_id_;
};

class PutBucketDocument final : public Change<void> {
 public:
  PutBucketDocument(std::int64_t bucket_id, std::string kind, std::optional<std::string> body)
      : bucket_id_(bucket_id), kind_(std::move(kind)), body_(std::move(body)) {}
  void apply(Transaction& transaction) override;
  [[nodiscard]] bool may_use_reserve() const override { return true; }

 private:
  std::int64_t bucket_id_;
  std::string kind_;
  std::optional<std::string> body_;
};

class PutObject final : public Change<void> {
 public:
  PutObject(std::int64_t bucket_id, model::ObjectVersion version, Content content, Guard guard);
  void apply(Transaction& transaction) override;

 private:
  std::int64_t bucket_id_;
  model::ObjectVersion version_;
  Content content_;
  Guard guard_;
};

class DeleteObjects final : public MutationOf<std::vector<StoreResult<Store::Deleted>>> {
 public:
  DeleteObjects(std::int64_t bucket_id, std::vector<Store::Deletion> deletions)
      : MutationOf({}), bucket_id_(bucket_id), deletions_(std::move(deletions)) {}
  void apply(Transaction& transaction) override;
  [[nodiscard]] bool may_use_reserve() const override { return true; }

 private:
  std::vector<StoreResult<Store::Deleted>> fail_with(const StoreError& failure) const override;

  std::int64_t bucket_id_;
  std::vector<Store::Deletion> deletions_;
};

class UpdateObject final : public Change<void> {
 public:
  UpdateObject(std::int64_t bucket_id, std::string key, std::optional<std::string> version_id,
               Store::Update update)
      : bucket_id_(bucket_id),
        key_(std::move(key)),
        version_id_(std::move(version_id)),
        update_(std::move(update)) {}
  void apply(Transaction& transaction) override;

 private:
  std::int64_t bucket_id_;
  std::string key_;
  std::optional<std::string> version_id_;
  Store::Update update_;
};

class CreateUpload final : public Change<void> {
 public:
  CreateUpload(std::int64_t bucket_id, model::MultipartUpload upload)
      : bucket_id_(bucket_id), upload_(std::move(upload)) {}
  void apply(Transaction& transaction) override;

 private:
  std::int64_t bucket_id_;
  model::MultipartUpload upload_;
};

class PutPart final : public Change<void> {
 public:
  PutPart(std::int64_t bucket_id, std::string upload_id, model::UploadedPart part, Content content);
  void apply(Transaction& transaction) override;

 private:
  std::int64_t bucket_id_;
  std::string upload_id_;
  model::UploadedPart part_;
  Content content_;
};

class CompleteUpload final : public Change<void> {
 public:
  CompleteUpload(std::int64_t bucket_id, std::string upload_id,
                 std::vector<Store::PartReference> parts, model::ObjectVersion version,
                 Guard guard);
  void apply(Transaction& transaction) override;

 private:
  std::int64_t bucket_id_;
  std::string upload_id_;
  std::vector<Store::PartReference> parts_;
  model::ObjectVersion version_;
  Guard guard_;
};

class AbortUpload final : public Change<void> {
 public:
  AbortUpload(std::int64_t bucket_id, std::string upload_id)
      : bucket_id_(bucket_id), upload_id_(std::move(upload_id)) {}
  void apply(Transaction& transaction) override;
  [[nodiscard]] bool may_use_reserve() const override { return true; }

 private:
  std::int64_t bucket_id_;
  std::string upload_id_;
};

}  // namespace pail::store::disk
