#include "store/disk/upload_table.h"

#include <chrono>
#include <utility>

#include "store/disk/object_row.h"
#include "store/disk/record_codec.h"

namespace pail::store::disk {
namespace {

constexpr const char* kFind =
    "SELECT id, upload_id, key, initiated_ms, completed_etag, record FROM upload"
    " WHERE bucket_id = ?1 AND upload_id = ?2";
constexpr const char* kAfter =
    "SELECT id, upload_id, key, initiated_ms, completed_etag, record FROM upload"
    " WHERE bucket_id = ?1 AND completed_ms IS NULL"
    " AND (key, initiated_ms, upload_id) > (?2, ?3, ?4)"
    " ORDER BY key, initiated_ms, upload_id LIMIT 1";
constexpr const char* kFindPart =
    "SELECT number, size, modified_ms, etag, record, segments FROM part"
    " WHERE upload = ?1 AND number = ?2";
constexpr const char* kListParts =
    "SELECT number, size, modified_ms, etag, record, segments FROM part"
    " WHERE upload = ?1 AND number > ?2 ORDER BY number LIMIT ?3";

std::int64_t to_number(time::Timestamp time) { return time.time_since_epoch().count(); }

[[noreturn]] void damaged() {
  throw CatalogueFailure(StoreErrorKind::kBroken, "catalogue: damaged row of an upload");
}

UploadRow take_upload(const Statement& row) {
  UploadRow out;
  out.row_id = row.integer(0);
  out.upload.upload_id = row.bytes(1);
  out.upload.key = row.bytes(2);
  out.upload.initiated = to_time(row.integer(3));
  out.upload.completed_etag = row.bytes(4);
  if (!decode_upload(row.bytes(5), out.upload)) damaged();
  return out;
}

PartRow take_part(const Statement& row) {
  PartRow out;
  out.part.number = static_cast<std::uint32_t>(row.integer(0));
  out.part.size_bytes = static_cast<std::uint64_t>(row.integer(1));
  out.part.last_modified = to_time(row.integer(2));
  out.part.etag = row.bytes(3);
  if (!decode_checksum(row.bytes(4), out.part.checksum)) damaged();
  auto segments = decode_segments(row.bytes(5));
  if (!segments) damaged();
  out.segments = std::move(*segments);
  return out;
}

}  // namespace

UploadTable::UploadTable(Database& database)
    : insert_(database,
              "INSERT INTO upload(bucket_id, upload_id, key, initiated_ms, record)"
              " VALUES(?1, ?2, ?3, ?4, ?5)"),
      find_(database, kFind),
      mark_completed_(database,
                      "UPDATE upload SET completed_ms = ?2, completed_etag = ?3, record = ?4"
                      " WHERE id = ?1"),
      erase_(database, "DELETE FROM upload WHERE id = ?1"),
      erase_old_(database,
                 "DELETE FROM upload WHERE completed_ms IS NOT NULL AND completed_ms < ?1"),
      erase_completed_of_(database,
                          "DELETE FROM upload WHERE bucket_id = ?1 AND completed_ms IS NOT NULL"),
      after_(database, kAfter),
      put_part_(database,
                "INSERT OR REPLACE INTO part(upload, number, size, modified_ms, etag, record,"
                " segments) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
      find_part_(database, kFindPart),
      list_parts_(database, kListParts),
      erase_parts_(database, "DELETE FROM part WHERE upload = ?1") {}

void UploadTable::insert(std::int64_t bucket_id, const model::MultipartUpload& upload) {
  const std::string record = encode_upload(upload);
  insert_.bind(1, bucket_id)
      .bind_text(2, upload.upload_id)
      .bind_bytes(3, upload.key)
      .bind(4, to_number(upload.initiated))
      .bind_bytes(5, record)
      .run();
}

std::optional<UploadRow> UploadTable::find(std::int64_t bucket_id, std::string_view upload_id) {
  const StatementScope scope(find_);
  if (!find_.bind(1, bucket_id).bind_text(2, upload_id).step()) return {};
  return take_upload(find_);
}

void UploadTable::mark_completed(const UploadRow& row, time::Timestamp completed) {
  const std::string record = encode_upload(row.upload);
  mark_completed_.bind(1, row.row_id)
      .bind(2, to_number(completed))
      .bind_text(3, row.upload.completed_etag)
      .bind_bytes(4, record)
      .run();
}

void UploadTable::erase(std::int64_t row_id) { erase_.bind(1, row_id).run(); }

void UploadTable::erase_completed_before(time::Timestamp limit) {
  erase_old_.bind(1, to_number(limit)).run();
}

void UploadTable::erase_completed_of(std::int64_t bucket_id) {
  erase_completed_of_.bind(1, bucket_id).run();
}

std::optional<UploadRow> UploadTable::first_after(std::int64_t bucket_id,
                                                  const Position& position) {
  const StatementScope scope(after_);
  after_.bind(1, bucket_id)
      .bind_bytes(2, position.key)
      .bind(3, to_number(position.initiated))
      .bind_text(4, position.upload_id);
  if (!after_.step()) return {};
  return take_upload(after_);
}

void UploadTable::put_part(std::int64_t upload_row_id, const model::UploadedPart& part,
                           const std::vector<Segment>& segments) {
  const std::string record = encode_checksum(part.checksum);
  const std::string encoded_segments = encode_segments(segments);
  put_part_.bind(1, upload_row_id)
      .bind(2, part.number)
      .bind(3, static_cast<std::int64_t>(part.size_bytes))
      .bind(4, to_number(part.last_modified))
      .bind_text(5, part.etag)
      .bind_bytes(6, record)
      .bind_bytes(7, encoded_segments)
      .run();
}

std::optional<PartRow> UploadTable::find_part(std::int64_t upload_row_id, std::uint32_t number) {
  const StatementScope scope(find_part_);
  if (!find_part_.bind(1, upload_row_id).bind(2, number).step()) return {};
  return take_part(find_part_);
}

std::vector<PartRow> UploadTable::list_parts(std::int64_t upload_row_id, std::uint32_t after_number,
                                             std::size_t limit) {
  std::vector<PartRow> out;
  const StatementScope scope(list_parts_);
  list_parts_.bind(1, upload_row_id)
      .bind(2, after_number)
      .bind(3, static_cast<std::int64_t>(limit));
  while (list_parts_.step()) out.push_back(take_part(list_parts_));
  return out;
}

void UploadTable::erase_parts(std::int64_t upload_row_id) {
  erase_parts_.bind(1, upload_row_id).run();
}

}  // namespace pail::store::disk
