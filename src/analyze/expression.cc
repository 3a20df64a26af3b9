// Unresolved expression + scope → typed expression: one overload for each node kind.
#include <algorithm>

#include "analyze/analyzer.h"
#include "resolved/compare.h"
#include "types/coercion.h"

namespace grebe::analyze {
namespace {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;
using types::Value;

struct Resolve {
  Analyzer& analyzer;
  const ExpressionScope& scope;
  const core::Origin& origin;

  ExpressionPtr operator()(const plan::Literal& n) {
    return resolved::make_expression(resolved::Literal{n.value}, n.type, n.value.is_null(), origin);
  }
  ExpressionPtr operator()(const plan::UnresolvedAttribute& n);
  ExpressionPtr operator()(const plan::UnresolvedStar&) {
    throw core::analysis_error("INVALID_USAGE_OF_STAR_OR_REGEX",
                               {{"elem", "'*'"}, {"prettyName", "expression"}}, origin);
  }
  ExpressionPtr operator()(const plan::UnresolvedRegex& n) {
    throw core::analysis_error(
        "INVALID_USAGE_OF_STAR_OR_REGEX",
        {{"elem", "regular expression '" + n.pattern + "'"}, {"prettyName", "expression"}}, origin);
  }
  ExpressionPtr operator()(const plan::UnresolvedFunction& n);
  ExpressionPtr operator()(const plan::Alias& n) { return analyzer.expression(n.child, scope); }
  ExpressionPtr operator()(const plan::Cast& n) {
    auto child = analyzer.expression(n.child, scope);
    auto mode = resolved::CastMode::kLegacy;
    switch (n.mode) {
      case plan::CastMode::kDefault:
        mode = analyzer.options().binding.ansi ? resolved::CastMode::kAnsi
                                               : resolved::CastMode::kLegacy;
        break;
      case plan::CastMode::kAnsi:
        mode = resolved::CastMode::kAnsi;
        break;
      case plan::CastMode::kTry:
        mode = resolved::CastMode::kTry;
        break;
    }
    return functions::bind_cast(std::move(child), n.type, mode, false, origin);
  }
  ExpressionPtr operator()(const plan::Window& n) { return analyzer.window(n, scope, origin); }
  ExpressionPtr operator()(const plan::Lambda&) {
    throw core::analysis_error("INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
                               {{"class", "lambda"}}, origin);
  }
  ExpressionPtr operator()(const plan::LambdaVariable& n) {
    if (auto found = lambda_variable(n.name)) return found;
    throw unresolved_column(
        {n.name}, scope.input ? scope.input->attributes : std::vector<resolved::Attribute>{},
        origin);
  }
  ExpressionPtr operator()(const plan::ExtractValue& n);
  ExpressionPtr operator()(const plan::UpdateFields& n);
  ExpressionPtr operator()(const plan::Subquery& n);
  ExpressionPtr operator()(const plan::ParameterMarker& n);
  ExpressionPtr operator()(const plan::NamedArgument& n) {
    throw core::analysis_error("NAMED_PARAMETERS_NOT_SUPPORTED",
                               {{"functionName", core::quote_identifier(n.name)}}, origin);
  }
  ExpressionPtr operator()(const plan::IdentifierClause&) {
    throw core::unsupported("IDENTIFIER clause with a non-literal name", origin);
  }
  ExpressionPtr operator()(const plan::SortKey& n) {
    return analyzer.expression(n.order.child, scope);
  }
  ExpressionPtr operator()(const plan::UserFunction& n) {
    throw core::unsupported("the " + n.kind + " function " + n.name, origin);
  }

  ExpressionPtr lambda_variable(const std::string& name);
  ExpressionPtr nested(ExpressionPtr base, const std::vector<std::string>& fields);
  ExpressionPtr in_scope(const Scope& sight, const plan::UnresolvedAttribute& n);
  ExpressionPtr extract(ExpressionPtr child, const ExpressionPtr& key);
};

ExpressionPtr Resolve::lambda_variable(const std::string& name) {
  for (auto it = scope.lambda_variables.rbegin(); it != scope.lambda_variables.rend(); ++it) {
    if (!same_identifier(it->name, name, analyzer.case_sensitive())) continue;
    return resolved::make_expression(resolved::LambdaVariable{it->id, it->name}, it->type,
                                     it->nullable, origin);
  }
  return nullptr;
}

ExpressionPtr Resolve::nested(ExpressionPtr base, const std::vector<std::string>& fields) {
  for (const auto& field : fields) base = extract(std::move(base), Analyzer::string_literal(field));
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
  if (n.name_parts.size() > 1) {
    if (auto match = find_column(sight.hidden, n.name_parts, sensitive, origin)) {
      return nested(reference(match->attribute, origin), match->nested);
    }
  }
  return nullptr;
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
    for (auto it = scope.lateral_aliases->rbegin(); it != scope.lateral_aliases->rend(); ++it) {
      if (!same_identifier(it->attribute.name, n.name_parts.front(), analyzer.case_sensitive())) {
        continue;
      }
      return nested(it->expression, {n.name_parts.begin() + 1, n.name_parts.end()});
    }
  }
  // Columns of the surrounding queries, nearest first.
  for (const auto* outer = scope.context ? scope.context->outer : nullptr; outer;
       outer = outer->context ? outer->context->outer : nullptr) {
    for (const Scope* sight : {outer->input, outer->fallback}) {
      if (!sight) continue;
      if (auto match =
              find_column(sight->attributes, n.name_parts, analyzer.case_sensitive(), origin)) {
        const auto& attribute = match->attribute;
        return nested(resolved::make_expression(
                          resolved::OuterRef{attribute.id, attribute.name, attribute.qualifier},
                          attribute.type, attribute.nullable, origin),
                      match->nested);
      }
    }
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
  std::vector<resolved::Attribute> candidates;
  if (scope.input) candidates = scope.input->attributes;
  if (candidates.empty() && scope.fallback) candidates = scope.fallback->attributes;
  throw unresolved_column(n.name_parts, candidates, origin);
}

/// True when a call's first argument list is a lone star (count(*)).
bool is_lone_star(const plan::UnresolvedFunction& n) {
  if (n.arguments.size() != 1) return false;
  const auto* star = std::get_if<plan::UnresolvedStar>(&n.arguments.front()->node);
  return star && star->target.empty() && star->except.empty();
}

ExpressionPtr Resolve::operator()(const plan::UnresolvedFunction& n) {
  const std::string& name = n.name_parts.back();
  const auto kind = functions::find_kind(name);
  if (kind == functions::FunctionKind::kAggregate && scope.inside_aggregate) {
    throw core::analysis_error("NESTED_AGGREGATE_FUNCTION", {}, origin);
  }
  ExpressionScope inner = scope;
  inner.allow_generators = false;
  inner.window_function = false;
  if (kind == functions::FunctionKind::kAggregate) {
    // Under OVER the arguments belong to the query: sum(sum(x)) OVER () is legal.
    inner.inside_aggregate = !scope.window_function;
    inner.allow_windows = false;
  }

  functions::CallRequest request;
  request.name_parts = n.name_parts;
  request.is_distinct = n.is_distinct;
  request.ignore_nulls = n.ignore_nulls;
  request.origin = origin;
  const bool is_count = same_identifier(name, "count", false);
  for (const auto& argument : n.arguments) {
    if (const auto* star = std::get_if<plan::UnresolvedStar>(&argument->node)) {
      if (is_count && is_lone_star(n) && !n.is_distinct) {
        request.arguments.push_back({Analyzer::integer_literal(1), {}});
        continue;
      }
      for (const auto& item : analyzer.items({argument}, inner, nullptr)) {
        request.arguments.push_back({item.expression, {}});
      }
      (void)star;
      continue;
    }
    const auto* named = std::get_if<plan::NamedArgument>(&argument->node);
    const auto& value = named ? named->value : argument;
    functions::Argument resolved_argument;
    if (named) resolved_argument.name = named->name;
    if (const auto* lambda = std::get_if<plan::Lambda>(&value->node)) {
      functions::LambdaArgument closure;
      closure.parameter_names = lambda->parameters;
      closure.origin = value->origin;
      closure.resolve = [&analyzer = analyzer, inner, body = lambda->body](
                            const std::vector<resolved::LambdaParameter>& parameters) {
        ExpressionScope with_parameters = inner;
        for (const auto& parameter : parameters) {
          with_parameters.lambda_variables.push_back(parameter);
        }
        return analyzer.expression(body, with_parameters);
      };
      resolved_argument.value = std::move(closure);
    } else {
      resolved_argument.value = analyzer.expression(value, inner);
    }
    request.arguments.push_back(std::move(resolved_argument));
  }
  // struct(a AS x) keeps its aliases as field names.
  if (same_identifier(name, "struct", false)) {
    std::vector<functions::Argument> pairs;
    size_t index = 0;
    size_t source = 0;
    for (auto& argument : request.arguments) {
      ++index;
      std::string field;
      const plan::Expression* written =
          request.arguments.size() == n.arguments.size() ? n.arguments[source++].get() : nullptr;
      const auto& value = std::get<ExpressionPtr>(argument.value);
      if (const auto* alias = written ? std::get_if<plan::Alias>(&written->node) : nullptr) {
        field = alias->names.front();
      } else if (std::holds_alternative<resolved::AttributeRef>(value->node) ||
                 std::holds_alternative<resolved::LambdaVariable>(value->node)) {
        field = Analyzer::generated_name(*value);
      } else if (const auto* get = std::get_if<resolved::GetField>(&value->node)) {
        field = get->name;
      } else {
        field = "col" + std::to_string(index);
      }
      pairs.push_back({Analyzer::string_literal(field), {}});
      pairs.push_back({value, {}});
    }
    request.arguments = std::move(pairs);
  }
  if (n.filter) {
    request.filter = analyzer.condition(n.filter, inner, "FILTER");
  }
  request.within_group = analyzer.sort_keys(n.within_group, inner);
  auto bound = functions::bind_function(request, analyzer.options().binding);
  if (std::holds_alternative<resolved::AggregateCall>(bound->node) && !scope.allow_aggregates) {
    throw core::analysis_error("INVALID_WHERE_CONDITION",
                               {{"condition", core::quote_sql(resolved::sql_text(*bound))},
                                {"expressionList", resolved::sql_text(*bound)}},
                               origin);
  }
  return bound;
}

ExpressionPtr Resolve::extract(ExpressionPtr child, const ExpressionPtr& key) {
  const auto& type = child->type;
  const auto* constant = std::get_if<resolved::Literal>(&key->node);
  const auto* field = constant && key->type.is(TypeKind::kString)
                          ? std::get_if<std::string>(&constant->value.data)
                          : nullptr;
  const auto find_field = [&](const std::vector<types::StructField>& fields) -> int32_t {
    int32_t found = -1;
    for (size_t i = 0; i < fields.size(); ++i) {
      if (!same_identifier(fields[i].name, *field, analyzer.case_sensitive())) continue;
      if (found >= 0) {
        throw core::analysis_error("AMBIGUOUS_REFERENCE_TO_FIELDS",
                                   {{"field", core::quote_identifier(*field)}, {"count", "2"}},
                                   origin);
      }
      found = static_cast<int32_t>(i);
    }
    if (found < 0) {
      std::string names;
      for (const auto& candidate : fields) {
        names += (names.empty() ? "" : ", ") + core::quote_identifier(candidate.name);
      }
      throw core::analysis_error("FIELD_NOT_FOUND",
                                 {{"fieldName", core::quote_identifier(*field)}, {"fields", names}},
                                 origin);
    }
    return found;
  };
  if (type.is(TypeKind::kStruct) && field) {
    const auto ordinal = find_field(type.fields());
    const auto& found = type.fields()[static_cast<size_t>(ordinal)];
    return resolved::make_expression(resolved::GetField{child, ordinal, found.name}, found.type,
                                     child->nullable || found.nullable, origin);
  }
  if (type.is(TypeKind::kArray) && type.element().is(TypeKind::kStruct) && field) {
    const auto ordinal = find_field(type.element().fields());
    const auto& found = type.element().fields()[static_cast<size_t>(ordinal)];
    return resolved::make_expression(
        resolved::GetArrayStructFields{child, ordinal, found.name},
        DataType::array(found.type, type.contains_null() || found.nullable), child->nullable,
        origin);
  }
  if (type.is(TypeKind::kArray)) return analyzer.call("getarrayitem", {child, key}, origin);
  if (type.is(TypeKind::kMap)) return analyzer.call("getmapvalue", {child, key}, origin);
  if (type.is(TypeKind::kStruct)) {
    throw core::analysis_error("INVALID_EXTRACT_FIELD",
                               {{"extraction", core::quote_sql(resolved::sql_text(*key))}}, origin);
  }
  throw core::analysis_error("INVALID_EXTRACT_BASE_FIELD_TYPE",
                             {{"base", core::quote_sql(resolved::sql_text(*child))},
                              {"other", core::quote_sql(type.sql())}},
                             origin);
}

ExpressionPtr Resolve::operator()(const plan::ExtractValue& n) {
  return extract(analyzer.expression(n.child, scope), analyzer.expression(n.key, scope));
}

ExpressionPtr Resolve::operator()(const plan::UpdateFields& n) {
  auto base = analyzer.expression(n.child, scope);
  if (!base->type.is(TypeKind::kStruct)) {
    throw core::analysis_error("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                               {{"sqlExpr", core::quote_sql(resolved::sql_text(*base))},
                                {"paramIndex", "1"},
                                {"requiredType", "\"STRUCT\""},
                                {"inputSql", core::quote_sql(resolved::sql_text(*base))},
                                {"inputType", core::quote_sql(base->type.sql())}},
                               origin);
  }
  const auto value = n.value ? analyzer.expression(n.value, scope) : nullptr;
  // Rebuilds the struct along the path; a NULL struct stays NULL.
  std::function<ExpressionPtr(ExpressionPtr, size_t)> rebuild = [&](ExpressionPtr whole,
                                                                    size_t level) {
    std::vector<ExpressionPtr> parts;
    bool replaced = false;
    const auto fields = whole->type.fields();
    for (const auto& field : fields) {
      auto current = extract(whole, Analyzer::string_literal(field.name));
      if (same_identifier(field.name, n.field_path[level], analyzer.case_sensitive())) {
        replaced = true;
        if (level + 1 < n.field_path.size()) {
          current = rebuild(current, level + 1);
        } else if (value) {
          current = value;
        } else {
          continue;
        }
        parts.push_back(Analyzer::string_literal(
            level + 1 < n.field_path.size() || !value ? field.name : n.field_path[level]));
        parts.push_back(std::move(current));
        continue;
      }
      parts.push_back(Analyzer::string_literal(field.name));
      parts.push_back(std::move(current));
    }
    if (!replaced && value) {
      parts.push_back(Analyzer::string_literal(n.field_path[level]));
      parts.push_back(value);
    }
    if (parts.empty())
      throw core::analysis_error("DATATYPE_MISMATCH.CANNOT_DROP_ALL_FIELDS",
                                 {{"sqlExpr", resolved::sql_text(*base)}}, origin);
    auto rebuilt = analyzer.call("named_struct", std::move(parts), origin);
    if (!whole->nullable) return rebuilt;
    auto is_null = analyzer.call("isnull", {whole}, origin);
    return analyzer.call("if", {is_null, Analyzer::literal(rebuilt->type, {}), rebuilt}, origin);
  };
  return rebuild(base, 0);
}

ExpressionPtr Resolve::operator()(const plan::Subquery& n) {
  auto relation = analyzer.subquery(n, scope);
  switch (n.kind) {
    case plan::SubqueryKind::kExists:
      return resolved::make_expression(resolved::Exists{relation}, DataType::boolean(), false,
                                       origin);
    case plan::SubqueryKind::kScalar: {
      if (relation->output.size() != 1) {
        throw core::analysis_error(
            "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
            {{"number", std::to_string(relation->output.size())}}, origin);
      }
      const auto type = relation->output.front().type;
      return resolved::make_expression(resolved::ScalarSubquery{relation}, type, true, origin);
    }
    case plan::SubqueryKind::kIn: {
      std::vector<ExpressionPtr> values;
      for (const auto& value : n.values) values.push_back(analyzer.expression(value, scope));
      if (values.size() != relation->output.size()) {
        throw core::analysis_error("DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
                                   {{"sqlExpr", "\"IN\""},
                                    {"leftLength", std::to_string(values.size())},
                                    {"rightLength", std::to_string(relation->output.size())},
                                    {"leftColumns", ""},
                                    {"rightColumns", ""}},
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

}  // namespace

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
  // A bare NULL counts as a boolean, as Spark's implicit cast of VOID does.
  if (bound->type.is(TypeKind::kVoid)) return cast(bound, DataType::boolean());
  (void)clause;
  throw core::analysis_error("DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
                             {{"sqlExpr", core::quote_sql(resolved::sql_text(*bound))},
                              {"filter", core::quote_sql(resolved::sql_text(*bound))},
                              {"type", core::quote_sql(bound->type.sql())}},
                             expression->origin);
}

resolved::RelationPtr Analyzer::subquery(const plan::Subquery& node, const ExpressionScope& scope) {
  Context inner = scope.context ? *scope.context : Context{};
  inner.outer = &scope;
  inner.windows = nullptr;
  return visible(relation(node.relation, inner));
}

}  // namespace grebe::analyze
