// The actions of Delta's transaction log as values ↔ their JSON (protocol document, "Actions").
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::lakehouse::delta {

using PartitionValues = std::map<std::string, std::optional<std::string>>;

struct Protocol {
  int reader_version = 1;
  int writer_version = 2;
  std::vector<std::string> reader_features = {};
  std::vector<std::string> writer_features = {};
};

struct Metadata {
  std::string id = {};
  std::string name = {};
  std::string description = {};
  std::string provider = "parquet";
  /// Spark's JSON of the schema.
  std::string schema_string = {};
  std::vector<std::string> partition_columns = {};
  std::map<std::string, std::string> configuration = {};
  int64_t created_time = 0;
};

struct AddFile {
  /// As in the log: relative and percent-encoded, or an absolute URI.
  std::string path = {};
  PartitionValues partition_values = {};
  int64_t size = 0;
  int64_t modification_time = 0;
  bool data_change = true;
  /// JSON text, empty for none.
  std::string stats = {};
  /// JSON object text of a deletion vector's descriptor, empty for none.
  std::string deletion_vector = {};
};

struct RemoveFile {
  std::string path = {};
  int64_t deletion_timestamp = 0;
  bool data_change = true;
  PartitionValues partition_values = {};
  int64_t size = 0;
  std::string deletion_vector = {};
};

struct Transaction {
  std::string app_id = {};
  int64_t version = 0;
  int64_t last_updated = 0;
};

struct CommitInfo {
  int64_t timestamp = 0;
  std::string operation = {};
  std::map<std::string, std::string> parameters = {};
  std::map<std::string, std::string> metrics = {};
  bool blind_append = false;
  std::string engine = {};
};

/// One line of a commit holds one of these; what we do not know is left out.
struct Actions {
  std::optional<Protocol> protocol = {};
  std::optional<Metadata> metadata = {};
  std::vector<AddFile> adds = {};
  std::vector<RemoveFile> removes = {};
  std::vector<Transaction> transactions = {};
  std::optional<CommitInfo> commit_info = {};
  /// A checkpoint refers to sidecar files (v2 checkpoints).
  bool has_sidecars = false;
};

/// Adds the action of one JSON line (`{"add": {…}}`) to `actions`. Throws on malformed text.
Actions parse_action(std::string_view json_line);
/// All lines of a commit file.
Actions parse_commit(std::string_view text);
/// Moves `more` behind `actions`.
void append_actions(Actions& actions, Actions more);

/// One JSON line each, newline included.
std::string print_commit(const Actions& actions);

/// `00000000000000000007.json`.
std::string commit_name(int64_t version);
std::string checkpoint_name(int64_t version);

/// Percent-encodes a relative path for the log / decodes a path of the log.
std::string encode_path(std::string_view path);
std::string decode_path(std::string_view uri);

}  // namespace grebe::lakehouse::delta
