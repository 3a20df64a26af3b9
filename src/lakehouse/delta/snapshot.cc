// Log replay: newest usable checkpoint, then the commits behind it; see snapshot.h.
#include "lakehouse/delta/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "core/spark_error.h"
#include "lakehouse/delta/features.h"
#include "lakehouse/table/value_text.h"

namespace grebe::lakehouse::delta {

using engine::quote_duckdb_string;

namespace {

/// The parts of one complete classic checkpoint.
struct Checkpoint {
  int64_t version = -1;
  std::vector<std::string> paths;
};

/// What lies in the log directory.
struct LogListing {
  /// Commit files: version → modification time in ms.
  std::map<int64_t, int64_t> commits;
  std::map<int64_t, Checkpoint> checkpoints;
  /// Versions of checkpoints named after the v2 spec.
  std::set<int64_t> v2_checkpoints;
};

std::optional<int64_t> version_of(std::string_view name) {
  if (name.size() < 21 || name[20] != '.') return std::nullopt;
  int64_t version = 0;
  for (const char c : name.substr(0, 20)) {
    if (c < '0' || c > '9') return std::nullopt;
    version = version * 10 + (c - '0');
  }
  return version;
}

LogListing list_log(ObjectStore& store, const std::string& directory) {
  LogListing listing;
  // Multipart checkpoints: version.checkpoint.0000000001.0000000003.parquet
  std::map<std::pair<int64_t, int>, std::vector<std::string>> parts;
  for (const ObjectInfo& entry : store.list(directory)) {
    const std::optional<int64_t> version = version_of(entry.name);
    if (!version) continue;
    const std::string rest = entry.name.substr(20);
    const std::string path = join_path(directory, entry.name);
    if (rest == ".json") {
      listing.commits[*version] = entry.modified_ms;
    } else if (rest == ".checkpoint.parquet") {
      listing.checkpoints[*version] = {*version, {path}};
    } else if (rest.size() == 41 && rest.compare(0, 12, ".checkpoint.") == 0) {
      parts[{*version, std::stoi(rest.substr(23, 10))}].push_back(path);
    } else if (rest.compare(0, 12, ".checkpoint.") == 0) {
      listing.v2_checkpoints.insert(*version);
    }
  }
  for (auto& [key, paths] : parts) {
    if (static_cast<int>(paths.size()) == key.second) {
      listing.checkpoints.try_emplace(key.first, Checkpoint{key.first, std::move(paths)});
    }
  }
  return listing;
}

/// Commit times as Delta sees them: file times, made strictly increasing.
std::map<int64_t, int64_t> commit_times(const LogListing& listing) {
  std::map<int64_t, int64_t> times;
  int64_t previous = INT64_MIN;
  for (const auto& [version, modified] : listing.commits) {
    previous = times[version] =
        previous != INT64_MIN && modified <= previous ? previous + 1 : modified;
  }
  return times;
}

/// The first version from which on the table can be rebuilt.
int64_t earliest_version(const LogListing& listing) {
  if (!listing.checkpoints.empty() &&
      (listing.commits.empty() || listing.commits.begin()->first > 0)) {
    return listing.checkpoints.begin()->first;
  }
  return listing.commits.empty() ? -1 : listing.commits.begin()->first;
}

core::SparkError analysis(std::string message) {
  return core::plain_error(core::ErrorClass::kAnalysis, std::move(message));
}

int64_t select_version(const LogListing& listing, const SnapshotSelector& selector,
                       const std::string& location) {
  const int64_t earliest = earliest_version(listing);
  const int64_t latest =
      std::max(listing.commits.empty() ? -1 : listing.commits.rbegin()->first,
               listing.checkpoints.empty() ? -1 : listing.checkpoints.rbegin()->first);
  if (latest < 0) throw analysis(fmt::format("`{}` is not a Delta table.", location));
  switch (selector.kind) {
    case SnapshotSelector::Kind::kLatest:
      return latest;
    case SnapshotSelector::Kind::kVersion:
      if (selector.number < earliest || selector.number > latest) {
        throw analysis(fmt::format(
            "Cannot time travel Delta table to version {}. Available versions: [{}, {}].",
            selector.number, earliest, latest));
      }
      return selector.number;
    case SnapshotSelector::Kind::kTimestamp: {
      const auto times = commit_times(listing);
      const int64_t asked = selector.number / 1000;
      int64_t found = -1;
      for (const auto& [version, time] : times) {
        if (time <= asked && version >= earliest) found = version;
      }
      if (found < 0) {
        throw analysis(fmt::format(
            "The provided timestamp ({}) is before the earliest version available to this table "
            "({}).",
            format_timestamp(selector.number, 6, ' '),
            times.empty() ? "none" : format_timestamp(times.begin()->second * 1000, 3, ' ')));
      }
      if (found == latest && asked > times.at(latest)) {
        throw analysis(fmt::format(
            "The provided timestamp ({}) is after the latest version available to this table "
            "({}). Please use a timestamp before or at {}.",
            format_timestamp(selector.number, 6, ' '),
            format_timestamp(times.at(latest) * 1000, 3, ' '),
            format_timestamp(times.at(latest) * 1000, 3, ' ')));
      }
      return found;
    }
    case SnapshotSelector::Kind::kInstant:
    case SnapshotSelector::Kind::kSnapshotId:
    case SnapshotSelector::Kind::kReference:
      break;
  }
  throw analysis("A Delta table is read as of a version or a timestamp only.");
}

/// Rows of a checkpoint as actions, through JSON.
Actions read_checkpoint(const Environment& environment, const Checkpoint& checkpoint) {
  std::string files;
  for (const std::string& path : checkpoint.paths) {
    files += fmt::format("{}{}", files.empty() ? "" : ", ", quote_duckdb_string(path));
  }
  const std::string scan = fmt::format("read_parquet([{}], union_by_name = true)", files);
  const std::set<std::string> wanted{"protocol", "metaData", "add", "remove", "txn", "sidecar"};
  Actions actions;
  for (const auto& [name, type] :
       environment.connection->describe(fmt::format("SELECT * FROM {}", scan))) {
    if (wanted.count(name) == 0) continue;
    const std::string column = engine::quote_duckdb_identifier(name);
    const auto rows = environment.connection->rows(
        fmt::format("SELECT to_json(struct_pack({0} := {0})) FROM {1} WHERE {0} IS NOT NULL",
                    column, scan),
        INT32_MAX);
    for (const auto& row : rows) append_actions(actions, parse_action(row[0].value_or("{}")));
  }
  if (actions.has_sidecars) throw core::unsupported("Delta checkpoints with sidecar files");
  return actions;
}

std::string file_key(const std::string& path, const std::string& deletion_vector) {
  return deletion_vector.empty() ? path : path + "\n" + deletion_vector;
}

/// Fails when a version between `from` and `to` has no commit file.
void check_complete(const LogListing& listing, int64_t from, int64_t to) {
  for (int64_t version = from; version <= to; ++version) {
    if (listing.commits.count(version) != 0) continue;
    if (!listing.v2_checkpoints.empty()) throw core::unsupported("Delta checkpoints of version 2");
    throw core::plain_error(
        core::ErrorClass::kSpark,
        fmt::format("The Delta log is not complete: version {} is missing.", version));
  }
}

}  // namespace

std::string log_directory(const std::string& location) { return join_path(location, "_delta_log"); }

int64_t latest_version(ObjectStore& store, const std::string& location) {
  const LogListing listing = list_log(store, log_directory(location));
  return std::max(listing.commits.empty() ? -1 : listing.commits.rbegin()->first,
                  listing.checkpoints.empty() ? -1 : listing.checkpoints.rbegin()->first);
}

void apply_actions(TableState& state, const Actions& actions) {
  if (actions.protocol) state.protocol = *actions.protocol;
  if (actions.metadata) {
    if (!state.metadata.id.empty() &&
        state.metadata.schema_string != actions.metadata->schema_string) {
      state.one_schema = false;
    }
    state.metadata = *actions.metadata;
  }
  for (const Transaction& transaction : actions.transactions) {
    state.transactions[transaction.app_id] = transaction;
  }
  // Removes first: a commit may remove a file and add it again with a new deletion vector.
  for (const RemoveFile& remove : actions.removes) {
    const std::string key = file_key(remove.path, remove.deletion_vector);
    state.files.erase(key);
    state.removed[key] = remove;
  }
  for (const AddFile& add : actions.adds) {
    const std::string key = file_key(add.path, add.deletion_vector);
    state.removed.erase(key);
    state.files[key] = add;
  }
}

TableState replay_log(const Environment& environment, const std::string& location,
                      const SnapshotSelector& selector) {
  const std::string directory = log_directory(location);
  const LogListing listing = list_log(*environment.store, directory);
  TableState state;
  state.version = select_version(listing, selector, location);
  const auto after = listing.checkpoints.upper_bound(state.version);
  int64_t next = 0;
  state.one_schema = true;
  if (after != listing.checkpoints.begin()) {
    const Checkpoint& checkpoint = std::prev(after)->second;
    apply_actions(state, read_checkpoint(environment, checkpoint));
    next = checkpoint.version + 1;
    state.one_schema = false;
  }
  check_complete(listing, next, state.version);
  for (int64_t version = next; version <= state.version; ++version) {
    const std::optional<std::string> text =
        environment.store->read(join_path(directory, commit_name(version)));
    if (!text) check_complete({}, version, version);
    apply_actions(state, parse_commit(*text));
  }
  if (state.metadata.id.empty()) {
    throw core::plain_error(core::ErrorClass::kSpark,
                            fmt::format("The Delta log of {} holds no metadata.", location));
  }
  const auto times = commit_times(listing);
  if (const auto time = times.find(state.version); time != times.end()) {
    state.commit_timestamp = time->second;
  }
  check_readable(state.protocol);
  return state;
}

std::vector<HistoryEntry> read_history(const Environment& environment,
                                       const std::string& location) {
  const std::string directory = log_directory(location);
  const LogListing listing = list_log(*environment.store, directory);
  std::vector<HistoryEntry> entries;
  for (const auto& [version, time] : commit_times(listing)) {
    const auto text = environment.store->read(join_path(directory, commit_name(version)));
    if (!text) continue;  // cleaned up meanwhile
    HistoryEntry& entry = entries.emplace_back();
    entry.version = version;
    entry.committed_micros = time * 1000;
    const Actions actions = parse_commit(*text);
    if (!actions.commit_info) continue;
    entry.operation = actions.commit_info->operation;
    entry.parameters = actions.commit_info->parameters;
    entry.metrics = actions.commit_info->metrics;
    entry.is_blind_append = actions.commit_info->blind_append;
    entry.engine = actions.commit_info->engine;
  }
  std::reverse(entries.begin(), entries.end());
  return entries;
}

}  // namespace grebe::lakehouse::delta
