// Timeline first, then listing, so that a file is taken only if its commit is; see snapshot.h.
#include "lakehouse/hudi/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/spark_error.h"
#include "lakehouse/hudi/metadata.h"
#include "lakehouse/table/storage_select.h"

namespace grebe::lakehouse::hudi {

namespace {

constexpr int kMaxPartitionDepth = 32;

core::SparkError analysis(std::string message) {
  return core::plain_error(core::ErrorClass::kAnalysis, std::move(message));
}

std::string value_of(const TableConfig& config, const std::string& key) {
  const auto found = config.find(key);
  return found == config.end() ? std::string() : found->second;
}

TableConfig read_config(ObjectStore& store, const std::string& location) {
  const std::string directory = timeline_directory(location);
  auto text = store.read(join_path(directory, "hoodie.properties"));
  // A writer that is changing the file leaves a backup until it is done.
  if (!text) text = store.read(join_path(directory, "hoodie.properties.backup"));
  if (!text) throw analysis(fmt::format("`{}` is not a Hudi table.", location));
  TableConfig config = parse_properties(*text);
  const std::string version = value_of(config, "hoodie.table.version");
  if (std::atoi(version.c_str()) > kTableVersion) {
    throw core::unsupported(
        fmt::format("Hudi tables of version {} (write them with hoodie.write.table.version={})",
                    version, kTableVersion));
  }
  const std::string type = value_of(config, "hoodie.table.type");
  if (!type.empty() && type != "COPY_ON_WRITE") {
    throw core::unsupported(fmt::format("Hudi tables of type {}", type));
  }
  if (!value_of(config, "hoodie.table.bootstrap.base.path").empty()) {
    throw core::unsupported("bootstrapped Hudi tables");
  }
  const std::string base = value_of(config, "hoodie.table.base.file.format");
  if (!base.empty() && !same_name(base, "parquet")) {
    throw core::unsupported(fmt::format("Hudi tables with {} files", base));
  }
  return config;
}

struct Timeline {
  /// Completed commits and replacecommits by instant; the value is the action.
  std::map<std::string, std::string> completed;
  /// Instants that began and did not complete.
  std::set<std::string> pending;
  std::string newest;
};

Timeline read_timeline(ObjectStore& store, const std::string& location) {
  Timeline timeline;
  std::set<std::string> begun;
  for (const ObjectInfo& entry : store.list(timeline_directory(location))) {
    const auto file = entry.is_directory ? std::nullopt : parse_timeline_name(entry.name);
    if (!file) continue;
    if (file->action == "deltacommit") throw core::unsupported("Hudi tables with delta commits");
    if (file->action != "commit" && file->action != "replacecommit") continue;
    if (file->state == TimelineFile::State::kCompleted) {
      timeline.completed[file->instant] = file->action;
    } else {
      begun.insert(file->instant);
    }
  }
  if (!begun.empty()) timeline.newest = *begun.rbegin();
  if (!timeline.completed.empty()) {
    timeline.newest = std::max(timeline.newest, timeline.completed.rbegin()->first);
  }
  for (const std::string& instant : begun) {
    if (timeline.completed.count(instant) == 0) timeline.pending.insert(instant);
  }
  return timeline;
}

/// All base files below a folder.
void list_base_files(ObjectStore& store, const std::string& location, const std::string& partition,
                     int depth, std::vector<FileSlice>& found) {
  const std::string directory = partition.empty() ? location : join_path(location, partition);
  for (const ObjectInfo& entry : store.list(directory)) {
    if (entry.is_directory) {
      if (entry.name[0] == '.' || depth == 0) continue;
      const std::string inner = partition.empty() ? entry.name : join_path(partition, entry.name);
      list_base_files(store, location, inner, depth - 1, found);
    } else if (auto name = parse_base_file_name(entry.name)) {
      found.push_back({partition, std::move(name->file_id), std::move(name->instant),
                       join_path(directory, entry.name), entry.size, entry.modified_ms});
    }
  }
}

/// The instant that a selector means; files of later ones do not count.
std::string last_instant(const SnapshotSelector& selector) {
  switch (selector.kind) {
    case SnapshotSelector::Kind::kLatest:
      return "99999999999999999";
    case SnapshotSelector::Kind::kInstant:
      return normalise_instant(selector.text);
    case SnapshotSelector::Kind::kTimestamp:
      return format_instant(selector.number);
    case SnapshotSelector::Kind::kVersion:
    case SnapshotSelector::Kind::kSnapshotId:
    case SnapshotSelector::Kind::kReference:
      break;
  }
  throw analysis("A Hudi table is read as of an instant only.");
}

/// Groups files into file groups and keeps the newest committed slice of each.
std::vector<FileSlice> resolve_slices(
    std::vector<FileSlice> files, const Timeline& timeline, const std::string& last,
    const std::map<std::pair<std::string, std::string>, std::string>& replaced) {
  // Commits before the active timeline are archived: their files are committed.
  const std::string oldest =
      timeline.completed.empty() ? std::string() : timeline.completed.begin()->first;
  std::map<std::pair<std::string, std::string>, FileSlice> newest;
  for (FileSlice& file : files) {
    const bool committed =
        timeline.completed.count(file.instant) != 0 ||
        (!oldest.empty() && file.instant < oldest && timeline.pending.count(file.instant) == 0);
    const std::pair<std::string, std::string> group{file.partition, file.file_id};
    if (!committed || file.instant > last || replaced.count(group) != 0) continue;
    FileSlice& held = newest[group];
    if (held.path.empty() || held.instant < file.instant) held = std::move(file);
  }
  std::vector<FileSlice> slices;
  for (auto& [group, slice] : newest) slices.push_back(std::move(slice));
  return slices;
}

}  // namespace

std::string timeline_directory(const std::string& location) {
  return join_path(location, ".hoodie");
}

bool is_table(ObjectStore& store, const std::string& location) {
  return store.exists(join_path(timeline_directory(location), "hoodie.properties"));
}

TableState read_table(ObjectStore& store, const std::string& location,
                      const SnapshotSelector& selector) {
  TableState state;
  state.config = read_config(store, location);
  const std::string last = last_instant(selector);
  // The timeline is read before the files: what commits in between is not seen at all.
  const Timeline timeline = read_timeline(store, location);
  state.newest_instant = timeline.newest;
  std::vector<FileSlice> files;
  list_base_files(store, location, "", kMaxPartitionDepth, files);
  std::map<std::pair<std::string, std::string>, std::string> replaced;
  std::string schema = value_of(state.config, "hoodie.table.create.schema");
  std::string first_schema;
  for (const auto& [instant, action] : timeline.completed) {
    if (instant > last) break;
    state.instant = instant;
    const std::string path =
        join_path(timeline_directory(location), fmt::format("{}.{}", instant, action));
    const auto text = store.read(path);
    if (!text || text->empty()) continue;  // archived meanwhile, or an empty marker
    CommitMetadata commit = parse_commit_metadata(*text);
    for (const auto& [partition, ids] : commit.replaced) {
      for (const std::string& id : ids) replaced[{partition, id}] = instant;
    }
    if (commit.schema.empty()) continue;
    if (!first_schema.empty() && first_schema != commit.schema) state.one_schema = false;
    schema = first_schema = std::move(commit.schema);
  }
  state.slices = resolve_slices(std::move(files), timeline, last, replaced);
  if (schema.empty()) throw core::unsupported("a Hudi table whose commits name no schema");
  state.schema = parse_avro_schema(schema);
  return state;
}

Snapshot make_snapshot(const TableState& state, const std::string& location) {
  if (value_of(state.config, "hoodie.datasource.write.drop.partition.columns") == "true") {
    throw core::unsupported("Hudi tables whose files lack the partition columns");
  }
  if (value_of(state.config, "hoodie.populate.meta.fields") == "false") {
    throw core::unsupported("Hudi tables without meta fields");
  }
  Snapshot snapshot{.format = "hudi",
                    .location = location,
                    .schema = meta_columns(),
                    .generated_columns = meta_columns().size(),
                    .properties = {state.config.begin(), state.config.end()},
                    .version_text = state.instant,
                    .committed_micros = parse_instant(state.instant).value_or(0),
                    .files_may_differ = !state.one_schema};
  snapshot.schema.insert(snapshot.schema.end(), state.schema.begin(), state.schema.end());
  for (const FileSlice& slice : state.slices) {
    snapshot.files.push_back(
        {.path = slice.path, .size = slice.size, .modified = slice.modified_ms * 1000});
  }
  return snapshot;
}

}  // namespace grebe::lakehouse::hudi
