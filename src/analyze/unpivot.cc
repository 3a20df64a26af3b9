// UNPIVOT/melt → Expand: each row once per value group.
#include <algorithm>
#include <map>

#include "analyze/analyzer.h"
#include "types/coercion.h"

namespace grebe::analyze {

using resolved::ExpressionPtr;
using resolved::NamedExpression;

Analyzed Analyzer::unpivot(const plan::Unpivot& node, const Context& context) {
  auto input = relation(node.input, context);
  ExpressionScope scope{.input = &input.scope, .context = &context};
  std::vector<NamedExpression> ids;
  std::vector<std::vector<NamedExpression>> groups;
  if (node.ids) ids = items(*node.ids, scope, nullptr);
  if (node.values) {
    for (const auto& written : *node.values) {
      auto group = items(written, scope, nullptr);
      // A star among single values stands for one group each.
      if (node.value_column_names.size() == 1) {
        for (auto& item : group) groups.push_back({std::move(item)});
      } else {
        groups.push_back(std::move(group));
      }
    }
  }
  const auto uses = [](const std::vector<NamedExpression>& list, resolved::AttributeId id) {
    return std::any_of(list.begin(), list.end(),
                       [&](const auto& item) { return item.attribute.id == id; });
  };
  if (!node.ids) {
    for (const auto& attribute : input.scope.attributes) {
      const bool is_value = std::any_of(groups.begin(), groups.end(), [&](const auto& group) {
        return uses(group, attribute.id);
      });
      if (!is_value) ids.push_back(pass_through(attribute));
    }
  }
  if (!node.values) {
    for (const auto& attribute : input.scope.attributes) {
      if (!uses(ids, attribute.id)) groups.push_back({pass_through(attribute)});
    }
  }
  if (groups.empty()) {
    throw core::analysis_error("UNPIVOT_REQUIRES_VALUE_COLUMNS", {});
  }
  const size_t width = node.value_column_names.size();
  std::vector<types::DataType> common;
  for (size_t column = 0; column < width; ++column) {
    std::vector<types::DataType> seen;
    for (const auto& group : groups) {
      if (group.size() != width) {
        throw core::analysis_error("UNPIVOT_VALUE_SIZE_MISMATCH",
                                   {{"names", std::to_string(width)}});
      }
      seen.push_back(group[column].expression->type);
    }
    std::optional<types::DataType> met = seen.front();
    for (const auto& type : seen) {
      if (met) {
        met = types::wider_type_without_strings(*met, type,
                                                types::coercion_rules(options_.binding.ansi));
      }
    }
    if (!met) {
      // Each type with the columns that have it: `"INT" (`a`, `b`), "STRING" (`c`)`.
      std::map<std::string, std::string> columns;
      for (const auto& group : groups) {
        auto& names = columns[core::quote_sql(group[column].expression->type.sql())];
        names += (names.empty() ? "" : ", ") + core::quote_identifier(group[column].attribute.name);
      }
      std::string listed;
      for (const auto& [type, names] : columns) {
        listed += (listed.empty() ? "" : ", ") + type + " (" + names + ")";
      }
      throw core::analysis_error("UNPIVOT_VALUE_DATA_TYPE_MISMATCH", {{"types", listed}});
    }
    common.push_back(*met);
  }

  Analyzed out;
  std::vector<resolved::Attribute> output;
  for (const auto& id : ids) {
    auto attribute = id.attribute;
    output.push_back(std::move(attribute));
  }
  output.push_back(new_attribute(node.variable_column_name, types::DataType::string(), false));
  for (size_t column = 0; column < width; ++column) {
    const bool nullable = std::any_of(groups.begin(), groups.end(), [&](const auto& group) {
      return group[column].expression->nullable;
    });
    output.push_back(new_attribute(node.value_column_names[column], common[column], nullable));
  }
  // Ids get fresh attributes: below the Expand the old ones stay in force.
  for (size_t i = 0; i < ids.size(); ++i) output[i].id = next_id();
  std::vector<std::vector<ExpressionPtr>> projections;
  for (size_t g = 0; g < groups.size(); ++g) {
    std::vector<ExpressionPtr> row;
    for (const auto& id : ids) row.push_back(id.expression);
    std::string name;
    if (g < node.value_aliases.size() && !node.value_aliases[g].empty()) {
      name = node.value_aliases[g];
    } else {
      for (const auto& item : groups[g]) {
        name += (name.empty() ? "" : "_") + item.attribute.name;
      }
    }
    row.push_back(string_literal(name));
    for (size_t column = 0; column < width; ++column) {
      auto value = groups[g][column].expression;
      row.push_back(value->type.same_type(common[column]) ? value : cast(value, common[column]));
    }
    projections.push_back(std::move(row));
  }
  out.relation = resolved::make_relation(
      resolved::Expand{input.relation, std::move(projections), output}, output);
  if (!node.include_nulls) {
    ExpressionPtr any;
    for (size_t column = 0; column < width; ++column) {
      auto present = call("isnotnull", {reference(output[ids.size() + 1 + column])});
      any = any ? call("or", {any, present}) : present;
    }
    out.relation = resolved::make_relation(resolved::Filter{out.relation, any}, output);
  }
  out.scope.attributes = std::move(output);
  out.scope.frames = std::move(input.scope.frames);
  return out;
}

}  // namespace grebe::analyze
