// COPY into a temporary directory, then renames: see file_writer.h.
#include "commands/file_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <random>
#include <set>

#include "commands/tables.h"
#include "commands/write_layout.h"
#include "core/spark_error.h"
#include "lakehouse/table/data_files.h"
#include "lakehouse/table/storage_select.h"
#include "sources/listing.h"
#include "sources/partition_path.h"

namespace grebe::commands {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, const std::error_code& failure) {
  throw core::plain_error(core::ErrorClass::kSpark, what + ": " + failure.message());
}

/// A directory that vanishes with its owner unless it was renamed away.
class TemporaryDirectory {
 public:
  explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {
    std::error_code failure;
    fs::create_directories(path_, failure);
    if (failure) fail("The directory " + path_ + " cannot be made", failure);
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void move_path(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  fs::rename(from, to, failure);
  if (failure) fail("The file " + from.string() + " cannot be moved into place", failure);
}

/// Exchanges two directories in one step of the file system.
bool exchange(const std::string& a, const std::string& b) {
  return ::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0;
}

/// What COPY gets: the emitted rows with files' names and types.
struct CopySelect {
  std::string sql;
  types::Schema schema;
};

/// A file's number as a directory of COPY, which splits rows by it and by nothing else.
constexpr const char* kFileColumn = "grebe_file";

/// The option maxRecordsPerFile; 0 for no limit.
int64_t max_records(const FileWrite& write) {
  const auto found = write.options.find("maxrecordsperfile");
  if (found == write.options.end()) return 0;
  int64_t count = 0;
  const auto& text = found->second;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), count);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) {
    throw core::plain_error(core::ErrorClass::kIllegalArgument,
                            "For input string: \"" + text + "\"");
  }
  return std::max<int64_t>(count, 0);
}

CopySelect copy_select(CommandHost& host, const FileWrite& write) {
  const types::Schema input_schema = host.analyze_schema(write.input);
  const auto lines =
      line_relation(write.format, write.input, input_schema, write.partition_by, write.options);
  const EmittedQuery query = host.emit(lines);
  const size_t data_columns = query.schema.size() - write.partition_by.size();
  std::string names;
  std::string items;
  CopySelect out;
  for (size_t i = 0; i < query.schema.size(); ++i) {
    const auto& field = query.schema[i];
    names += fmt::format("{}g{}", i == 0 ? "" : ", ", i);
    const std::string cell = fmt::format("g{}", i);
    std::string value = cell;
    if (i < data_columns) {
      value = lakehouse::storage_expression(field.type, fit_length(cell, field),
                                            lakehouse::StorageTypes{});
      out.schema.push_back(field);
    } else {
      // DuckDB spells directories its own way; hexadecimal text survives it unchanged.
      value = fmt::format("CASE WHEN {0} IS NULL OR {0} = '' THEN 'null' ELSE 'x' || hex({0}) END",
                          cell);
    }
    const std::string name =
        i < data_columns ? field.name : fmt::format("grebe_partition_{}", i - data_columns);
    items += (i == 0 ? "" : ", ") + value + " AS " + engine::quote_duckdb_identifier(name);
  }
  if (const auto records = max_records(write); records > 0) {
    std::string partition;
    for (size_t i = data_columns; i < query.schema.size(); ++i) {
      partition += fmt::format("{}g{}", partition.empty() ? "PARTITION BY " : ", ", i);
    }
    items +=
        fmt::format(", (row_number() OVER ({}) - 1) // {} AS {}", partition, records, kFileColumn);
  }
  out.sql = fmt::format("SELECT {} FROM ({}) AS q({})", items, query.duckdb_sql, names);
  return out;
}

std::string decode_hex(const std::string& text) {
  if (text == "null") return std::string(sources::kDefaultPartition);
  std::string out;
  for (size_t i = 1; i + 1 < text.size(); i += 2) {
    out += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
  }
  return sources::escape_path_name(out);
}

/// Gives files their names and directories their spelling below `target`.
void arrange(const fs::path& from, const fs::path& target, const FileWrite& write,
             const std::string& suffix, std::set<std::string>& partitions) {
  int part = 0;
  const std::string job = lakehouse::random_uuid();
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    if (!entry.is_regular_file()) continue;
    fs::path relative;
    for (const auto& piece : entry.path().parent_path().lexically_relative(from)) {
      const std::string name = piece.string();
      const auto equals = name.find('=');
      if (equals == std::string::npos || name.substr(0, equals) == kFileColumn) continue;
      const auto index = relative.empty() ? 0 : std::distance(relative.begin(), relative.end());
      relative /= sources::escape_path_name(write.partition_by[static_cast<size_t>(index)]) + "=" +
                  decode_hex(name.substr(equals + 1));
    }
    partitions.insert(relative.string());
    std::error_code failure;
    fs::create_directories(target / relative, failure);
    if (failure) fail("The directory " + (target / relative).string() + " cannot be made", failure);
    move_path(entry.path(),
              target / relative / fmt::format("part-{:05}-{}-c000{}", part++, job, suffix));
  }
}

void touch(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    fail("The file " + file.string() + " cannot be made",
         std::error_code(errno, std::generic_category()));
  }
  ::close(descriptor);
}

/// Moves everything below `from` to the same place below `to`.
void merge_into(const fs::path& from, const fs::path& to) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  for (const auto& file : files) {
    const fs::path target = to / file.lexically_relative(from);
    std::error_code failure;
    fs::create_directories(target.parent_path(), failure);
    if (failure)
      fail("The directory " + target.parent_path().string() + " cannot be made", failure);
    move_path(file, target);
  }
}

/// Puts `fresh` where `location` is; the old directory vanishes afterwards.
void replace_directory(const std::string& fresh, const std::string& location) {
  std::error_code failure;
  if (!fs::exists(location, failure)) {
    fs::create_directories(fs::path(location).parent_path(), failure);
    move_path(fresh, location);
    return;
  }
  if (!exchange(fresh, location)) {
    const std::string old = fresh + ".old";
    move_path(location, old);
    move_path(fresh, location);
    fs::remove_all(old, failure);
  }
  // After the exchange `fresh` holds the old files; its owner removes them.
}

}  // namespace

bool has_output(const std::string& location) {
  std::error_code failure;
  return fs::exists(location, failure);
}

int64_t write_files(CommandHost& host, const FileWrite& write) {
  const CopySelect select = copy_select(host, write);
  const CopyLayout layout = copy_layout(host, write.format, write.options, select.schema);
  const fs::path location = write.location;
  std::error_code failure;
  fs::create_directories(location.parent_path(), failure);
  if (failure)
    fail("The directory " + location.parent_path().string() + " cannot be made", failure);

  const std::string stem =
      "." + location.filename().string() + ".grebe-" + lakehouse::random_uuid();
  const TemporaryDirectory raw((location.parent_path() / (stem + ".raw")).string());
  const TemporaryDirectory fresh((location.parent_path() / stem).string());
  std::string partition_clause;
  std::string target = raw.path() + "/data" + layout.suffix;
  const bool splits = max_records(write) > 0;
  if (!write.partition_by.empty() || splits) {
    for (size_t i = 0; i < write.partition_by.size(); ++i) {
      partition_clause += fmt::format("{}grebe_partition_{}", i == 0 ? "" : ", ", i);
    }
    if (splits)
      partition_clause += (partition_clause.empty() ? "" : ", ") + std::string(kFileColumn);
    partition_clause = ", PARTITION_BY (" + partition_clause + ")";
    target = raw.path() + "/data";
  }
  const int64_t rows = host.connection().execute(
      fmt::format("COPY ({}) TO {} ({}{})", select.sql, engine::quote_duckdb_string(target),
                  layout.copy_options, partition_clause));
  std::set<std::string> partitions;
  arrange(raw.path(), fresh.path(), write, layout.suffix, partitions);

  switch (write.mode) {
    case FileWriteMode::kOverwrite:
      if (write.static_partition.empty()) {
        touch(fs::path(fresh.path()) / "_SUCCESS");
        replace_directory(fresh.path(), write.location);
        return rows;
      } else {
        fs::path below;
        for (const auto& directory : write.static_partition) below /= directory;
        const fs::path new_files = fs::path(fresh.path()) / below;
        if (fs::exists(new_files, failure)) {
          replace_directory(new_files.string(), (location / below).string());
        } else {
          fs::remove_all(location / below, failure);
        }
      }
      break;
    case FileWriteMode::kOverwriteTouchedPartitions:
      for (const auto& partition : partitions) {
        replace_directory((fs::path(fresh.path()) / partition).string(),
                          (location / partition).string());
      }
      break;
    case FileWriteMode::kAppend:
      fs::create_directories(location, failure);
      merge_into(fresh.path(), location);
      break;
  }
  fs::create_directories(location, failure);
  touch(location / "_SUCCESS");
  return rows;
}

}  // namespace grebe::commands
