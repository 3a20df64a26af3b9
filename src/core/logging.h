// An event and its fields → one JSON line on stderr or in a file.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace grebe::core {

/// User errors are kInfo, our own bugs kError.
enum class LogLevel { kDebug, kInfo, kWarning, kError };

/// Reads `debug`, `info`, `warning` or `error`; anything else is kInfo.
LogLevel parse_log_level(std::string_view text);

struct LoggingOptions {
  LogLevel level = LogLevel::kInfo;
  /// Empty: stderr.
  std::string file;
};

/// Where in a user's work an event happened. Empty parts are left out of the line.
struct LogScope {
  std::string_view session;
  std::string_view operation;
  std::string_view stage;
};

/// One more member of the line. Never row data, never a secret.
struct LogField {
  std::string_view name;
  std::variant<std::string_view, int64_t, double, bool> value;
};

/// Chooses level and place for the whole process. Events before it go to stderr from kInfo on.
/// Throws spdlog::spdlog_ex when the file cannot be opened.
void start_logging(const LoggingOptions& options);

/// Whether an event of this level would be written; for fields that are costly to make.
bool is_logged(LogLevel level);

/// Writes `{"time", "level", "event", "session", "operation", "stage", fields…}`. Thread-safe.
/// Bytes that are not UTF-8 are replaced, so that a line is always valid JSON.
void log_event(LogLevel level, std::string_view event, const LogScope& scope,
               std::initializer_list<LogField> fields = {});

}  // namespace grebe::core
