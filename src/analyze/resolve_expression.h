// The visitor that resolves one expression node: its members stand in expression.cc,
// function_call.cc and nested_field.cc.
#pragma once

#include <string>
#include <vector>

#include "analyze/analyzer.h"
#include "types/string_lengths.h"

namespace grebe::analyze {

/// Total visit over plan::Expression: every kind has an overload.
struct Resolve {
  Analyzer& analyzer;
  const ExpressionScope& scope;
  const core::Origin& origin;

  resolved::ExpressionPtr operator()(const plan::Literal& n) {
    std::string zone;
    if (n.type.is(types::TypeKind::kTimestamp)) zone = analyzer.options().binding.time_zone;
    return resolved::make_expression(resolved::Literal{n.value, std::move(zone)}, n.type,
                                     n.value.is_null(), origin);
  }
  resolved::ExpressionPtr operator()(const plan::UnresolvedAttribute& n);
  resolved::ExpressionPtr operator()(const plan::UnresolvedStar&) {
    throw core::analysis_error("INVALID_USAGE_OF_STAR_OR_REGEX",
                               {{"elem", "'*'"}, {"prettyName", "expression"}}, origin);
  }
  resolved::ExpressionPtr operator()(const plan::UnresolvedRegex& n) {
    throw core::analysis_error(
        "INVALID_USAGE_OF_STAR_OR_REGEX",
        {{"elem", "regular expression '" + n.pattern + "'"}, {"prettyName", "expression"}}, origin);
  }
  resolved::ExpressionPtr operator()(const plan::UnresolvedFunction& n);
  resolved::ExpressionPtr operator()(const plan::Alias& n) {
    return analyzer.expression(n.child, scope);
  }
  resolved::ExpressionPtr operator()(const plan::Cast& n) {
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
    // Only SQL's casts are marked as the user's own, which their names show.
    const bool is_written = origin.has_text();
    return functions::bind_cast(std::move(child), types::without_lengths(n.type), mode, !is_written,
                                origin);
  }
  resolved::ExpressionPtr operator()(const plan::Window& n) {
    return analyzer.window(n, scope, origin);
  }
  resolved::ExpressionPtr operator()(const plan::Lambda&) {
    throw core::analysis_error("INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
                               {{"class", "lambda"}}, origin);
  }
  resolved::ExpressionPtr operator()(const plan::LambdaVariable& n) {
    if (auto found = lambda_variable(n.name)) return found;
    throw unresolved_column(
        {n.name}, scope.input ? scope.input->attributes : std::vector<resolved::Attribute>{},
        origin);
  }
  resolved::ExpressionPtr operator()(const plan::ExtractValue& n);
  resolved::ExpressionPtr operator()(const plan::UpdateFields& n);
  /// `whole` with the field at the path's `level` replaced by `value`, or dropped without one.
  resolved::ExpressionPtr update_fields(const resolved::ExpressionPtr& whole,
                                        const plan::UpdateFields& n,
                                        const resolved::ExpressionPtr& value, size_t level);
  resolved::ExpressionPtr operator()(const plan::Subquery& n);
  resolved::ExpressionPtr operator()(const plan::ParameterMarker& n);
  resolved::ExpressionPtr operator()(const plan::NamedArgument& n) {
    throw core::analysis_error("NAMED_PARAMETERS_NOT_SUPPORTED",
                               {{"functionName", core::quote_identifier(n.name)}}, origin);
  }
  resolved::ExpressionPtr operator()(const plan::IdentifierClause& n);
  resolved::ExpressionPtr operator()(const plan::SortKey& n) {
    return analyzer.expression(n.order.child, scope);
  }
  resolved::ExpressionPtr operator()(const plan::UserFunction& n) {
    throw core::unsupported("the " + n.kind + " function " + n.name, origin);
  }

  resolved::ExpressionPtr lambda_variable(const std::string& name);
  resolved::ExpressionPtr nested(resolved::ExpressionPtr base,
                                 const std::vector<std::string>& fields);
  /// What the item of that name to the left in the same SELECT list computes; null without one.
  resolved::ExpressionPtr lateral_alias(const std::string& name);
  /// A column of the query around a subquery; null when it has none of that name.
  resolved::ExpressionPtr outer_column(const plan::UnresolvedAttribute& n);
  /// An aggregate over columns of the outer query, which that query computes; others as they are.
  resolved::ExpressionPtr outer_aggregate(const resolved::ExpressionPtr& call);
  resolved::ExpressionPtr in_scope(const Scope& sight, const plan::UnresolvedAttribute& n);
  /// `place` goes into the error of a missing field: Spark has one for names only.
  resolved::ExpressionPtr extract(const resolved::ExpressionPtr& child,
                                  const resolved::ExpressionPtr& key,
                                  const core::Origin& place = {});
};

}  // namespace grebe::analyze
