// Snapshot selection by id, time or reference; see snapshot.h.
#include "lakehouse/iceberg/snapshot.h"

#include <fmt/format.h>

#include "core/spark_error.h"
#include "lakehouse/table/value_text.h"

namespace grebe::lakehouse::iceberg {

namespace {

core::SparkError invalid(std::string message) {
  return core::plain_error(core::ErrorClass::kIllegalArgument, std::move(message));
}

/// The last snapshot of the history at or before a moment.
const Json* snapshot_at(const Json& document, int64_t micros) {
  const Json* found = nullptr;
  if (const auto log = document.find("snapshot-log"); log != document.end()) {
    for (const Json& entry : *log) {
      if (entry.at("timestamp-ms").get<int64_t>() * 1000 <= micros) {
        found = snapshot_with_id(document, entry.at("snapshot-id").get<int64_t>());
      }
    }
  }
  if (found == nullptr) {
    throw invalid(
        fmt::format("Cannot find a snapshot older than {}", format_timestamp(micros, 3) + "Z"));
  }
  return found;
}

const Json* select_snapshot(const Json& document, const SnapshotSelector& selector) {
  switch (selector.kind) {
    case SnapshotSelector::Kind::kLatest:
      return current_snapshot(document);
    case SnapshotSelector::Kind::kVersion:
    case SnapshotSelector::Kind::kSnapshotId: {
      const Json* found = snapshot_with_id(document, selector.number);
      if (found == nullptr)
        throw invalid(fmt::format("Cannot find snapshot with ID {}", selector.number));
      return found;
    }
    case SnapshotSelector::Kind::kTimestamp:
      return snapshot_at(document, selector.number);
    case SnapshotSelector::Kind::kReference: {
      const auto refs = document.find("refs");
      if (refs != document.end() && refs->contains(selector.text)) {
        return snapshot_with_id(document, refs->at(selector.text).at("snapshot-id").get<int64_t>());
      }
      throw invalid(fmt::format("Cannot find matching snapshot ID or reference name for version {}",
                                selector.text));
    }
    case SnapshotSelector::Kind::kInstant:
      break;
  }
  throw invalid("An Iceberg table is read as of a snapshot, a timestamp, a branch or a tag only.");
}

}  // namespace

Snapshot open_table(const Environment& environment, const std::string& location,
                    const SnapshotSelector& selector) {
  const auto metadata = find_metadata(*environment.store, location);
  if (!metadata) {
    throw core::plain_error(core::ErrorClass::kAnalysis,
                            fmt::format("`{}` is not an Iceberg table.", location));
  }
  const Json& document = metadata->document;
  const Json* chosen = select_snapshot(document, selector);
  const bool is_latest = selector.kind == SnapshotSelector::Kind::kLatest;
  const Json& schema = chosen != nullptr && !is_latest && chosen->contains("schema-id")
                           ? schema_with_id(document, chosen->at("schema-id").get<int>())
                           : current_schema(document);
  Snapshot snapshot{.format = "iceberg", .location = location, .schema = parse_schema(schema)};
  if (const auto properties = document.find("properties"); properties != document.end()) {
    for (const auto& [key, value] : properties->items()) {
      if (value.is_string()) snapshot.properties[key] = value.get<std::string>();
    }
  }
  if (const auto comment = snapshot.properties.find("comment");
      comment != snapshot.properties.end()) {
    snapshot.comment = comment->second;
  }
  if (chosen == nullptr) return snapshot;  // created, but nothing was ever written
  snapshot.version = chosen->at("snapshot-id").get<int64_t>();
  snapshot.version_text = fmt::to_string(snapshot.version);
  snapshot.committed_micros = chosen->at("timestamp-ms").get<int64_t>() * 1000;
  if (const auto summary = chosen->find("summary"); summary != chosen->end()) {
    if (summary->value("total-data-files", "") == "0") {
      snapshot.rows = 0;
      return snapshot;
    }
    const std::string total = summary->value("total-records", "");
    if (!total.empty() && summary->value("total-delete-files", "0") == "0") {
      snapshot.rows = std::stoll(total);
    }
  }
  // A snapshot by its id is read with the schema that it was written with; the newest state has the
  // table's own, which may have changed since.
  snapshot.extension = ExtensionRead{"iceberg", metadata->path, {}};
  if (!is_latest) snapshot.extension->snapshot = snapshot.version;
  return snapshot;
}

}  // namespace grebe::lakehouse::iceberg
