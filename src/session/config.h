// A session's configuration: Spark's keys, their defaults, and what the session set.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::session {

/// Thread-safe.
class Config {
 public:
  /// `startup` holds what the server was started with (warehouse, application name …).
  explicit Config(std::map<std::string, std::string> startup = {});

  /// The value in force: set, else Spark's default. Nothing for keys without either.
  std::optional<std::string> find(std::string_view key) const;
  /// The same; throws SQL_CONF_NOT_FOUND.
  std::string get(std::string_view key) const;
  /// What was set, else `fallback`: Spark's default does not count (RuntimeConfig.get(k, v)).
  std::optional<std::string> get_or(std::string_view key,
                                    std::optional<std::string> fallback) const;

  /// Throws for static keys, keys of Spark's core, and values that the key does not accept.
  void set(const std::string& key, const std::string& value);
  /// Back to the default. Throws for static keys.
  void unset(const std::string& key);
  /// Forgets all that the session set.
  void reset();
  bool is_modifiable(std::string_view key) const;
  /// What is set, startup values included, in order of the keys.
  std::map<std::string, std::string> all() const;

  // Typed readings of keys that the engine itself obeys.
  bool boolean(std::string_view key) const;
  /// As the engine reads it: booleans in lower case, choices in upper case; empty without a value.
  std::string meaning(std::string_view key) const;
  int64_t integer(std::string_view key) const;
  bool ansi() const { return boolean("spark.sql.ansi.enabled"); }
  bool case_sensitive() const { return boolean("spark.sql.caseSensitive"); }
  std::string time_zone() const { return get("spark.sql.session.timeZone"); }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> startup_;
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace grebe::session
