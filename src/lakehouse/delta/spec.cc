// JSON of Delta's actions, read leniently and written exactly; see spec.h.
#include "lakehouse/delta/spec.h"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

#include "core/spark_error.h"

namespace grebe::lakehouse::delta {

using Json = nlohmann::ordered_json;

namespace {

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int64_t number_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? found->get<int64_t>() : 0;
}

bool flag_of(const Json& object, const char* key, bool absent) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() ? found->get<bool>() : absent;
}

std::vector<std::string> texts_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) return {};
  return found->get<std::vector<std::string>>();
}

std::map<std::string, std::string> map_of(const Json& object, const char* key) {
  std::map<std::string, std::string> map;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_object()) return map;
  for (const auto& [name, value] : found->items()) {
    if (value.is_string()) map[name] = value.get<std::string>();
  }
  return map;
}

PartitionValues partitions_of(const Json& object) {
  PartitionValues values;
  const auto found = object.find("partitionValues");
  if (found == object.end() || !found->is_object()) return values;
  for (const auto& [name, value] : found->items()) {
    values[name] = value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
  }
  return values;
}

std::string object_text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_object() ? found->dump() : std::string();
}

Json partitions_json(const PartitionValues& values) {
  Json object = Json::object();
  for (const auto& [name, value] : values) object[name] = value ? Json(*value) : Json();
  return object;
}

Metadata parse_metadata(const Json& object) {
  Metadata metadata{.id = text_of(object, "id"),
                    .name = text_of(object, "name"),
                    .description = text_of(object, "description"),
                    .schema_string = text_of(object, "schemaString"),
                    .partition_columns = texts_of(object, "partitionColumns"),
                    .configuration = map_of(object, "configuration"),
                    .created_time = number_of(object, "createdTime")};
  if (const auto format = object.find("format"); format != object.end()) {
    metadata.provider = text_of(*format, "provider");
  }
  return metadata;
}

AddFile parse_add(const Json& object) {
  return {.path = text_of(object, "path"),
          .partition_values = partitions_of(object),
          .size = number_of(object, "size"),
          .modification_time = number_of(object, "modificationTime"),
          .data_change = flag_of(object, "dataChange", true),
          .stats = text_of(object, "stats"),
          .deletion_vector = object_text(object, "deletionVector")};
}

RemoveFile parse_remove(const Json& object) {
  return {.path = text_of(object, "path"),
          .deletion_timestamp = number_of(object, "deletionTimestamp"),
          .data_change = flag_of(object, "dataChange", true),
          .partition_values = partitions_of(object),
          .size = number_of(object, "size"),
          .deletion_vector = object_text(object, "deletionVector")};
}

CommitInfo parse_commit_info(const Json& object) {
  return {.timestamp = number_of(object, "timestamp"),
          .operation = text_of(object, "operation"),
          .parameters = map_of(object, "operationParameters"),
          .metrics = map_of(object, "operationMetrics"),
          .blind_append = flag_of(object, "isBlindAppend", false),
          .engine = text_of(object, "engineInfo")};
}

Json to_json(const Protocol& protocol) {
  Json object = {{"minReaderVersion", protocol.reader_version},
                 {"minWriterVersion", protocol.writer_version}};
  if (protocol.reader_version >= 3) object["readerFeatures"] = protocol.reader_features;
  if (protocol.writer_version >= 7) object["writerFeatures"] = protocol.writer_features;
  return object;
}

Json to_json(const Metadata& metadata) {
  Json object = {{"id", metadata.id}};
  if (!metadata.name.empty()) object["name"] = metadata.name;
  if (!metadata.description.empty()) object["description"] = metadata.description;
  object["format"] = {{"provider", metadata.provider}, {"options", Json::object()}};
  object["schemaString"] = metadata.schema_string;
  object["partitionColumns"] = metadata.partition_columns;
  object["configuration"] = Json::object();
  for (const auto& [key, value] : metadata.configuration) object["configuration"][key] = value;
  object["createdTime"] = metadata.created_time;
  return object;
}

Json to_json(const AddFile& add) {
  Json object = {{"path", add.path},
                 {"partitionValues", partitions_json(add.partition_values)},
                 {"size", add.size},
                 {"modificationTime", add.modification_time},
                 {"dataChange", add.data_change}};
  if (!add.stats.empty()) object["stats"] = add.stats;
  if (!add.deletion_vector.empty()) object["deletionVector"] = Json::parse(add.deletion_vector);
  return object;
}

Json to_json(const RemoveFile& remove) {
  Json object = {{"path", remove.path},
                 {"deletionTimestamp", remove.deletion_timestamp},
                 {"dataChange", remove.data_change},
                 {"extendedFileMetadata", true},
                 {"partitionValues", partitions_json(remove.partition_values)},
                 {"size", remove.size}};
  if (!remove.deletion_vector.empty()) {
    object["deletionVector"] = Json::parse(remove.deletion_vector);
  }
  return object;
}

Json to_json(const CommitInfo& info) {
  Json object = {{"timestamp", info.timestamp}, {"operation", info.operation}};
  object["operationParameters"] = info.parameters;
  object["isolationLevel"] = "Serializable";
  object["isBlindAppend"] = info.blind_append;
  object["operationMetrics"] = info.metrics;
  object["engineInfo"] = "Grebe";
  return object;
}

std::string line(const char* action, const Json& body) {
  return Json{{action, body}}.dump(-1, ' ', false, Json::error_handler_t::strict) + "\n";
}

template <typename T>
void move_behind(std::vector<T>& all, std::vector<T> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Actions parse_action(std::string_view json_line) {
  Actions actions;
  try {
    const Json object = Json::parse(json_line);
    for (const auto& [name, body] : object.items()) {
      if (!body.is_object()) continue;
      if (name == "protocol") {
        actions.protocol = {static_cast<int>(number_of(body, "minReaderVersion")),
                            static_cast<int>(number_of(body, "minWriterVersion")),
                            texts_of(body, "readerFeatures"), texts_of(body, "writerFeatures")};
      } else if (name == "metaData") {
        actions.metadata = parse_metadata(body);
      } else if (name == "add") {
        actions.adds.push_back(parse_add(body));
      } else if (name == "remove") {
        actions.removes.push_back(parse_remove(body));
      } else if (name == "txn") {
        actions.transactions.push_back(
            {text_of(body, "appId"), number_of(body, "version"), number_of(body, "lastUpdated")});
      } else if (name == "commitInfo") {
        actions.commit_info = parse_commit_info(body);
      } else if (name == "sidecar") {
        actions.has_sidecars = true;
      }
    }
  } catch (const Json::exception& error) {
    throw core::plain_error(core::ErrorClass::kSpark,
                            fmt::format("Malformed Delta log action: {}", error.what()));
  }
  return actions;
}

void append_actions(Actions& actions, Actions more) {
  if (more.protocol) actions.protocol = std::move(more.protocol);
  if (more.metadata) actions.metadata = std::move(more.metadata);
  if (more.commit_info) actions.commit_info = std::move(more.commit_info);
  move_behind(actions.adds, std::move(more.adds));
  move_behind(actions.removes, std::move(more.removes));
  move_behind(actions.transactions, std::move(more.transactions));
  actions.has_sidecars = actions.has_sidecars || more.has_sidecars;
}

Actions parse_commit(std::string_view text) {
  Actions actions;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view json_line = text.substr(0, end);
    if (json_line.find_first_not_of(" \r\t") != std::string_view::npos) {
      append_actions(actions, parse_action(json_line));
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return actions;
}

std::string print_commit(const Actions& actions) {
  std::string text;
  if (actions.commit_info) text += line("commitInfo", to_json(*actions.commit_info));
  if (actions.protocol) text += line("protocol", to_json(*actions.protocol));
  if (actions.metadata) text += line("metaData", to_json(*actions.metadata));
  for (const Transaction& transaction : actions.transactions) {
    text += line("txn", {{"appId", transaction.app_id},
                         {"version", transaction.version},
                         {"lastUpdated", transaction.last_updated}});
  }
  for (const RemoveFile& remove : actions.removes) text += line("remove", to_json(remove));
  for (const AddFile& add : actions.adds) text += line("add", to_json(add));
  return text;
}

std::string commit_name(int64_t version) { return fmt::format("{:020}.json", version); }

std::string checkpoint_name(int64_t version) {
  return fmt::format("{:020}.checkpoint.parquet", version);
}

std::string encode_path(std::string_view path) {
  constexpr std::string_view kKept = "-_.~/=:@!$&'()*+,;";
  std::string encoded;
  for (const char c : path) {
    const bool keep = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      kKept.find(c) != std::string_view::npos;
    encoded += keep ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

std::string decode_path(std::string_view uri) {
  const auto hex = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string path;
  for (size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] == '%' && i + 2 < uri.size() && hex(uri[i + 1]) >= 0 && hex(uri[i + 2]) >= 0) {
      path += static_cast<char>(hex(uri[i + 1]) * 16 + hex(uri[i + 2]));
      i += 2;
    } else {
      path += uri[i];
    }
  }
  return path;
}

}  // namespace grebe::lakehouse::delta
