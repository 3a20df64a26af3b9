// Resolved expression → DuckDB SQL over carrier types.
#include <optional>

#include "core/spark_error.h"
#include "emit/emitter.h"
#include "functions/binding.h"
#include "resolved/compare.h"
#include "resolved/constant.h"
#include "types/carrier.h"
#include "types/ordering.h"

namespace grebe::emit {
namespace {

using resolved::Expression;

/// Whether a frame is measured in whole numbers that wrap around: HUGEINT holds every end of it.
/// Under ANSI an end that does not fit the key's type is an error.
bool is_measured_wide(const resolved::WindowCall& call) {
  const auto* aggregate = std::get_if<resolved::AggregateCall>(&call.function->node);
  return call.frame.unit == resolved::FrameUnit::kRange && call.order_by.size() == 1 &&
         call.order_by.front().child->type.is_integral() &&
         (call.frame.lower.offset || call.frame.upper.offset) && !(aggregate && aggregate->ansi);
}

std::string direction_sql(const resolved::SortKey& key) {
  return std::string(key.ascending ? " ASC" : " DESC") +
         (key.nulls_first ? " NULLS FIRST" : " NULLS LAST");
}

/// A distance in the terms of the key that it is taken from.
std::string distance_sql(const std::string& distance, const types::DataType& type,
                         const resolved::WindowCall& call) {
  const bool from_time = call.frame.unit == resolved::FrameUnit::kRange && !call.order_by.empty() &&
                         call.order_by.front().child->type.is_datetime();
  if (from_time && type.is(types::TypeKind::kDayTimeInterval)) {
    return "to_microseconds(" + distance + ")";
  }
  if (from_time && type.is(types::TypeKind::kYearMonthInterval)) {
    return "to_months(" + distance + ")";
  }
  return is_measured_wide(call) ? "CAST(" + distance + " AS HUGEINT)" : distance;
}

std::string bound_sql(Emitter& emitter, const resolved::FrameBound& bound,
                      const resolved::WindowCall& call) {
  using Kind = resolved::FrameBound::Kind;
  // A negative constant turns the direction (rowsBetween(-1, 1)).
  const auto number = resolved::constant_number(bound.offset);
  if (number && *number < 0) {
    const auto& type = bound.offset->type;
    return distance_sql(emit_literal(types::Value{-*number}, type), type, call) +
           (bound.kind == Kind::kPreceding ? " FOLLOWING" : " PRECEDING");
  }
  const std::string distance =
      bound.offset ? distance_sql(emitter.expression(*bound.offset), bound.offset->type, call) : "";
  switch (bound.kind) {
    case Kind::kUnboundedPreceding:
      return "UNBOUNDED PRECEDING";
    case Kind::kPreceding:
      return distance + " PRECEDING";
    case Kind::kCurrentRow:
      return "CURRENT ROW";
    case Kind::kFollowing:
      return distance + " FOLLOWING";
    case Kind::kUnboundedFollowing:
      return "UNBOUNDED FOLLOWING";
  }
  throw core::internal_error("window frame bound");
}

struct Emit {
  Emitter& emitter;
  const Expression& whole;

  std::vector<std::string> all(const std::vector<resolved::ExpressionPtr>& list) {
    std::vector<std::string> out;
    for (const auto& item : list) out.push_back(emitter.expression(*item));
    return out;
  }

  std::string operator()(const resolved::Literal& n) { return emit_literal(n.value, whole.type); }
  std::string operator()(const resolved::AttributeRef& n) { return emitter.column(n.id); }
  std::string operator()(const resolved::OuterRef& n) { return column_name(n.id); }
  std::string operator()(const resolved::Call& n) {
    if (n.lowered) return emitter.expression(*n.lowered);
    if (n.function == "not" || n.function == "!") {
      if (auto text = negated(*n.arguments[0])) return *text;
    }
    return functions::lower_call(n, whole, all(n.arguments));
  }
  std::string operator()(const resolved::Cast& n) {
    return functions::lower_cast(emitter.expression(*n.child), n.child->type, whole.type, n.mode);
  }
  std::string operator()(const resolved::GetField& n) {
    return "struct_extract(" + emitter.expression(*n.child) + ", 'f" + std::to_string(n.ordinal) +
           "')";
  }
  std::string operator()(const resolved::GetArrayStructFields& n) {
    return "list_transform(" + emitter.expression(*n.child) + ", lambda element: element.f" +
           std::to_string(n.ordinal) + ")";
  }
  std::string aggregate(const resolved::AggregateCall& n, const std::string& over) {
    if (n.lowered) {
      if (over.empty()) return emitter.expression(*n.lowered);
      return windowed(*n.lowered, over);
    }
    auto arguments = emitter.aggregate_arguments(n);
    std::string suffix;
    if (n.filter) {
      const std::string condition = std::move(arguments.back());
      arguments.pop_back();
      suffix = " FILTER (WHERE " + condition + ")";
      // DuckDB computes the arguments of rows that the filter leaves out as well: under ANSI they
      // may raise.
      for (size_t i = 0; n.ansi && i < n.arguments.size(); ++i) {
        const bool is_plain = std::holds_alternative<resolved::AttributeRef>(n.arguments[i]->node);
        if (is_plain || resolved::is_foldable(*n.arguments[i])) continue;
        arguments[i] = "CASE WHEN " + condition + " THEN " + arguments[i] + " END";
      }
    }
    return functions::lower_aggregate(n, whole, arguments, n.is_distinct ? "DISTINCT " : "",
                                      suffix + over);
  }
  /// A rewritten aggregate under OVER: each aggregate below takes the window.
  std::string windowed(const Expression& lowered, const std::string& over);
  std::string operator()(const resolved::AggregateCall& n) { return aggregate(n, ""); }
  std::string operator()(const resolved::WindowCall& n);
  std::string operator()(const resolved::LambdaVariable& n) { return column_name(n.id); }
  std::string operator()(const resolved::Lambda& n) {
    std::string parameters;
    for (const auto& parameter : n.parameters) {
      parameters += (parameters.empty() ? "" : ", ") + column_name(parameter.id);
    }
    return "lambda " + parameters + ": (" + emitter.expression(*n.body) + ")";
  }
  std::string subquery(const resolved::RelationPtr& relation) {
    return "(" + block_sql(emitter.relation(*relation), relation->output) + ")";
  }
  std::string operator()(const resolved::ScalarSubquery& n) { return subquery(n.relation); }
  std::string operator()(const resolved::Exists& n) { return "EXISTS " + subquery(n.relation); }
  /// Spark joins for a predicate that is not a whole condition: where SQL does not know, it is
  /// false (RewritePredicateSubquery).
  std::string operator()(const resolved::InSubquery& n) {
    return "coalesce(" + in_subquery(n) + ", false)";
  }
  /// NOT over IN, which Spark pushes down to it; nothing for any other operand.
  std::optional<std::string> negated(const Expression& operand) {
    if (const auto* in = std::get_if<resolved::InSubquery>(&operand.node)) {
      return "coalesce(" + not_in(*in) + ", false)";
    }
    const auto* call = std::get_if<resolved::Call>(&operand.node);
    const bool holds_in = resolved::any_node(operand, [](const Expression& node) {
      return std::holds_alternative<resolved::InSubquery>(node.node);
    });
    if (!call || !holds_in) return std::nullopt;
    if (call->function == "not" || call->function == "!") {
      return emitter.expression(*call->arguments[0]);
    }
    if (call->function != "and" && call->function != "or") return std::nullopt;
    const auto side = [&](const resolved::ExpressionPtr& part) {
      if (auto text = negated(*part)) return *text;
      return "(NOT " + emitter.expression(*part) + ")";
    };
    return "(" + side(call->arguments[0]) + (call->function == "and" ? " OR " : " AND ") +
           side(call->arguments[1]) + ")";
  }
  /// A part of a whole condition, which keeps what is true only.
  std::string conjunct(const Expression& part) {
    if (const auto* in = std::get_if<resolved::InSubquery>(&part.node)) return in_subquery(*in);
    const auto* call = std::get_if<resolved::Call>(&part.node);
    if (call && !call->lowered && call->function == "and") {
      const auto& sides = call->arguments;
      return "(" + Emit{emitter, *sides[0]}.conjunct(*sides[0]) + " AND " +
             Emit{emitter, *sides[1]}.conjunct(*sides[1]) + ")";
    }
    if (call && (call->function == "not" || call->function == "!")) {
      const auto* in = std::get_if<resolved::InSubquery>(&call->arguments[0]->node);
      if (in) return not_in(*in);
    }
    return emitter.expression(part);
  }
  std::string in_subquery(const resolved::InSubquery& n) {
    std::string values;
    for (const auto& value : n.values) {
      values += (values.empty() ? "" : ", ") + emitter.expression(*value);
    }
    // The inner list must be in the relation's order: a block projected otherwise is wrapped.
    return "((" + values + ") IN " + subquery(n.relation) + ")";
  }
  /// NOT IN over several columns: a null decides nothing where another column differs, while DuckDB
  /// takes the whole row for unknown.
  std::string not_in(const resolved::InSubquery& n) {
    if (n.values.size() == 1) return "(NOT " + in_subquery(n) + ")";
    const auto rows = emitter.next_alias();
    std::string equal;
    std::string possible;
    for (size_t i = 0; i < n.values.size(); ++i) {
      const auto value = emitter.expression(*n.values[i]);
      const auto column = rows + "." + column_name(n.relation->output[i].id);
      equal += (i == 0 ? "" : " AND ") + std::string("(") + value + " = " + column + ")";
      possible +=
          (i == 0 ? "" : " AND ") + std::string("coalesce(") + value + " = " + column + ", true)";
    }
    const auto exists = [&](const std::string& condition) {
      return "EXISTS (SELECT 1 FROM " + subquery(n.relation) + " AS " + rows + " WHERE " +
             condition + ")";
    };
    return "(CASE WHEN " + exists(equal) + " THEN false WHEN " + exists(possible) +
           " THEN NULL ELSE true END)";
  }
};

std::string Emit::windowed(const Expression& lowered, const std::string& over) {
  if (const auto* inner = std::get_if<resolved::AggregateCall>(&lowered.node)) {
    return Emit{emitter, lowered}.aggregate(*inner, over);
  }
  throw core::unsupported("the function " + resolved::pretty_name(whole) + " over a window",
                          whole.origin);
}

std::string Emit::operator()(const resolved::WindowCall& n) {
  std::string over = " OVER (";
  for (size_t i = 0; i < n.partition_by.size(); ++i) {
    over += (i == 0 ? "PARTITION BY " : ", ") + emitter.expression(*n.partition_by[i]);
  }
  for (size_t i = 0; i < n.order_by.size(); ++i) {
    over += i == 0 ? " ORDER BY " : ", ";
    const auto& key = n.order_by[i];
    over += is_measured_wide(n)
                ? "CAST(" + emitter.expression(*key.child) + " AS HUGEINT)" + direction_sql(key)
                : emitter.sort_key(key);
  }
  const auto* plain = std::get_if<resolved::Call>(&n.function->node);
  using Kind = resolved::FrameBound::Kind;
  const bool whole_partition = n.frame.lower.kind == Kind::kUnboundedPreceding &&
                               n.frame.upper.kind == Kind::kUnboundedFollowing;
  if (whole_partition) {
    over += " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";
  } else if (n.frame.is_explicit || !plain) {
    over += n.frame.unit == resolved::FrameUnit::kRows ? " ROWS BETWEEN " : " RANGE BETWEEN ";
    over += bound_sql(emitter, n.frame.lower, n) + " AND " + bound_sql(emitter, n.frame.upper, n);
  }
  over += ")";
  if (const auto* aggregate_call = std::get_if<resolved::AggregateCall>(&n.function->node)) {
    return Emit{emitter, *n.function}.aggregate(*aggregate_call, over);
  }
  if (plain->lowered) {
    if (const auto* inner = std::get_if<resolved::Call>(&plain->lowered->node)) {
      return functions::lower_window_function(*inner, *plain->lowered, all(inner->arguments), over);
    }
  }
  return functions::lower_window_function(*plain, *n.function, all(plain->arguments), over);
}

}  // namespace

std::string Emitter::expression(const Expression& expression) {
  return std::visit(Emit{*this, expression}, expression.node);
}

std::string Emitter::column(resolved::AttributeId id) const {
  const bool is_changed = in_arguments_ && changed_keys_.contains(id);
  return column_name(id) + (is_changed ? kRowsValue : "");
}

std::vector<std::string> Emitter::aggregate_arguments(const resolved::AggregateCall& call) {
  in_arguments_ = true;
  std::vector<std::string> texts;
  for (const auto& argument : call.arguments) texts.push_back(expression(*argument));
  for (const auto& key : call.within_group) texts.push_back(expression(*key.child));
  if (call.filter) texts.push_back(expression(*call.filter));
  in_arguments_ = false;
  return texts;
}

std::string Emitter::condition(const Expression& expression) {
  return Emit{*this, expression}.conjunct(expression);
}

std::string Emitter::sort_key(const resolved::SortKey& key) {
  auto text = types::ordering_key(expression(*key.child), key.child->type);
  // A key that is a column would come back as the sort's normal form of it, without -0.0's sign.
  const auto& type = key.child->type;
  if (type.is(types::TypeKind::kDouble) || type.is(types::TypeKind::kFloat)) text += " + 0";
  return text + direction_sql(key);
}

}  // namespace grebe::emit
