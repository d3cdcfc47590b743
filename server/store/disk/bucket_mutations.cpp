#include <utility>

#include "store/disk/guard_check.h"
#include "store/disk/mutations.h"

namespace pail::store::disk {

void CreateBucket::apply(Transaction& transaction) {
  if (transaction.buckets().find_staged(bucket_.name)) {
    result = failure(StoreErrorKind::kBucketExists);
    return;
  }
  BucketTable& buckets = transaction.catalogue().buckets;
  bucket_.revision = transaction.buckets().next_revision();
  buckets.insert(bucket_);
  for (const auto& [kind, body] : bucket_.documents) buckets.put_document(bucket_.id, kind, body);
  auto bucket = std::make_shared<const model::Bucket>(std::move(bucket_));
  transaction.buckets().stage(bucket);
  result = std::move(bucket);
}

void PutBucketDocument::apply(Transaction& transaction) {
  const SharedBucket current = transaction.buckets().find_staged(bucket_id_);
  if (!current) {
    result = failure(StoreErrorKind::kNoSuchBucket);
    return;
  }
  BucketTable& buckets = transaction.catalogue().buckets;
  model::Bucket bucket = *current;
  bucket.revision = transaction.buckets().next_revision();
  bucket.documents.erase(kind_);
  if (body_) {
    buckets.put_document(bucket_id_, kind_, *body_);
    bucket.documents.emplace(kind_, std::move(*body_));
  } else {
    buckets.erase_document(bucket_id_, kind_);
  }
  buckets.set_revision(bucket_id_, bucket.revision);
  transaction.buckets().stage(std::make_shared<const model::Bucket>(std::move(bucket)));
}

}  // namespace pail::store::disk
