#pragma once

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <unistd.h>

#include "contract/store_fixtures.h"

namespace pail::store {

/// The verbs in the words of the tests, with a chance for the fixture to reopen its store after
/// each.
template <typename Fixture>
class StoreContract : public ::testing::Test {
 protected:
  Store& store() { return *fixture_.store; }
  void settle() { fixture_.settle(); }

  template <typename T>
  T run(Task<T> task) {
    T result = task::run_blocking(std::move(task));
    settle();
    return result;
  }

  std::int64_t make_bucket(std::string name) {
    model::Bucket bucket;
    bucket.name = std::move(name);
    bucket.region = "us-east-1";
    bucket.owner_id = "owner";
    bucket.created = at_ms(1'600'000'000'123);
    auto made = run(store().create_bucket(bucket));
    EXPECT_TRUE(made);
    return made ? (*made)->id : 0;
  }

  Content write(std::string_view bytes) {
    auto writer = store().begin_write();
    EXPECT_TRUE(writer->write(bytes_of(bytes)));
    auto content = writer->finish();
    EXPECT_TRUE(content);
    return content ? *content : Content{};
  }

  static model::ObjectVersion version_of(std::string_view key, std::string etag = "e0") {
    model::ObjectVersion version;
    version.key = key;
    version.etag = std::move(etag);
    version.last_modified = at_ms(1'650'000'000'456);
    version.owner_id = "owner";
    return version;
  }

  StoreResult<void> put(std::int64_t bucket, std::string_view key, std::string_view bytes,
                        Guard guard = {}) {
    model::ObjectVersion version = version_of(key);
    version.size_bytes = bytes.size();
    return run(store().put_object(bucket, version, write(bytes), std::move(guard)));
  }

  std::string read(Content content) {
    std::string out;
    auto reader = store().open(std::move(content));
    for (;;) {
      auto piece = reader->next();
      if (!piece) {
        ADD_FAILURE() << piece.error().detail;
        return out;
      }
      if (!*piece) return out;
      append(out, **piece);
    }
  }

  std::optional<std::string> get(std::int64_t bucket, std::string_view key) {
    auto found = store().find_object(bucket, key, {}, Read::kWithContent);
    if (!found || found->version.is_delete_marker) return {};
    const std::uint64_t size_bytes = found->content.size_bytes;
    std::string bytes = read(std::move(found->content));
    EXPECT_EQ(bytes.size(), size_bytes);
    return bytes;
  }

  StoreResult<Store::Deleted> remove(std::int64_t bucket, std::string key, Guard guard = {}) {
    std::vector<Store::Deletion> deletions;
    deletions.push_back({std::move(key), std::move(guard)});
    auto results = run(store().delete_objects(bucket, std::move(deletions)));
    EXPECT_EQ(results.size(), 1U);
    return results.at(0);
  }

  std::vector<std::string> keys(std::int64_t bucket) {
    std::vector<std::string> out;
    auto cursor = store().scan_objects(bucket);
    for (auto at = cursor->seek({}, false); at && *at; at = cursor->next()) {
      out.emplace_back((*at)->key);
    }
    return out;
  }

  void start_upload(std::int64_t bucket, std::string key, std::string id,
                    std::int64_t initiated_ms = 1000) {
    model::MultipartUpload upload;
    upload.key = std::move(key);
    upload.upload_id = std::move(id);
    upload.initiated = at_ms(initiated_ms);
    EXPECT_TRUE(run(store().create_upload(bucket, upload)));
  }

  StoreResult<void> put_part(std::int64_t bucket, std::string upload_id, std::uint32_t number,
                             std::string_view bytes, std::string etag) {
    model::UploadedPart part;
    part.number = number;
    part.size_bytes = bytes.size();
    part.etag = std::move(etag);
    part.last_modified = at_ms(2000);
    return run(store().put_part(bucket, std::move(upload_id), part, write(bytes)));
  }

  StoreResult<void> complete(std::int64_t bucket, std::string upload_id, std::string_view key,
                             std::vector<Store::PartReference> parts, Guard guard = {}) {
    return run(store().complete_upload(bucket, std::move(upload_id), std::move(parts),
                                       version_of(key, "whole-2"), std::move(guard)));
  }

 private:
  static void append(std::string& out, const content::Piece& piece) {
    if (const auto* text = std::get_if<std::string>(&piece)) out += *text;
    if (const auto* shared = std::get_if<content::SharedRange>(&piece)) {
      out.append(*shared->bytes, shared->offset_bytes, shared->length_bytes);
    }
    if (const auto* file = std::get_if<content::FileRange>(&piece)) {
      std::string bytes(file->length_bytes, '\0');
      const auto size = ::pread(file->file->descriptor(), bytes.data(), bytes.size(),
                                static_cast<off_t>(file->offset_bytes));
      EXPECT_EQ(size, static_cast<ssize_t>(bytes.size()));
      out += bytes;
    }
  }

  Fixture fixture_;
};

using Stores = ::testing::Types<InMemory, OnDisk, OnDiskReopened>;

/// Refuses with the code; counts how it was asked.
inline Guard refuse_with(S3ErrorCode code) {
  return [code](const model::ObjectVersion*) { return std::optional(S3Error(code)); };
}

/// Lets the change through only if nothing is there.
inline Guard only_if_missing() {
  return [](const model::ObjectVersion* current) -> std::optional<S3Error> {
    if (!current) return {};
    return S3Error(S3ErrorCode::PreconditionFailed);
  };
}

}  // namespace pail::store
