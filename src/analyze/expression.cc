// Unresolved expression + scope → typed expression: one overload for each node kind.
#include <algorithm>

#include "analyze/file_metadata.h"
#include "analyze/resolve_expression.h"
#include "analyze/subquery_rules.h"
#include "resolved/compare.h"
#include "types/coercion.h"

namespace grebe::analyze {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;
using types::Value;

ExpressionPtr Resolve::lambda_variable(const std::string& name) {
  for (auto it = scope.lambda_variables.rbegin(); it != scope.lambda_variables.rend(); ++it) {
    if (!same_identifier(it->name, name, analyzer.case_sensitive())) continue;
    return resolved::make_expression(resolved::LambdaVariable{it->id, it->name}, it->type,
                                     it->nullable, origin);
  }
  return nullptr;
}

ExpressionPtr Resolve::nested(ExpressionPtr base, const std::vector<std::string>& fields) {
  for (const auto& field : fields) {
    base = extract(base, Analyzer::string_literal(field), origin);
  }
  return base;
}

ExpressionPtr Resolve::in_scope(const Scope& sight, const plan::UnresolvedAttribute& n) {
  const bool sensitive = analyzer.case_sensitive();
  if (n.plan_id) {
    if (auto match = find_frame_column(sight, *n.plan_id, n.name_parts, sensitive, origin)) {
      return nested(reference(match->attribute, origin), match->nested);
    }
  }
  if (auto match = find_column(sight.attributes, n.name_parts, sensitive, origin)) {
    return nested(reference(match->attribute, origin), match->nested);
  }
  if (n.name_parts.size() > 1 || same_identifier(n.name_parts.front(), kFileMetadata, false)) {
    if (auto match = find_column(sight.hidden, n.name_parts, sensitive, origin)) {
      return nested(reference(match->attribute, origin), match->nested);
    }
  }
  return nullptr;
}

ExpressionPtr Resolve::outer_column(const plan::UnresolvedAttribute& n) {
  // Spark looks into the query right around a subquery and no further.
  const auto* outer = scope.context ? scope.context->outer : nullptr;
  if (!outer) return nullptr;
  const auto* below = scope.inside_aggregate ? outer->aggregate_input : nullptr;
  for (const Scope* sight : {below, outer->input, outer->fallback}) {
    if (!sight) continue;
    std::optional<Match> match;
    try {
      match = find_column(sight->attributes, n.name_parts, analyzer.case_sensitive(), origin);
    } catch (const core::SparkError&) {
      // A name that is ambiguous there counts as unknown here.
      return nullptr;
    }
    if (!match) continue;
    auto column = reference(match->attribute, origin);
    // An aggregate of the outer query is told as a whole (function_call.cc).
    if (outer->outer_use && !scope.inside_aggregate) column = (*outer->outer_use)(column);
    return nested(as_outer(*column), match->nested);
  }
  return nullptr;
}

ExpressionPtr Resolve::lateral_alias(const std::string& name) {
  const resolved::NamedExpression* found = nullptr;
  size_t count = 0;
  for (const auto& item : *scope.lateral_aliases) {
    if (!same_identifier(item.attribute.name, name, analyzer.case_sensitive())) continue;
    found = &item;
    ++count;
  }
  if (!found) return nullptr;
  if (count > 1) {
    throw core::analysis_error(
        "AMBIGUOUS_LATERAL_COLUMN_ALIAS",
        {{"name", core::quote_identifier(name)}, {"n", std::to_string(count)}});
  }
  if (scope.lateral_uses) scope.lateral_uses->push_back(found->attribute.name);
  if (!scope.shows_lateral_aliases) return found->expression;
  resolved::Call shown{.function = "lateralAliasReference",
                       .arguments = {reference(found->attribute)}};
  return resolved::make_expression(std::move(shown), found->attribute.type,
                                   found->attribute.nullable, origin);
}

ExpressionPtr Resolve::operator()(const plan::UnresolvedAttribute& n) {
  if (!n.plan_id) {
    if (auto variable = lambda_variable(n.name_parts.front())) {
      return nested(std::move(variable), {n.name_parts.begin() + 1, n.name_parts.end()});
    }
  }
  if (scope.inside_aggregate && scope.aggregate_input) {
    if (auto found = in_scope(*scope.aggregate_input, n)) return found;
  }
  if (scope.input) {
    if (auto found = in_scope(*scope.input, n)) return found;
  }
  if (scope.fallback) {
    if (auto found = in_scope(*scope.fallback, n)) return found;
  }
  if (scope.lateral_aliases) {
    if (auto value = lateral_alias(n.name_parts.front())) {
      return nested(std::move(value), {n.name_parts.begin() + 1, n.name_parts.end()});
    }
  }
  if (auto found = outer_column(n)) return found;
  if (n.name_parts.size() == 1 && !n.plan_id && scope.allow_aggregates &&
      same_identifier(n.name_parts.front(), "grouping__id", false)) {
    return analyzer.call("grouping_id", {}, origin);
  }
  // Names of functions without parentheses that Spark resolves last.
  if (n.name_parts.size() == 1 && !n.plan_id) {
    static constexpr const char* kParameterless[] = {
        "current_date",    "current_timestamp", "current_user",  "user",
        "current_catalog", "current_database",  "localtimestamp"};
    for (const char* name : kParameterless) {
      if (same_identifier(n.name_parts.front(), name, false)) {
        return analyzer.call(name, {}, origin);
      }
    }
  }
  if (mentions_file_metadata(n.name_parts)) analyzer.want_file_metadata();
  std::vector<resolved::Attribute> candidates;
  if (scope.input) candidates = scope.input->attributes;
  if (candidates.empty() && scope.fallback) candidates = scope.fallback->attributes;
  throw unresolved_column(n.name_parts, candidates, origin);
}

namespace {

bool is_null_literal(const resolved::Expression& expression) {
  const auto* literal = std::get_if<resolved::Literal>(&expression.node);
  return literal != nullptr && literal->value.is_null();
}

/// `NULL IN (…)` is null even for an empty list unless this says otherwise; ANSI turns it round.
bool null_in_is_null(const AnalyzerOptions& options) {
  const std::string setting =
      options.binding.config ? options.binding.config("spark.sql.legacy.nullInEmptyListBehavior")
                             : std::string();
  return setting.empty() ? !options.binding.ansi : setting == "true";
}

}  // namespace

ExpressionPtr Resolve::operator()(const plan::Subquery& n) {
  auto relation = analyzer.subquery(n, scope);
  switch (n.kind) {
    case plan::SubqueryKind::kExists:
      check_correlation(*relation, SubqueryPlace::kPredicate, n.relation->origin);
      return resolved::make_expression(resolved::Exists{without_empty_group(analyzer, relation)},
                                       DataType::boolean(), false, origin);
    case plan::SubqueryKind::kScalar: {
      if (relation->output.size() != 1) {
        throw core::analysis_error(
            "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
            {{"number", std::to_string(relation->output.size())}}, origin);
      }
      check_correlation(*relation, SubqueryPlace::kScalar, origin);
      const auto type = relation->output.front().type;
      return resolved::make_expression(resolved::ScalarSubquery{relation}, type, true, origin);
    }
    case plan::SubqueryKind::kIn: {
      check_correlation(*relation, SubqueryPlace::kPredicate, n.relation->origin);
      std::vector<ExpressionPtr> values;
      for (const auto& value : n.values) values.push_back(analyzer.expression(value, scope));
      if (values.size() == 1 && is_null_literal(*values[0]) &&
          null_in_is_null(analyzer.options())) {
        resolved::Call call{.function = "#null_in",
                            .lowered = Analyzer::literal(DataType::boolean(), {})};
        return resolved::make_expression(std::move(call), DataType::boolean(), true, origin);
      }
      if (values.size() != relation->output.size()) {
        const auto joined = [](const std::vector<std::string>& texts) {
          std::string all;
          for (const auto& text : texts) all += (all.empty() ? "" : ", ") + core::quote_sql(text);
          return all;
        };
        std::vector<std::string> left;
        std::vector<std::string> right;
        for (const auto& value : values) left.push_back(resolved::pretty_name(*value));
        for (const auto& column : relation->output) right.push_back(column.name);
        const auto count = values.size();
        const auto whole = resolved::make_expression(
            resolved::InSubquery{std::move(values), relation}, DataType::boolean(), true, origin);
        throw core::analysis_error("DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
                                   {{"sqlExpr", core::quote_sql(resolved::pretty_name(*whole))},
                                    {"leftLength", std::to_string(count)},
                                    {"rightLength", std::to_string(relation->output.size())},
                                    {"leftColumns", joined(left)},
                                    {"rightColumns", joined(right)}},
                                   origin);
      }
      std::vector<resolved::NamedExpression> items;
      bool changed = false;
      bool nullable = false;
      for (size_t i = 0; i < values.size(); ++i) {
        const auto& column = relation->output[i];
        nullable = nullable || column.nullable || values[i]->nullable;
        const auto common = types::wider_type(
            values[i]->type, column.type, types::coercion_rules(analyzer.options().binding.ansi));
        if (!common) {
          throw core::analysis_error("DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH",
                                     {{"sqlExpr", "\"IN\""},
                                      {"mismatchedColumns", resolved::sql_text(*values[i])},
                                      {"leftType", values[i]->type.sql()},
                                      {"rightType", column.type.sql()}},
                                     origin);
        }
        if (!values[i]->type.same_type(*common)) values[i] = analyzer.cast(values[i], *common);
        if (column.type.same_type(*common)) {
          items.push_back(pass_through(column));
        } else {
          changed = true;
          items.push_back(
              analyzer.name_expression(analyzer.cast(reference(column), *common), column.name));
        }
      }
      if (changed) {
        std::vector<resolved::Attribute> output;
        for (const auto& item : items) output.push_back(item.attribute);
        relation = resolved::make_relation(resolved::Project{relation, std::move(items)}, output);
      }
      return resolved::make_expression(resolved::InSubquery{std::move(values), relation},
                                       DataType::boolean(), nullable, origin);
    }
    case plan::SubqueryKind::kLateralTable:
      break;
  }
  throw core::unsupported("a table subquery as an expression", origin);
}

ExpressionPtr Resolve::operator()(const plan::IdentifierClause& n) {
  static const Context kNowhere;
  const auto name = analyzer.identifier_clause(n.name, scope.context ? *scope.context : kNowhere);
  if (!n.call_arguments) return (*this)(plan::UnresolvedAttribute{.name_parts = name});
  return (*this)(plan::UnresolvedFunction{.name_parts = name, .arguments = *n.call_arguments});
}

ExpressionPtr Resolve::operator()(const plan::ParameterMarker& n) {
  const auto* parameters = scope.context ? scope.context->parameters : nullptr;
  if (n.name.empty()) {
    if (parameters && static_cast<size_t>(n.position) < parameters->positional_arguments.size()) {
      return analyzer.expression(parameters->positional_arguments[static_cast<size_t>(n.position)],
                                 ExpressionScope{});
    }
    throw core::analysis_error("UNBOUND_SQL_PARAMETER",
                               {{"name", "_" + std::to_string(origin.start)}}, origin);
  }
  if (parameters) {
    auto found = parameters->named_arguments.find(n.name);
    if (found != parameters->named_arguments.end()) {
      return analyzer.expression(found->second, ExpressionScope{});
    }
  }
  throw core::analysis_error("UNBOUND_SQL_PARAMETER", {{"name", n.name}}, origin);
}

ExpressionPtr Analyzer::expression(const plan::ExpressionPtr& expression,
                                   const ExpressionScope& scope) {
  return std::visit(Resolve{*this, scope, expression->origin}, expression->node);
}

std::vector<resolved::SortKey> Analyzer::sort_keys(const std::vector<plan::SortOrder>& order,
                                                   const ExpressionScope& scope) {
  std::vector<resolved::SortKey> keys;
  for (const auto& key : order) {
    keys.push_back({expression(key.child, scope), key.ascending, key.nulls_first});
  }
  return keys;
}

ExpressionPtr Analyzer::condition(const plan::ExpressionPtr& expression,
                                  const ExpressionScope& scope, const std::string& clause) {
  auto bound = this->expression(expression, scope);
  if (bound->type.is(TypeKind::kBoolean)) return bound;
  (void)clause;
  throw core::analysis_error("DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
                             {{"sqlExpr", core::quote_sql(resolved::pretty_name(*bound))},
                              {"filter", core::quote_sql(resolved::pretty_name(*bound))},
                              {"type", core::quote_sql(bound->type.sql())}},
                             scope.context ? scope.context->origin : expression->origin);
}

resolved::RelationPtr Analyzer::subquery(const plan::Subquery& node, const ExpressionScope& scope) {
  Context inner = scope.context ? *scope.context : Context{};
  inner.outer = &scope;
  inner.windows = nullptr;
  check_cte_names(node.relation, inner);
  enter_subquery(inner);
  return visible(relation(node.relation, inner));
}

}  // namespace grebe::analyze
