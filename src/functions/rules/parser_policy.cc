// The policy of datetime patterns; see parser_policy.h.
#include "functions/rules/parser_policy.h"

#include "functions/calls.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

using resolved::ExpressionPtr;

namespace {

std::string mark_of(const BindContext& context, LegacyParser parser) {
  const std::string policy =
      context.config ? context.config("spark.sql.legacy.timeParserPolicy") : std::string();
  const bool is_fast = parser == LegacyParser::kFast;
  if (policy == "LEGACY") return is_fast ? "\4" : "\1";
  if (policy == "CORRECTED") return "\2";
  return is_fast ? "\3" : "";
}

}  // namespace

std::string marked_pattern(const std::string& pattern, const BindContext& context,
                           LegacyParser parser) {
  return pattern.empty() ? pattern : mark_of(context, parser) + pattern;
}

ExpressionPtr with_parser_policy(const BindInput& input, const ExpressionPtr& bound, size_t index) {
  const std::string mark = mark_of(input.context, LegacyParser::kSimple);
  const auto* written = std::get_if<resolved::Call>(&bound->node);
  if (mark.empty() || written == nullptr || index >= written->arguments.size()) return bound;
  resolved::Call marked = *written;
  const ExpressionPtr& pattern = written->arguments[index];
  const types::Value* value = literal_value(*pattern);
  const auto* text = value ? std::get_if<std::string>(&value->data) : nullptr;
  marked.arguments[index] =
      text ? string_literal(mark + *text)
           : call("concat", {string_literal(mark), pattern}, input.context, input.request.origin);
  resolved::Call outer = *written;
  outer.lowered =
      resolved::make_expression(std::move(marked), bound->type, bound->nullable, bound->origin);
  return resolved::make_expression(std::move(outer), bound->type, bound->nullable, bound->origin);
}

/// Functions whose second argument is a pattern and that need no rule otherwise.
ExpressionPtr bind_with_pattern(const BindInput& input) {
  return with_parser_policy(
      input, bind_overloads(input, with_defaults(input.entry, input.expressions())), 1);
}

}  // namespace grebe::functions
