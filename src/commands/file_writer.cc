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

/// A bucket's number, in the same way.
constexpr const char* kBucketColumn = "grebe_bucket";

/// pmod(hash(columns), buckets) as Spark spreads rows over buckets.
plan::RelationPtr with_bucket_number(const FileWrite& write) {
  std::vector<plan::ExpressionPtr> columns;
  for (const auto& name : write.bucket_columns) {
    columns.push_back(plan::make_expression(plan::UnresolvedAttribute{.name_parts = {name}}));
  }
  const auto count = plan::make_expression(
      plan::Literal{.type = types::DataType::integer(), .value = {int64_t{write.buckets}}});
  const auto bucket = plan::make_expression(plan::Alias{
      .child = plan::make_call("pmod", {plan::make_call("hash", std::move(columns)), count}),
      .names = {kBucketColumn},
      .metadata_json = {}});
  auto rows = write.input;
  if (!write.sort_columns.empty()) {
    plan::Sort sort{.input = rows};
    for (const auto& name : write.sort_columns) {
      sort.order.push_back(
          {.child = plan::make_expression(plan::UnresolvedAttribute{.name_parts = {name}})});
    }
    rows = plan::make_relation(std::move(sort));
  }
  return plan::make_relation(
      plan::Project{rows, {plan::make_expression(plan::UnresolvedStar{}), bucket}});
}

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
  const auto input = write.buckets > 0 ? with_bucket_number(write) : write.input;
  auto directories = write.partition_by;
  if (write.buckets > 0) directories.push_back(kBucketColumn);
  const auto lines =
      line_relation(write.format, input, host.analyze_schema(input), directories, write.options);
  const EmittedQuery query = host.emit(lines);
  const size_t data_columns = query.schema.size() - directories.size();
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

/// Gives files their names and directories their spelling below `target`; returns the partitions.
std::set<std::string> arrange(const fs::path& from, const fs::path& target, const FileWrite& write,
                              const std::string& suffix) {
  std::set<std::string> partitions;
  int part = 0;
  const std::string job = lakehouse::random_uuid();
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    if (!entry.is_regular_file()) continue;
    std::vector<std::string> values;
    for (const auto& piece : entry.path().parent_path().lexically_relative(from)) {
      const std::string name = piece.string();
      const auto equals = name.find('=');
      if (equals == std::string::npos || name.substr(0, equals) == kFileColumn) continue;
      values.push_back(decode_hex(name.substr(equals + 1)));
    }
    fs::path relative;
    for (size_t i = 0; i < values.size() && i < write.partition_by.size(); ++i) {
      relative /= sources::escape_path_name(write.partition_by[i]) + "=" + values[i];
    }
    const std::string bucket =
        write.buckets > 0 ? fmt::format("_{:0>5}", values.at(write.partition_by.size())) : "";
    partitions.insert(relative.string());
    std::error_code failure;
    fs::create_directories(target / relative, failure);
    if (failure) fail("The directory " + (target / relative).string() + " cannot be made", failure);
    move_path(entry.path(), target / relative /
                                fmt::format("part-{:05}-{}{}c000{}", part++, job,
                                            values.empty() ? "-" : bucket + ".", suffix));
  }
  return partitions;
}

void touch(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    fail("The file " + file.string() + " cannot be made",
         std::error_code(errno, std::generic_category()));
  }
  ::close(descriptor);
}

/// Where a partition lies: below the table, or where it was moved to.
fs::path partition_path(const FileWrite& write, const std::string& partition) {
  const auto moved = write.moved_partitions.find(partition);
  if (moved != write.moved_partitions.end()) return moved->second;
  return partition.empty() ? fs::path(write.location) : fs::path(write.location) / partition;
}

/// Moves everything below `from` to its partition's place.
void merge_into(const fs::path& from, const FileWrite& write) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  for (const auto& file : files) {
    const std::string partition = file.parent_path().lexically_relative(from).string();
    const fs::path target =
        partition_path(write, partition == "." ? "" : partition) / file.filename();
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

std::set<std::string> write_files(CommandHost& host, const FileWrite& write) {
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
  const size_t directories = write.partition_by.size() + (write.buckets > 0 ? 1 : 0);
  if (directories > 0 || splits) {
    for (size_t i = 0; i < directories; ++i) {
      partition_clause += fmt::format("{}grebe_partition_{}", i == 0 ? "" : ", ", i);
    }
    if (splits)
      partition_clause += (partition_clause.empty() ? "" : ", ") + std::string(kFileColumn);
    partition_clause = ", PARTITION_BY (" + partition_clause + ")";
    target = raw.path() + "/data";
  }
  host.connection().execute(fmt::format("COPY ({}) TO {} ({}{})", select.sql,
                                        engine::quote_duckdb_string(target), layout.copy_options,
                                        partition_clause));
  auto partitions = arrange(raw.path(), fresh.path(), write, layout.suffix);

  switch (write.mode) {
    case FileWriteMode::kOverwrite: {
      std::string below;
      for (const auto& directory : write.static_partition) {
        below += (below.empty() ? "" : "/") + directory;
      }
      for (const auto& [name, moved] : write.moved_partitions) {
        if (!below.empty() && !(name + "/").starts_with(below + "/")) continue;
        const fs::path new_files = fs::path(fresh.path()) / name;
        if (fs::exists(new_files, failure)) {
          replace_directory(new_files.string(), moved);
          fs::remove_all(new_files, failure);
        } else {
          fs::remove_all(moved, failure);
        }
      }
      if (below.empty()) {
        touch(fs::path(fresh.path()) / "_SUCCESS");
        replace_directory(fresh.path(), write.location);
        return partitions;
      }
      const fs::path new_files = fs::path(fresh.path()) / below;
      if (fs::exists(new_files, failure)) {
        replace_directory(new_files.string(), (location / below).string());
      } else {
        fs::remove_all(location / below, failure);
      }
      break;
    }
    case FileWriteMode::kOverwriteTouchedPartitions:
      for (const auto& partition : partitions) {
        replace_directory((fs::path(fresh.path()) / partition).string(),
                          partition_path(write, partition).string());
      }
      break;
    case FileWriteMode::kAppend:
      fs::create_directories(location, failure);
      merge_into(fresh.path(), write);
      break;
  }
  fs::create_directories(location, failure);
  touch(location / "_SUCCESS");
  return partitions;
}

}  // namespace grebe::commands
