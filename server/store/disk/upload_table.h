#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/multipart.h"
#include "store/content.h"
#include "store/disk/sqlite.h"

namespace pail::store::disk {

struct UploadRow {
  std::int64_t row_id = 0;
  model::MultipartUpload upload;
  [[nodiscard]] bool completed() const { return !upload.completed_etag.empty(); }
};

struct PartRow {
  model::UploadedPart part;
  std::vector<Segment> segments;
};

/// Uploads in parts and the parts. Throws CatalogueFailure.
class UploadTable {
 public:
  explicit UploadTable(Database& database);

  void insert(std::int64_t bucket_id, const model::MultipartUpload& upload);
  std::optional<UploadRow> find(std::int64_t bucket_id, std::string_view upload_id);
  /// `row` says what the upload became.
  void mark_completed(const UploadRow& row, time::Timestamp completed);
  /// The caller has taken care of its parts.
  void erase(std::int64_t row_id);
  /// Forgets uploads that were completed before `limit`.
  void erase_completed_before(time::Timestamp limit);
  void erase_completed_of(std::int64_t bucket_id);

  /// Unfinished uploads after (key, initiated, upload_id); nullopt at the end.
  struct Position {
    std::string_view key;
    time::Timestamp initiated;
    std::string_view upload_id;
  };
  std::optional<UploadRow> first_after(std::int64_t bucket_id, const Position& position);

  void put_part(std::int64_t upload_row_id, const model::UploadedPart& part,
                const std::vector<Segment>& segments);
  std::optional<PartRow> find_part(std::int64_t upload_row_id, std::uint32_t number);
  std::vector<PartRow> list_parts(std::int64_t upload_row_id, std::uint32_t after_number,
                                  std::size_t limit);
  void erase_parts(std::int64_t upload_row_id);

 private:
  Statement insert_;
  Statement find_;
  Statement mark_completed_;
  Statement erase_;
  Statement erase_old_;
  Statement erase_completed_of_;
  Statement after_;
  Statement put_part_;
  Statement find_part_;
  Statement list_parts_;
  Statement erase_parts_;
};

}  // namespace pail::store::disk
