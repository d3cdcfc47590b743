#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pail/result.h"

#include "content/piece.h"
#include "error/s3_error.h"
#include "model/bucket.h"
#include "model/multipart.h"
#include "model/object.h"
#include "store/content.h"
#include "task/task.h"
#include "time/clock.h"

namespace pail::store {

enum class StoreErrorKind {
  kNoSuchBucket,
  kBucketExists,
  kBucketNotEmpty,
  kNoSuchObject,
  /// The key has no version of that id.
  kNoSuchVersion,
  kNoSuchUpload,
  /// A part that an upload was to be completed with is gone or was replaced meanwhile.
  kPartsChanged,
  kNoSuchSnapshot,
  /// The caller's Guard said no; its error is in `refusal`.
  kRefused,
  kNoSpace,
  /// The disk or the catalogue failed.
  kBroken,
};

struct StoreError {
  StoreErrorKind kind = StoreErrorKind::kBroken;
  std::string detail;  // for the log
  std::optional<S3Error> refusal;
};

template <typename T>
using StoreResult = Result<T, StoreError>;

/// A condition that is evaluated inside the transaction that would change the object: `current` is
/// the object as it stands then, or nullptr if there is none or its latest version is a delete
/// marker. An error refuses the change. Runs on the store's thread: must be quick, must not call
/// the store.
using Guard = std::function<std::optional<S3Error>(const model::ObjectVersion* current)>;

struct StoredObject {
  model::ObjectVersion version;
  Content content;
};

struct StoredPart {
  model::UploadedPart part;
  Content content;
};

/// Bytes on their way into the store. Memory use is bounded whatever the length. Not thread-safe.
/// Destroyed without finish(), or with a Content that is never committed, it leaves nothing behind.
class BlobWriter {
 public:
  virtual ~BlobWriter() = default;
  virtual StoreResult<void> write(std::span<const std::byte> bytes) = 0;
  /// No write may follow.
  virtual StoreResult<Content> finish() = 0;
};

/// The bytes of a Content in order, in pieces of bounded memory.
class ContentReader {
 public:
  virtual ~ContentReader() = default;
  virtual StoreResult<std::optional<content::Piece>> next() = 0;
};

/// Walks the current objects of a bucket (no delete markers) in the byte order of their keys. A
/// change made meanwhile may or may not be seen, but no object is seen twice or out of order.
/// Starts before the first object. Not thread-safe; to be held briefly.
class ObjectCursor {
 public:
  virtual ~ObjectCursor() = default;
  /// Moves to the first object whose key is >= `key` (> with `after`); the cost does not depend on
  /// how many are passed over. nullptr at the end. The summary is valid until the next call.
  virtual StoreResult<const model::ObjectSummary*> seek(std::string_view key, bool after) = 0;
  virtual StoreResult<const model::ObjectSummary*> next() = 0;
};

/// The same over all versions and delete markers, ordered by key, then from the newest to the
/// oldest.
class VersionCursor {
 public:
  virtual ~VersionCursor() = default;
  /// Moves to the newest version of the first key that is >= `key` (> with `after`).
  virtual StoreResult<const model::VersionSummary*> seek(std::string_view key, bool after) = 0;
  /// Moves to what follows this version: the next older one of its key, or the newest of the next
  /// key. Is it gone (whoever empties a bucket page by page deletes what was shown), to the newest
  /// that the key still has, if any: what is left of a key may be shown again, nothing is passed
  /// over.
  virtual StoreResult<const model::VersionSummary*> seek_after(std::string_view key,
                                                               std::string_view version_id) = 0;
  virtual StoreResult<const model::VersionSummary*> next() = 0;
};

/// The same over unfinished uploads, ordered by key, then by time of initiation, then by upload id.
class UploadCursor {
 public:
  virtual ~UploadCursor() = default;
  /// Moves to the first upload whose key is >= `key` (> with `after`).
  virtual StoreResult<const model::MultipartUpload*> seek(std::string_view key, bool after) = 0;
  virtual StoreResult<const model::MultipartUpload*> next() = 0;
};

enum class Read { kVersionOnly, kWithContent };

/// A state of the whole store that was saved under a name.
struct Snapshot {
  std::string name;
  time::Timestamp created;
};

/// Where two states of the store differ.
struct Difference {
  enum class Kind { kAdded, kChanged, kRemoved };
  Kind kind = Kind::kChanged;
  std::string bucket;
  /// Empty: the bucket itself was made, deleted, or its configuration is another one.
  std::string key;
};
/// Returns whether it wants more.
using DifferenceVisitor = std::function<bool(const Difference&)>;

/// Buckets, objects and uploads on some medium. Every verb is atomic; a mutation has happened, and
/// will be found after the death of the process, when its task is done. Nothing is visible before
/// that. Thread-safe. Several stores may live in one process.
///
/// The versions of a key stand in the order in which they came; the latest is what the key is
/// said to be: its current object, or a delete marker. Who writes chooses the id of the version.
/// A version with the id of one that the key has takes the place of that one, wherever it stood,
/// and is the latest then; the others stay. So a bucket without versions gives each the id "null",
/// and so does one whose versions are suspended.
class Store {
 public:
  virtual ~Store() = default;

  // Buckets.

  /// The id is chosen by the store, `documents` may be given. Fails: kBucketExists.
  virtual Task<StoreResult<std::shared_ptr<const model::Bucket>>> create_bucket(
      model::Bucket bucket) = 0;
  /// nullptr if there is none. Cheap: asked for on every request.
  virtual std::shared_ptr<const model::Bucket> find_bucket(std::string_view name) const = 0;
  /// Up to `limit` buckets in name order, with the prefix, after the name `after`.
  virtual std::vector<std::shared_ptr<const model::Bucket>> list_buckets(
      std::string_view prefix, std::string_view after, std::size_t limit) const = 0;
  /// Versions and delete markers count as content; unfinished uploads do not and go with the
  /// bucket. Fails: kNoSuchBucket, kBucketNotEmpty.
  virtual Task<StoreResult<void>> delete_bucket(std::int64_t bucket_id) = 0;
  /// Replaces one configuration document; without a body removes it. Fails: kNoSuchBucket.
  virtual Task<StoreResult<void>> put_bucket_document(std::int64_t bucket_id, std::string kind,
                                                      std::optional<std::string> body) = 0;

  // Bytes.

  virtual std::unique_ptr<BlobWriter> begin_write() = 0;
  virtual std::unique_ptr<ContentReader> open(Content content) = 0;

  // Objects.

  /// Makes `version` the current object of its key. Its size is what its readers see, whatever
  /// `content` takes. Fails: kNoSuchBucket, kRefused.
  virtual Task<StoreResult<void>> put_object(std::int64_t bucket_id, model::ObjectVersion version,
                                             Content content, Guard guard) = 0;
  /// The version of that id, or the latest. Either may be a delete marker, which has no content.
  /// Fails: kNoSuchObject, with an id kNoSuchVersion.
  virtual StoreResult<StoredObject> find_object(std::int64_t bucket_id, std::string_view key,
                                                std::optional<std::string_view> version_id,
                                                Read read) = 0;
  /// With `version_id` that version or delete marker goes for good, and if it was the latest, the
  /// newest of the others is the latest again. With `marker` (its key does not count) the key gets
  /// a delete marker, which takes its place as a new version does. With neither the current object
  /// goes for good; a delete marker stays.
  struct Deletion {
    std::string key;
    Guard guard = {};  // may be empty; is shown the version of `version_id`, or the current object
    std::optional<std::string> version_id = {};
    std::optional<model::ObjectVersion> marker = {};
  };
  struct Deleted {
    /// Whether there was what the guard is shown.
    bool existed = false;
    bool was_delete_marker = false;
  };
  /// One result for each deletion, in order; kRefused, kNoSuchBucket. One transaction.
  virtual Task<std::vector<StoreResult<Deleted>>> delete_objects(
      std::int64_t bucket_id, std::vector<Deletion> deletions) = 0;
  /// Changes what is said of a version, or refuses to.
  using Update = std::function<std::optional<S3Error>(model::ObjectVersion&)>;
  /// Changes the version of that id, or the latest, which may be a delete marker; not its key, id,
  /// bytes, size or ETag. Nothing is written when `update` refuses; it runs as a Guard does.
  /// Fails: kNoSuchObject, kNoSuchVersion, kNoSuchBucket, kRefused.
  virtual Task<StoreResult<void>> update_object(std::int64_t bucket_id, std::string key,
                                                std::optional<std::string> version_id,
                                                Update update) = 0;
  virtual std::unique_ptr<ObjectCursor> scan_objects(std::int64_t bucket_id) = 0;
  virtual std::unique_ptr<VersionCursor> scan_versions(std::int64_t bucket_id) = 0;

  // Uploads in parts.

  virtual Task<StoreResult<void>> create_upload(std::int64_t bucket_id,
                                                model::MultipartUpload upload) = 0;
  /// Also finds an upload that was completed lately (see completed_etag). Fails: kNoSuchUpload.
  virtual StoreResult<model::MultipartUpload> find_upload(std::int64_t bucket_id,
                                                          std::string_view key,
                                                          std::string_view upload_id) = 0;
  /// Adds or replaces a part. Its size is what its readers see. Fails: kNoSuchUpload (also when it
  /// is completed).
  virtual Task<StoreResult<void>> put_part(std::int64_t bucket_id, std::string upload_id,
                                           model::UploadedPart part, Content content) = 0;
  /// Up to `limit` parts with a number above `after_number`, in order.
  virtual StoreResult<std::vector<StoredPart>> list_parts(std::int64_t bucket_id,
                                                          std::string_view upload_id,
                                                          std::uint32_t after_number,
                                                          std::size_t limit) = 0;
  struct PartReference {
    std::uint32_t number = 0;
    std::string etag;  // without quotes
  };
  /// Turns the listed parts, in that order, into the current object `version`, as put_object()
  /// does; no bytes are copied; parts not listed are dropped. Afterwards the upload is found as
  /// completed. Fails: kNoSuchUpload, kPartsChanged, kRefused.
  virtual Task<StoreResult<void>> complete_upload(std::int64_t bucket_id, std::string upload_id,
                                                  std::vector<PartReference> parts,
                                                  model::ObjectVersion version, Guard guard) = 0;
  /// Fails: kNoSuchUpload.
  virtual Task<StoreResult<void>> abort_upload(std::int64_t bucket_id, std::string upload_id) = 0;
  virtual std::unique_ptr<UploadCursor> scan_uploads(std::int64_t bucket_id) = 0;

  // The state as a whole.

  /// Removes all buckets with all that is in them. Snapshots stay, and can be restored.
  virtual Task<StoreResult<void>> clear() = 0;
  /// Removes all versions, delete markers and uploads of a bucket; the bucket, its id and its
  /// configuration stay. Fails: kNoSuchBucket.
  virtual Task<StoreResult<void>> clear_bucket(std::int64_t bucket_id) = 0;

  // Snapshots: buckets with their configuration, objects, versions and uploads as they stand at one
  // moment, between two changes. To save one copies nothing, whatever the store holds; from then on
  // what is changed or removed is kept as it was, once for each snapshot; to restore one costs what
  // was changed since. The store has them until they are dropped, whatever becomes of the process.

  /// Takes the place of the snapshot of that name, if there is one. `created` is only shown.
  virtual Task<StoreResult<void>> save_snapshot(std::string name, time::Timestamp created) = 0;
  /// All is as it was then, but for the revisions of the buckets, which are fresh ones: who keeps
  /// what he parsed from a document is not fooled (unless he keeps it longer than the store). All
  /// snapshots stay, older and newer ones; ids of buckets are never given again, so that a change
  /// on its way to a bucket that is gone now fails as after delete_bucket(). Fails:
  /// kNoSuchSnapshot.
  virtual Task<StoreResult<void>> restore_snapshot(std::string name) = 0;
  /// Bytes that only this snapshot needed are removed. Fails: kNoSuchSnapshot.
  virtual Task<StoreResult<void>> drop_snapshot(std::string name) = 0;
  /// In the order in which they were saved.
  virtual StoreResult<std::vector<Snapshot>> list_snapshots() const = 0;
  /// Shows how the snapshot `to` (without a name: the present) differs from `from`, ordered by
  /// bucket and key, a bucket before its keys; buckets are compared by name. A key is there if it
  /// has a current object, and changed if anything is said differently of that or of another of its
  /// versions (the same bytes written again at the same moment are no change). Uploads are not
  /// compared. Costs what was changed in between. `visit` must not call the store; it is no longer
  /// asked once it wants no more. Fails: kNoSuchSnapshot.
  virtual StoreResult<void> compare_snapshots(std::string_view from,
                                              std::optional<std::string_view> to,
                                              const DifferenceVisitor& visit) const = 0;
};

}  // namespace pail::store
