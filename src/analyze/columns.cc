// toDF, withColumns, withColumnsRenamed, drop, to(schema) → Project over the frame's columns.
#include <algorithm>

#include "analyze/analyzer.h"
#include "resolved/compare.h"
#include "types/coercion.h"
#include "types/metadata.h"

namespace grebe::analyze {

using resolved::NamedExpression;

Analyzed Analyzer::to_df(const plan::ToDf& node, const Context& context) {
  auto input = relation(node.input, context);
  const auto& columns = input.scope.attributes;
  if (columns.size() != node.column_names.size()) {
    std::string old_names;
    std::string new_names;
    for (const auto& column : columns) old_names += (old_names.empty() ? "" : ", ") + column.name;
    for (const auto& name : node.column_names) {
      new_names += (new_names.empty() ? "" : ", ") + name;
    }
    throw core::plain_error(
        core::ErrorClass::kIllegalArgument,
        "requirement failed: The number of columns doesn't match.\nOld column names (" +
            std::to_string(columns.size()) + "): " + old_names + "\nNew column names (" +
            std::to_string(node.column_names.size()) + "): " + new_names);
  }
  std::vector<NamedExpression> items;
  for (size_t i = 0; i < columns.size(); ++i) {
    auto item = name_expression(reference(columns[i]), node.column_names[i]);
    item.attribute.metadata_json = columns[i].metadata_json;
    items.push_back(std::move(item));
  }
  return project_items(std::move(input), std::move(items));
}

Analyzed Analyzer::with_columns(const plan::WithColumns& node, const Context& context) {
  std::vector<plan::ExpressionPtr> list;
  auto input = relation(node.input, context);
  ExpressionScope scope{
      .input = &input.scope, .context = &context, .allow_windows = true, .allow_generators = true};
  for (size_t i = 0; i < node.aliases.size(); ++i) {
    const auto& name = std::get<plan::Alias>(node.aliases[i]->node).names.front();
    for (size_t j = 0; j < i; ++j) {
      const auto& other = std::get<plan::Alias>(node.aliases[j]->node).names.front();
      if (same_identifier(name, other, case_sensitive())) {
        throw core::analysis_error("COLUMN_ALREADY_EXISTS",
                                   {{"columnName", core::quote_identifier(name)}});
      }
    }
  }
  std::vector<NamedExpression> added;
  for (const auto& written : node.aliases) {
    const auto& alias = std::get<plan::Alias>(written->node);
    auto bound = expression(alias.child, scope);
    const auto* generator = std::get_if<resolved::Call>(&bound->node);
    if (generator &&
        functions::find_kind(generator->function) == functions::FunctionKind::kGenerator) {
      auto columns = functions::generator_output(*bound);
      if (columns.size() != 1) {
        throw core::analysis_error("UDTF_ALIAS_NUMBER_MISMATCH",
                                   {{"aliasesSize", std::to_string(columns.size())},
                                    {"aliasesNames", alias.names.front()}});
      }
      auto column = new_attribute(alias.names.front(), columns[0].type, columns[0].nullable);
      auto output = input.relation->output;
      output.push_back(column);
      input.relation = resolved::make_relation(
          resolved::Generate{input.relation, bound, false, {column}}, std::move(output));
      added.push_back(pass_through(column));
      continue;
    }
    auto item = name_expression(std::move(bound), alias.names.front());
    item.attribute.metadata_json = alias.metadata_json;
    added.push_back(std::move(item));
  }
  std::vector<NamedExpression> items;
  std::vector<bool> used(added.size(), false);
  for (const auto& column : input.scope.attributes) {
    bool replaced = false;
    for (size_t i = 0; i < added.size(); ++i) {
      if (!same_identifier(added[i].attribute.name, column.name, case_sensitive())) continue;
      auto item = added[i];
      if (used[i]) item.attribute.id = next_id();
      items.push_back(std::move(item));
      used[i] = true;
      replaced = true;
    }
    if (!replaced) items.push_back(pass_through(column));
  }
  for (size_t i = 0; i < added.size(); ++i) {
    if (!used[i]) items.push_back(added[i]);
  }
  return project_items(std::move(input), std::move(items));
}

Analyzed Analyzer::with_columns_renamed(const plan::WithColumnsRenamed& node,
                                        const Context& context) {
  auto input = relation(node.input, context);
  auto columns = input.scope.attributes;
  std::vector<std::string> names;
  for (const auto& column : columns) names.push_back(column.name);
  for (const auto& [from, to] : node.renames) {
    for (auto& name : names) {
      if (same_identifier(name, from, case_sensitive())) name = to;
    }
  }
  for (size_t i = 0; i < names.size(); ++i) {
    for (size_t j = i + 1; j < names.size(); ++j) {
      if (!same_identifier(names[i], names[j], case_sensitive())) continue;
      throw core::analysis_error("COLUMN_ALREADY_EXISTS",
                                 {{"columnName", core::quote_identifier(names[j])}});
    }
  }
  std::vector<NamedExpression> items;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (names[i] == columns[i].name) {
      items.push_back(pass_through(columns[i]));
      continue;
    }
    auto item = name_expression(reference(columns[i]), names[i]);
    item.attribute.metadata_json = columns[i].metadata_json;
    items.push_back(std::move(item));
  }
  return project_items(std::move(input), std::move(items));
}

Analyzed Analyzer::drop(const plan::Drop& node, const Context& context) {
  auto input = relation(node.input, context);
  ExpressionScope scope{.input = &input.scope, .context = &context};
  std::vector<resolved::AttributeId> dropped;
  for (const auto& written : node.columns) {
    // A column that is not there drops nothing.
    try {
      auto bound = expression(written, scope);
      if (const auto* ref = std::get_if<resolved::AttributeRef>(&bound->node)) {
        dropped.push_back(ref->id);
      }
    } catch (const core::SparkError& error) {
      if (error.condition().rfind("UNRESOLVED_COLUMN", 0) != 0) throw;
    }
  }
  std::vector<NamedExpression> items;
  for (const auto& column : input.scope.attributes) {
    const bool by_id = std::find(dropped.begin(), dropped.end(), column.id) != dropped.end();
    const bool by_name = std::any_of(
        node.column_names.begin(), node.column_names.end(),
        [&](const auto& name) { return same_identifier(name, column.name, case_sensitive()); });
    if (!by_id && !by_name) items.push_back(pass_through(column));
  }
  return project_items(std::move(input), std::move(items));
}

Analyzed Analyzer::to_schema(const plan::ToSchema& node, const Context& context) {
  auto input = relation(node.input, context);
  std::vector<NamedExpression> items;
  for (const auto& field : node.schema.fields()) {
    const resolved::Attribute* found = nullptr;
    for (const auto& column : input.scope.attributes) {
      if (!same_identifier(column.name, field.name, case_sensitive())) continue;
      if (found) {
        throw core::analysis_error("AMBIGUOUS_COLUMN_OR_FIELD",
                                   {{"name", core::quote_identifier(field.name)}, {"n", "2"}});
      }
      found = &column;
    }
    if (!found) {
      if (!field.nullable) {
        throw unresolved_column({field.name}, input.scope.attributes, {});
      }
      items.push_back(name_expression(literal(field.type, {}), field.name));
      continue;
    }
    if (found->nullable && !field.nullable) {
      throw core::analysis_error("NULLABLE_COLUMN_OR_FIELD",
                                 {{"name", core::quote_identifier(field.name)}});
    }
    auto value = reference(*found);
    if (!value->type.same_type(field.type)) {
      const bool fits = types::can_store_assign(value->type, field.type);
      if (!fits) {
        throw core::analysis_error("INVALID_COLUMN_OR_FIELD_DATA_TYPE",
                                   {{"name", core::quote_identifier(field.name)},
                                    {"type", core::quote_sql(value->type.sql())},
                                    {"expectedType", core::quote_sql(field.type.sql())}});
      }
      value = functions::bind_cast(value, field.type, resolved::CastMode::kAnsi, true);
    }
    auto item = name_expression(std::move(value), field.name);
    item.attribute.nullable = field.nullable;
    item.attribute.type = field.type;
    item.attribute.metadata_json =
        types::merged_metadata(found->metadata_json, field.metadata_json);
    items.push_back(std::move(item));
  }
  return project_items(std::move(input), std::move(items));
}

}  // namespace grebe::analyze
