// Requested, inflight, files, completed; the last put decides. See commit.h.
#include "lakehouse/hudi/commit.h"

#include <fmt/format.h>

#include <set>

#include "core/spark_error.h"
#include "lakehouse/hudi/metadata.h"
#include "lakehouse/hudi/rows.h"

namespace grebe::lakehouse::hudi {

namespace {

// Left in the staging folder, so that a later writer knows a dead one of ours from a foreign one.
constexpr const char* kWriterMark = "grebe";

std::string requested_path(const std::string& location, const WritePlan& plan) {
  return join_path(timeline_directory(location),
                   fmt::format("{}.{}.requested", plan.instant, plan.action()));
}

std::string inflight_path(const std::string& location, const WritePlan& plan) {
  const std::string name = plan.action() == "commit"
                               ? plan.instant + ".inflight"
                               : fmt::format("{}.{}.inflight", plan.instant, plan.action());
  return join_path(timeline_directory(location), name);
}

std::string completed_path(const std::string& location, const WritePlan& plan) {
  return join_path(timeline_directory(location), plan.instant + "." + plan.action());
}

void remove_tree(ObjectStore& store, const std::string& directory, int depth) {
  for (const ObjectInfo& entry : store.list(directory)) {
    const std::string path = join_path(directory, entry.name);
    if (entry.is_directory && depth > 0) {
      remove_tree(store, path, depth - 1);
    } else {
      store.remove(path);
    }
  }
  store.remove(directory);
}

/// Removes base files of the given instants anywhere below `directory`.
void remove_base_files(ObjectStore& store, const std::string& directory,
                       const std::set<std::string>& instants, int depth) {
  for (const ObjectInfo& entry : store.list(directory)) {
    const std::string path = join_path(directory, entry.name);
    if (entry.is_directory) {
      if (entry.name[0] != '.' && depth > 0) remove_base_files(store, path, instants, depth - 1);
    } else if (const auto name = parse_base_file_name(entry.name);
               name && instants.count(name->instant) != 0) {
      store.remove(path);
    }
  }
}

/// Clears what writers of ours left that died before they completed. Called under the lock. Files
/// go first: an instant without timeline files must have none.
void roll_back_dead_writers(ObjectStore& store, const std::string& location, bool is_table) {
  const std::string timeline = timeline_directory(location);
  std::map<std::string, std::vector<std::string>> begun;
  std::set<std::string> completed;
  for (const ObjectInfo& entry : store.list(timeline)) {
    const auto file = entry.is_directory ? std::nullopt : parse_timeline_name(entry.name);
    if (!file) continue;
    // What stands in the timeline of a table that was never created is nobody's.
    if (file->state == TimelineFile::State::kCompleted && is_table) {
      completed.insert(file->instant);
    } else {
      begun[file->instant].push_back(entry.name);
    }
  }
  std::set<std::string> dead;
  for (const auto& [instant, names] : begun) {
    const std::string mark = join_path(staging_directory(location, instant), kWriterMark);
    if (completed.count(instant) == 0 && (!is_table || store.exists(mark))) dead.insert(instant);
  }
  if (dead.empty()) return;
  remove_base_files(store, location, dead, 32);
  for (const std::string& instant : dead) {
    for (const std::string& name : begun[instant]) store.remove(join_path(timeline, name));
    remove_tree(store, staging_directory(location, instant), 2);
  }
}

CommitMetadata commit_metadata(const WritePlan& plan, const WrittenRows& written) {
  CommitMetadata metadata{.stats = written.stats,
                          .schema = print_avro_schema(plan.schema, plan.table_name),
                          .operation = plan.operation_name()};
  std::set<std::string> touched;
  for (const WriteStat& stat : written.stats) touched.insert(stat.partition);
  for (const FileSlice& slice : plan.before.slices) {
    const bool replaced =
        plan.operation == Operation::kInsertOverwriteTable ||
        (plan.operation == Operation::kInsertOverwrite && touched.count(slice.partition) != 0);
    if (replaced) metadata.replaced[slice.partition].push_back(slice.file_id);
  }
  return metadata;
}

void start(ObjectStore& store, const std::string& location, const WritePlan& plan) {
  const std::string staging = staging_directory(location, plan.instant);
  store.make_directory(staging);
  store.put_if_absent(join_path(staging, kWriterMark), "");
  if (!store.put_if_absent(requested_path(location, plan), "") ||
      !store.put_if_absent(inflight_path(location, plan), "")) {
    throw core::plain_error(
        core::ErrorClass::kSpark,
        fmt::format("Another Hudi writer has taken the instant {} of {}.", plan.instant, location));
  }
}

/// Undoes as much as it can of a write that did not come to its last step.
void abandon(ObjectStore& store, const std::string& location, const WritePlan& plan) {
  try {
    remove_base_files(store, location, {plan.instant}, 32);
    store.remove(inflight_path(location, plan));
    store.remove(requested_path(location, plan));
    remove_tree(store, staging_directory(location, plan.instant), 2);
  } catch (const core::SparkError&) {
    // The next writer rolls it back; readers do not see it.
  }
}

/// The last step: until it, readers see the table as it was.
void complete(ObjectStore& store, const std::string& location, const WritePlan& plan,
              const WrittenRows& written) {
  const std::string text = print_commit_metadata(commit_metadata(plan, written));
  if (!store.put_if_absent(completed_path(location, plan), text)) {
    throw core::plain_error(core::ErrorClass::kSpark,
                            fmt::format("The Hudi instant {} is completed already.", plan.instant));
  }
  if (!plan.creates) return;
  // A new table begins to exist with its configuration, rows included.
  const std::string properties = join_path(timeline_directory(location), "hoodie.properties");
  if (!store.put_if_absent(properties, print_properties(plan.config, "Written by Grebe"))) {
    throw core::plain_error(core::ErrorClass::kSpark,
                            fmt::format("Another writer created a Hudi table at {}.", location));
  }
}

}  // namespace

WriteResult write_table(const Environment& environment, const WriteRequest& request) {
  ObjectStore& store = *environment.store;
  const std::string timeline = timeline_directory(request.location);
  store.make_directory(timeline);
  const auto lock = store.lock(join_path(timeline, ".grebe.lock"));
  const bool existed = is_table(store, request.location);
  if (!existed || request.mode != WriteMode::kCreate) {
    roll_back_dead_writers(store, request.location, existed);
  }
  const WritePlan plan = plan_write(environment, request);
  WrittenRows written;
  try {
    start(store, request.location, plan);
    written = plan.operation == Operation::kUpsert ? upsert_rows(environment, request, plan)
                                                   : insert_rows(environment, request, plan);
  } catch (...) {
    abandon(store, request.location, plan);
    throw;
  }
  complete(store, request.location, plan, written);
  try {
    store.make_directory(join_path(timeline, "archived"));
    store.make_directory(join_path(timeline, ".aux"));
    remove_tree(store, staging_directory(request.location, plan.instant), 2);
  } catch (const core::SparkError&) {
    // The commit stands; empty folders are a courtesy.
  }
  WriteResult result{.version = plan.instant, .files = static_cast<int64_t>(written.files.size())};
  for (const WriteStat& stat : written.stats) {
    result.rows += stat.updates + stat.inserts;
    result.bytes += stat.bytes;
  }
  return result;
}

}  // namespace grebe::lakehouse::hudi
