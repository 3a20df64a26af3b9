// SET and RESET.
#include "commands/actions.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "types/time_zone.h"

namespace grebe::commands {
namespace {

constexpr const char* kTimeZoneKey = "spark.sql.session.timeZone";

CommandOutcome one_pair(const plan::SetConfig& command, const std::string& key,
                        const std::string& value) {
  return {.schema = set_config_schema(command), .rows = {{text_value(key), text_value(value)}}};
}

}  // namespace

types::Schema set_config_schema(const plan::SetConfig& command) {
  if (!command.verbose) return {text_column("key"), text_column("value")};
  return {text_column("key"), text_column("value"), text_column("meaning"),
          text_column("Since version")};
}

CommandOutcome set_config(CommandHost& host, const plan::SetConfig& command) {
  auto& config = host.session().config();
  if (command.is_time_zone) {
    std::string zone = command.value.value_or("LOCAL");
    if (same_name(zone, "LOCAL")) zone = "UTC";
    types::require_time_zone(zone);
    config.set(kTimeZoneKey, zone);
    return one_pair(command, kTimeZoneKey, zone);
  }
  if (command.key && command.value) {
    config.set(*command.key, *command.value);
    return one_pair(command, *command.key, *command.value);
  }
  if (command.key) {
    return one_pair(command, *command.key, config.find(*command.key).value_or("<undefined>"));
  }
  if (command.verbose) throw core::unsupported("SET -v");
  CommandOutcome out{.schema = set_config_schema(command), .rows = {}};
  for (const auto& [key, value] : config.all()) {
    out.rows.push_back({text_value(key), text_value(value)});
  }
  return out;
}

CommandOutcome reset_config(CommandHost& host, const plan::ResetConfig& command) {
  auto& config = host.session().config();
  if (command.key) {
    config.unset(*command.key);
  } else {
    config.reset();
  }
  return {};
}

}  // namespace grebe::commands
