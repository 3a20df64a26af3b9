// Hudi's table configuration, timeline names and commit metadata ↔ their text (table version 6).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::lakehouse::hudi {

inline constexpr int kTableVersion = 6;

/// `hoodie.properties`.
using TableConfig = std::map<std::string, std::string>;

/// Java's property file format.
TableConfig parse_properties(std::string_view text);
std::string print_properties(const TableConfig& properties, std::string_view comment);

/// CRC32 of `database.table` (or `.table`), as hoodie.table.checksum wants it.
std::string table_checksum(const TableConfig& config);

/// `20240131100000123`: an instant of the timeline, UTC.
std::string format_instant(int64_t micros);
/// µs since the epoch of an instant.
std::optional<int64_t> parse_instant(std::string_view instant);
/// What a user may write for as.of.instant: an instant, a date, or a date and time. Throws.
std::string normalise_instant(std::string_view text);

/// A file of the timeline: `<instant>.<action>[.<state>]`.
struct TimelineFile {
  std::string instant;
  /// "commit", "replacecommit", "deltacommit", "clean" …
  std::string action;
  enum class State : uint8_t { kRequested, kInflight, kCompleted };
  State state = State::kCompleted;
};
std::optional<TimelineFile> parse_timeline_name(std::string_view name);

/// `<file id>_<write token>_<instant>.parquet`.
struct BaseFileName {
  std::string file_id;
  std::string instant;
};
std::optional<BaseFileName> parse_base_file_name(std::string_view name);
std::string base_file_name(const std::string& file_id, const std::string& instant);

/// What a commit says about one file that it wrote.
struct WriteStat {
  std::string file_id;
  /// Relative to the table.
  std::string path;
  std::string partition;
  /// Instant of the slice that the file replaces, "null" for a new file group.
  std::string previous_commit = "null";
  int64_t writes = 0;
  int64_t inserts = 0;
  int64_t updates = 0;
  int64_t bytes = 0;
};

/// A completed commit or replacecommit.
struct CommitMetadata {
  std::vector<WriteStat> stats = {};
  /// Avro schema of the rows, meta columns excluded.
  std::string schema;
  /// UPSERT, INSERT, BULK_INSERT, INSERT_OVERWRITE, INSERT_OVERWRITE_TABLE.
  std::string operation;
  /// Partition → file ids that are gone (replacecommit).
  std::map<std::string, std::vector<std::string>> replaced = {};
};
std::string print_commit_metadata(const CommitMetadata& metadata);
/// Reads the schema, the replaced file ids and the operation. Throws on malformed text.
CommitMetadata parse_commit_metadata(std::string_view text);

}  // namespace grebe::lakehouse::hudi
