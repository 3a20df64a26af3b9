// The table of Spark's configuration keys: what each accepts and what it is when nobody set it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace grebe::session {

/// What a key's values must look like; kStatic keys cannot be set in a session.
enum class ConfigKind : uint8_t {
  kStatic,
  kBoolean,
  kInt,
  kLong,
  kDouble,
  kString,
  kBytes,
  kTime,
  kTimeZone,
  kChoice,
  kUpperChoice,
};

/// One key of Spark's registry.
struct ConfigEntry {
  std::string_view key;
  ConfigKind kind;
  /// Null data for keys that have no value until one is set.
  std::string_view default_value;
  /// Allowed values of kChoice and kUpperChoice, as Spark lists them.
  std::string_view choices;

  bool has_default() const { return default_value.data() != nullptr; }
};

/// The entry of a key, null for keys that Spark does not know.
const ConfigEntry* find_config_entry(std::string_view key);

/// All entries, sorted by key.
std::span<const ConfigEntry> config_entries();

}  // namespace grebe::session
