// The update and requirement actions of Iceberg's REST specification; see table_update.h.
#include "lakehouse/iceberg/table_update.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "lakehouse/iceberg/table_metadata.h"
#include "lakehouse/table/data_files.h"

namespace grebe::lakehouse::iceberg {

namespace {

RestError bad_request(const std::string& message) { return {400, "BadRequestException", message}; }

/// Requirements that compare one number of the document.
struct NumberRequirement {
  std::string_view type;
  const char* document_key;
  const char* requirement_key;
};
constexpr std::array<NumberRequirement, 5> kNumberRequirements{{
    {"assert-current-schema-id", "current-schema-id", "current-schema-id"},
    {"assert-default-sort-order-id", "default-sort-order-id", "default-sort-order-id"},
    {"assert-default-spec-id", "default-spec-id", "default-spec-id"},
    {"assert-last-assigned-field-id", "last-column-id", "last-assigned-field-id"},
    {"assert-last-assigned-partition-id", "last-partition-id", "last-assigned-partition-id"},
}};

int highest_column_id(const Json& node) {
  int highest = 0;
  if (node.is_object()) {
    for (const auto& [key, value] : node.items()) {
      const bool is_id = key == "id" || key == "element-id" || key == "key-id" || key == "value-id";
      if (is_id && value.is_number_integer()) highest = std::max(highest, value.get<int>());
      highest = std::max(highest, highest_column_id(value));
    }
  } else if (node.is_array()) {
    for (const Json& item : node) highest = std::max(highest, highest_column_id(item));
  }
  return highest;
}

/// Adds an object with an id to a list; an id that is taken is given anew.
void add_numbered(Json& list, Json item, const char* key) {
  int highest = -1;
  bool taken = false;
  for (const Json& held : list) {
    const int id = held.at(key).get<int>();
    highest = std::max(highest, id);
    taken = taken || id == item.value(key, 0);
  }
  if (taken || !item.contains(key) || item.at(key).get<int>() < 0) item[key] = highest + 1;
  list.push_back(std::move(item));
}

/// The id that an update names; -1 means the one added last.
int resolve_id(const Json& list, const char* key, int id) {
  if (id != -1) return id;
  if (list.empty()) throw bad_request("nothing was added that -1 could mean");
  return list.back().at(key).get<int>();
}

void add_spec(Json& document, Json spec) {
  int last = document.value("last-partition-id", 999);
  for (Json& field : spec["fields"]) {
    if (!field.contains("field-id")) field["field-id"] = last + 1;
    last = std::max(last, field.at("field-id").get<int>());
  }
  document["last-partition-id"] = last;
  add_numbered(document["partition-specs"], std::move(spec), "spec-id");
}

void add_snapshot(Json& document, const Json& snapshot) {
  document["last-sequence-number"] = std::max(document.value("last-sequence-number", int64_t{0}),
                                              snapshot.value("sequence-number", int64_t{0}));
  document["snapshots"].push_back(snapshot);
}

void set_reference(Json& document, const Json& update) {
  const std::string name = update.at("ref-name").get<std::string>();
  Json reference = update;
  reference.erase("action");
  reference.erase("ref-name");
  const Json id = reference.at("snapshot-id");
  document["refs"][name] = std::move(reference);
  if (name != "main") return;
  if (document.value("current-snapshot-id", Json(-1)) != id) {
    document["snapshot-log"].push_back({{"timestamp-ms", now_ms()}, {"snapshot-id", id}});
  }
  document["current-snapshot-id"] = id;
}

void remove_snapshots(Json& document, const Json& ids) {
  Json kept = Json::array();
  for (const Json& snapshot : document.at("snapshots")) {
    if (std::find(ids.begin(), ids.end(), snapshot.at("snapshot-id")) == ids.end()) {
      kept.push_back(snapshot);
    }
  }
  document["snapshots"] = std::move(kept);
}

}  // namespace

void check_requirement(const Json& document, const Json& requirement) {
  const std::string type = requirement.at("type").get<std::string>();
  const auto fail = [&](const std::string& what) {
    throw RestError(409, "CommitFailedException", "Requirement failed: " + what);
  };
  if (type == "assert-create") {
    if (!document.is_null()) fail("table already exists");
    return;
  }
  if (document.is_null()) throw RestError(404, "NoSuchTableException", "Table does not exist");
  if (type == "assert-table-uuid") {
    if (document.at("table-uuid") != requirement.at("uuid")) fail("UUID does not match");
    return;
  }
  if (type == "assert-ref-snapshot-id") {
    const std::string name = requirement.at("ref").get<std::string>();
    Json held;
    if (const auto refs = document.find("refs"); refs != document.end() && refs->contains(name)) {
      held = refs->at(name).at("snapshot-id");
    }
    if (held != requirement.value("snapshot-id", Json())) {
      fail(fmt::format("branch or tag {} has changed", name));
    }
    return;
  }
  for (const NumberRequirement& number : kNumberRequirements) {
    if (type != number.type) continue;
    if (document.at(number.document_key) != requirement.at(number.requirement_key)) {
      fail(fmt::format("{} has changed", number.document_key));
    }
    return;
  }
  throw bad_request("unknown requirement " + type);
}

void apply_update(Json& document, const Json& update) {
  const std::string action = update.at("action").get<std::string>();
  if (action == "assign-uuid") {
    document["table-uuid"] = update.at("uuid");
  } else if (action == "upgrade-format-version") {
    if (update.at("format-version").get<int>() > 2) {
      throw bad_request("format version 3 is not supported");
    }
  } else if (action == "add-schema") {
    document["last-column-id"] =
        std::max(document.value("last-column-id", 0), highest_column_id(update.at("schema")));
    add_numbered(document["schemas"], update.at("schema"), "schema-id");
  } else if (action == "set-current-schema") {
    document["current-schema-id"] =
        resolve_id(document.at("schemas"), "schema-id", update.at("schema-id").get<int>());
  } else if (action == "add-spec") {
    add_spec(document, update.at("spec"));
  } else if (action == "set-default-spec") {
    document["default-spec-id"] =
        resolve_id(document.at("partition-specs"), "spec-id", update.at("spec-id").get<int>());
  } else if (action == "add-sort-order") {
    add_numbered(document["sort-orders"], update.at("sort-order"), "order-id");
  } else if (action == "set-default-sort-order") {
    document["default-sort-order-id"] =
        resolve_id(document.at("sort-orders"), "order-id", update.at("sort-order-id").get<int>());
  } else if (action == "add-snapshot") {
    add_snapshot(document, update.at("snapshot"));
  } else if (action == "set-snapshot-ref") {
    set_reference(document, update);
  } else if (action == "remove-snapshot-ref") {
    document["refs"].erase(update.at("ref-name").get<std::string>());
  } else if (action == "remove-snapshots") {
    remove_snapshots(document, update.at("snapshot-ids"));
  } else if (action == "set-properties") {
    for (const auto& [key, value] : update.at("updates").items()) {
      document["properties"][key] = value;
    }
  } else if (action == "remove-properties") {
    for (const Json& key : update.at("removals")) {
      document["properties"].erase(key.get<std::string>());
    }
  } else if (action == "set-location") {
    if (update.at("location") != document.at("location")) {
      throw bad_request("a table cannot be moved");
    }
  } else {
    throw bad_request("unknown update " + action);
  }
}

Json empty_document(const std::string& location) {
  return {{"format-version", 2},          {"table-uuid", random_uuid()},
          {"location", location},         {"last-sequence-number", 0},
          {"last-updated-ms", now_ms()},  {"last-column-id", 0},
          {"current-schema-id", 0},       {"schemas", Json::array()},
          {"default-spec-id", 0},         {"partition-specs", Json::array()},
          {"last-partition-id", 999},     {"default-sort-order-id", 0},
          {"sort-orders", Json::array()}, {"properties", Json::object()},
          {"current-snapshot-id", -1},    {"refs", Json::object()},
          {"snapshots", Json::array()},   {"snapshot-log", Json::array()},
          {"metadata-log", Json::array()}};
}

}  // namespace grebe::lakehouse::iceberg
