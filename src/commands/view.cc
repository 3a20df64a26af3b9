// CREATE VIEW of every scope, CREATE TEMPORARY VIEW … USING.
#include <algorithm>
#include <chrono>
#include <functional>

#include "commands/actions.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "plan/walk.h"
#include "session/shared_state.h"
#include "types/type_names.h"

#include <nlohmann/json.hpp>

namespace grebe::commands {
namespace {

std::string quoted_list(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + core::quote_identifier(name);
  return out;
}

/// Names and comments of a view's column list over the query's columns.
struct NamedQuery {
  plan::RelationPtr relation;
  types::Schema schema;
  std::vector<std::string> query_columns;
};

NamedQuery name_columns(CommandHost& host, const plan::CreateView& command,
                        const std::string& quoted_view) {
  NamedQuery out{command.input, host.analyze_schema(command.input), {}};
  for (const auto& field : out.schema) out.query_columns.push_back(field.name);
  if (command.columns.empty()) return out;
  std::vector<std::string> names;
  for (const auto& column : command.columns) names.push_back(column.name);
  if (names.size() != out.schema.size()) {
    const bool too_many = out.schema.size() > names.size();
    throw core::analysis_error(std::string("CREATE_VIEW_COLUMN_ARITY_MISMATCH.") +
                                   (too_many ? "TOO_MANY_DATA_COLUMNS" : "NOT_ENOUGH_DATA_COLUMNS"),
                               {{"viewName", quoted_view},
                                {"viewColumns", quoted_list(names)},
                                {"dataColumns", quoted_list(out.query_columns)}});
  }
  std::vector<std::string> own;
  for (size_t i = 0; i < names.size(); ++i) own.push_back("grebe_column_" + std::to_string(i));
  std::vector<plan::ExpressionPtr> items;
  for (size_t i = 0; i < names.size(); ++i) {
    std::string metadata;
    if (!command.columns[i].comment.empty()) {
      metadata = nlohmann::json{{"comment", command.columns[i].comment}}.dump();
    }
    items.push_back(plan::make_expression(plan::Alias{
        .child = plan::make_expression(plan::UnresolvedAttribute{.name_parts = {own[i]}}),
        .names = {names[i]},
        .metadata_json = metadata}));
    out.schema[i].name = names[i];
    out.schema[i].metadata_json = metadata;
  }
  out.relation = plan::make_relation(
      plan::Project{plan::make_relation(plan::ToDf{command.input, own}), std::move(items)});
  return out;
}

/// Refuses a permanent view over temporary ones. `ctes` are the WITH names in sight.
void check_permanent(CommandHost& host, const plan::RelationPtr& relation,
                     const std::string& quoted_view, std::vector<std::string> ctes) {
  if (const auto* with = std::get_if<plan::WithCte>(&relation->node)) {
    for (const auto& item : with->items) ctes.push_back(item.name);
  }
  if (const auto* table = std::get_if<plan::ReadTable>(&relation->node)) {
    const bool is_cte = table->name_parts.size() == 1 &&
                        std::any_of(ctes.begin(), ctes.end(), [&](const std::string& name) {
                          return same_name(name, table->name_parts.front());
                        });
    if (!is_cte && !table->name_parts.empty() && find_temp_view(host, table->name_parts)) {
      throw core::analysis_error("INVALID_TEMP_OBJ_REFERENCE",
                                 {{"obj", "VIEW"},
                                  {"objName", quoted_view},
                                  {"tempObj", "VIEW"},
                                  {"tempObjName", core::quote_name(table->name_parts)}});
    }
  }
  const std::function<void(const plan::ExpressionPtr&)> look_into =
      [&](const plan::ExpressionPtr& expression) {
        if (const auto* subquery = std::get_if<plan::Subquery>(&expression->node)) {
          check_permanent(host, subquery->relation, quoted_view, ctes);
        }
        plan::for_each_child(*expression, look_into);
      };
  plan::for_each_expression(*relation, look_into);
  plan::for_each_input(*relation, [&](const plan::RelationPtr& input) {
    check_permanent(host, input, quoted_view, ctes);
  });
}

void check_names(const types::Schema& schema) {
  for (size_t i = 0; i < schema.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (same_name(schema[i].name, schema[j].name)) {
        throw core::analysis_error(
            "COLUMN_ALREADY_EXISTS",
            {{"columnName", core::quote_identifier(lower_case(schema[i].name))}});
      }
    }
  }
}

bool reads_view(const plan::Relation& relation, const plan::Name& name) {
  const auto* table = std::get_if<plan::ReadTable>(&relation.node);
  if (table != nullptr && table->name_parts.size() == 1 && name.size() == 1 &&
      same_name(table->name_parts[0], name[0])) {
    return true;
  }
  bool found = false;
  plan::for_each_input(
      relation, [&](const plan::RelationPtr& input) { found = found || reads_view(*input, name); });
  return found;
}

/// True for a column whose name Spark makes up from the expression; literals, casts of columns and
/// parts of columns have names of their own.
bool has_made_name(const plan::Expression& item) {
  if (const auto* cast = std::get_if<plan::Cast>(&item.node)) {
    return !std::holds_alternative<plan::UnresolvedAttribute>(cast->child->node);
  }
  const auto* call = std::get_if<plan::UnresolvedFunction>(&item.node);
  if (!call) return false;
  // decimal(column) and the like are casts.
  static constexpr std::string_view kTypes[] = {"bigint",   "binary", "boolean",   "date",
                                                "decimal",  "double", "float",     "int",
                                                "smallint", "string", "timestamp", "tinyint"};
  const bool is_cast =
      call->arguments.size() == 1 &&
      std::holds_alternative<plan::UnresolvedAttribute>(call->arguments[0]->node) &&
      std::find(std::begin(kTypes), std::end(kTypes), lower_case(call->name_parts.back())) !=
          std::end(kTypes);
  return !is_cast;
}

/// Refuses a permanent view of a plain SELECT whose columns have made-up names.
void check_aliases(const plan::Relation& query, const types::Schema& schema,
                   const std::string& quoted_view) {
  const auto* project = std::get_if<plan::Project>(&query.node);
  const auto* aggregate = std::get_if<plan::Aggregate>(&query.node);
  if (!project && !aggregate) return;
  const auto& items = project ? project->expressions : aggregate->aggregates;
  // Stars and generators give several columns: then places tell nothing.
  if (items.size() != schema.size()) return;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!has_made_name(*items[i])) continue;
    throw core::analysis_error("CREATE_PERMANENT_VIEW_WITHOUT_ALIAS",
                               {{"name", quoted_view}, {"attr", core::quote_sql(schema[i].name)}});
  }
}

CommandOutcome create_permanent(CommandHost& host, const plan::CreateView& command) {
  const TableName name = complete_name(host, command.name);
  const auto database = require_database(host, name.database);
  if (command.text.empty()) throw core::unsupported("a permanent view without SQL text");
  const NamedQuery query = name_columns(host, command, name.quoted());
  check_permanent(host, command.input, name.quoted(), {});
  const auto existing = host.catalog().find_table(name.database, name.table);
  if (existing && existing->kind != catalog::TableKind::kView && !command.if_not_exists) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1278", {{"name", name.quoted()}});
  }
  if (existing && command.replace && reads_view(*command.input, {name.table})) {
    throw core::analysis_error(
        "RECURSIVE_VIEW",
        {{"viewIdent", name.quoted()}, {"newPath", name.quoted() + " -> " + name.quoted()}});
  }
  if (existing && !command.replace) {
    if (command.if_not_exists) return {};
    throw core::make_error(core::ErrorClass::kTableExists, "TABLE_OR_VIEW_ALREADY_EXISTS",
                           {{"relationName", name.quoted()}});
  }
  check_names(query.schema);
  if (command.columns.empty()) check_aliases(*command.input, query.schema, name.quoted());
  catalog::Table view;
  view.database = database.name;
  view.name = lower_case(name.table);
  view.kind = catalog::TableKind::kView;
  view.schema = query.schema;
  view.comment = command.comment;
  view.properties = {command.properties.begin(), command.properties.end()};
  view.created_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                        std::chrono::system_clock::now().time_since_epoch())
                        .count();
  view.view_text = command.text;
  view.view_database = host.session().current_database();
  view.view_columns = query.query_columns;
  for (const auto& [key, value] : host.session().config().all()) {
    if (key.starts_with("spark.sql.") && host.session().config().is_modifiable(key)) {
      view.view_configuration[key] = value;
    }
  }
  if (existing) {
    host.catalog().update_table(view);
  } else {
    host.catalog().create_table(view);
  }
  return {};
}

void put_view(CommandHost& host, const plan::Name& name, bool global, session::TempView view,
              bool replace, bool if_not_exists) {
  const std::string& simple = name.back();
  if (name.size() > 2 ||
      (name.size() == 2 && !(global && same_name(name[0], catalog::kGlobalTempDatabase)))) {
    throw core::analysis_error("TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS",
                               {{"actualName", core::quote_name(name)}});
  }
  if (if_not_exists &&
      find_temp_view(
          host, global ? plan::Name{catalog::kGlobalTempDatabase, simple} : plan::Name{simple})) {
    return;
  }
  if (global) {
    host.session().shared().put_global_temp_view(simple, std::move(view), replace);
  } else {
    host.session().put_temp_view(simple, std::move(view), replace);
  }
}

}  // namespace

CommandOutcome create_view(CommandHost& host, const plan::CreateView& command) {
  if (command.scope == plan::CreateView::Scope::kPermanent) return create_permanent(host, command);
  const NamedQuery query = name_columns(host, command, core::quote_name(command.name));
  // A view of SQL text looks its names up each time: it would find itself.
  if (!command.text.empty() && find_temp_view(host, command.name) &&
      reads_view(*command.input, command.name)) {
    const std::string name = core::quote_name(command.name);
    throw core::analysis_error("RECURSIVE_VIEW",
                               {{"viewIdent", name}, {"newPath", name + " -> " + name}});
  }
  auto view = host.capture_view(query.relation, command.text);
  view.schema = query.schema;
  view.comment = command.comment;
  put_view(host, command.name, command.scope == plan::CreateView::Scope::kGlobalTemp,
           std::move(view), command.replace, command.if_not_exists);
  return {};
}

CommandOutcome create_temp_view_using(CommandHost& host, const plan::CreateTempViewUsing& command) {
  plan::ReadDataSource source{.format = command.provider,
                              .paths = {},
                              .schema = {},
                              .options = {},
                              .predicates = {},
                              .is_streaming = false};
  for (const auto& [key, value] : command.options) {
    if (same_name(key, "path")) {
      source.paths.push_back(value);
    } else {
      source.options.emplace_back(key, value);
    }
  }
  if (!command.columns.empty()) {
    source.schema = types::DataType::struct_type(stored_schema(command.columns)).json();
  }
  const auto relation = plan::make_relation(std::move(source));
  auto view = host.capture_view(relation, "");
  view.schema = host.analyze_schema(relation);
  put_view(host, command.name, command.global, std::move(view), command.replace, false);
  return {};
}

}  // namespace grebe::commands
