// Version files, the hint and look-ups inside a document; see table_metadata.h.
#include "lakehouse/iceberg/table_metadata.h"

#include <fmt/format.h>

#include <chrono>

#include "core/spark_error.h"

namespace grebe::lakehouse::iceberg {

namespace {

constexpr std::string_view kSuffix = ".metadata.json";

core::SparkError malformed(const std::string& what) {
  return core::plain_error(core::ErrorClass::kSpark,
                           fmt::format("The Iceberg metadata lacks {}.", what));
}

/// N of `vN.metadata.json`.
std::optional<int64_t> version_of(std::string_view name) {
  if (name.size() <= kSuffix.size() + 1 || name[0] != 'v') return std::nullopt;
  if (name.substr(name.size() - kSuffix.size()) != kSuffix) return std::nullopt;
  const std::string_view digits = name.substr(1, name.size() - kSuffix.size() - 1);
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  return std::stoll(std::string(digits));
}

struct Found {
  int64_t version = -1;
  std::string name;
};

/// The newest version file; else the newest document that a catalog wrote (`00003-<uuid>…`).
Found find_newest(ObjectStore& store, const std::string& location) {
  Found newest;
  std::string foreign;
  for (const ObjectInfo& entry : store.list(metadata_directory(location))) {
    if (entry.is_directory || entry.name.size() <= kSuffix.size() ||
        entry.name.substr(entry.name.size() - kSuffix.size()) != kSuffix || entry.name[0] == '.') {
      continue;
    }
    if (const auto version = version_of(entry.name)) {
      if (*version > newest.version) newest = {*version, entry.name};
    } else if (entry.name[0] >= '0' && entry.name[0] <= '9') {
      foreign = entry.name;  // listed in order, so the last has the highest number
    } else if (entry.name.find(".gz.") != std::string::npos) {
      throw core::unsupported("compressed Iceberg metadata files");
    }
  }
  if (newest.version < 0 && !foreign.empty()) newest.name = foreign;
  return newest;
}

const Json& with_id(const Json& document, const char* list, const char* key, int id) {
  if (const auto found = document.find(list); found != document.end()) {
    for (const Json& item : *found) {
      if (item.value(key, -1) == id) return item;
    }
  }
  throw malformed(fmt::format("{} {}", key, id));
}

}  // namespace

int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string metadata_directory(const std::string& location) {
  return join_path(location, "metadata");
}

bool has_metadata(ObjectStore& store, const std::string& location) {
  return !find_newest(store, location).name.empty();
}

std::optional<TableMetadata> find_metadata(ObjectStore& store, const std::string& location) {
  const Found newest = find_newest(store, location);
  if (newest.name.empty()) return std::nullopt;
  TableMetadata metadata{.version = newest.version,
                         .path = join_path(metadata_directory(location), newest.name)};
  const auto text = store.read(metadata.path);
  if (!text) throw malformed("its file " + metadata.path);
  metadata.document = Json::parse(*text, nullptr, false);
  if (!metadata.document.is_object()) throw malformed("a JSON object in " + metadata.path);
  const int format = metadata.document.value("format-version", 0);
  if (format < 1 || format > 3) {
    throw core::unsupported(fmt::format("Iceberg tables of format version {}", format));
  }
  return metadata;
}

bool put_metadata(ObjectStore& store, const std::string& location, int64_t version,
                  const Json& document) {
  const std::string directory = metadata_directory(location);
  store.make_directory(directory);
  const std::string path = join_path(directory, fmt::format("v{}{}", version, kSuffix));
  if (!store.put_if_absent(path, document.dump())) return false;
  try {
    store.replace(join_path(directory, "version-hint.text"), fmt::to_string(version));
  } catch (const core::SparkError&) {
    // The commit stands; readers find a newer version than the hint's by looking.
  }
  return true;
}

const Json& schema_with_id(const Json& document, int id) {
  return with_id(document, "schemas", "schema-id", id);
}

const Json& current_schema(const Json& document) {
  if (!document.contains("schemas") && document.contains("schema")) return document.at("schema");
  return schema_with_id(document, document.value("current-schema-id", 0));
}

const Json& default_spec(const Json& document) {
  return with_id(document, "partition-specs", "spec-id", document.value("default-spec-id", 0));
}

const Json* snapshot_with_id(const Json& document, int64_t id) {
  if (const auto found = document.find("snapshots"); found != document.end()) {
    for (const Json& snapshot : *found) {
      if (snapshot.value("snapshot-id", int64_t{-1}) == id) return &snapshot;
    }
  }
  return nullptr;
}

const Json* current_snapshot(const Json& document) {
  const auto id = document.find("current-snapshot-id");
  if (id == document.end() || !id->is_number()) return nullptr;
  return snapshot_with_id(document, id->get<int64_t>());
}

}  // namespace grebe::lakehouse::iceberg
