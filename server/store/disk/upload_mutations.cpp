#include <cstdint>
#include <limits>
#include <set>
#include <utility>

#include "store/disk/guard_check.h"
#include "store/disk/mutations.h"
#include "store/disk/version_order.h"

namespace pail::store::disk {
namespace {

constexpr std::size_t kEveryPart = std::numeric_limits<std::uint32_t>::max();

void erase_upload(Transaction& transaction, std::int64_t row_id) {
  UploadTable& uploads = transaction.catalogue().uploads;
  for (const PartRow& part : uploads.list_parts(row_id, 0, kEveryPart)) {
    transaction.release(part.segments);
  }
  uploads.erase_parts(row_id);
  uploads.erase(row_id);
}

}  // namespace

void CreateUpload::apply(Transaction& transaction) {
  if (!transaction.buckets().find_staged(bucket_id_)) {
    result = failure(StoreErrorKind::kNoSuchBucket);
    return;
  }
  transaction.catalogue().uploads.insert(bucket_id_, upload_);
}

PutPart::PutPart(std::int64_t bucket_id, std::string upload_id, model::UploadedPart part,
                 Content content)
    : bucket_id_(bucket_id),
      upload_id_(std::move(upload_id)),
      part_(std::move(part)),
      content_(std::move(content)) {}

void PutPart::apply(Transaction& transaction) {
  UploadTable& uploads = transaction.catalogue().uploads;
  const auto upload = uploads.find(bucket_id_, upload_id_);
  if (!upload || upload->completed()) {
    result = failure(StoreErrorKind::kNoSuchUpload);
    return;
  }
  const auto replaced = uploads.find_part(upload->row_id, part_.number);
  transaction.reference(content_.segments);
  if (replaced) transaction.release(replaced->segments);
  uploads.put_part(upload->row_id, part_, content_.segments);
}

CompleteUpload::CompleteUpload(std::int64_t bucket_id, std::string upload_id,
                               std::vector<Store::PartReference> parts,
                               model::ObjectVersion version, Guard guard)
    : bucket_id_(bucket_id),
      upload_id_(std::move(upload_id)),
      parts_(std::move(parts)),
      version_(std::move(version)),
      guard_(std::move(guard)) {}

void CompleteUpload::apply(Transaction& transaction) {
  UploadTable& uploads = transaction.catalogue().uploads;
  ObjectTable& objects = transaction.catalogue().objects;
  const SharedBucket bucket = transaction.buckets().find_staged(bucket_id_);
  auto upload = bucket ? uploads.find(bucket_id_, upload_id_) : std::nullopt;
  if (!upload || upload->completed() || upload->upload.key != version_.key) {
    result = failure(StoreErrorKind::kNoSuchUpload);
    return;
  }
  std::vector<Segment> segments;
  std::vector<Segment> listed_again;
  std::set<std::uint32_t> moved;
  for (const Store::PartReference& reference : parts_) {
    const auto row = uploads.find_part(upload->row_id, reference.number);
    if (!row || row->part.etag != reference.etag) {
      result = failure(StoreErrorKind::kPartsChanged);
      return;
    }
    segments.insert(segments.end(), row->segments.begin(), row->segments.end());
    // The object takes over what the part counted, so that ten thousand parts cost no counting.
    if (!moved.insert(reference.number).second) {
      listed_again.insert(listed_again.end(), row->segments.begin(), row->segments.end());
    }
  }
  std::optional<CurrentObject> current;
  if (auto error = ask(guard_, objects, *bucket, version_.key, current)) {
    result = refuse(std::move(*error));
    return;
  }
  transaction.reference(listed_again);
  for (const PartRow& part : uploads.list_parts(upload->row_id, 0, kEveryPart)) {
    if (!moved.contains(part.part.number)) transaction.release(part.segments);
  }
  add_version(transaction, *bucket, current, version_, segments);
  uploads.erase_parts(upload->row_id);
  upload->upload.completed_etag = version_.etag;
  upload->upload.completed_version_id = version_.version_id;
  upload->upload.completed_checksum = version_.checksum;
  uploads.mark_completed(*upload, transaction.now());
}

void AbortUpload::apply(Transaction& transaction) {
  const auto upload = transaction.catalogue().uploads.find(bucket_id_, upload_id_);
  if (!upload || upload->completed()) {
    result = failure(StoreErrorKind::kNoSuchUpload);
    return;
  }
  erase_upload(transaction, upload->row_id);
}

void DeleteBucket::apply(Transaction& transaction) {
  const SharedBucket bucket = transaction.buckets().find_staged(bucket_id_);
  if (!bucket) {
    result = failure(StoreErrorKind::kNoSuchBucket);
    return;
  }
  Catalogue& catalogue = transaction.catalogue();
  if (catalogue.objects.any(*bucket) || catalogue.versions.any(bucket_id_)) {
    result = failure(StoreErrorKind::kBucketNotEmpty);
    return;
  }
  while (const auto upload = catalogue.uploads.first_after(bucket_id_, {})) {
    erase_upload(transaction, upload->row_id);
  }
  catalogue.uploads.erase_completed_of(bucket_id_);
  catalogue.buckets.erase(bucket_id_);
  transaction.buckets().stage_removal(bucket);
}

}  // namespace pail::store::disk
