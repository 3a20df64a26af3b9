// Condition → message template and SQLSTATE from Spark's own catalogue.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace grebe::core {

/// What Spark's catalogue knows of one condition.
struct CatalogueEntry {
  /// Message lines joined by "\n"; a sub condition's text follows its parent's after a space.
  std::string message_template;
  /// Five characters, or empty where Spark 3.5.7 has none (legacy conditions).
  std::string sql_state;
};

/// Looks up `CONDITION` or `CONDITION.SUB_CONDITION`; nothing when Spark has no such condition.
std::optional<CatalogueEntry> find_condition(std::string_view condition);

}  // namespace grebe::core
