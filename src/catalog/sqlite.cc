// The few SQLite calls a catalog needs.
#include "catalog/sqlite.h"

#include <sqlite3.h>

#include "core/spark_error.h"

namespace grebe::catalog {
namespace {

[[noreturn]] void fail(sqlite3* connection, const std::string& what) {
  const char* reason = connection != nullptr ? sqlite3_errmsg(connection) : "out of memory";
  throw core::plain_error(core::ErrorClass::kSpark,
                          "The warehouse's catalog failed to " + what + ": " + reason);
}

}  // namespace

SqliteStatement::SqliteStatement(sqlite3* connection, const std::string& sql)
    : connection_(connection) {
  if (sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK) {
    fail(connection, "prepare a statement");
  }
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

SqliteStatement& SqliteStatement::bind(const std::string& value) {
  sqlite3_bind_text(statement_, next_parameter_++, value.data(), static_cast<int>(value.size()),
                    SQLITE_TRANSIENT);
  return *this;
}

SqliteStatement& SqliteStatement::bind(int64_t value) {
  sqlite3_bind_int64(statement_, next_parameter_++, value);
  return *this;
}

bool SqliteStatement::step() {
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  fail(connection_, "run a statement");
}

std::string SqliteStatement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_, column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes),
          static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

int64_t SqliteStatement::number(int column) const {
  return sqlite3_column_int64(statement_, column);
}

SqliteFile::SqliteFile(const std::string& path) {
  if (sqlite3_open_v2(path.c_str(), &connection_,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                      nullptr) != SQLITE_OK) {
    const std::string reason =
        connection_ != nullptr ? sqlite3_errmsg(connection_) : "out of memory";
    sqlite3_close(connection_);
    throw core::plain_error(core::ErrorClass::kSpark,
                            "The catalog file " + path + " cannot be opened: " + reason);
  }
  sqlite3_busy_timeout(connection_, 30'000);
}

SqliteFile::~SqliteFile() { sqlite3_close(connection_); }

void SqliteFile::execute(const std::string& sql) {
  if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(connection_, "run a statement");
  }
}

int64_t SqliteFile::changes() const { return sqlite3_changes(connection_); }

}  // namespace grebe::catalog
