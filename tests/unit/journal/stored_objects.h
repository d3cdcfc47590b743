#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "store/memory/memory_store.h"
#include "store/store.h"
#include "task/task.h"

namespace pail::test {

/// A memory store and what tests put into it.
class StoredObjects {
 public:
  std::shared_ptr<const model::Bucket> add_bucket(
      const std::string& name, decltype(model::Bucket::documents) documents = {}) {
    model::Bucket bucket;
    bucket.name = name;
    bucket.documents = std::move(documents);
    auto made = task::run_blocking(store_->create_bucket(std::move(bucket)));
    if (!made) throw std::runtime_error("no bucket");
    return *made;
  }
  void add_object(const model::Bucket& bucket, const std::string& key) {
    model::ObjectVersion version;
    version.key = key;
    auto content = store_->begin_write()->finish();
    if (!content) throw std::runtime_error("no content");
    const auto put = task::run_blocking(
        store_->put_object(bucket.id, std::move(version), *std::move(content), {}));
    if (!put) throw std::runtime_error("no object");
  }
  void add_upload(const model::Bucket& bucket, const std::string& key, const std::string& id) {
    model::MultipartUpload upload;
    upload.key = key;
    upload.upload_id = id;
    const auto made = task::run_blocking(store_->create_upload(bucket.id, std::move(upload)));
    if (!made) throw std::runtime_error("no upload");
  }
  [[nodiscard]] store::Store& store() { return *store_; }

 private:
  std::unique_ptr<store::Store> store_ = store::make_memory_store();
};

}  // namespace pail::test
