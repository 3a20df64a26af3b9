// An expression before analysis → the text that Spark's tree gives it.
#include "plan/parsed_expression.h"

#include <algorithm>
#include <unordered_map>

#include "plan/walk.h"
#include "types/value_text.h"

namespace grebe::plan {

std::string shortened_list(const std::vector<std::string>& parts, const char* separator) {
  constexpr size_t kMaxFields = 25;  // spark.sql.debug.maxToStringFields
  const bool is_long = parts.size() > kMaxFields;
  const size_t shown = is_long ? kMaxFields - 1 : parts.size();
  std::string text;
  for (size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : separator) + parts[i];
  if (is_long) {
    text += separator + std::string("... ") + std::to_string(parts.size() - shown) + " more fields";
  }
  return text;
}

namespace {

/// Names that the parser turns into expressions of their own, between their two operands.
const std::unordered_map<std::string, std::string>& infix_names() {
  static const std::unordered_map<std::string, std::string> kNames = {
      {"+", "+"},   {"-", "-"},     {"*", "*"},     {"/", "/"}, {"%", "%"},   {"div", "div"},
      {"=", "="},   {"==", "="},    {"<=>", "<=>"}, {"<", "<"}, {"<=", "<="}, {">", ">"},
      {">=", ">="}, {"and", "AND"}, {"or", "OR"},   {"&", "&"}, {"|", "|"},   {"^", "^"}};
  return kNames;
}

/// Calls that the parser resolves by itself; all others wait for the function registry.
bool is_parser_call(const UnresolvedFunction& node) {
  if (node.name_parts.size() != 1) return false;
  const std::string& name = node.name_parts[0];
  return infix_names().contains(name) || name == "not" || name == "!" || name == "isnull" ||
         name == "isnotnull" || name == "in" || name == "like" || name == "ilike" ||
         name == "rlike" || name == "when" || name == "||" || name == "negative" || name == "~" ||
         name == "struct";
}

/// The text of each kind of node.
struct NodeText {
  ParsedExpressionPrinter& printer;

  std::string print(const ExpressionPtr& expression) { return printer.print(*expression); }
  std::string list(const std::vector<ExpressionPtr>& expressions, const char* separator = ", ") {
    return printer.print_list(expressions, separator);
  }
  std::string order(const SortOrder& key) { return printer.print_order(key); }
  std::string id() { return "#" + std::to_string(printer.take_id()); }

  std::string operator()(const Literal& node) {
    const auto* bytes = std::get_if<std::string>(&node.value.data);
    if (bytes == nullptr || !node.type.is(types::TypeKind::kBinary)) {
      return types::value_text(node.value, node.type);
    }
    std::string text = "0x";
    for (const char byte : *bytes) {
      for (const int shift : {4, 0}) text += "0123456789ABCDEF"[(byte >> shift) & 0xF];
    }
    return text;
  }
  std::string operator()(const UnresolvedAttribute& node) {
    return (printer.is_lambda_variable(node.name_parts) ? "lambda '" : "'") +
           shortened_list(node.name_parts, ".");
  }
  std::string operator()(const UnresolvedStar& node) {
    return node.target.empty() ? "*" : shortened_list(node.target, ".") + ".*";
  }
  std::string operator()(const UnresolvedRegex& node) {
    return (node.qualifier.empty() ? "" : shortened_list(node.qualifier, ".") + ".") + node.pattern;
  }
  std::string operator()(const UnresolvedFunction& node) {
    if (is_parser_call(node)) return operation(node.name_parts[0], node.arguments);
    std::string out = "'" + shortened_list(node.name_parts, ".") + "(";
    if (node.is_distinct) out += "distinct ";
    out += list(node.arguments);
    if (node.filter) out += ", " + print(node.filter);
    for (const SortOrder& key : node.within_group) out += ", " + order(key);
    if (node.ignore_nulls) out += ", true";
    return out + ")";
  }
  std::string operation(const std::string& name, const std::vector<ExpressionPtr>& operands) {
    const auto infix = infix_names().find(name);
    if (infix != infix_names().end() && operands.size() == 2) {
      return "(" + print(operands[0]) + " " + infix->second + " " + print(operands[1]) + ")";
    }
    if ((name == "not" || name == "!") && operands.size() == 1) return "NOT " + print(operands[0]);
    if ((name == "negative" || name == "-") && operands.size() == 1) {
      return "-" + print(operands[0]);
    }
    if (name == "~" && operands.size() == 1) return "~" + print(operands[0]);
    if (name == "||") return "concat(" + list(operands) + ")";
    if (name == "in" && !operands.empty()) {
      return print(operands[0]) + " IN (" + list({operands.begin() + 1, operands.end()}, ",") + ")";
    }
    if ((name == "like" || name == "ilike" || name == "rlike") && operands.size() == 2) {
      return print(operands[0]) + " " +
             (name == "like"    ? "LIKE "
              : name == "ilike" ? "ILIKE "
                                : "RLIKE ") +
             print(operands[1]);
    }
    if (name == "when") return cases(operands);
    return name + "(" + list(operands) + ")";
  }
  std::string cases(const std::vector<ExpressionPtr>& operands) {
    std::string out = "CASE";
    size_t i = 0;
    for (; i + 1 < operands.size(); i += 2) {
      out += " WHEN " + print(operands[i]) + " THEN " + print(operands[i + 1]);
    }
    if (i < operands.size()) out += " ELSE " + print(operands[i]);
    return out + " END";
  }
  std::string operator()(const Alias& node) {
    if (node.names.size() == 1) return print(node.child) + " AS " + node.names[0] + id();
    return print(node.child) + " AS ArrayBuffer(" + shortened_list(node.names) + ")";
  }
  std::string operator()(const Cast& node) {
    return std::string(node.mode == CastMode::kTry ? "try_cast(" : "cast(") + print(node.child) +
           " as " + node.type.simple_string() + ")";
  }
  std::string bound(const FrameBound& node) {
    using Kind = FrameBound::Kind;
    switch (node.kind) {
      case Kind::kUnboundedPreceding:
        return "unboundedpreceding$()";
      case Kind::kPreceding:
        return node.offset ? "-" + print(node.offset) : "currentrow$()";
      case Kind::kCurrentRow:
        return "currentrow$()";
      case Kind::kFollowing:
        return node.offset ? print(node.offset) : "currentrow$()";
      case Kind::kUnboundedFollowing:
        return "unboundedfollowing$()";
    }
    return {};
  }
  std::string operator()(const Window& node) {
    const std::string function = node.function ? print(node.function) : "";
    if (!node.window_name.empty()) {
      return "unresolvedwindowexpression(" + function + ", WindowSpecReference(" +
             node.window_name + "))";
    }
    std::vector<std::string> parts;
    for (const auto& key : node.partition_by) parts.push_back(print(key));
    for (const auto& key : node.order_by) parts.push_back(order(key));
    parts.push_back(
        !node.frame ? "unspecifiedframe$()"
                    : std::string("specifiedwindowframe(") +
                          (node.frame->unit == FrameUnit::kRows ? "RowFrame, " : "RangeFrame, ") +
                          bound(node.frame->lower) + ", " + bound(node.frame->upper) + ")");
    return function + " windowspecdefinition(" + shortened_list(parts) + ")";
  }
  std::string operator()(const Lambda& node) {
    std::string out = "lambdafunction(" + printer.print_lambda_body(node);
    for (const auto& parameter : node.parameters) out += ", lambda '" + parameter;
    return out + ", false)";
  }
  std::string operator()(const LambdaVariable& node) { return "lambda '" + node.name; }
  std::string operator()(const ExtractValue& node) {
    return print(node.child) + "[" + print(node.key) + "]";
  }
  std::string operator()(const UpdateFields& node) {
    return "update_fields(" + print(node.child) + ", " +
           (node.value
                ? "WithField(" + shortened_list(node.field_path, ".") + ", " + print(node.value)
                : "dropfield(" + shortened_list(node.field_path, ".")) +
           "))";
  }
  std::string operator()(const Subquery& node) {
    switch (node.kind) {
      case SubqueryKind::kScalar:
        return "scalar-subquery" + id() + " []";
      case SubqueryKind::kExists:
        return "exists" + id() + " []";
      case SubqueryKind::kIn: {
        const std::string values = list(node.values);
        return (node.values.size() == 1 ? values : "(" + values + ")") + " IN (list" + id() +
               " [])";
      }
      case SubqueryKind::kLateralTable:
        return "lateral-subquery" + id() + " []";
    }
    return {};
  }
  std::string operator()(const ParameterMarker& node) {
    return node.name.empty() ? "posparameter(" + std::to_string(node.position) + ")"
                             : "namedparameter(" + node.name + ")";
  }
  std::string operator()(const NamedArgument& node) {
    return "namedargumentexpression(" + node.name + ", " + print(node.value) + ")";
  }
  std::string operator()(const IdentifierClause& node) {
    return "expressionwithunresolvedidentifier(" + print(node.name) + ")";
  }
  std::string operator()(const SortKey& node) { return order(node.order); }
  std::string operator()(const UserFunction& node) { return node.name + "(" + node.kind + ")"; }
};

}  // namespace

std::string ParsedExpressionPrinter::print(const Expression& expression) {
  return std::visit(NodeText{*this}, expression.node);
}

std::string ParsedExpressionPrinter::print_lambda_body(const Lambda& lambda) {
  const size_t outer = lambda_names_.size();
  lambda_names_.insert(lambda_names_.end(), lambda.parameters.begin(), lambda.parameters.end());
  std::string text = print(*lambda.body);
  lambda_names_.resize(outer);
  return text;
}

bool ParsedExpressionPrinter::is_lambda_variable(const std::vector<std::string>& name) const {
  return std::find(lambda_names_.begin(), lambda_names_.end(), name.front()) != lambda_names_.end();
}

std::string ParsedExpressionPrinter::print_list(const std::vector<ExpressionPtr>& expressions,
                                                const char* separator) {
  std::vector<std::string> parts;
  for (const auto& expression : expressions) parts.push_back(print(*expression));
  return shortened_list(parts, separator);
}

std::string ParsedExpressionPrinter::print_order(const SortOrder& key) {
  return print(*key.child) + (key.ascending ? " ASC" : " DESC") +
         (key.nulls_first ? " NULLS FIRST" : " NULLS LAST");
}

bool is_resolved_by_parser(const Expression& expression) {
  if (std::holds_alternative<Literal>(expression.node)) return true;
  const auto* call = std::get_if<UnresolvedFunction>(&expression.node);
  const bool waits = (call != nullptr && !is_parser_call(*call)) ||
                     (call == nullptr && !std::holds_alternative<Alias>(expression.node) &&
                      !std::holds_alternative<Cast>(expression.node) &&
                      !std::holds_alternative<SortKey>(expression.node));
  if (waits) return false;
  bool resolved = true;
  for_each_child(expression, [&](const ExpressionPtr& child) {
    resolved = resolved && is_resolved_by_parser(*child);
  });
  return resolved;
}

}  // namespace grebe::plan
