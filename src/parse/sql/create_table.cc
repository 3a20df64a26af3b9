// CREATE TABLE, REPLACE TABLE, CREATE TABLE LIKE: columns, clauses, AS query.
#include <cstdlib>

#include "parse/sql/grammar.h"
#include "parse/sql/table_clauses.h"
#include "plan/table_properties.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

plan::CommandPtr Grammar::create_table(size_t first, bool replace, bool or_create) {
  plan::CreateTable table;
  table.replace = replace;
  table.or_create = or_create;
  const bool temporary = accept(kTemporary);
  table.external = accept(kExternal);
  expect(kTable);
  table.if_not_exists = !replace && if_not_exists();
  if (temporary && table.if_not_exists) {
    identifier_reference();
    operation_not_allowed("CREATE TEMPORARY TABLE ... IF NOT EXISTS", first);
  }
  table.name = identifier_reference();
  if (at(kLike) && !replace) return create_table_like(std::move(table), first);
  if (at(kLeftParen) && !at_query(1)) {
    next();
    do {
      table.columns.push_back(table_column());
    } while (accept(kComma));
    expect_mended(kRightParen, at(kEndOfInput));
  }
  const bool has_columns = !table.columns.empty();
  if (accept(kUsing)) table.provider = joined_name();
  TableClauses clauses = table_clauses();
  if (accept(kAs) || at_query()) table.query = query();
  const std::string verb = replace ? "REPLACE" : "CREATE";
  if (!table.provider.empty() && !clauses.serde_description.empty()) {
    operation_not_allowed(verb + " TABLE ... USING ... " + clauses.serde_description, first);
  }
  if (temporary && table.query) {
    operation_not_allowed("CREATE TEMPORARY TABLE ... AS ..., use CREATE TEMPORARY VIEW instead",
                          first);
  }
  if (table.query && (has_columns || !clauses.partition_columns.empty())) {
    const std::string statement =
        replace ? "Replace Table As Select (RTAS)" : "Create Table As Select (CTAS)";
    operation_not_allowed(has_columns
                              ? "Schema may not be specified in a " + statement + " statement"
                              : "Partition column types may not be specified in " + statement,
                          first);
  }
  if (!clauses.partition_columns.empty() && !clauses.partition_by.empty()) {
    refuse_mixed_partitioning(clauses, first);
  }
  for (plan::ColumnDefinition& column : clauses.partition_columns) {
    clauses.partition_by.push_back(
        express(plan::UnresolvedAttribute{.name_parts = {column.name}}, first));
    table.columns.push_back(std::move(column));
  }
  table.options = std::move(clauses.options);
  table.properties = std::move(clauses.properties);
  for (size_t i = 0; i < clauses.sort_by.size(); ++i) {
    table.properties.emplace_back(plan::kSortColumnProperty + std::to_string(i),
                                  clauses.sort_by[i]);
  }
  table.partition_by = std::move(clauses.partition_by);
  table.bucket_by = std::move(clauses.bucket_by);
  table.buckets = clauses.buckets;
  table.location = std::move(clauses.location);
  table.comment = std::move(clauses.comment);
  // Hive's clauses mean Hive's provider; its file format travels as an option.
  if (!clauses.serde_description.empty()) {
    table.provider = "hive";
    if (!clauses.file_format.empty()) {
      table.options.emplace_back("fileFormat", lower_case(clauses.file_format));
    }
  }
  if (temporary) return create_temporary_table(std::move(table), first);
  return make(std::move(table), first);
}

// CREATE TEMPORARY TABLE … USING is an old name of CREATE TEMPORARY VIEW … USING.
plan::CommandPtr Grammar::create_temporary_table(plan::CreateTable table, size_t first) {
  if (table.external) operation_not_allowed("CREATE EXTERNAL TABLE ... USING", first);
  if (table.provider.empty()) fail("_LEGACY_ERROR_TEMP_0046", {}, first);
  plan::CreateTempViewUsing view;
  view.name = std::move(table.name);
  view.columns = std::move(table.columns);
  view.provider = std::move(table.provider);
  view.options = std::move(table.options);
  if (!table.location.empty()) view.options.emplace_back("path", std::move(table.location));
  return make(std::move(view), first);
}

void Grammar::refuse_mixed_partitioning(const TableClauses& clauses, size_t first) {
  std::string expressions;
  for (const ExpressionPtr& field : clauses.partition_by) {
    const core::Origin& origin = field->origin;
    expressions += (expressions.empty() ? "" : ", ") +
                   text_->substr(static_cast<size_t>(origin.start),
                                 static_cast<size_t>(origin.stop - origin.start));
  }
  std::string columns;
  for (const plan::ColumnDefinition& column : clauses.partition_columns) {
    columns += (columns.empty() ? "" : ", ") + column.name + " " + column.type.simple_string();
  }
  operation_not_allowed(
      "PARTITION BY: Cannot mix partition expressions and partition columns:\nExpressions: " +
          expressions + "\nColumns: " + columns,
      first);
}

std::string Grammar::joined_name() {
  const size_t first = position_;
  multipart_identifier();
  std::string name;
  for (size_t i = first; i < position_; ++i) name += identifier_text(tokens_[i]);
  return name;
}

plan::ColumnDefinition Grammar::table_column() {
  plan::ColumnDefinition column;
  column.name = error_capturing_identifier();
  column.type = data_type();
  bool has_comment = false;
  bool generated = false;
  for (;;) {
    const size_t option = position_;
    const char* duplicate = nullptr;
    if (accept_sequence({kNot, kNull})) {
      if (!column.nullable) duplicate = "NOT NULL";
      column.nullable = false;
    } else if (at(kDefault) && !ends_expression(1)) {
      next();
      if (column.default_value) duplicate = "DEFAULT";
      column.default_value = expression();
    } else if (at_sequence({kGenerated, kAlways, kAs})) {
      position_ += 3;
      expect(kLeftParen);
      expression();
      expect(kRightParen);
      if (generated) duplicate = "GENERATED ALWAYS AS";
      generated = true;
    } else if (const std::optional<std::string> comment = accept_comment()) {
      if (has_comment) duplicate = "COMMENT";
      has_comment = true;
      column.comment = *comment;
    } else {
      break;
    }
    if (duplicate != nullptr) {
      fail("CREATE_TABLE_COLUMN_DESCRIPTOR_DUPLICATE",
           {{"columnName", column.name}, {"optionName", duplicate}}, option);
    }
  }
  if (generated) throw core::unsupported("generated columns", token_span(position_));
  return column;
}

Grammar::TableClauses Grammar::table_clauses() {
  const size_t first = position_;
  TableClauses clauses;
  std::vector<std::string> seen;
  bool skewed = false;
  for (;;) {
    const char* name = nullptr;
    if (at_sequence({kOptions, kLeftParen})) {
      name = "OPTIONS";
      next();
      clauses.options = expression_property_list();
    } else if (at_sequence({kPartitioned, kBy})) {
      name = "PARTITIONED BY";
      position_ += 2;
      clauses.partition_by = partition_fields(&clauses.partition_columns);
    } else if (at_sequence({kSkewed, kBy})) {
      name = "SKEWED BY";
      skew_spec();
      skewed = true;
    } else if (at_sequence({kClustered, kBy})) {
      name = "CLUSTERED BY";
      bucket_spec(clauses);
    } else if (at_sequence({kRow, kFormat})) {
      name = "ROW FORMAT";
      const RowFormat format = row_format(position_);
      clauses.serde_description +=
          format.serde.empty() ? "ROW FORMAT DELIMITED" : "ROW FORMAT SERDE " + format.serde;
    } else if (at(kStored) && at_any({kAs, kBy}, 1)) {
      name = "STORED AS/BY";
      clauses.file_format = file_format(position_);
      clauses.serde_description = "STORED AS " + clauses.file_format +
                                  (clauses.serde_description.empty() ? "" : " ") +
                                  clauses.serde_description;
    } else if (at(kLocation) && at_string(1)) {
      name = "LOCATION";
      next();
      clauses.location = string_value();
    } else if (at(kComment) && at_string(1)) {
      name = "COMMENT";
      clauses.comment = *accept_comment();
    } else if (at_sequence({kTblproperties, kLeftParen})) {
      name = "TBLPROPERTIES";
      next();
      clauses.properties = property_list();
    } else {
      break;
    }
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      fail("DUPLICATE_CLAUSES", {{"clauseName", name}}, first);
    }
    seen.emplace_back(name);
  }
  if (skewed) operation_not_allowed("CREATE TABLE ... SKEWED BY", first);
  check_reserved_properties(clauses.properties, first);
  move_path_option(clauses, first);
  return clauses;
}

// The option `path` is the location.
void Grammar::move_path_option(TableClauses& clauses, size_t first) {
  for (size_t i = 0; i < clauses.options.size(); ++i) {
    if (lower_case(clauses.options[i].first) != "path") continue;
    if (!clauses.location.empty()) {
      fail("_LEGACY_ERROR_TEMP_0032",
           {{"pathOne", clauses.location}, {"pathTwo", clauses.options[i].second}}, first);
    }
    clauses.location = clauses.options[i].second;
    clauses.options.erase(clauses.options.begin() + static_cast<ptrdiff_t>(i));
    return;
  }
}

// Properties that only other clauses may set (CatalogV2Util.TABLE_RESERVED_PROPERTIES).
void Grammar::check_reserved_properties(const plan::Options& properties, size_t first) {
  for (const auto& [key, value] : properties) {
    const char* advice = nullptr;
    if (key == "location") advice = "please use the LOCATION clause to specify it";
    if (key == "owner") advice = "it will be set to the current user";
    if (key == "external") advice = "please use CREATE EXTERNAL TABLE";
    if (key == "provider" || key == "is_managed_location") {
      advice = "please remove it from the TBLPROPERTIES list.";
    }
    if (advice == nullptr) continue;
    fail("UNSUPPORTED_FEATURE.SET_TABLE_PROPERTY", {{"property", key}, {"msg", advice}}, first);
  }
}

void Grammar::bucket_spec(TableClauses& clauses) {
  const size_t first = position_;
  position_ += 2;
  clauses.bucket_by = identifier_list();
  std::string wrong_order;
  if (accept(kSorted)) {
    expect(kBy);
    expect(kLeftParen);
    do {
      clauses.sort_by.push_back(error_capturing_identifier());
      if (at(kDesc)) wrong_order = std::string(text_of(peek()));
      accept_any({kAsc, kDesc});
    } while (accept(kComma));
    expect(kRightParen);
  }
  expect(kInto);
  if (!at(kIntegerValue)) syntax_error();
  clauses.buckets = std::atoi(std::string(text_of(next())).c_str());
  expect(kBuckets);
  if (!wrong_order.empty()) {
    operation_not_allowed("Column ordering must be ASC, was '" + wrong_order + "'", first);
  }
}

void Grammar::skew_spec() {
  position_ += 2;
  identifier_list();
  expect(kOn);
  expect(kLeftParen);
  do {
    const bool nested = accept(kLeftParen);
    do {
      if (!constant()) syntax_error();
    } while (nested && accept(kComma));
    if (nested) expect(kRightParen);
  } while (accept(kComma));
  expect(kRightParen);
  if (at_sequence({kStored, kAs, kDirectories})) position_ += 3;
}

// Each field is a column name, a transform of one (`days(ts)`, `bucket(4, id)`), or a new column.
std::vector<plan::ExpressionPtr> Grammar::partition_fields(
    std::vector<plan::ColumnDefinition>* columns) {
  Expressions fields;
  expect(kLeftParen);
  do {
    if (at_identifier() && at(kLeftParen, 1)) {
      fields.push_back(transform());
    } else if (at_identifier() && !at_any({kComma, kRightParen, kDot}, 1)) {
      const types::StructField field = col_type();
      plan::ColumnDefinition column;
      column.name = field.name;
      column.type = field.type;
      column.nullable = field.nullable;
      columns->push_back(std::move(column));
    } else {
      fields.push_back(qualified_column());
    }
  } while (accept(kComma));
  expect(kRightParen);
  return fields;
}

plan::ExpressionPtr Grammar::qualified_column() {
  const size_t first = position_;
  Name name{identifier()};
  while (accept(kDot)) name.push_back(identifier());
  return express(plan::UnresolvedAttribute{.name_parts = std::move(name)}, first);
}

plan::ExpressionPtr Grammar::transform() {
  const size_t first = position_;
  std::string name = identifier();
  Expressions arguments;
  expect(kLeftParen);
  do {
    ExpressionPtr argument = at_identifier() && !at_string(1) ? qualified_column() : constant();
    if (!argument) syntax_error();
    arguments.push_back(std::move(argument));
  } while (accept(kComma));
  expect(kRightParen);
  const bool by_time = name == "years" || name == "months" || name == "days" || name == "hours";
  if (by_time && arguments.size() > 1) {
    fail("INVALID_SQL_SYNTAX.TRANSFORM_WRONG_NUM_ARGS",
         {{"transform", core::quote_identifier(name)},
          {"expectedNum", "1"},
          {"actualNum", std::to_string(arguments.size())}},
         first);
  }
  return call(std::move(name), std::move(arguments), first);
}

plan::CommandPtr Grammar::create_table_like(plan::CreateTable header, size_t first) {
  next();
  plan::CreateTableLike like;
  like.name = std::move(header.name);
  like.if_not_exists = header.if_not_exists;
  like.source = multipart_identifier();
  std::vector<std::string> seen;
  std::string serde;
  for (;;) {
    const char* name = nullptr;
    if (accept(kUsing)) {
      name = "PROVIDER";
      like.provider = joined_name();
    } else if (at_sequence({kRow, kFormat})) {
      name = "ROW FORMAT";
      const RowFormat format = row_format(position_);
      serde += "ROW FORMAT " + (format.serde.empty() ? "DELIMITED" : "SERDE " + format.serde);
    } else if (at(kStored) && at_any({kAs, kBy}, 1)) {
      name = "STORED AS/BY";
      serde = "STORED AS " + file_format(position_) + (serde.empty() ? "" : " ") + serde;
    } else if (at(kLocation) && at_string(1)) {
      name = "LOCATION";
      next();
      like.location = string_value();
    } else if (at_sequence({kTblproperties, kLeftParen})) {
      name = "TBLPROPERTIES";
      next();
      like.properties = property_list();
    } else {
      break;
    }
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      fail("DUPLICATE_CLAUSES", {{"clauseName", name}}, first);
    }
    seen.emplace_back(name);
  }
  if (!serde.empty() && !like.provider.empty()) {
    operation_not_allowed("CREATE TABLE LIKE ... USING ... " + serde, first);
  }
  if (!serde.empty()) like.provider = "hive";
  check_reserved_properties(like.properties, first);
  return make(std::move(like), first);
}

}  // namespace grebe::parse::sql
