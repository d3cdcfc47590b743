#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "store/store.h"

struct sqlite3;
struct sqlite3_stmt;

namespace pail::store::disk {

/// SQLite said no: the disk is full or broken, or we have a bug. An exception because nobody
/// between the statement and the edge of the store could do anything about it; it never leaves the
/// store.
class CatalogueFailure : public std::runtime_error {
 public:
  CatalogueFailure(StoreErrorKind kind, const std::string& detail)
      : std::runtime_error(detail), kind_(kind) {}
  [[nodiscard]] StoreErrorKind kind() const { return kind_; }
  [[nodiscard]] StoreError error() const { return {kind_, what(), {}}; }

 private:
  StoreErrorKind kind_;
};

/// A connection. Not thread-safe. Every member that talks to SQLite throws CatalogueFailure.
class Database {
 public:
  enum class Mode { kReadOnly, kReadWrite };
  /// The file must exist (an empty one is a new database).
  Database(const std::string& path, Mode mode);

  void execute(const char* sql);
  std::int64_t integer(const char* sql);
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] bool in_transaction() const;
  /// Copies what is possible from the write-ahead log into the database without waiting for
  /// anybody. `log_pages` is what the log holds, `copied_pages` what of it is copied.
  struct Checkpoint {
    /// Another connection is doing the same; nothing else is known.
    bool busy = false;
    int log_pages = 0;
    int copied_pages = 0;
  };
  Checkpoint checkpoint_passively();
  /// Pages in the write-ahead log after this connection's last commit.
  [[nodiscard]] int log_pages() const { return *log_pages_; }
  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

 private:
  struct Closer {
    void operator()(sqlite3* handle) const;
  };
  std::unique_ptr<int> log_pages_;
  std::unique_ptr<sqlite3, Closer> handle_;
};

/// A statement that is prepared at its first use and then kept. Columns and parameters are views:
/// bound text and bytes must live until reset(), what columns give until the next step() or
/// reset().
class Statement {
 public:
  Statement(Database& database, const char* sql) : database_(database), sql_(sql) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int index, std::int64_t value);
  Statement& bind_text(int index, std::string_view value);
  Statement& bind_bytes(int index, std::string_view value);
  Statement& bind_null(int index);
  /// What `row`, which has just been stepped to, has in a column.
  Statement& bind_column(int index, const Statement& row, int column);
  /// Whether there is a row.
  bool step();
  /// For a statement without rows: step and reset.
  void run();
  void reset();

  [[nodiscard]] std::int64_t integer(int column) const;
  /// Text or bytes; empty when NULL.
  [[nodiscard]] std::string_view bytes(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  void prepare();
  void check(int code) const;

  Database& database_;
  const char* sql_;
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

/// Resets a statement at the end of a scope, which also ends its read transaction.
class StatementScope {
 public:
  explicit StatementScope(Statement& statement) : statement_(statement) {}
  StatementScope(const StatementScope&) = delete;
  StatementScope& operator=(const StatementScope&) = delete;
  ~StatementScope() { statement_.reset(); }

 private:
  Statement& statement_;
};

}  // namespace pail::store::disk
