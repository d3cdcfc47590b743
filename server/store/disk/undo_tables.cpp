#include "store/disk/undo_tables.h"

#include <algorithm>

namespace pail::store::disk {
namespace {

constexpr const char* kInteger = "INTEGER";
constexpr const char* kText = "TEXT";
constexpr const char* kBlob = "BLOB";

constexpr std::string_view kNewestSnapshot = "(SELECT max(id) FROM snapshot)";

/// Of an object and of another version alike.
std::vector<UndoColumn> object_columns(std::vector<UndoColumn> first) {
  first.insert(first.end(), {{"size", kInteger},
                             {"modified_ms", kInteger},
                             {"etag", kText},
                             {"storage_class", kText},
                             {"checksum", kInteger},
                             {"owner", kText},
                             {"version_id", kText},
                             {"record", kBlob},
                             {"segments", kBlob}});
  return first;
}

std::vector<UndoTable> describe_tables() {
  return {
      {"bucket",
       {{"id", kInteger}},
       {{"name", kText},
        {"region", kText},
        {"owner", kText},
        {"created_ms", kInteger},
        {"revision", kInteger}},
       true},
      {"bucket_document", {{"bucket_id", kInteger}, {"kind", kText}}, {{"body", kBlob}}},
      {"object", {{"bucket_id", kInteger}, {"key", kBlob}}, object_columns({})},
      {"version",
       {{"bucket_id", kInteger}, {"key", kBlob}, {"rank", kInteger}},
       object_columns({{"is_delete_marker", kInteger}, {"noncurrent_since_ms", kInteger}})},
      {"blob", {{"id", kInteger}}, {{"size", kInteger}, {"refs", kInteger}, {"data", kBlob}}},
      {"upload",
       {{"id", kInteger}},
       {{"bucket_id", kInteger},
        {"upload_id", kText},
        {"key", kBlob},
        {"initiated_ms", kInteger},
        {"completed_ms", kInteger},
        {"completed_etag", kText},
        {"record", kBlob}},
       true},
      {"part",
       {{"upload", kInteger}, {"number", kInteger}},
       {{"size", kInteger},
        {"modified_ms", kInteger},
        {"etag", kText},
        {"record", kBlob},
        {"segments", kBlob}}},
  };
}

std::string declare(const std::vector<UndoColumn>& columns, std::string_view constraint) {
  std::string out;
  for (const UndoColumn& column : columns) {
    ((out += ", ") += column.name) += ' ';
    (out += column.type) += constraint;
  }
  return out;
}

std::string undo_name(const UndoTable& table) { return "undo_" + std::string(table.name); }
std::string touched_name(const UndoTable& table) { return "touched_" + std::string(table.name); }
std::string all_columns(const UndoTable& table, std::string_view prefix = {}) {
  return list_columns(table.keys, prefix) + ", " + list_columns(table.values, prefix);
}

/// `row` is what SQLite calls the row that is touched, `image` the SELECT of what it was. (An
/// INSERT OR IGNORE would do as whoever fires the trigger does: it would REPLACE the first image.)
std::string make_trigger(const UndoTable& table, std::string_view when, std::string_view event,
                         std::string_view row, const std::string& image) {
  std::string out = "CREATE TRIGGER " + undo_name(table) + "_" + std::string(event) + " ";
  ((out += when) += ' ') += event;
  (out += " ON ") += table.name;
  out += " WHEN NOT EXISTS (SELECT 1 FROM " + undo_name(table) + " AS u WHERE u.snapshot = ";
  out += std::string(kNewestSnapshot) + " AND " + match_columns(table.keys, "u", row) + ")";
  out += " BEGIN INSERT INTO " + undo_name(table) + "(snapshot, " + all_columns(table) + ") ";
  return out + image + "; END;\n";
}

std::string image_of(const UndoTable& table, const std::string& values, std::string_view row) {
  return "SELECT " + std::string(kNewestSnapshot) + ", " + list_columns(table.keys, row) + ", " +
         values;
}

std::string make_insert_trigger(const UndoTable& table) {
  if (table.numbers_its_rows) {
    // Before the insertion its key is not known; and there is no row that it could replace.
    std::string nothing = "NULL";
    for (std::size_t i = 1; i < table.values.size(); ++i) nothing += ", NULL";
    return make_trigger(table, "AFTER", "INSERT", "NEW", image_of(table, nothing, "NEW"));
  }
  return make_trigger(table, "BEFORE", "INSERT", "NEW",
                      image_of(table, list_columns(table.values, "o"), "NEW") +
                          " FROM (SELECT 1) LEFT JOIN " + std::string(table.name) + " AS o ON " +
                          match_columns(table.keys, "o", "NEW"));
}

}  // namespace

const std::vector<UndoTable>& undo_tables() {
  static const std::vector<UndoTable> tables = describe_tables();
  return tables;
}

std::string list_columns(const std::vector<UndoColumn>& columns, std::string_view prefix) {
  std::string out;
  for (const UndoColumn& column : columns) {
    if (!out.empty()) out += ", ";
    if (!prefix.empty()) (out += prefix) += '.';
    out += column.name;
  }
  return out;
}

std::string match_columns(const std::vector<UndoColumn>& columns, std::string_view left,
                          std::string_view right, std::string_view comparison) {
  std::string out;
  for (const UndoColumn& column : columns) {
    if (!out.empty()) out += " AND ";
    ((out += left) += '.') += column.name;
    ((out += ' ') += comparison) += ' ';
    ((out += right) += '.') += column.name;
  }
  return out;
}

std::string snapshot_schema() {
  std::string out =
      "CREATE TABLE snapshot(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"
      " created_ms INTEGER NOT NULL) STRICT;\n";
  for (const UndoTable& table : undo_tables()) {
    out += "CREATE TABLE " + undo_name(table) + "(snapshot INTEGER NOT NULL" +
           declare(table.keys, " NOT NULL") + declare(table.values, "") +
           ", PRIMARY KEY(snapshot, " + list_columns(table.keys) + ")) STRICT, WITHOUT ROWID;\n";
  }
  // Who removes a blob asks whether an image needs it.
  return out + "CREATE INDEX undo_blob_by_id ON undo_blob(id) WHERE size IS NOT NULL;\n";
}

std::string make_triggers_sql() {
  std::string out;
  for (const UndoTable& table : undo_tables()) {
    const std::string old = image_of(table, list_columns(table.values, "OLD"), "OLD");
    out += make_insert_trigger(table);
    out += make_trigger(table, "BEFORE", "UPDATE", "OLD", old);
    out += make_trigger(table, "BEFORE", "DELETE", "OLD", old);
  }
  return out;
}

std::string drop_triggers_sql() {
  std::string out;
  for (const UndoTable& table : undo_tables()) {
    for (const char* event : {"INSERT", "UPDATE", "DELETE"}) {
      out += "DROP TRIGGER " + undo_name(table) + "_" + event + ";\n";
    }
  }
  return out;
}

RestoreSql restore_sql(const UndoTable& table) {
  const std::string name(table.name);
  const std::string undo = undo_name(table);
  const std::string touched = touched_name(table);
  const std::string present = std::string(table.values.front().name) + " IS NOT NULL";
  const std::string row_of_image =
      "(SELECT 1 FROM " + name + " AS o WHERE " + match_columns(table.keys, "o", undo);
  RestoreSql sql;
  sql.make_touched = "CREATE TEMP TABLE IF NOT EXISTS " + touched + "(snapshot INTEGER NOT NULL" +
                     declare(table.keys, " NOT NULL") + ")";
  sql.touch = "INSERT INTO temp." + touched + " SELECT min(snapshot), " + list_columns(table.keys) +
              " FROM " + undo + " WHERE snapshot >= ?1 GROUP BY " + list_columns(table.keys);
  sql.touched_keys = "SELECT " + list_columns(table.keys) + " FROM temp." + touched;
  sql.erase = "DELETE FROM " + name + " WHERE ";
  for (std::size_t i = 0; i < table.keys.size(); ++i) {
    sql.erase +=
        (i == 0 ? "" : " AND ") + std::string(table.keys[i].name) + " = ?" + std::to_string(i + 1);
  }
  sql.put_back = "INSERT INTO " + name + "(" + all_columns(table) + ") SELECT " +
                 all_columns(table, "u") + " FROM temp." + touched + " AS t CROSS JOIN " + undo +
                 " AS u ON u.snapshot = t.snapshot AND " + match_columns(table.keys, "u", "t") +
                 " WHERE u." + present;
  sql.forget_touched = "DELETE FROM temp." + touched;
  sql.trim = "DELETE FROM " + undo + " WHERE snapshot = ?1 AND CASE WHEN " + present +
             " THEN EXISTS " + row_of_image + " AND " +
             match_columns(table.values, "o", undo, "IS") + ") ELSE NOT EXISTS " + row_of_image +
             ") END";
  return sql;
}

DropSql drop_sql(const UndoTable& table) {
  const std::string undo = undo_name(table);
  return {"UPDATE OR IGNORE " + undo + " SET snapshot = ?2 WHERE snapshot = ?1",
          "DELETE FROM " + undo + " WHERE snapshot = ?1"};
}

}  // namespace pail::store::disk
