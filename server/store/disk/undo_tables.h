#pragma once

#include <string>
#include <string_view>
#include <vector>

// The tables that make up the state of the store, and the SQL that keeps and puts back what their
// rows were. For each there is a table of images, undo_<name>: what a row was when a snapshot was
// newest and the row was touched for the first time, under the number of that snapshot. Columns of
// values that are NULL from the first on: there was no such row.
namespace pail::store::disk {

struct UndoColumn {
  std::string_view name;
  std::string_view type;
};

struct UndoTable {
  std::string_view name;
  std::vector<UndoColumn> keys;
  /// The first is never NULL in a row.
  std::vector<UndoColumn> values;
  /// A new row gets its key while it is inserted.
  bool numbers_its_rows = false;
};

/// In an order in which they can be put back.
const std::vector<UndoTable>& undo_tables();

/// The table of snapshots and those of images: a part of the format.
std::string snapshot_schema();

/// Statements that make or remove the triggers that write the images. Without triggers a change
/// costs what it costs in a store without snapshots.
std::string make_triggers_sql();
std::string drop_triggers_sql();

/// What it takes to bring one table back to a snapshot ?1. The keys that are touched go through a
/// temporary table, with the snapshot under which their image is.
struct RestoreSql {
  std::string make_touched;
  std::string touch;  // ?1
  std::string touched_keys;
  std::string erase;  // one key
  std::string put_back;
  std::string forget_touched;
  /// Images of ?1, the newest snapshot, that say what the rows are anyway.
  std::string trim;
};
RestoreSql restore_sql(const UndoTable& table);

/// What it takes to remove a snapshot ?1: its images go to the snapshot before it, ?2, unless that
/// has its own.
struct DropSql {
  std::string hand_down;
  std::string erase;
};
DropSql drop_sql(const UndoTable& table);

/// "a, b" or with a prefix "p.a, p.b".
std::string list_columns(const std::vector<UndoColumn>& columns, std::string_view prefix = {});
/// "l.a = r.a AND l.b = r.b".
std::string match_columns(const std::vector<UndoColumn>& columns, std::string_view left,
                          std::string_view right, std::string_view comparison = "=");

}  // namespace pail::store::disk
