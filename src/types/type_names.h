// Identifier and schema texts that go with type names: backquotes where needed, DDL.
#pragma once

#include <string>
#include <string_view>

#include "types/data_type.h"

namespace grebe::types {

/// Backquotes a name unless it is letters, digits and underscores that are not digits only.
std::string quote_if_needed(std::string_view name);

/// `a BIGINT NOT NULL,b STRING COMMENT 'x'`: Spark's StructType.toDDL.
std::string to_ddl(const Schema& schema);

/// The comment kept in a field's metadata, empty for none.
std::string field_comment(const StructField& field);

/// `YEAR`, `MONTH` or `DAY`, `HOUR`, `MINUTE`, `SECOND`, in lower case.
std::string_view year_month_field_name(IntervalField field);
std::string_view day_time_field_name(IntervalField field);

}  // namespace grebe::types
