// DuckDB's COPY with RETURN_STATS as the writer of all data files; see data_files.h.
#include "lakehouse/table/data_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <random>
#include <set>
#include <utility>

#include "core/spark_error.h"
#include "lakehouse/table/nested_text.h"
#include "lakehouse/table/parquet_footer.h"
#include "lakehouse/table/storage_select.h"

namespace grebe::lakehouse {

using engine::quote_duckdb_identifier;
using engine::quote_duckdb_string;

namespace {

// Spark's codec names → DuckDB's.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kCodecs{{
    {"brotli", "brotli"},
    {"gzip", "gzip"},
    {"lz4", "lz4_raw"},
    {"lz4_raw", "lz4_raw"},
    {"none", "uncompressed"},
    {"snappy", "snappy"},
    {"uncompressed", "uncompressed"},
    {"zstd", "zstd"},
}};

std::string_view duckdb_codec(std::string_view name) {
  for (const auto& [spark, duckdb] : kCodecs) {
    if (spark == name) return duckdb;
  }
  throw core::plain_error(core::ErrorClass::kIllegalArgument,
                          fmt::format("Codec [{}] is not available. Available codecs are brotli, "
                                      "uncompressed, lz4, gzip, lz4_raw, snappy, none, zstd.",
                                      name));
}

std::string copy_statement(const std::string& select, const DataFileOptions& options,
                           const std::string& prefix) {
  std::string copy = fmt::format(
      "COPY ({}) TO {} (FORMAT parquet, COMPRESSION {}, RETURN_STATS, APPEND, FILENAME_PATTERN {}",
      select, quote_duckdb_string(options.directory), duckdb_codec(options.compression),
      quote_duckdb_string(prefix + "{uuid}"));
  if (!options.field_ids.empty()) copy += fmt::format(", FIELD_IDS {}", options.field_ids);
  if (!options.footer.empty()) {
    std::string entries;
    for (const auto& [key, value] : options.footer) {
      entries += fmt::format("{}{}: {}", entries.empty() ? "" : ", ", quote_duckdb_identifier(key),
                             quote_duckdb_string(value));
    }
    copy += fmt::format(", KV_METADATA {{{}}}", entries);
  }
  if (options.partition_columns.empty()) {
    copy += fmt::format(", FILE_SIZE_BYTES {}", options.target_bytes);
  } else {
    std::string names;
    for (const std::string& column : options.partition_columns) {
      names += fmt::format("{}{}", names.empty() ? "" : ", ", quote_duckdb_identifier(column));
    }
    copy += fmt::format(", PARTITION_BY ({})", names);
    if (options.in_files == DataFileOptions::PartitionColumns::kWrite) {
      copy += ", WRITE_PARTITION_COLUMNS true";
    }
  }
  return copy + ")";
}

ColumnStatistics parse_statistics(const std::string& text) {
  auto entries = parse_map_text(text);
  ColumnStatistics statistics;
  const auto number = [&](const char* key) {
    const auto found = entries.find(key);
    return found != entries.end() && found->second ? std::stoll(*found->second) : 0;
  };
  statistics.nulls = number("null_count");
  statistics.values = number("num_values");
  statistics.bytes = number("column_size_bytes");
  const auto nan = entries.find("has_nan");
  if (nan != entries.end() && nan->second == "true") return statistics;
  if (const auto min = entries.find("min"); min != entries.end()) statistics.min = min->second;
  if (const auto max = entries.find("max"); max != entries.end()) statistics.max = max->second;
  return statistics;
}

/// A row of RETURN_STATS: filename, count, file size, footer size, statistics, partition keys.
DataFile parse_file(const std::vector<std::optional<std::string>>& row,
                    const DataFileOptions& options) {
  DataFile file;
  file.path = row[0].value_or("");
  file.rows = std::stoll(row[1].value_or("0"));
  file.bytes = std::stoll(row[2].value_or("0"));
  for (const auto& [path, statistics] : parse_map_text(row[4].value_or("{}"))) {
    if (statistics) file.columns[parse_column_path(path)] = parse_statistics(*statistics);
  }
  if (!options.partition_columns.empty()) {
    auto keys = parse_map_text(row[5].value_or("{}"));
    for (const std::string& column : options.partition_columns) {
      const auto key = keys.find(column);
      if (key == keys.end()) throw core::internal_error("COPY gave no value of " + column);
      file.partition_values.push_back(key->second);
    }
  }
  return file;
}

/// Precisions of the schema's leaves in order; 0 for what is not to be changed.
void add_leaf_precisions(const types::DataType& type, std::vector<int>& precisions) {
  switch (type.kind()) {
    case types::TypeKind::kStruct:
      for (const types::StructField& field : type.fields()) {
        add_leaf_precisions(field.type, precisions);
      }
      return;
    case types::TypeKind::kArray:
      return add_leaf_precisions(type.element(), precisions);
    case types::TypeKind::kMap:
      add_leaf_precisions(type.key(), precisions);
      return add_leaf_precisions(type.value(), precisions);
    case types::TypeKind::kDecimal:
      precisions.push_back(is_short_decimal(type) ? type.precision() : 0);
      return;
    default:
      precisions.push_back(0);
  }
}

/// Writes the schema's precisions over the 38 that DuckDB was given.
void state_precisions(ObjectStore& store, const std::string& path, const types::Schema& schema) {
  constexpr size_t kTail = 8;  // the footer's length and the magic word
  constexpr size_t kGuess = 65536;
  std::vector<int> precisions;
  add_leaf_precisions(types::DataType::struct_type(schema), precisions);
  if (std::all_of(precisions.begin(), precisions.end(), [](int digits) { return digits == 0; })) {
    return;
  }
  std::string end = store.read_end(path, kGuess);
  uint32_t length = 0;
  std::memcpy(&length, end.data() + end.size() - kTail, sizeof length);
  if (length + kTail > end.size()) end = store.read_end(path, length + kTail);
  std::string footer = end.substr(end.size() - kTail - length, length);
  const auto places = find_decimal_precisions(footer);
  if (places.size() != precisions.size()) {
    throw core::internal_error("a data file has other columns than were written");
  }
  for (size_t leaf = 0; leaf < places.size(); ++leaf) {
    if (precisions[leaf] == 0) continue;
    for (const size_t place : places[leaf]) {
      if (footer[place] != 2 * 38) throw core::internal_error("a decimal was written with less");
      footer[place] = static_cast<char>(2 * precisions[leaf]);
    }
  }
  store.patch_end(path, length + kTail, footer);
}

void discard_by_prefix(ObjectStore& store, const std::string& directory, const std::string& prefix,
                       int depth) {
  for (const ObjectInfo& entry : store.list(directory)) {
    const std::string path = join_path(directory, entry.name);
    if (entry.is_directory && depth > 0) {
      discard_by_prefix(store, path, prefix, depth - 1);
    } else if (entry.name.compare(0, prefix.size(), prefix) == 0) {
      store.remove(path);
    }
  }
}

}  // namespace

std::string random_uuid() {
  static thread_local std::mt19937_64 generator{std::random_device{}()};
  const uint64_t high = generator();
  const uint64_t low = generator();
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xffff,
                     high & 0xfff, (low >> 48 & 0x3fff) | 0x8000, low & 0xffffffffffff);
}

std::vector<DataFile> write_data_files(const Environment& environment, const std::string& select,
                                       const DataFileOptions& options) {
  const std::string prefix = fmt::format("part-{}-", random_uuid().substr(0, 8));
  environment.store->make_directory(options.directory);
  try {
    std::vector<DataFile> files;
    std::set<std::string> directories;
    for (const auto& row : environment.connection->rows(copy_statement(select, options, prefix))) {
      DataFile file = parse_file(row, options);
      if (file.rows == 0) {
        environment.store->remove(file.path);
        continue;
      }
      state_precisions(*environment.store, file.path, options.fixed_decimals);
      environment.store->sync(file.path);
      directories.insert(std::filesystem::path(file.path).parent_path());
      files.push_back(std::move(file));
    }
    // A file outlives a loss of power only if its name does.
    for (const std::string& directory : directories) environment.store->sync(directory);
    return files;
  } catch (...) {
    try {
      discard_by_prefix(*environment.store, options.directory, prefix,
                        static_cast<int>(options.partition_columns.size()));
    } catch (const core::SparkError&) {
      // Unreferenced files are harmless; the first error is the one to tell.
    }
    throw;
  }
}

void discard_data_files(const Environment& environment, const std::vector<DataFile>& files) {
  for (const DataFile& file : files) {
    try {
      environment.store->remove(file.path);
    } catch (const core::SparkError&) {
      // Unreferenced files are harmless.
    }
  }
}

}  // namespace grebe::lakehouse
