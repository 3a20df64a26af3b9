// Reading, checking and setting configuration as Spark's RuntimeConfig does; see config.h.
#include "session/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/spark_error.h"
#include "session/config_table.h"
#include "types/time_zone.h"

namespace grebe::session {

using core::ErrorClass;

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::toupper(c); });
  return result;
}

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

template <typename Number>
bool parses_as(std::string_view text) {
  text = trim(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  return code == std::errc() && end == text.data() + text.size();
}

core::SparkError wrong_kind(std::string_view key, std::string_view kind, std::string_view value) {
  return core::plain_error(ErrorClass::kIllegalArgument,
                           fmt::format("{} should be {}, but was {}", key, kind, value));
}

/// A number and one of `units`, as in `10s` or `64mb`; a bare number is allowed.
bool has_unit(std::string_view value, std::initializer_list<std::string_view> units) {
  const std::string text = lower(trim(value));
  size_t digits = text.starts_with('-') ? 1 : 0;
  const size_t first = digits;
  while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits]))) ++digits;
  if (digits == first) return false;
  const std::string_view unit = std::string_view(text).substr(digits);
  return unit.empty() || std::ranges::find(units, unit) != units.end();
}

core::SparkError wrong_unit(std::string_view what) {
  return core::plain_error(ErrorClass::kNumberFormat, std::string(what));
}

void check_choice(const ConfigEntry& entry, std::string_view value) {
  const std::string given =
      entry.kind == ConfigKind::kUpperChoice ? upper(value) : std::string(value);
  std::string_view rest = entry.choices;
  while (!rest.empty()) {
    const size_t comma = rest.find(", ");
    const std::string_view choice = rest.substr(0, comma);
    if (choice == given || (entry.kind == ConfigKind::kChoice && choice == lower(given))) return;
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 2);
  }
  throw core::plain_error(ErrorClass::kIllegalArgument,
                          fmt::format("The value of {} should be one of {}, but was {}", entry.key,
                                      entry.choices, given));
}

/// Keys whose numbers Spark wants above zero.
constexpr std::string_view kPositive[] = {
    "spark.sql.shuffle.partitions",
    "spark.sql.leafNodeDefaultParallelism",
    "spark.sql.codegen.hugeMethodLimit",
};

void check_value(const ConfigEntry& entry, std::string_view value) {
  switch (entry.kind) {
    case ConfigKind::kStatic:
    case ConfigKind::kString:
      return;
    case ConfigKind::kBoolean: {
      const std::string text = lower(trim(value));
      if (text != "true" && text != "false") throw wrong_kind(entry.key, "boolean", value);
      return;
    }
    case ConfigKind::kInt:
      if (!parses_as<int32_t>(value)) throw wrong_kind(entry.key, "int", value);
      if (std::ranges::find(kPositive, entry.key) != std::end(kPositive) &&
          (trim(value).starts_with('-') || trim(value) == "0")) {
        throw core::plain_error(
            ErrorClass::kIllegalArgument,
            fmt::format("'{}' in {} is invalid. The value of {} must be positive", value, entry.key,
                        entry.key));
      }
      return;
    case ConfigKind::kLong:
      if (!parses_as<int64_t>(value)) throw wrong_kind(entry.key, "long", value);
      return;
    case ConfigKind::kDouble:
      if (!parses_as<double>(value)) throw wrong_kind(entry.key, "double", value);
      return;
    case ConfigKind::kBytes:
      if (!has_unit(value, {"b", "k", "kb", "m", "mb", "g", "gb", "t", "tb", "p", "pb"})) {
        throw wrong_unit(
            "Size must be specified as bytes (b), kibibytes (k), mebibytes (m), gibibytes (g), "
            "tebibytes (t), or pebibytes(p). E.g. 50b, 100k, or 250m.");
      }
      return;
    case ConfigKind::kTime:
      if (!has_unit(value, {"us", "ms", "s", "m", "min", "h", "d"})) {
        throw wrong_unit(
            "Time must be specified as seconds (s), milliseconds (ms), microseconds (us), minutes "
            "(m or min), hour (h), or day (d). E.g. 50s, 100ms, or 250us.");
      }
      return;
    case ConfigKind::kTimeZone:
      if (!types::TimeZone::find(value)) {
        throw core::plain_error(
            ErrorClass::kIllegalArgument,
            fmt::format("'{}' in {} is invalid. Cannot resolve the given timezone with "
                        "ZoneId.of(_, ZoneId.SHORT_IDS)",
                        value, entry.key));
      }
      return;
    case ConfigKind::kChoice:
    case ConfigKind::kUpperChoice:
      return check_choice(entry, value);
  }
}

/// A key whose other values Grebe cannot honour keeps its default.
void check_effect(const ConfigEntry& entry, std::string_view value) {
  if (entry.effect != ConfigEffect::kFixed) return;
  const std::string given = upper(trim(value));
  if (entry.has_default() && given == upper(entry.default_value)) return;
  if (!entry.same_as_default.empty() && given == entry.same_as_default) return;
  throw core::unsupported(fmt::format(
      "{} = {} (answers depend on it, and they are those of {})", entry.key, value,
      entry.has_default() ? fmt::format("its default, {}", entry.default_value) : "a key unset"));
}

/// Keys of Spark's core registry (executors, deployment), which no session may change. Keys of
/// SQL and of unknown owners are free.
constexpr std::string_view kCorePrefixes[] = {
    "spark.driver.",       "spark.executor.",  "spark.dynamicAllocation.",
    "spark.shuffle.",      "spark.memory.",    "spark.network.",
    "spark.rpc.",          "spark.task.",      "spark.eventLog.",
    "spark.ui.",           "spark.kryo",       "spark.storage.",
    "spark.speculation",   "spark.scheduler.", "spark.submit.",
    "spark.master.",       "spark.serializer", "spark.cores.max",
    "spark.locality.wait", "spark.broadcast.", "spark.history.",
    "spark.io.",           "spark.worker.",    "spark.files.",
    "spark.python.",       "spark.rdd."};

void require_modifiable(std::string_view key) {
  const ConfigEntry* entry = find_config_entry(key);
  if (entry != nullptr && entry->kind == ConfigKind::kStatic) {
    throw core::plain_error(ErrorClass::kAnalysis,
                            fmt::format("Cannot modify the value of a static config: {}.", key));
  }
  const bool is_core = std::ranges::any_of(
      kCorePrefixes, [&](std::string_view prefix) { return key.starts_with(prefix); });
  if (entry == nullptr && is_core) {
    throw core::analysis_error(
        "CANNOT_MODIFY_CONFIG",
        {{"key", fmt::format("\"{}\"", key)}, {"docroot", "https://spark.apache.org/docs/latest"}});
  }
}

}  // namespace

Config::Config(std::map<std::string, std::string> startup)
    : startup_(startup.begin(), startup.end()) {}

std::optional<std::string> Config::find(std::string_view key) const {
  if (auto value = get_or(key, std::nullopt)) return value;
  const ConfigEntry* entry = find_config_entry(key);
  if (entry == nullptr || !entry->has_default()) return std::nullopt;
  return std::string(entry->default_value);
}

std::string Config::get(std::string_view key) const {
  if (auto value = find(key)) return *value;
  throw core::make_error(ErrorClass::kNoSuchElement, "SQL_CONF_NOT_FOUND",
                         {{"sqlConf", fmt::format("\"{}\"", key)}});
}

std::optional<std::string> Config::get_or(std::string_view key,
                                          std::optional<std::string> fallback) const {
  std::lock_guard lock(mutex_);
  if (const auto set = values_.find(key); set != values_.end()) return set->second;
  if (const auto set = startup_.find(key); set != startup_.end()) return set->second;
  return fallback;
}

void Config::set(const std::string& key, const std::string& value) {
  require_modifiable(key);
  if (const ConfigEntry* entry = find_config_entry(key)) {
    check_value(*entry, value);
    check_effect(*entry, value);
  }
  std::lock_guard lock(mutex_);
  values_[key] = value;
}

void Config::unset(const std::string& key) {
  require_modifiable(key);
  std::lock_guard lock(mutex_);
  values_.erase(key);
}

void Config::reset() {
  std::lock_guard lock(mutex_);
  values_.clear();
}

bool Config::is_modifiable(std::string_view key) const {
  const ConfigEntry* entry = find_config_entry(key);
  return entry != nullptr && entry->kind != ConfigKind::kStatic;
}

std::map<std::string, std::string> Config::all() const {
  std::lock_guard lock(mutex_);
  std::map<std::string, std::string> all(startup_.begin(), startup_.end());
  for (const auto& [key, value] : values_) all[key] = value;
  return all;
}

bool Config::boolean(std::string_view key) const { return lower(trim(get(key))) == "true"; }

std::string Config::meaning(std::string_view key) const {
  const std::string value = find(key).value_or("");
  const ConfigEntry* entry = find_config_entry(key);
  if (entry == nullptr) return value;
  if (entry->kind == ConfigKind::kBoolean) return lower(trim(value));
  return entry->kind == ConfigKind::kUpperChoice ? upper(value) : value;
}

int64_t Config::integer(std::string_view key) const {
  const std::string text = get(key);
  const std::string_view digits = trim(text);
  int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace grebe::session
