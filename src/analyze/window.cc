// Window expression → WindowCall: the WINDOW clause looked up, Spark's default frame filled in.
// Long: the checks of frames, keys and offsets stand beside what they check.
#include "analyze/analyzer.h"
#include "resolved/call_text.h"
#include "resolved/constant.h"
#include "types/ordering.h"

namespace grebe::analyze {
namespace {

using resolved::ExpressionPtr;

resolved::FrameBound::Kind bound_kind(plan::FrameBound::Kind kind) {
  switch (kind) {
    case plan::FrameBound::Kind::kUnboundedPreceding:
      return resolved::FrameBound::Kind::kUnboundedPreceding;
    case plan::FrameBound::Kind::kPreceding:
      return resolved::FrameBound::Kind::kPreceding;
    case plan::FrameBound::Kind::kCurrentRow:
      return resolved::FrameBound::Kind::kCurrentRow;
    case plan::FrameBound::Kind::kFollowing:
      return resolved::FrameBound::Kind::kFollowing;
    case plan::FrameBound::Kind::kUnboundedFollowing:
      return resolved::FrameBound::Kind::kUnboundedFollowing;
  }
  throw core::internal_error("window frame bound");
}

const plan::Window& named_window(const plan::Window& node, const ExpressionScope& scope) {
  if (node.window_name.empty()) return node;
  if (scope.context && scope.context->windows) {
    for (const auto& [name, window] : *scope.context->windows) {
      if (name != node.window_name) continue;
      return window.window_name.empty() ? window : named_window(window, scope);
    }
  }
  throw core::analysis_error("_LEGACY_ERROR_TEMP_1004", {{"windowName", node.window_name}});
}

/// Functions whose frame Spark fixes: ranks look at the whole order, not at a frame.
bool has_fixed_rows_frame(const std::string& function) {
  return function == "row_number" || function == "rank" || function == "dense_rank" ||
         function == "percent_rank" || function == "ntile";
}

/// lag and lead look at one row: Spark gives them the frame that holds it.
resolved::WindowFrame offset_frame(const resolved::Call& call, bool backwards) {
  int64_t offset = 1;
  if (call.arguments.size() > 1) {
    offset = resolved::constant_number(call.arguments[1]).value_or(1);
  }
  const auto distance =
      Analyzer::integer_literal(static_cast<int32_t>(backwards ? -offset : offset));
  const resolved::FrameBound bound{resolved::FrameBound::Kind::kFollowing, distance};
  return {resolved::FrameUnit::kRows, bound, bound, false};
}

/// How far a bound of rows lies behind the current one; nothing for an open end.
std::optional<int64_t> distance_of(const resolved::FrameBound& bound) {
  using Kind = resolved::FrameBound::Kind;
  if (bound.kind == Kind::kCurrentRow) return 0;
  if (!bound.offset) return std::nullopt;
  const auto distance = resolved::constant_number(bound.offset);
  if (!distance) return std::nullopt;
  return bound.kind == Kind::kPreceding ? -*distance : *distance;
}

/// Whether a frame of rows says what a function looks at anyway.
bool is_frame_of(const resolved::WindowFrame& given, const resolved::WindowFrame& own) {
  return given.unit == resolved::FrameUnit::kRows && distance_of(given.lower) &&
         distance_of(given.lower) == distance_of(own.lower) &&
         distance_of(given.upper) == distance_of(own.upper);
}

/// A frame as its class prints itself in messages.
std::string frame_class_text(const resolved::WindowFrame& frame) {
  using Kind = resolved::FrameBound::Kind;
  const auto bound = [](const resolved::FrameBound& each) -> std::string {
    switch (each.kind) {
      case Kind::kUnboundedPreceding:
        return "unboundedpreceding$()";
      case Kind::kUnboundedFollowing:
        return "unboundedfollowing$()";
      case Kind::kCurrentRow:
        return "currentrow$()";
      case Kind::kPreceding:
        return "-" + resolved::sql_text(*each.offset);
      case Kind::kFollowing:
        return resolved::sql_text(*each.offset);
    }
    return {};
  };
  return std::string("specifiedwindowframe(") +
         (frame.unit == resolved::FrameUnit::kRows ? "RowFrame, " : "RangeFrame, ") +
         bound(frame.lower) + ", " + bound(frame.upper) + ")";
}

/// A bound's distance from the current row; nothing where it is no constant number.
std::optional<int64_t> distance(const resolved::FrameBound& bound) {
  using Kind = resolved::FrameBound::Kind;
  if (bound.kind == Kind::kCurrentRow) return 0;
  const auto number = resolved::constant_number(bound.offset);
  if (!number) return std::nullopt;
  return bound.kind == Kind::kPreceding ? -*number : *number;
}

/// Refuses a distance in rows that is no INT; a client's LONG is one if it fits.
void check_row_distance(const resolved::WindowFrame& frame, const resolved::FrameBound& bound,
                        const char* location, const core::Origin& origin) {
  if (!bound.offset) return;
  const auto number = resolved::constant_number(bound.offset);
  const bool fits = !number || (*number >= INT32_MIN && *number <= INT32_MAX);
  if (bound.offset->type.is_integral() && fits) return;
  throw core::analysis_error("DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
                             {{"sqlExpr", core::quote_sql(resolved::frame_text(frame))},
                              {"location", location},
                              {"exprType", core::quote_sql(bound.offset->type.sql())},
                              {"expectedType", "\"INT\""}},
                             origin);
}

/// Refuses a frame that ends before it begins.
void check_bounds(const resolved::WindowFrame& frame, const core::Origin& origin) {
  using Kind = resolved::FrameBound::Kind;
  if (frame.lower.kind == Kind::kUnboundedFollowing ||
      frame.upper.kind == Kind::kUnboundedPreceding) {
    const auto text = [](const resolved::FrameBound& bound) -> std::string {
      if (bound.kind == Kind::kUnboundedPreceding) return "UNBOUNDED PRECEDING";
      if (bound.kind == Kind::kUnboundedFollowing) return "UNBOUNDED FOLLOWING";
      if (bound.kind == Kind::kCurrentRow) return "CURRENT ROW";
      return resolved::sql_text(*bound.offset);
    };
    throw core::analysis_error("DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_INVALID_BOUND",
                               {{"sqlExpr", core::quote_sql(resolved::frame_text(frame))},
                                {"upper", core::quote_sql(text(frame.upper))},
                                {"lower", core::quote_sql(text(frame.lower))}},
                               origin);
  }
  if (frame.unit == resolved::FrameUnit::kRows) {
    check_row_distance(frame, frame.lower, "lower", origin);
    check_row_distance(frame, frame.upper, "upper", origin);
  }
  const auto lower = distance(frame.lower);
  const auto upper = distance(frame.upper);
  if (!lower || !upper || *lower <= *upper) return;
  throw core::analysis_error("DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON",
                             {{"sqlExpr", core::quote_sql(resolved::frame_text(frame))},
                              {"comparison", "less than or equal"}},
                             origin);
}

/// A RANGE frame with distances needs one key of a type that the distances go with
/// (WindowSpecDefinition.checkInputDataTypes).
void check_range_distances(const resolved::WindowCall& call, const core::Origin& origin) {
  const types::DataType* distance = nullptr;
  for (const auto* bound : {&call.frame.upper, &call.frame.lower}) {
    if (bound->offset) distance = &bound->offset->type;
  }
  if (call.frame.unit != resolved::FrameUnit::kRange || distance == nullptr ||
      call.order_by.empty()) {
    return;
  }
  const std::string specification = core::quote_sql(resolved::window_text(call));
  if (call.order_by.size() > 1) {
    std::string keys;
    for (const auto& key : call.order_by) {
      keys += (keys.empty() ? "" : ", ") + core::quote_sql(resolved::pretty_name(*key.child));
    }
    throw core::analysis_error("DATATYPE_MISMATCH.RANGE_FRAME_MULTI_ORDER",
                               {{"sqlExpr", specification}, {"orderSpec", keys}}, origin);
  }
  const auto& key = call.order_by.front().child->type;
  const bool counts = distance->is_numeric();
  const bool is_interval =
      distance->is_ansi_interval() || distance->is(types::TypeKind::kCalendarInterval);
  const bool key_counts = key.is_numeric() || key.is_datetime() || key.is_ansi_interval();
  if (!key_counts && !key.is(types::TypeKind::kVoid) && !is_interval) {
    // The distance takes the key's type, which is none to count by.
    throw core::analysis_error(
        "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
        {{"sqlExpr", core::quote_sql(resolved::frame_text(call.frame))},
         {"location", call.frame.lower.offset ? "lower" : "upper"},
         {"exprType", core::quote_sql(key.sql())},
         {"expectedType",
          "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\" or "
          "\"INTERVAL\")"}},
        origin);
  }
  bool fits = key.same_type(*distance) || (key.is_numeric() && counts);
  if (key.is(types::TypeKind::kDate)) {
    fits = distance->is(types::TypeKind::kInteger) ||
           distance->is(types::TypeKind::kYearMonthInterval);
  } else if (key.is_datetime()) {
    fits = is_interval;
  }
  if (fits || distance->is(types::TypeKind::kVoid)) return;
  throw core::analysis_error("DATATYPE_MISMATCH.RANGE_FRAME_INVALID_TYPE",
                             {{"sqlExpr", specification},
                              {"orderSpecType", core::quote_sql(key.sql())},
                              {"valueBoundaryType", core::quote_sql(distance->sql())}},
                             origin);
}

}  // namespace

namespace {

[[noreturn]] void refuse_lateral_alias_in(const plan::Window& node, const std::string& alias,
                                          Analyzer& analyzer, const ExpressionScope& scope,
                                          const core::Origin& origin) {
  ExpressionScope shown = scope;
  shown.lateral_uses = nullptr;
  shown.shows_lateral_aliases = true;
  std::string text = resolved::pretty_name(*analyzer.window(node, shown, origin));
  if (!node.frame) {
    // The frame that is filled in is not there yet.
    for (const char* unit : {"ROWS BETWEEN", "RANGE BETWEEN"}) {
      const auto at = text.rfind(unit);
      if (at != std::string::npos) text = text.substr(0, at) + "unspecifiedframe$())";
    }
  }
  throw core::analysis_error(
      "UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_WINDOW",
      {{"lca", core::quote_identifier(alias)}, {"windowExpr", core::quote_sql(text)}});
}

/// Keys that have no order are refused, sort keys with their place.
void check_orders(const resolved::WindowCall& call, const plan::Window& definition) {
  for (size_t i = 0; i < call.order_by.size(); ++i) {
    const auto& key = call.order_by[i];
    if (types::is_orderable(key.child->type)) continue;
    throw core::analysis_error(
        "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
        {{"sqlExpr",
          core::quote_sql(resolved::pretty_name(*key.child) + (key.ascending ? " ASC" : " DESC") +
                          (key.nulls_first ? " NULLS FIRST" : " NULLS LAST"))},
         {"functionName", "`sortorder`"},
         {"dataType", core::quote_sql(key.child->type.sql())}},
        definition.order_by[i].child->origin);
  }
  for (const auto& key : call.partition_by) {
    if (types::is_orderable(key->type)) continue;
    throw core::plain_error(core::ErrorClass::kSpark,
                            "grouping/join/window partition keys cannot be map type.");
  }
}

/// lag and lead take a constant distance; lag counts backwards.
void check_offset(const resolved::Call& call, const resolved::Expression& whole,
                  const core::Origin& origin) {
  if (call.arguments.size() < 2 || resolved::is_foldable(*call.arguments[1])) return;
  const std::string offset = resolved::pretty_name(*call.arguments[1]);
  throw core::analysis_error(
      "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
      {{"sqlExpr", core::quote_sql(resolved::pretty_name(whole))},
       {"inputName", "offset"},
       {"inputType", "\"INT\""},
       {"inputExpr", core::quote_sql(call.function == "lag" ? "(- " + offset + ")" : offset)}},
      origin);
}

}  // namespace

ExpressionPtr Analyzer::window(const plan::Window& node, const ExpressionScope& scope,
                               const core::Origin& origin) {
  if (scope.inside_aggregate) throw core::analysis_error("_LEGACY_ERROR_TEMP_1031", {});
  if (!scope.allow_windows) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1034", {{"clauseName", "WHERE"}});
  }
  const size_t aliases_before = scope.lateral_uses ? scope.lateral_uses->size() : 0;
  const auto& definition = named_window(node, scope);
  ExpressionScope function_scope = scope;
  function_scope.allow_aggregates = true;
  resolved::WindowCall call;
  // The function's own aggregate belongs to the window; aggregates inside its arguments are the
  // query's, which the flags of the enclosing scope decide.
  call.function = window_function(node.function, function_scope);
  for (const auto& key : definition.partition_by) {
    call.partition_by.push_back(expression(key, scope));
  }
  call.order_by = sort_keys(definition.order_by, scope);
  check_orders(call, definition);

  const auto* plain = std::get_if<resolved::Call>(&call.function->node);
  const auto* aggregate = std::get_if<resolved::AggregateCall>(&call.function->node);
  if (!plain && !aggregate) {
    throw core::analysis_error(
        "UNSUPPORTED_EXPR_FOR_WINDOW",
        {{"sqlExpr", core::quote_sql(resolved::pretty_name(*call.function))}}, origin);
  }
  const std::string& name = plain ? plain->function : aggregate->function;
  const auto kind = functions::find_kind(name);
  if (plain && kind != functions::FunctionKind::kWindow) {
    throw core::analysis_error(
        "UNSUPPORTED_EXPR_FOR_WINDOW",
        {{"sqlExpr", core::quote_sql(resolved::pretty_name(*call.function))}}, origin);
  }
  const bool looks_elsewhere = plain && (name == "lag" || name == "lead");
  if (looks_elsewhere) {
    check_offset(*plain, *call.function, origin);
  }
  if (kind == functions::FunctionKind::kWindow && definition.order_by.empty()) {
    // Ranks print in capitals as columns, but not here.
    const bool is_rank = name == "rank" || name == "dense_rank" || name == "percent_rank";
    const std::string shown = is_rank ? name + "()" : resolved::pretty_name(*call.function);
    throw core::plain_error(
        core::ErrorClass::kAnalysis,
        "Window function " + shown +
            " requires window to be ordered, please add ORDER BY clause. For example SELECT " +
            shown +
            "(value_expr) OVER (PARTITION BY window_partition ORDER BY window_ordering) from "
            "table.");
  }
  const bool orders_itself =
      name == "percentile_cont" || name == "percentile_disc" || name == "median";
  if (aggregate && orders_itself && (!definition.order_by.empty() || definition.frame)) {
    throw core::analysis_error(
        "INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC",
        {{"aggFunc", core::quote_sql(resolved::pretty_name(*call.function))}}, origin);
  }
  if (aggregate && aggregate->filter) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1030", {});
  }
  using Kind = resolved::FrameBound::Kind;
  if (definition.frame) {
    call.frame.is_explicit = true;
    call.frame.unit = definition.frame->unit == plan::FrameUnit::kRows
                          ? resolved::FrameUnit::kRows
                          : resolved::FrameUnit::kRange;
    const auto convert = [&](const plan::FrameBound& bound) {
      resolved::FrameBound out;
      out.kind = bound_kind(bound.kind);
      if (bound.offset) {
        out.offset = expression(bound.offset, ExpressionScope{.context = scope.context});
      }
      return out;
    };
    call.frame.lower = convert(definition.frame->lower);
    call.frame.upper = convert(definition.frame->upper);
    if (call.frame.unit == resolved::FrameUnit::kRange && call.order_by.size() == 1 &&
        call.order_by.front().child->type.is_numeric()) {
      // A distance written as text takes the key's type (WindowFrameCoercion).
      for (auto* bound : {&call.frame.lower, &call.frame.upper}) {
        if (!bound->offset || !bound->offset->type.is_string_like()) continue;
        bound->offset = cast(bound->offset, call.order_by.front().child->type);
      }
    }
    check_bounds(call.frame, definition.definition_origin);
    check_range_distances(call, definition.definition_origin);
    if (call.frame.unit == resolved::FrameUnit::kRange && !call.order_by.empty()) {
      // WindowFrameCoercion: a distance is measured in the key's type, unless days from a date.
      const auto& key = call.order_by.front().child->type;
      for (auto* bound : {&call.frame.lower, &call.frame.upper}) {
        if (bound->kind == Kind::kPreceding && key.is_numeric()) {
          bound->offset = cast(bound->offset, key);
        }
      }
    }
    if (call.frame.unit == resolved::FrameUnit::kRange && call.order_by.empty() &&
        !(call.frame.lower.kind == Kind::kUnboundedPreceding &&
          call.frame.upper.kind == Kind::kUnboundedFollowing)) {
      throw core::analysis_error(
          "DATATYPE_MISMATCH.RANGE_FRAME_WITHOUT_ORDER",
          {{"sqlExpr", core::quote_sql(resolved::pretty_name(*call.function))}}, origin);
    }
  } else if (plain && has_fixed_rows_frame(name)) {
    call.frame = {resolved::FrameUnit::kRows,
                  {Kind::kUnboundedPreceding, nullptr},
                  {Kind::kCurrentRow, nullptr},
                  false};
  } else if (looks_elsewhere) {
    call.frame = offset_frame(*plain, name == "lag");
  } else if (call.order_by.empty()) {
    call.frame = {resolved::FrameUnit::kRows,
                  {Kind::kUnboundedPreceding, nullptr},
                  {Kind::kUnboundedFollowing, nullptr},
                  false};
  } else {
    call.frame = {resolved::FrameUnit::kRange,
                  {Kind::kUnboundedPreceding, nullptr},
                  {Kind::kCurrentRow, nullptr},
                  false};
  }
  if (looks_elsewhere && definition.frame &&
      !is_frame_of(call.frame, offset_frame(*plain, name == "lag"))) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1035", {{"prettyName", name}});
  }
  const auto type = call.function->type;
  const bool nullable = call.function->nullable;
  const bool is_distinct = aggregate && aggregate->is_distinct;
  if (plain && definition.frame && has_fixed_rows_frame(name)) {
    const bool is_required = call.frame.unit == resolved::FrameUnit::kRows &&
                             call.frame.lower.kind == Kind::kUnboundedPreceding &&
                             call.frame.upper.kind == Kind::kCurrentRow;
    if (!is_required) {
      throw core::analysis_error(
          "_LEGACY_ERROR_TEMP_1036",
          {{"wf", frame_class_text(call.frame)},
           {"required", "specifiedwindowframe(RowFrame, unboundedpreceding$(), currentrow$())"}});
    }
  }
  auto made = resolved::make_expression(std::move(call), type, nullable, origin);
  if (scope.lateral_uses && scope.lateral_uses->size() > aliases_before) {
    refuse_lateral_alias_in(node, (*scope.lateral_uses)[aliases_before], *this, scope, origin);
  }
  if (is_distinct) {
    throw core::analysis_error("DISTINCT_WINDOW_FUNCTION_UNSUPPORTED",
                               {{"windowExpr", core::quote_sql(resolved::pretty_name(*made))}},
                               origin);
  }
  return made;
}

ExpressionPtr Analyzer::window_function(const plan::ExpressionPtr& function,
                                        const ExpressionScope& scope) {
  // Arguments of a windowed aggregate may themselves hold the query's aggregates: sum(sum(x)) OVER.
  ExpressionScope inner = scope;
  inner.window_function = true;
  return expression(function, inner);
}

}  // namespace grebe::analyze
