// Spark types and texts → their DuckDB form inside lowered SQL.
#pragma once

#include <string>
#include <string_view>

#include "types/data_type.h"

namespace grebe::functions {

/// The DuckDB type that carries a Spark type; engine::carrier_type gives the same.
std::string carrier_of(const types::DataType& type);

/// A DuckDB text literal.
std::string quote_text(std::string_view text);

/// True for SQL that costs nothing to repeat: a name, a literal.
bool is_cheap_sql(std::string_view sql);

/// `SQL over $x` with x bound to `sql` once: repeats it when it is cheap, else goes through a
/// one-element list. `body` must use the placeholder `$x`.
std::string bind_once(const std::string& sql, std::string_view body);

}  // namespace grebe::functions
