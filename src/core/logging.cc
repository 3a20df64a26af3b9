// Events → spdlog, which only serialises the lines of several threads.
#include "core/logging.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <nlohmann/json.hpp>

namespace grebe::core {

namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "info";
}

std::shared_ptr<spdlog::logger> make_logger(const LoggingOptions& options) {
  std::shared_ptr<spdlog::sinks::sink> sink;
  if (options.file.empty()) {
    sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  } else {
    sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file);
  }
  auto logger = std::make_shared<spdlog::logger>("grebe", std::move(sink));
  logger->set_pattern("%v");
  logger->set_level(spdlog_level(options.level));
  logger->flush_on(spdlog::level::info);
  return logger;
}

/// The process's logger; replaced as a whole, so that a writer never sees half of one.
std::shared_ptr<spdlog::logger>& current_logger() {
  static std::shared_ptr<spdlog::logger> logger = make_logger({});
  return logger;
}

/// UTC with milliseconds: 2026-01-31T12:00:00.123Z.
std::string now_text() {
  const auto now = std::chrono::system_clock::now();
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const std::time_t seconds = milliseconds / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[40];
  const size_t length = std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text + length, sizeof(text) - length, ".%03dZ",
                static_cast<int>(milliseconds % 1000));
  return text;
}

}  // namespace

LogLevel parse_log_level(std::string_view text) {
  if (text == "debug") return LogLevel::kDebug;
  if (text == "warning") return LogLevel::kWarning;
  if (text == "error") return LogLevel::kError;
  return LogLevel::kInfo;
}

void start_logging(const LoggingOptions& options) {
  std::atomic_store(&current_logger(), make_logger(options));
}

bool is_logged(LogLevel level) {
  return std::atomic_load(&current_logger())->should_log(spdlog_level(level));
}

void log_event(LogLevel level, std::string_view event, const LogScope& scope,
               std::initializer_list<LogField> fields) {
  const std::shared_ptr<spdlog::logger> logger = std::atomic_load(&current_logger());
  if (!logger->should_log(spdlog_level(level))) return;
  nlohmann::ordered_json line = {
      {"time", now_text()}, {"level", level_name(level)}, {"event", event}};
  if (!scope.session.empty()) line["session"] = scope.session;
  if (!scope.operation.empty()) line["operation"] = scope.operation;
  if (!scope.stage.empty()) line["stage"] = scope.stage;
  for (const LogField& field : fields) {
    std::visit([&](const auto& value) { line[std::string(field.name)] = value; }, field.value);
  }
  logger->log(spdlog_level(level),
              line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace grebe::core
