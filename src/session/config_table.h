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

/// What Grebe makes of a key.
enum class ConfigEffect : uint8_t {
  /// Tunes how Spark plans and runs; no answer depends on it, and Grebe has no use for it.
  kTuning,
  /// Grebe does what it says.
  kActs,
  /// The client reads it.
  kClient,
  /// Belongs to something that Grebe does not have and refuses where it is asked for.
  kOutside,
  /// Answers depend on it, and Grebe gives those of the default: another value is refused.
  kFixed,
};

/// One key of Spark's registry.
struct ConfigEntry {
  std::string_view key;
  ConfigKind kind;
  /// Null data for keys that have no value until one is set.
  std::string_view default_value;
  /// Allowed values of kChoice and kUpperChoice, as Spark lists them.
  std::string_view choices;
  ConfigEffect effect = ConfigEffect::kTuning;
  /// A value of a kFixed key that gives the default's answers as well.
  std::string_view same_as_default = {};

  bool has_default() const { return default_value.data() != nullptr; }
};

/// The entry of a key, null for keys that Spark does not know.
const ConfigEntry* find_config_entry(std::string_view key);

/// All entries, sorted by key.
std::span<const ConfigEntry> config_entries();

}  // namespace grebe::session
