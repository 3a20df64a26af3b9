// One SELECT under construction: clauses are added as long as SQL's order of evaluation allows it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "resolved/relation.h"

namespace grebe::emit {

/// A SELECT whose clauses are filled in the order FROM, WHERE, GROUP BY, list, ORDER BY, LIMIT.
struct Block {
  /// FROM's text; empty for one row without columns.
  std::string from;
  /// True when FROM joins several tables: as the right side of a join it needs brackets.
  bool is_join = false;
  std::vector<std::string> where;
  /// Set once a list was given: (column name, SQL).
  bool projected = false;
  std::vector<std::pair<std::string, std::string>> list;
  std::string group_by;
  std::string order_by;
  bool distinct = false;
  std::optional<int64_t> limit;
  int64_t offset = 0;

  bool is_plain_from() const {
    return !projected && where.empty() && order_by.empty() && !limit && offset == 0;
  }
};

/// `c<id>`.
std::string column_name(resolved::AttributeId id);

/// The SELECT's text; an unprojected block lists `columns`.
std::string block_sql(const Block& block, const std::vector<resolved::Attribute>& columns);

}  // namespace grebe::emit
