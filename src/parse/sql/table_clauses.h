// The clauses after a table's name in CREATE TABLE, gathered before they are judged together.
#pragma once

#include <string>
#include <vector>

#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

/// ROW FORMAT: a serde class, or delimiters as serde properties.
struct Grammar::RowFormat {
  std::string serde;
  plan::Options properties;
};

/// What CREATE TABLE says besides name, columns, provider and query.
struct Grammar::TableClauses {
  plan::Options options;
  plan::Options properties;
  std::vector<plan::ExpressionPtr> partition_by;
  std::vector<plan::ColumnDefinition> partition_columns;
  std::vector<std::string> bucket_by;
  std::vector<std::string> sort_by;
  int32_t buckets = 0;
  std::string location;
  std::string comment;
  std::string file_format;
  /// Hive's storage clauses as messages show them; empty for none.
  std::string serde_description;
};

}  // namespace grebe::parse::sql
