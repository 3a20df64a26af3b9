// Origin of a tree node → Spark's query context and the text block that shows it.
#pragma once

#include <optional>
#include <string>

#include "core/spark_error.h"

namespace grebe::core {

/// The fragment an origin covers, with indexes in characters; nothing without valid text.
std::optional<QueryContext> query_context(const Origin& origin);

/// "== SQL (line 1, position 8) ==" with the fragment's lines and carets under it, as Spark's
/// SQLQueryContext.summary prints it; empty without valid text.
std::string query_context_summary(const Origin& origin);

/// The block of a ParseException: "(line 1, pos 7)", the statement, and a caret line.
std::string parse_error_block(const Origin& origin);

}  // namespace grebe::core
