#include "store/disk/sqlite.h"

#include <sqlite3.h>

namespace pail::store::disk {
namespace {

[[noreturn]] void fail_with(sqlite3* handle, int code, const char* doing) {
  const int primary = code & 0xFF;
  const auto kind = primary == SQLITE_FULL ? StoreErrorKind::kNoSpace : StoreErrorKind::kBroken;
  std::string detail = "catalogue: ";
  detail += handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  detail += " (" + std::to_string(code) + ", " + doing + ")";
  throw CatalogueFailure(kind, detail);
}

constexpr int kBusyTimeoutMs = 10'000;

// One process has the catalogue to itself (it holds the lock of the data directory), and this one
// of SQLite's own file layers makes use of it: its connections agree in memory, where the usual one
// asks the system for two locks each time something is read.
constexpr const char* kFileLayer = "unix-excl";

// The most that SQLite maps: with objects of 1 KiB it covers more than a million.
constexpr const char* kMapForReading = "PRAGMA mmap_size=2147418112";

}  // namespace

void Database::Closer::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Database::Database(const std::string& path, Mode mode) : log_pages_(std::make_unique<int>(0)) {
  const int flags = (mode == Mode::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, kFileLayer);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail_with(handle, code, "open");
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  // The catalogue is ours alone, but it may have been damaged: no trust in what its schema calls.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // It takes the place of SQLite's own checkpoints inside of commits.
  sqlite3_wal_hook(
      handle,
      [](void* counter, sqlite3*, const char*, int pages) {
        *static_cast<int*>(counter) = pages;
        return SQLITE_OK;
      },
      log_pages_.get());
  // A read in a bucket of 100,000 objects costs half as much as with read(): the pages are in the
  // system's cache anyway.
  if (mode == Mode::kReadOnly) execute(kMapForReading);
}

void Database::execute(const char* sql) {
  const int code = sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail_with(handle(), code, sql);
}

std::int64_t Database::integer(const char* sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::int64_t Database::changes() const { return sqlite3_changes64(handle()); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }

Database::Checkpoint Database::checkpoint_passively() {
  Checkpoint out;
  const int code = sqlite3_wal_checkpoint_v2(handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                             &out.log_pages, &out.copied_pages);
  out.busy = (code & 0xFF) == SQLITE_BUSY;
  if (code != SQLITE_OK && !out.busy) fail_with(handle(), code, "checkpoint");
  return out;
}

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) fail_with(database_.handle(), code, sql_);
}

void Statement::prepare() {
  if (statement_) return;
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v3(database_.handle(), sql_, -1, SQLITE_PREPARE_PERSISTENT, &statement,
                           nullptr));
  statement_.reset(statement);
}

Statement& Statement::bind(int index, std::int64_t value) {
  prepare();
  check(sqlite3_bind_int64(statement_.get(), index, value));
  return *this;
}

Statement& Statement::bind_text(int index, std::string_view value) {
  prepare();
  // A null pointer would bind NULL.
  const char* data = value.data() ? value.data() : "";
  check(sqlite3_bind_text64(statement_.get(), index, data, value.size(), nullptr, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_bytes(int index, std::string_view value) {
  prepare();
  const char* data = value.data() ? value.data() : "";
  check(sqlite3_bind_blob64(statement_.get(), index, data, value.size(), nullptr));
  return *this;
}

Statement& Statement::bind_null(int index) {
  prepare();
  check(sqlite3_bind_null(statement_.get(), index));
  return *this;
}

Statement& Statement::bind_column(int index, const Statement& row, int column) {
  prepare();
  check(sqlite3_bind_value(statement_.get(), index,
                           sqlite3_column_value(row.statement_.get(), column)));
  return *this;
}

bool Statement::step() {
  prepare();
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail_with(database_.handle(), code, sql_);
}

void Statement::run() {
  const StatementScope scope(*this);
  step();
}

void Statement::reset() {
  if (statement_) sqlite3_reset(statement_.get());
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::bytes(int column) const {
  // The order matters: asking for the blob settles the representation that the length is of.
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {static_cast<const char*>(data), data ? static_cast<std::size_t>(size) : 0};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

}  // namespace pail::store::disk
