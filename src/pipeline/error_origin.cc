// A run-time error → the same error with its place in the statement; see error_origin.h.
#include "pipeline/error_origin.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/query_context.h"
#include "resolved/compare.h"
#include "resolved/walk.h"

namespace grebe::pipeline {
namespace {

using core::SparkError;
using resolved::Expression;

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string parameter(const SparkError& error, const char* name) {
  const auto& all = error.fields().parameters;
  const auto found = all.find(name);
  return found == all.end() ? std::string() : found->second;
}

bool cast_can_raise(const Expression& node, const resolved::Cast& cast, const SparkError& error) {
  if (cast.mode != resolved::CastMode::kAnsi) return false;
  const auto& condition = error.condition();
  if (condition == "CAST_INVALID_INPUT") {
    // A float is read as a double.
    const types::DataType& child = cast.child->type;
    const types::DataType& source =
        child.is(types::TypeKind::kFloat) ? types::DataType::double_type() : child;
    return core::quote_sql(node.type.sql()) == parameter(error, "targetType") &&
           core::quote_sql(source.sql()) == parameter(error, "sourceType");
  }
  return condition == "NUMERIC_VALUE_OUT_OF_RANGE" && node.type.is(types::TypeKind::kDecimal) &&
         std::to_string(node.type.precision()) == parameter(error, "precision") &&
         std::to_string(node.type.scale()) == parameter(error, "scale");
}

bool call_can_raise(const Expression& node, const resolved::Call& call, const SparkError& error) {
  const auto& condition = error.condition();
  const std::string_view name = call.function;
  if (condition == "INVALID_INDEX_OF_ZERO") return name == "array_insert";
  if (!call.ansi) return false;
  if (condition == "DIVIDE_BY_ZERO") return is_one_of(name, {"/", "div", "%", "mod", "pmod"});
  if (condition == "ARITHMETIC_OVERFLOW" || condition == "BINARY_ARITHMETIC_OVERFLOW") {
    const std::string alternative = parameter(error, "alternative");
    if (alternative.find("try_add") != std::string::npos) return name == "+";
    if (alternative.find("try_subtract") != std::string::npos) return name == "-";
    if (alternative.find("try_multiply") != std::string::npos) return name == "*";
    // Spark gives no place to what negation, abs and casts raise.
    return alternative.empty() && is_one_of(name, {"bround", "round"});
  }
  if (condition == "NUMERIC_VALUE_OUT_OF_RANGE") {
    return node.type.is(types::TypeKind::kDecimal) && is_one_of(name, {"+", "-", "*", "/", "%"});
  }
  if (condition == "INVALID_ARRAY_INDEX") return is_one_of(name, {"getarrayitem", "elt"});
  return is_one_of(condition, {"INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "ELEMENT_AT_BY_INDEX_ZERO"}) &&
         name == "element_at";
}

/// Functions that Spark replaces by a cast of no place: folded, its error points at nothing.
bool is_folded_replacement(const Expression& node, const resolved::Call& call,
                           const SparkError& error) {
  return call.ansi && error.condition() == "CAST_INVALID_INPUT" &&
         is_one_of(call.function, {"to_timestamp", "to_timestamp_ltz", "to_timestamp_ntz"}) &&
         resolved::is_foldable(node);
}

bool is_folded_date(const Expression& node, const resolved::Call& call, const SparkError& error) {
  return call.ansi && error.condition() == "CAST_INVALID_INPUT" && call.function == "to_date" &&
         call.arguments.size() == 1 && resolved::is_foldable(node);
}

/// Places of the expressions that may have raised the error; each once.
class Suspects {
 public:
  explicit Suspects(const SparkError& error) : error_(error) {}

  void look(const Expression& node, const core::Origin& outer) {
    // A cast that Spark puts in has the place of the expression around it.
    const auto* cast = std::get_if<resolved::Cast>(&node.node);
    const auto& place = cast && cast->is_implicit ? outer : node.origin;
    const auto* call = std::get_if<resolved::Call>(&node.node);
    // What is inside is computed first.
    for (const auto& child : resolved::children(node)) look(*child, place);
    if (cast && cast_can_raise(node, *cast, error_)) add(place, node);
    if (call && call_can_raise(node, *call, error_)) add(place, node);
    if (call && is_folded_replacement(node, *call, error_)) {
      add({}, node);
      points_nowhere_ = true;
    }
    if (call && is_folded_date(node, *call, error_)) {
      // Its cast is made when the expression around it asks for its type.
      const bool is_whole = same_place(outer, node.origin);
      add(is_whole ? core::Origin{} : outer, node);
      points_nowhere_ = points_nowhere_ || is_whole;
    }
    if (error_.condition() == "SCALAR_SUBQUERY_TOO_MANY_ROWS" &&
        std::holds_alternative<resolved::ScalarSubquery>(node.node)) {
      add(place, node);
    }
  }

  SparkError verdict(const RaisesIt& raises_it) const {
    const core::Origin* place = culprit(raises_it);
    if (!place) return error_;
    auto fields = error_.fields();
    if (!place->has_text()) {
      if (!points_nowhere_) return error_;
      fields.contexts.emplace_back();
      return SparkError(std::move(fields));
    }
    const auto context = core::query_context(*place);
    if (!context) return error_;
    fields.message += "\n" + core::query_context_summary(*place);
    fields.contexts.push_back(*context);
    return SparkError(std::move(fields));
  }

 private:
  struct Suspect {
    core::Origin place;
    /// Part of the plan, which outlives this.
    const Expression* expression = nullptr;
  };

  static bool same_place(const core::Origin& left, const core::Origin& right) {
    return left.text == right.text && left.start == right.start && left.stop == right.stop;
  }

  void add(const core::Origin& place, const Expression& expression) {
    suspects_.push_back({place, &expression});
  }

  const core::Origin* culprit(const RaisesIt& raises_it) const {
    constexpr size_t kMostTried = 100;
    if (suspects_.empty()) return nullptr;
    const auto& first = suspects_.front();
    const bool is_alone = std::all_of(suspects_.begin(), suspects_.end(), [&](const auto& other) {
      return same_place(first.place, other.place);
    });
    if (is_alone) return &first.place;
    for (size_t i = 0; i < std::min(suspects_.size(), kMostTried); ++i) {
      const auto& suspect = suspects_[i];
      if (resolved::is_foldable(*suspect.expression) && raises_it(*suspect.expression)) {
        return &suspect.place;
      }
    }
    return nullptr;
  }

  const SparkError& error_;
  std::vector<Suspect> suspects_;
  /// Spark gives a context without text, not none.
  bool points_nowhere_ = false;
};

bool needs_place(const SparkError& error) {
  return error.fields().contexts.empty() &&
         is_one_of(error.condition(),
                   {"ARITHMETIC_OVERFLOW", "BINARY_ARITHMETIC_OVERFLOW", "CAST_INVALID_INPUT",
                    "DIVIDE_BY_ZERO", "ELEMENT_AT_BY_INDEX_ZERO", "INVALID_ARRAY_INDEX",
                    "INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "INVALID_INDEX_OF_ZERO",
                    "NUMERIC_VALUE_OUT_OF_RANGE", "SCALAR_SUBQUERY_TOO_MANY_ROWS"});
}

}  // namespace

SparkError with_origin(const SparkError& error, const resolved::Relation& relation,
                       const RaisesIt& raises_it) {
  if (!needs_place(error)) return error;
  Suspects suspects(error);
  resolved::for_each_expression(relation, [&](const resolved::ExpressionPtr& expression) {
    suspects.look(*expression, expression->origin);
  });
  return suspects.verdict(raises_it);
}

SparkError with_origin(const SparkError& error, const Expression& expression,
                       const core::Origin& outer, const RaisesIt& raises_it) {
  if (!needs_place(error)) return error;
  Suspects suspects(error);
  suspects.look(expression, outer);
  return suspects.verdict(raises_it);
}

}  // namespace grebe::pipeline
