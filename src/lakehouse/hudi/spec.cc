// Texts of Hudi's version 6 layout; see spec.h.
#include "lakehouse/hudi/spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/spark_error.h"
#include "core/utf8.h"
#include "lakehouse/table/value_text.h"

namespace grebe::lakehouse::hudi {

using Json = nlohmann::ordered_json;

namespace {

std::string escape_property(std::string_view text, bool is_key) {
  std::string escaped;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      escaped += "\\n";
      continue;
    }
    if (c == '\\' || c == ':' || c == '=' || c == '#' || c == '!' ||
        (c == ' ' && (is_key || i == 0))) {
      escaped += '\\';
    }
    escaped += c;
  }
  return escaped;
}

/// Reads one key or value up to an unescaped stop character.
std::string unescape_property(std::string_view& text, std::string_view stops) {
  std::string plain;
  while (!text.empty() && stops.find(text[0]) == std::string_view::npos) {
    char c = text[0];
    text.remove_prefix(1);
    if (c == '\\' && !text.empty()) {
      c = text[0];
      text.remove_prefix(1);
      if (c == 'u' && text.size() >= 4) {
        core::append_utf8(plain, static_cast<uint32_t>(std::strtoul(
                                     std::string(text.substr(0, 4)).c_str(), nullptr, 16)));
        text.remove_prefix(4);
        continue;
      }
      if (c == 'n') c = '\n';
      if (c == 't') c = '\t';
    }
    plain += c;
  }
  return plain;
}

uint32_t crc32(std::string_view bytes) {
  uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

std::string value_of(const TableConfig& config, const std::string& key) {
  const auto found = config.find(key);
  return found == config.end() ? std::string() : found->second;
}

bool is_instant(std::string_view text) {
  return (text.size() == 14 || text.size() == 17) &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

Json stat_json(const WriteStat& stat) {
  return {{"fileId", stat.file_id},
          {"path", stat.path},
          {"cdcStats", nullptr},
          {"prevCommit", stat.previous_commit},
          {"numWrites", stat.writes},
          {"numDeletes", 0},
          {"numUpdateWrites", stat.updates},
          {"numInserts", stat.inserts},
          {"totalWriteBytes", stat.bytes},
          {"totalWriteErrors", 0},
          {"tempPath", nullptr},
          {"partitionPath", stat.partition},
          {"totalLogRecords", 0},
          {"totalLogFilesCompacted", 0},
          {"totalLogSizeCompacted", 0},
          {"totalUpdatedRecordsCompacted", 0},
          {"totalLogBlocks", 0},
          {"totalCorruptLogBlock", 0},
          {"totalRollbackBlocks", 0},
          {"fileSizeInBytes", stat.bytes},
          {"minEventTime", nullptr},
          {"maxEventTime", nullptr}};
}

}  // namespace

TableConfig parse_properties(std::string_view text) {
  TableConfig properties;
  while (!text.empty()) {
    const size_t start = text.find_first_not_of(" \t\r\n\f");
    if (start == std::string_view::npos) break;
    text.remove_prefix(start);
    if (text[0] == '#' || text[0] == '!') {
      const size_t end = text.find('\n');
      text.remove_prefix(end == std::string_view::npos ? text.size() : end);
      continue;
    }
    const std::string key = unescape_property(text, "=: \t\n\r");
    while (!text.empty() && std::string_view("=: \t").find(text[0]) != std::string_view::npos) {
      text.remove_prefix(1);
    }
    properties[key] = unescape_property(text, "\n\r");
  }
  return properties;
}

std::string print_properties(const TableConfig& properties, std::string_view comment) {
  std::string text = fmt::format("#{}\n", comment);
  for (const auto& [key, value] : properties) {
    text += escape_property(key, true) + "=" + escape_property(value, false) + "\n";
  }
  return text;
}

std::string table_checksum(const TableConfig& config) {
  return fmt::to_string(crc32(value_of(config, "hoodie.database.name") + "." +
                              value_of(config, "hoodie.table.name")));
}

std::string format_instant(int64_t micros) {
  std::string instant;
  for (const char c : format_timestamp(micros, 3)) {
    if (c >= '0' && c <= '9') instant += c;
  }
  return instant;
}

std::optional<int64_t> parse_instant(std::string_view instant) {
  if (!is_instant(instant)) return std::nullopt;
  return parse_timestamp(fmt::format(
      "{}-{}-{} {}:{}:{}.{}", instant.substr(0, 4), instant.substr(4, 2), instant.substr(6, 2),
      instant.substr(8, 2), instant.substr(10, 2), instant.substr(12, 2),
      instant.size() == 17 ? instant.substr(14) : std::string_view("000")));
}

std::string normalise_instant(std::string_view text) {
  if (text.size() == 17 && is_instant(text)) return std::string(text);
  // To the second: everything committed within that second counts.
  if (text.size() == 14 && is_instant(text)) return std::string(text) + "999";
  if (const auto micros = parse_timestamp(text)) return format_instant(*micros);
  throw core::plain_error(
      core::ErrorClass::kIllegalArgument,
      fmt::format("Unsupported query instant time format: {}, supported are: yyyyMMddHHmmss[SSS], "
                  "yyyy-MM-dd and yyyy-MM-dd HH:mm:ss[.SSS]",
                  text));
}

std::optional<TimelineFile> parse_timeline_name(std::string_view name) {
  const size_t dot = name.find('.');
  if (dot == std::string_view::npos || !is_instant(name.substr(0, dot))) return std::nullopt;
  TimelineFile file{.instant = std::string(name.substr(0, dot)), .action = {}};
  std::string_view rest = name.substr(dot + 1);
  const auto take_suffix = [&](std::string_view suffix) {
    if (rest.size() <= suffix.size() || rest.substr(rest.size() - suffix.size()) != suffix) {
      return false;
    }
    rest.remove_suffix(suffix.size());
    return true;
  };
  if (rest == "inflight") {  // a commit's inflight file does not name its action
    file.state = TimelineFile::State::kInflight;
    rest = "commit";
  } else if (take_suffix(".requested")) {
    file.state = TimelineFile::State::kRequested;
  } else if (take_suffix(".inflight")) {
    file.state = TimelineFile::State::kInflight;
  }
  file.action = std::string(rest);
  return file;
}

std::optional<BaseFileName> parse_base_file_name(std::string_view name) {
  constexpr std::string_view kSuffix = ".parquet";
  if (name.size() <= kSuffix.size() || name[0] == '.') return std::nullopt;
  if (name.substr(name.size() - kSuffix.size()) != kSuffix) return std::nullopt;
  name.remove_suffix(kSuffix.size());
  const size_t last = name.rfind('_');
  if (last == std::string_view::npos || last == 0 || !is_instant(name.substr(last + 1))) {
    return std::nullopt;
  }
  const size_t token = name.rfind('_', last - 1);
  if (token == std::string_view::npos || token == 0) return std::nullopt;
  return BaseFileName{std::string(name.substr(0, token)), std::string(name.substr(last + 1))};
}

std::string base_file_name(const std::string& file_id, const std::string& instant) {
  return fmt::format("{}_0-0-0_{}.parquet", file_id, instant);
}

std::string print_commit_metadata(const CommitMetadata& metadata) {
  Json stats = Json::object();
  for (const WriteStat& stat : metadata.stats) stats[stat.partition].push_back(stat_json(stat));
  Json object = {{"partitionToWriteStats", std::move(stats)}, {"compacted", false}};
  object["extraMetadata"] = {{"schema", metadata.schema}};
  object["operationType"] = metadata.operation;
  if (!metadata.replaced.empty()) {
    object["partitionToReplaceFileIds"] = Json::object();
    for (const auto& [partition, ids] : metadata.replaced) {
      object["partitionToReplaceFileIds"][partition] = ids;
    }
  }
  return object.dump(2);
}

CommitMetadata parse_commit_metadata(std::string_view text) {
  CommitMetadata metadata;
  try {
    const Json object = Json::parse(text);
    if (const auto extra = object.find("extraMetadata");
        extra != object.end() && extra->is_object() && extra->contains("schema")) {
      metadata.schema = (*extra)["schema"].get<std::string>();
    }
    if (const auto type = object.find("operationType"); type != object.end() && type->is_string()) {
      metadata.operation = type->get<std::string>();
    }
    if (const auto replaced = object.find("partitionToReplaceFileIds");
        replaced != object.end() && replaced->is_object()) {
      for (const auto& [partition, ids] : replaced->items()) {
        metadata.replaced[partition] = ids.get<std::vector<std::string>>();
      }
    }
  } catch (const Json::exception& error) {
    throw core::plain_error(core::ErrorClass::kSpark,
                            fmt::format("Malformed Hudi commit: {}", error.what()));
  }
  return metadata;
}

}  // namespace grebe::lakehouse::hudi
