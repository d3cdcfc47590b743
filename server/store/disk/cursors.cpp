#include "store/disk/cursors.h"

#include <optional>
#include <string>
#include <utility>

namespace pail::store::disk {
namespace {

/// A leased connection in a transaction that begins with the first use: every step sees the same
/// snapshot.
class Snapshot {
 public:
  explicit Snapshot(ReaderPool& readers) : readers_(readers) {}
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot() {
    if (lease_) (*lease_)->objects.stop();
  }
  Catalogue& catalogue() {
    if (!lease_) lease_.emplace(readers_.lease());
    if (!transaction_) transaction_.emplace(**lease_);
    return **lease_;
  }

 private:
  ReaderPool& readers_;
  std::optional<ReaderPool::Lease> lease_;
  std::optional<ReadTransaction> transaction_;
};

class DiskObjectCursor final : public ObjectCursor {
 public:
  DiskObjectCursor(ReaderPool& readers, SharedBucket bucket)
      : bucket_(std::move(bucket)), snapshot_(readers) {}

  StoreResult<const model::ObjectSummary*> seek(std::string_view key, bool after) override {
    key_ = key;
    // The smallest key above a key is the key with a zero byte.
    if (after) key_.push_back('\0');
    started_ = true;
    return move([this] { return snapshot_.catalogue().objects.seek(*bucket_, key_); });
  }
  StoreResult<const model::ObjectSummary*> next() override {
    if (!started_) return seek({}, false);
    return move([this] { return snapshot_.catalogue().objects.next(*bucket_); });
  }

 private:
  template <typename Step>
  StoreResult<const model::ObjectSummary*> move(Step step) {
    if (!bucket_ || ended_by_failure_) return nullptr;
    try {
      return step();
    } catch (const CatalogueFailure& failure) {
      ended_by_failure_ = true;
      return Unexpected{failure.error()};
    }
  }

  SharedBucket bucket_;
  Snapshot snapshot_;
  std::string key_;
  bool started_ = false;
  bool ended_by_failure_ = false;
};

class DiskUploadCursor final : public UploadCursor {
 public:
  DiskUploadCursor(ReaderPool& readers, std::int64_t bucket_id)
      : bucket_id_(bucket_id), snapshot_(readers) {}

  StoreResult<const model::MultipartUpload*> seek(std::string_view key, bool after) override {
    std::string from(key);
    if (after) from.push_back('\0');
    return move_after({from, time::Timestamp::min(), {}});
  }
  StoreResult<const model::MultipartUpload*> next() override {
    if (!row_) return seek({}, false);
    const model::MultipartUpload upload = std::move(row_->upload);
    return move_after({upload.key, upload.initiated, upload.upload_id});
  }

 private:
  StoreResult<const model::MultipartUpload*> move_after(const UploadTable::Position& position) {
    try {
      row_ = snapshot_.catalogue().uploads.first_after(bucket_id_, position);
    } catch (const CatalogueFailure& failure) {
      return Unexpected{failure.error()};
    }
    return row_ ? &row_->upload : nullptr;
  }

  std::int64_t bucket_id_;
  Snapshot snapshot_;
  std::optional<UploadRow> row_;
};

}  // namespace

std::unique_ptr<ObjectCursor> scan_objects(ReaderPool& readers, SharedBucket bucket) {
  return std::make_unique<DiskObjectCursor>(readers, std::move(bucket));
}

std::unique_ptr<UploadCursor> scan_uploads(ReaderPool& readers, std::int64_t bucket_id) {
  return std::make_unique<DiskUploadCursor>(readers, bucket_id);
}

}  // namespace pail::store::disk
