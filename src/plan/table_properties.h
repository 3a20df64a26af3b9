// Properties of tables that carry clauses; their names are those of Spark's Hive catalog.
#pragma once

namespace grebe::plan {

/// With a number from 0 behind it: a column of SORTED BY.
inline constexpr const char* kSortColumnProperty = "spark.sql.sources.schema.sortCol.";

}  // namespace grebe::plan
