#include "store/disk/cursors.h"

#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "store/disk/version_order.h"

namespace pail::store::disk {
namespace {

/// A leased connection in a transaction that begins with the first use: every step sees the same
/// snapshot.
class LeasedSnapshot {
 public:
  explicit LeasedSnapshot(ReaderPool& readers) : readers_(readers) {}
  LeasedSnapshot(const LeasedSnapshot&) = delete;
  LeasedSnapshot& operator=(const LeasedSnapshot&) = delete;
  ~LeasedSnapshot() {
    if (!lease_) return;
    (*lease_)->objects.stop();
    (*lease_)->versions.stop();
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
  LeasedSnapshot snapshot_;
  std::string key_;
  bool started_ = false;
  bool ended_by_failure_ = false;
};

/// Two scans in step, of current objects and of the other versions; of the same key the current
/// object comes first.
class DiskVersionCursor final : public VersionCursor {
 public:
  DiskVersionCursor(ReaderPool& readers, SharedBucket bucket)
      : bucket_(std::move(bucket)), snapshot_(readers) {}

  StoreResult<const model::VersionSummary*> seek(std::string_view key, bool after) override {
    return guarded([&] {
      std::string from(key);
      if (after) from.push_back('\0');
      return start(from, from, kNewest);
    });
  }
  StoreResult<const model::VersionSummary*> seek_after(std::string_view key,
                                                       std::string_view version_id) override {
    return guarded([&] {
      const auto found = find_version(snapshot_.catalogue(), *bucket_, key, version_id);
      if (!found) return start(std::string(key), std::string(key), kNewest);
      std::string next_key(key);
      next_key.push_back('\0');
      return start(next_key, std::string(key), found->is_current_object ? kNewest : found->rank);
    });
  }
  StoreResult<const model::VersionSummary*> next() override {
    if (!started_) return seek({}, false);
    return guarded([&]() -> const model::VersionSummary* {
      if (shown_ == Shown::kObject) object_ = snapshot_.catalogue().objects.next(*bucket_);
      if (shown_ == Shown::kOther) other_ = snapshot_.catalogue().versions.next(*bucket_);
      return show();
    });
  }

 private:
  enum class Shown { kNone, kObject, kOther };
  /// Ranks are negative; none is that low.
  static constexpr std::int64_t kNewest = std::numeric_limits<std::int64_t>::min();

  const model::VersionSummary* start(std::string object_from, std::string other_from,
                                     std::int64_t after_rank) {
    object_from_ = std::move(object_from);
    other_from_ = std::move(other_from);
    object_ = snapshot_.catalogue().objects.seek_with_ids(*bucket_, object_from_);
    other_ = snapshot_.catalogue().versions.seek_after(*bucket_, other_from_, after_rank);
    started_ = true;
    return show();
  }

  const model::VersionSummary* show() {
    shown_ = Shown::kNone;
    if (object_ && (!other_ || object_->key <= other_->key)) {
      shown_ = Shown::kObject;
      static_cast<model::ObjectSummary&>(summary_) = *object_;
      summary_.version_id = snapshot_.catalogue().objects.scanned_version_id();
      return &summary_;
    }
    if (other_) shown_ = Shown::kOther;
    return other_;
  }

  template <typename Step>
  StoreResult<const model::VersionSummary*> guarded(Step step) {
    if (!bucket_ || ended_by_failure_) return nullptr;
    try {
      return step();
    } catch (const CatalogueFailure& failure) {
      ended_by_failure_ = true;
      return Unexpected{failure.error()};
    }
  }

  SharedBucket bucket_;
  LeasedSnapshot snapshot_;
  std::string object_from_;
  std::string other_from_;
  const model::ObjectSummary* object_ = nullptr;
  const model::VersionSummary* other_ = nullptr;
  /// What is shown of a current object.
  model::VersionSummary summary_{{}, {}, true, false, {}};
  Shown shown_ = Shown::kNone;
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
  LeasedSnapshot snapshot_;
  std::optional<UploadRow> row_;
};

}  // namespace

std::unique_ptr<ObjectCursor> scan_objects(ReaderPool& readers, SharedBucket bucket) {
  return std::make_unique<DiskObjectCursor>(readers, std::move(bucket));
}

std::unique_ptr<VersionCursor> scan_versions(ReaderPool& readers, SharedBucket bucket) {
  return std::make_unique<DiskVersionCursor>(readers, std::move(bucket));
}

std::unique_ptr<UploadCursor> scan_uploads(ReaderPool& readers, std::int64_t bucket_id) {
  return std::make_unique<DiskUploadCursor>(readers, bucket_id);
}

}  // namespace pail::store::disk
