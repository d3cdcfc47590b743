#include "store/disk/disk_store.h"

#include <mutex>
#include <shared_mutex>
#include <utility>

#include "store/disk/blob_writer.h"
#include "store/disk/content_reader.h"
#include "store/disk/cursors.h"
#include "store/disk/disk_store_impl.h"
#include "store/disk/guard_check.h"
#include "store/disk/mutations.h"
#include "store/disk/schema.h"
#include "store/disk/snapshot_comparison.h"
#include "store/disk/state_mutations.h"
#include "store/disk/version_order.h"

namespace pail::store::disk {
namespace {

/// Of one object, this much small content is read along with its row; the rest is read when its
/// turn comes.
constexpr std::uint64_t kReadAlongBytes = std::uint64_t{4} * kInlineLimitBytes;

std::uint64_t size_of(const std::vector<Segment>& segments) {
  std::uint64_t size_bytes = 0;
  for (const Segment& segment : segments) size_bytes += segment.length_bytes;
  return size_bytes;
}

}  // namespace

DiskStore::DiskStore(Parts parts, time::Clock& clock)
    : lock_(std::move(parts.lock)),
      catalogue_path_(std::move(parts.catalogue_path)),
      files_(std::move(parts.files)),
      reserve_(std::move(parts.reserve)),
      pins_(std::make_shared<BlobPins>(files_)),
      buckets_(std::move(parts.buckets)),
      readers_(catalogue_path_),
      housekeeper_(std::make_unique<Housekeeper>(catalogue_path_, files_, *reserve_)),
      writer_(std::make_unique<Writer>(std::move(parts.catalogue), buckets_, *pins_, clock,
                                       *housekeeper_, *reserve_)) {}

DiskStore::~DiskStore() {
  writer_.reset();
  readers_.close();
  try {
    // The last connection to go copies the log and removes it: once, and not one that may only
    // read, which cannot.
    Database last(catalogue_path_, Database::Mode::kReadWrite);
    last.execute("PRAGMA synchronous=NORMAL");
    last.integer("SELECT count(*) FROM meta");
    close_files();
    if (!files_->left_garbage()) set_clean_mark(last);
  } catch (const CatalogueFailure&) {
    // Without the mark the next start looks for garbage, which is all the mark spares it.
    close_files();
  }
}

void DiskStore::close_files() {
  housekeeper_.reset();
  pins_->close();
}

Task<StoreResult<SharedBucket>> DiskStore::create_bucket(model::Bucket bucket) {
  CreateBucket mutation(std::move(bucket));
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

SharedBucket DiskStore::find_bucket(std::string_view name) const { return buckets_.find(name); }

std::vector<SharedBucket> DiskStore::list_buckets(std::string_view prefix, std::string_view after,
                                                  std::size_t limit) const {
  return buckets_.list(prefix, after, limit);
}

Task<StoreResult<void>> DiskStore::delete_bucket(std::int64_t bucket_id) {
  DeleteBucket mutation(bucket_id);
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

Task<StoreResult<void>> DiskStore::put_bucket_document(std::int64_t bucket_id, std::string kind,
                                                       std::optional<std::string> body) {
  PutBucketDocument mutation(bucket_id, std::move(kind), std::move(body));
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

std::unique_ptr<BlobWriter> DiskStore::begin_write() {
  return std::make_unique<DiskBlobWriter>(files_, pins_);
}

std::unique_ptr<ContentReader> DiskStore::open(Content content) {
  return read_content(*files_, *pins_, readers_, std::move(content));
}

Task<StoreResult<void>> DiskStore::put_object(std::int64_t bucket_id, model::ObjectVersion version,
                                              Content content, Guard guard) {
  PutObject mutation(bucket_id, std::move(version), std::move(content), std::move(guard));
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

Content DiskStore::make_content(Catalogue& catalogue, std::vector<Segment> segments) {
  Content content;
  std::uint64_t read_along = 0;
  for (Segment& segment : segments) {
    content.size_bytes += segment.length_bytes;
    if (is_file(segment.blob_id) || read_along > kReadAlongBytes) continue;
    segment.inline_blob = catalogue.blobs.read(segment.blob_id);
    if (segment.inline_blob) read_along += segment.inline_blob->size();
  }
  content.hold = pins_->pin(segments);
  content.segments = std::move(segments);
  return content;
}

StoreResult<StoredObject> DiskStore::find_object(std::int64_t bucket_id, std::string_view key,
                                                 std::optional<std::string_view> version_id,
                                                 Read read) {
  const auto missing = version_id ? StoreErrorKind::kNoSuchVersion : StoreErrorKind::kNoSuchObject;
  const SharedBucket bucket = buckets_.find(bucket_id);
  if (!bucket) return failure(missing);
  try {
    const ReaderPool::Lease reader = readers_.lease();
    if (read == Read::kVersionOnly) {
      std::optional<ReadTransaction> transaction;
      // A version may move from one table to the other. Without an id the first look decides, and
      // if it finds no object, whether there is a delete marker does not depend on it.
      if (version_id) transaction.emplace(*reader);
      std::optional<FoundVersion> found = find_version(*reader, *bucket, key, version_id);
      if (!found) return failure(missing);
      StoredObject object{std::move(found->version), {}};
      object.content.size_bytes = size_of(found->segments);
      return object;
    }
    const std::shared_lock gate(pins_->gate());
    const ReadTransaction transaction(*reader);
    std::optional<FoundVersion> found = find_version(*reader, *bucket, key, version_id);
    if (!found) return failure(missing);
    return StoredObject{std::move(found->version),
                        make_content(*reader, std::move(found->segments))};
  } catch (const CatalogueFailure& failure) {
    return Unexpected{failure.error()};
  }
}

Task<std::vector<StoreResult<Store::Deleted>>> DiskStore::delete_objects(
    std::int64_t bucket_id, std::vector<Deletion> deletions) {
  DeleteObjects mutation(bucket_id, std::move(deletions));
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

Task<StoreResult<void>> DiskStore::update_object(std::int64_t bucket_id, std::string key,
                                                 std::optional<std::string> version_id,
                                                 Update update) {
  UpdateObject mutation(bucket_id, std::move(key), std::move(version_id), std::move(update));
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

std::unique_ptr<ObjectCursor> DiskStore::scan_objects(std::int64_t bucket_id) {
  return disk::scan_objects(readers_, buckets_.find(bucket_id));
}

std::unique_ptr<VersionCursor> DiskStore::scan_versions(std::int64_t bucket_id) {
  return disk::scan_versions(readers_, buckets_.find(bucket_id));
}

Task<StoreResult<void>> DiskStore::create_upload(std::int64_t bucket_id,
                                                 model::MultipartUpload upload) {
  CreateUpload mutation(bucket_id, std::move(upload));
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

StoreResult<model::MultipartUpload> DiskStore::find_upload(std::int64_t bucket_id,
                                                           std::string_view key,
                                                           std::string_view upload_id) {
  try {
    const ReaderPool::Lease reader = readers_.lease();
    std::optional<UploadRow> row = reader->uploads.find(bucket_id, upload_id);
    if (!row || row->upload.key != key) return failure(StoreErrorKind::kNoSuchUpload);
    return std::move(row->upload);
  } catch (const CatalogueFailure& failure) {
    return Unexpected{failure.error()};
  }
}

Task<StoreResult<void>> DiskStore::put_part(std::int64_t bucket_id, std::string upload_id,
                                            model::UploadedPart part, Content content) {
  PutPart mutation(bucket_id, std::move(upload_id), std::move(part), std::move(content));
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

StoreResult<std::vector<StoredPart>> DiskStore::list_parts(std::int64_t bucket_id,
                                                           std::string_view upload_id,
                                                           std::uint32_t after_number,
                                                           std::size_t limit) {
  std::vector<StoredPart> out;
  try {
    const ReaderPool::Lease reader = readers_.lease();
    const std::shared_lock gate(pins_->gate());
    const ReadTransaction transaction(*reader);
    const std::optional<UploadRow> upload = reader->uploads.find(bucket_id, upload_id);
    if (!upload || upload->completed()) return failure(StoreErrorKind::kNoSuchUpload);
    for (PartRow& row : reader->uploads.list_parts(upload->row_id, after_number, limit)) {
      StoredPart part;
      part.content.size_bytes = size_of(row.segments);
      part.content.hold = pins_->pin(row.segments);
      part.content.segments = std::move(row.segments);
      part.part = std::move(row.part);
      out.push_back(std::move(part));
    }
  } catch (const CatalogueFailure& failure) {
    return Unexpected{failure.error()};
  }
  return out;
}

Task<StoreResult<void>> DiskStore::complete_upload(std::int64_t bucket_id, std::string upload_id,
                                                   std::vector<PartReference> parts,
                                                   model::ObjectVersion version, Guard guard) {
  CompleteUpload mutation(bucket_id, std::move(upload_id), std::move(parts), std::move(version),
                          std::move(guard));
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

Task<StoreResult<void>> DiskStore::abort_upload(std::int64_t bucket_id, std::string upload_id) {
  AbortUpload mutation(bucket_id, std::move(upload_id));
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

std::unique_ptr<UploadCursor> DiskStore::scan_uploads(std::int64_t bucket_id) {
  return disk::scan_uploads(readers_, bucket_id);
}

Task<StoreResult<void>> DiskStore::clear() {
  Clear mutation;
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

Task<StoreResult<void>> DiskStore::clear_bucket(std::int64_t bucket_id) {
  ClearBucket mutation(bucket_id);
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

Task<StoreResult<void>> DiskStore::save_snapshot(std::string name, time::Timestamp created) {
  SaveSnapshot mutation(std::move(name), created);
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

Task<StoreResult<void>> DiskStore::restore_snapshot(std::string name) {
  RestoreSnapshot mutation(std::move(name));
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

Task<StoreResult<void>> DiskStore::drop_snapshot(std::string name) {
  DropSnapshot mutation(std::move(name));
  writer_->submit(mutation);
  co_return co_await mutation.done;
}

StoreResult<std::vector<Snapshot>> DiskStore::list_snapshots() const {
  try {
    const ReaderPool::Lease reader = readers_.lease();
    return disk::list_snapshots(*reader);
  } catch (const CatalogueFailure& failure) {
    return Unexpected{failure.error()};
  }
}

StoreResult<void> DiskStore::compare_snapshots(std::string_view from,
                                               std::optional<std::string_view> to,
                                               const DifferenceVisitor& visit) const {
  try {
    const ReaderPool::Lease reader = readers_.lease();
    return disk::compare_snapshots(*reader, from, to, visit);
  } catch (const CatalogueFailure& failure) {
    return Unexpected{failure.error()};
  }
}

}  // namespace pail::store::disk
