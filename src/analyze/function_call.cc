// A call as written → arguments resolved, lambdas closed over, the call bound by the function
// table.
#include "analyze/aggregate_calls.h"
#include "analyze/file_metadata.h"
#include "analyze/resolve_expression.h"
#include "resolved/call_text.h"
#include "resolved/compare.h"
#include "resolved/determinism.h"

namespace grebe::analyze {
namespace {

/// True when a call's first argument list is a lone star (count(*)).
bool is_lone_star(const plan::UnresolvedFunction& n) {
  if (n.arguments.size() != 1) return false;
  const auto* star = std::get_if<plan::UnresolvedStar>(&n.arguments.front()->node);
  return star && star->target.empty() && star->except.empty();
}

/// What Spark calls an operator; null for other functions.
const char* operator_name(const std::string& name) {
  static constexpr std::pair<const char*, const char*> kNames[] = {{"+", "add"},
                                                                   {"-", "subtract"},
                                                                   {"*", "multiply"},
                                                                   {"/", "divide"},
                                                                   {"%", "remainder"},
                                                                   {"=", "equalto"},
                                                                   {"==", "equalto"},
                                                                   {"<", "lessthan"},
                                                                   {"<=", "lessthanorequal"},
                                                                   {">", "greaterthan"},
                                                                   {">=", "greaterthanorequal"},
                                                                   {"<=>", "equalnullsafe"},
                                                                   {"and", "and"},
                                                                   {"or", "or"},
                                                                   {"not", "not"},
                                                                   {"in", "in"},
                                                                   {"like", "like"},
                                                                   {"rlike", "rlike"},
                                                                   {"isnull", "isnull"},
                                                                   {"isnotnull", "isnotnull"}};
  for (const auto& [symbol, text] : kNames) {
    if (name == symbol) return text;
  }
  return nullptr;
}

void check_parameter_names(const Analyzer& analyzer, const std::vector<std::string>& names,
                           const core::Origin& origin) {
  const bool sensitive = analyzer.case_sensitive();
  for (size_t i = 0; i < names.size(); ++i) {
    for (size_t j = i + 1; j < names.size(); ++j) {
      if (!same_identifier(names[i], names[j], sensitive)) continue;
      std::string all;
      for (const auto& name : names) {
        all += (all.empty() ? "" : ", ") + core::quote_identifier(name);
      }
      throw core::analysis_error(
          "INVALID_LAMBDA_FUNCTION_CALL.DUPLICATE_ARG_NAMES",
          {{"args", all}, {"caseSensitiveConfig", "\"spark.sql.caseSensitive\""}}, origin);
    }
  }
}

/// The condition of FILTER, with the errors that it has instead of a WHERE's.
resolved::ExpressionPtr aggregate_filter(Analyzer& analyzer, const plan::ExpressionPtr& written,
                                         const ExpressionScope& scope, const core::Origin& call) {
  static constexpr std::pair<const char*, const char*> kOwn[] = {
      {"DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN", "_LEGACY_ERROR_TEMP_1025"},
      {"NESTED_AGGREGATE_FUNCTION", "_LEGACY_ERROR_TEMP_1026"},
      {"_LEGACY_ERROR_TEMP_1031", "_LEGACY_ERROR_TEMP_1027"}};
  try {
    return analyzer.condition(written, scope, "FILTER");
  } catch (const core::SparkError& error) {
    for (const auto& [condition, own] : kOwn) {
      if (error.condition() == condition) throw core::analysis_error(own, {}, call);
    }
    throw;
  }
}

/// An aggregate over rows that differ each time is refused (CheckAnalysis).
void check_aggregate_arguments(const resolved::Expression& bound) {
  if (!std::holds_alternative<resolved::AggregateCall>(bound.node)) return;
  for (const auto& argument : resolved::children(bound)) {
    if (resolved::is_deterministic(*argument)) continue;
    throw core::analysis_error("AGGREGATE_FUNCTION_WITH_NONDETERMINISTIC_EXPRESSION",
                               {{"sqlExpr", core::quote_sql(resolved::pretty_name(bound))}},
                               argument->origin);
  }
}

}  // namespace

using resolved::ExpressionPtr;

ExpressionPtr Resolve::outer_aggregate(const ExpressionPtr& call) {
  if (!std::holds_alternative<resolved::AggregateCall>(call->node) || !contains_outer(*call)) {
    return call;
  }
  const bool is_mixed = resolved::any_node(*call, [](const resolved::Expression& node) {
    return std::holds_alternative<resolved::AttributeRef>(node.node);
  });
  if (is_mixed) {
    throw core::analysis_error(
        "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.AGGREGATE_FUNCTION_MIXED_OUTER_LOCAL_REFERENCES",
        {{"function", resolved::sql_text(*call)}}, origin);
  }
  const auto* outer = scope.context ? scope.context->outer : nullptr;
  if (!outer || !outer->outer_use) return call;
  return as_outer(*(*outer->outer_use)(without_outer(call)));
}

ExpressionPtr Resolve::operator()(const plan::UnresolvedFunction& n) {
  const std::string& name = n.name_parts.back();
  const auto kind = functions::find_kind(name);
  if (!kind && name.front() != '#') {
    // Spark looks the name up before it looks at the arguments.
    functions::CallRequest unknown;
    unknown.name_parts = n.name_parts;
    unknown.origin = origin;
    functions::bind_function(unknown, analyzer.options().binding);
  }
  if (kind == functions::FunctionKind::kAggregate && scope.inside_aggregate) {
    throw core::analysis_error("NESTED_AGGREGATE_FUNCTION", {}, origin);
  }
  if (kind == functions::FunctionKind::kGenerator && !scope.allow_generators) {
    throw core::analysis_error("UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS",
                               {{"expression", core::quote_sql(name + "()")}});
  }
  if (n.arguments.empty() && n.name_parts.size() == 1 && is_file_function(name)) {
    analyzer.want_file_metadata();
    const Scope* inside = scope.inside_aggregate ? scope.aggregate_input : nullptr;
    for (const Scope* sight : {inside, scope.input, scope.fallback}) {
      if (!sight) continue;
      if (auto value = file_function(analyzer, name, *sight, origin)) return value;
    }
  }
  ExpressionScope inner = scope;
  inner.allow_generators = false;
  inner.window_function = false;
  if (kind == functions::FunctionKind::kAggregate) {
    // Under OVER the arguments belong to the query: sum(sum(x)) OVER () is legal.
    inner.inside_aggregate = !scope.window_function;
    inner.allow_windows = inner.inside_aggregate || scope.allow_windows;
  }

  functions::CallRequest request;
  request.name_parts = n.name_parts;
  request.is_distinct = n.is_distinct;
  request.ignore_nulls = n.ignore_nulls;
  request.origin = origin;
  const bool is_count = same_identifier(name, "count", false);
  // Names that struct(…) takes from its arguments' aliases and stars; empty for the others.
  std::vector<std::string> names;
  for (const auto& argument : n.arguments) {
    if (std::holds_alternative<plan::UnresolvedStar>(argument->node)) {
      if (const char* operation = operator_name(name)) {
        throw core::analysis_error(
            "INVALID_USAGE_OF_STAR_OR_REGEX",
            {{"elem", "'*'"}, {"prettyName", "expression " + core::quote_identifier(operation)}});
      }
      if (is_count && is_lone_star(n) && !n.is_distinct) {
        request.arguments.push_back({Analyzer::integer_literal(1), {}});
        names.emplace_back();
        continue;
      }
      for (const auto& item : analyzer.items({argument}, inner, nullptr)) {
        request.arguments.push_back({item.expression, {}});
        names.push_back(item.attribute.name);
      }
      continue;
    }
    const auto* named = std::get_if<plan::NamedArgument>(&argument->node);
    const auto& value = named ? named->value : argument;
    functions::Argument resolved_argument;
    if (named) resolved_argument.name = named->name;
    if (const auto* lambda = std::get_if<plan::Lambda>(&value->node)) {
      functions::LambdaArgument closure;
      closure.parameter_names = lambda->parameters;
      check_parameter_names(analyzer, closure.parameter_names, value->origin);
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
    const auto* alias = std::get_if<plan::Alias>(&value->node);
    names.push_back(alias ? alias->names.front() : std::string());
  }
  // struct(a AS x) keeps its aliases as field names.
  // `(a, b)` makes the same, and prints as the named_struct() that it is in Spark.
  const bool is_row = name == "#row";
  if (is_row) request.name_parts = {"named_struct"};
  if (is_row || same_identifier(name, "struct", false)) {
    std::vector<functions::Argument> pairs;
    size_t index = 0;
    for (auto& argument : request.arguments) {
      ++index;
      std::string field;
      const auto* plain = std::get_if<ExpressionPtr>(&argument.value);
      if (plain == nullptr) {
        throw core::analysis_error(
            "INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
            {{"class", "org.apache.spark.sql.catalyst.expressions.CreateNamedStruct"}}, origin);
      }
      const ExpressionPtr& value = *plain;
      if (!names[index - 1].empty()) {
        field = names[index - 1];
      } else if (const auto* variable = std::get_if<resolved::LambdaVariable>(&value->node)) {
        field = variable->name;
      } else if (std::holds_alternative<resolved::AttributeRef>(value->node)) {
        field = Analyzer::generated_name(*value);
      } else if (const auto* get = std::get_if<resolved::GetField>(&value->node)) {
        field = get->name;
      } else if (const auto key = resolved::map_key(*value)) {
        field = *key;
      } else {
        field = "col" + std::to_string(index);
      }
      pairs.push_back({Analyzer::string_literal(field), {}});
      pairs.push_back({value, {}});
    }
    request.arguments = std::move(pairs);
  }
  if (n.filter) request.filter = aggregate_filter(analyzer, n.filter, inner, origin);
  request.within_group = analyzer.sort_keys(n.within_group, inner);
  auto bound = outer_aggregate(functions::bind_function(request, analyzer.options().binding));
  if (kind == functions::FunctionKind::kWindow && !scope.window_function) {
    throw core::analysis_error("WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE",
                               {{"funcName", core::quote_sql(resolved::pretty_name(*bound))}},
                               scope.context ? scope.context->origin : origin);
  }
  if (!scope.window_function) check_aggregate_arguments(*bound);
  if (std::holds_alternative<resolved::AggregateCall>(bound->node) && !scope.allow_aggregates) {
    throw core::analysis_error("INVALID_WHERE_CONDITION",
                               {{"condition", core::quote_sql(resolved::pretty_name(*bound))},
                                {"expressionList", resolved::sql_text(*bound)}},
                               origin);
  }
  return bound;
}

}  // namespace grebe::analyze
