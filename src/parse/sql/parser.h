// Spark SQL text → the unresolved tree: the public door of this folder.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/command.h"

namespace grebe::parse::sql {

/// The session settings that change what a text means.
struct ParseOptions {
  /// spark.sql.ansi.enabled.
  bool ansi = false;
  /// spark.sql.ansi.enforceReservedKeywords (effective only with ansi).
  bool enforce_reserved_keywords = false;
  /// spark.sql.ansi.doubleQuotedIdentifiers (effective only with ansi).
  bool double_quoted_identifiers = false;
  /// spark.sql.parser.escapedStringLiterals.
  bool escaped_string_literals = false;
  /// spark.sql.parser.quotedRegexColumnNames.
  bool quoted_regex_column_names = false;
  /// spark.sql.legacy.setopsPrecedence.enabled.
  bool legacy_setops_precedence = false;
  /// spark.sql.caseSensitive, for duplicate keys of a partition spec.
  bool case_sensitive = false;
  /// spark.sql.timestampType = TIMESTAMP_NTZ.
  bool timestamp_is_ntz = false;
  /// spark.sql.legacy.parser.havingWithoutGroupByAsWhere.
  bool having_is_where = false;
  /// spark.sql.legacy.exponentLiteralAsDecimal.enabled.
  bool exponent_is_decimal = false;
  /// Local microseconds of the session's zone → UTC microseconds, for timestamp literals without
  /// a zone. Without it such a literal becomes a cast of its text.
  std::function<int64_t(int64_t)> local_to_utc = {};
};

/// A byte range of a script, without the semicolon that ends it.
struct StatementSpan {
  size_t start = 0;
  size_t stop = 0;
};

/// Parses one statement; trailing semicolons are allowed. Throws ParseException's conditions.
plan::Statement parse_statement(std::string_view text, const ParseOptions& options = {});

/// Parses one expression with an optional alias (df.selectExpr, expr()).
plan::ExpressionPtr parse_expression(std::string_view text, const ParseOptions& options = {});

/// Parses a name of any number of parts: `a.b.c`.
plan::Name parse_identifier(std::string_view text, const ParseOptions& options = {});

/// Parses a data type in DDL form: `array<int>`.
types::DataType parse_data_type(std::string_view text, const ParseOptions& options = {});

/// Parses columns in DDL form: `a INT NOT NULL COMMENT 'x', b: STRING` (the colon as in structs).
types::Schema parse_table_schema(std::string_view text, const ParseOptions& options = {});

/// Cuts a script at the semicolons that end its statements; blank statements are left out.
std::vector<StatementSpan> split_statements(std::string_view text);

}  // namespace grebe::parse::sql
