#pragma once

#include <memory>
#include <string>

#include "content/piece.h"
#include "store/disk/bucket_cache.h"
#include "store/disk/disk_store.h"
#include "store/disk/file_system.h"
#include "store/disk/housekeeper.h"
#include "store/disk/reader_pool.h"
#include "store/disk/space_reserve.h"
#include "store/disk/writer.h"

namespace pail::store::disk {

/// open_disk_store() over a file system of the caller's choice.
Result<std::unique_ptr<Store>, std::string> open_disk_store_on(
    std::shared_ptr<FileSystem> file_system, const DiskStoreOptions& options, time::Clock& clock);

/// A store over an open data directory.
class DiskStore final : public Store {
 public:
  struct Parts {
    std::unique_ptr<content::OpenFile> lock;
    std::string catalogue_path;
    std::unique_ptr<Catalogue> catalogue;  // for writing
    std::shared_ptr<BlobFiles> files;
    std::unique_ptr<SpaceReserve> reserve;
    std::vector<model::Bucket> buckets;
  };
  DiskStore(Parts parts, time::Clock& clock);
  /// Waits for what is queued and leaves the directory in order.
  ~DiskStore() override;

  Task<StoreResult<SharedBucket>> create_bucket(model::Bucket bucket) override;
  SharedBucket find_bucket(std::string_view name) const override;
  std::vector<SharedBucket> list_buckets(std::string_view prefix, std::string_view after,
                                         std::size_t limit) const override;
  Task<StoreResult<void>> delete_bucket(std::int64_t bucket_id) override;
  Task<StoreResult<void>> put_bucket_document(std::int64_t bucket_id, std::string kind,
                                              std::optional<std::string> body) override;

  std::unique_ptr<BlobWriter> begin_write() override;
  std::unique_ptr<ContentReader> open(Content content) override;

  Task<StoreResult<void>> put_object(std::int64_t bucket_id, model::ObjectVersion version,
                                     Content content, Guard guard) override;
  StoreResult<StoredObject> find_object(std::int64_t bucket_id, std::string_view key,
                                        std::optional<std::string_view> version_id,
                                        Read read) override;
  Task<std::vector<StoreResult<Deleted>>> delete_objects(std::int64_t bucket_id,
                                                         std::vector<Deletion> deletions) override;
  Task<StoreResult<void>> update_object(std::int64_t bucket_id, std::string key,
                                        std::optional<std::string> version_id,
                                        Update update) override;
  std::unique_ptr<ObjectCursor> scan_objects(std::int64_t bucket_id) override;
  std::unique_ptr<VersionCursor> scan_versions(std::int64_t bucket_id) override;

  Task<StoreResult<void>> create_upload(std::int64_t bucket_id,
                                        model::MultipartUpload upload) override;
  StoreResult<model::MultipartUpload> find_upload(std::int64_t bucket_id, std::string_view key,
                                                  std::string_view upload_id) override;
  Task<StoreResult<void>> put_part(std::int64_t bucket_id, std::string upload_id,
                                   model::UploadedPart part, Content content) override;
  StoreResult<std::vector<StoredPart>> list_parts(std::int64_t bucket_id,
                                                  std::string_view upload_id,
                                                  std::uint32_t after_number,
                                                  std::size_t limit) override;
  Task<StoreResult<void>> complete_upload(std::int64_t bucket_id, std::string upload_id,
                                          std::vector<PartReference> parts,
                                          model::ObjectVersion version, Guard guard) override;
  Task<StoreResult<void>> abort_upload(std::int64_t bucket_id, std::string upload_id) override;
  std::unique_ptr<UploadCursor> scan_uploads(std::int64_t bucket_id) override;

  Task<StoreResult<void>> clear() override;
  Task<StoreResult<void>> clear_bucket(std::int64_t bucket_id) override;
  Task<StoreResult<void>> save_snapshot(std::string name, time::Timestamp created) override;
  Task<StoreResult<void>> restore_snapshot(std::string name) override;
  Task<StoreResult<void>> drop_snapshot(std::string name) override;
  StoreResult<std::vector<Snapshot>> list_snapshots() const override;
  StoreResult<void> compare_snapshots(std::string_view from, std::optional<std::string_view> to,
                                      const DifferenceVisitor& visit) const override;

 private:
  /// Removes what is still to be removed.
  void close_files();
  Content make_content(Catalogue& catalogue, std::vector<Segment> segments);

  std::unique_ptr<content::OpenFile> lock_;
  std::string catalogue_path_;
  std::shared_ptr<BlobFiles> files_;
  std::unique_ptr<SpaceReserve> reserve_;
  std::shared_ptr<BlobPins> pins_;
  BucketCache buckets_;
  mutable ReaderPool readers_;
  // The last to come are the first to go: the writer hands work to the housekeeper.
  std::unique_ptr<Housekeeper> housekeeper_;
  std::unique_ptr<Writer> writer_;
};

}  // namespace pail::store::disk
