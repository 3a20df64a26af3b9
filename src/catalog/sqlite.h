// A SQLite file → prepared statements with typed cells; private to catalog/.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace grebe::catalog {

/// One statement being bound and stepped.
class SqliteStatement {
 public:
  SqliteStatement(sqlite3* connection, const std::string& sql);
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  /// Binds the next parameter.
  SqliteStatement& bind(const std::string& value);
  SqliteStatement& bind(int64_t value);
  /// True while there is a row.
  bool step();
  std::string text(int column) const;
  int64_t number(int column) const;

 private:
  sqlite3* connection_;
  sqlite3_stmt* statement_ = nullptr;
  int next_parameter_ = 1;
};

/// An open database file. Not thread-safe. Throws INTERNAL-like SparkError on I/O failures.
class SqliteFile {
 public:
  explicit SqliteFile(const std::string& path);
  ~SqliteFile();
  SqliteFile(const SqliteFile&) = delete;
  SqliteFile& operator=(const SqliteFile&) = delete;

  void execute(const std::string& sql);
  /// Rows that the last statement changed.
  int64_t changes() const;
  sqlite3* get() const { return connection_; }

 private:
  sqlite3* connection_ = nullptr;
};

}  // namespace grebe::catalog
