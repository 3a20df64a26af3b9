// CREATE … and DROP …: namespaces, views, functions, indexes.
#include <algorithm>

#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

plan::CommandPtr Grammar::create_statement() {
  const size_t first = position_;
  const bool is_replace = next().kind == kReplace;
  if (is_replace) {
    if (!at(kTable)) syntax_error();
    return create_table(first, true, false);
  }
  const bool or_replace = accept_sequence({kOr, kReplace});
  if (!or_replace && at_namespace_word()) return create_namespace(first);
  if (at(kTable) ||
      (!or_replace && (at_sequence({kExternal, kTable}) || at_sequence({kTemporary, kTable}) ||
                       at_sequence({kTemporary, kExternal, kTable})))) {
    return create_table(first, or_replace, or_replace);
  }
  if (at(kView) || at_sequence({kTemporary, kView}) || at_sequence({kGlobal, kTemporary, kView})) {
    return create_view(first, or_replace);
  }
  if (at(kFunction) || at_sequence({kTemporary, kFunction})) {
    return create_function(first, or_replace);
  }
  if (!or_replace && at(kIndex)) return create_index(first);
  if (accept(kGlobal)) expect(kTemporary);
  accept(kTemporary);
  syntax_error();
}

plan::CommandPtr Grammar::create_namespace(size_t first) {
  next();
  plan::CreateDatabase database;
  database.if_not_exists = if_not_exists();
  database.name = identifier_reference();
  bool has_comment = false;
  bool has_location = false;
  bool has_properties[2] = {false, false};
  const auto once = [&](bool& seen, const char* clause) {
    if (seen) fail("DUPLICATE_CLAUSES", {{"clauseName", clause}}, first);
    seen = true;
  };
  for (;;) {
    if (const std::optional<std::string> comment = accept_comment()) {
      once(has_comment, "COMMENT");
      database.comment = *comment;
    } else if (at(kLocation) && at_string(1)) {
      next();
      database.location = string_value();
      once(has_location, "LOCATION");
    } else if (at(kWith)) {
      next();
      const bool db_properties = at(kDbproperties);
      expect_any({kDbproperties, kProperties});
      database.properties = property_list();
      once(has_properties[db_properties ? 1 : 0],
           db_properties ? "WITH DBPROPERTIES" : "WITH PROPERTIES");
    } else {
      break;
    }
  }
  if (has_properties[0] && has_properties[1]) {
    fail("UNSUPPORTED_FEATURE.SET_PROPERTIES_AND_DBPROPERTIES", {}, first);
  }
  check_reserved_namespace_properties(database.properties, first);
  return make(std::move(database), first);
}

void Grammar::check_reserved_namespace_properties(const plan::Options& properties, size_t first) {
  for (const auto& [key, value] : properties) {
    const char* advice = nullptr;
    if (key == "location") advice = "please use the LOCATION clause to specify it";
    if (key == "owner") advice = "it will be set to the current user";
    if (advice == nullptr) continue;
    fail("UNSUPPORTED_FEATURE.SET_NAMESPACE_PROPERTY", {{"property", key}, {"msg", advice}}, first);
  }
}

plan::CommandPtr Grammar::create_view(size_t first, bool replace) {
  plan::CreateView view;
  view.replace = replace;
  view.scope = plan::CreateView::Scope::kPermanent;
  if (accept(kGlobal)) view.scope = plan::CreateView::Scope::kGlobalTemp;
  if (accept(kTemporary) && view.scope == plan::CreateView::Scope::kPermanent) {
    view.scope = plan::CreateView::Scope::kLocalTemp;
  }
  const bool temporary = view.scope != plan::CreateView::Scope::kPermanent;
  expect(kView);
  view.if_not_exists = if_not_exists();
  view.name = identifier_reference();
  if (temporary && !view.if_not_exists && at_view_using()) {
    plan::CreateTempViewUsing with_source;
    with_source.name = std::move(view.name);
    with_source.replace = replace;
    with_source.global = view.scope == plan::CreateView::Scope::kGlobalTemp;
    return create_view_using(std::move(with_source), first);
  }
  if (at(kLeftParen)) {
    next();
    do {
      plan::ColumnDefinition column;
      column.name = identifier();
      column.comment = accept_comment().value_or("");
      view.columns.push_back(std::move(column));
    } while (accept(kComma));
    expect(kRightParen);
  }
  bool has_comment = false;
  bool has_properties = false;
  bool partitioned = false;
  for (;;) {
    const char* duplicate = nullptr;
    if (const std::optional<std::string> comment = accept_comment()) {
      if (has_comment) duplicate = "COMMENT";
      has_comment = true;
      view.comment = *comment;
    } else if (accept_sequence({kPartitioned, kOn})) {
      identifier_list();
      partitioned = true;
    } else if (at_sequence({kTblproperties, kLeftParen})) {
      next();
      view.properties = property_list();
      if (has_properties) duplicate = "TBLPROPERTIES";
      has_properties = true;
    } else {
      break;
    }
    if (duplicate != nullptr) fail("DUPLICATE_CLAUSES", {{"clauseName", duplicate}}, first);
  }
  expect(kAs);
  const size_t query_first = position_;
  view.input = query();
  view.text = source_from(query_first);
  if (partitioned) operation_not_allowed("CREATE VIEW ... PARTITIONED ON", first);
  if (view.if_not_exists && replace) fail("_LEGACY_ERROR_TEMP_0052", {}, first);
  if (temporary && !view.properties.empty()) {
    operation_not_allowed("TBLPROPERTIES can't coexist with CREATE TEMPORARY VIEW", first);
  }
  const bool has_marker = std::any_of(markers_.begin(), markers_.end(), [&](size_t marker) {
    return marker >= query_first && marker < position_;
  });
  if (has_marker) {
    fail("UNSUPPORTED_FEATURE.PARAMETER_MARKER_IN_UNEXPECTED_STATEMENT",
         {{"statement", "CREATE VIEW body"}}, shown_at(span(first), query_first));
  }
  if (temporary && view.if_not_exists) fail("_LEGACY_ERROR_TEMP_0053", {}, first);
  if (temporary && view.name.size() > 1) {
    fail("TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS", {{"actualName", core::quote_name(view.name)}},
         first);
  }
  return make(std::move(view), first);
}

// `v [(a INT, …)] USING format`.
bool Grammar::at_view_using() {
  if (at(kUsing)) return true;
  if (!at(kLeftParen)) return false;
  const size_t after = closing(position_) + 1;
  return after < tokens_.size() && tokens_[after].kind == kUsing;
}

plan::CommandPtr Grammar::create_view_using(plan::CreateTempViewUsing view, size_t first) {
  if (accept(kLeftParen)) {
    for (const types::StructField& field : col_type_list()) {
      plan::ColumnDefinition column;
      column.name = field.name;
      column.type = field.type;
      column.nullable = field.nullable;
      view.columns.push_back(std::move(column));
    }
    expect(kRightParen);
  }
  expect(kUsing);
  view.provider = joined_name();
  if (accept(kOptions)) view.options = property_list();
  return make(std::move(view), first);
}

plan::CommandPtr Grammar::create_function(size_t first, bool replace) {
  const bool temporary = accept(kTemporary);
  next();
  const bool unless_exists = if_not_exists();
  const Name name = identifier_reference();
  expect(kAs);
  string_value();
  if (accept(kUsing)) {
    do {
      std::string kind = identifier();
      for (char& c : kind) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      string_value();
      if (kind != "jar" && kind != "file" && kind != "archive") {
        operation_not_allowed("CREATE FUNCTION with resource type '" + kind + "'", first);
      }
    } while (accept(kComma));
  }
  if (unless_exists && replace) {
    fail("INVALID_SQL_SYNTAX.CREATE_FUNC_WITH_IF_NOT_EXISTS_AND_REPLACE", {}, first);
  }
  if (!temporary) return unsupported_command("CREATE FUNCTION", first);
  if (unless_exists) fail("INVALID_SQL_SYNTAX.CREATE_TEMP_FUNC_WITH_IF_NOT_EXISTS", {}, first);
  if (name.size() > 2) {
    fail("INVALID_SQL_SYNTAX.MULTI_PART_NAME",
         {{"statement", "CREATE TEMPORARY FUNCTION"}, {"funcName", core::quote_name(name)}}, first);
  }
  if (name.size() == 2) {
    fail("INVALID_SQL_SYNTAX.CREATE_TEMP_FUNC_WITH_DATABASE",
         {{"database", core::quote_identifier(name[0])}}, first);
  }
  return unsupported_command("CREATE TEMPORARY FUNCTION", first);
}

plan::CommandPtr Grammar::create_index(size_t first) {
  next();
  if_not_exists();
  identifier();
  expect(kOn);
  if (at(kTable) && at_identifier(1)) next();
  identifier_reference();
  if (accept(kUsing)) identifier();
  expect(kLeftParen);
  do {
    multipart_identifier();
    if (accept(kOptions)) property_list();
  } while (accept(kComma));
  expect(kRightParen);
  if (accept(kOptions)) property_list();
  return unsupported_command("CREATE INDEX", first);
}

plan::CommandPtr Grammar::drop_statement() {
  const size_t first = position_;
  next();
  if (at_namespace_word()) {
    next();
    plan::DropDatabase drop;
    drop.if_exists = if_exists();
    drop.name = identifier_reference();
    drop.cascade = accept(kCascade);
    if (!drop.cascade) accept(kRestrict);
    return make(std::move(drop), first);
  }
  if (at_any({kTable, kView})) {
    plan::DropTable drop;
    drop.is_view = next().kind == kView;
    drop.if_exists = if_exists();
    drop.name = identifier_reference();
    drop.purge = !drop.is_view && accept(kPurge);
    return make(std::move(drop), first);
  }
  if (accept(kIndex)) {
    if_exists();
    identifier();
    expect(kOn);
    if (at(kTable) && at_identifier(1)) next();
    identifier_reference();
    return unsupported_command("DROP INDEX", first);
  }
  const bool temporary = accept(kTemporary);
  expect(kFunction);
  if_exists();
  const Name name = identifier_reference();
  if (temporary && name.size() > 1) {
    fail("INVALID_SQL_SYNTAX.MULTI_PART_NAME",
         {{"statement", "DROP TEMPORARY FUNCTION"}, {"funcName", core::quote_name(name)}}, first);
  }
  return unsupported_command(temporary ? "DROP TEMPORARY FUNCTION" : "DROP FUNCTION", first);
}

}  // namespace grebe::parse::sql
