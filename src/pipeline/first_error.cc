// A plan over constant rows that failed → the error that Spark meets first; see first_error.h.
#include "pipeline/first_error.h"

#include <map>
#include <vector>

#include "resolved/compare.h"

namespace grebe::pipeline {
namespace {

using resolved::Expression;
using resolved::ExpressionPtr;
using resolved::Relation;

/// What each column is in one row.
using Row = std::map<resolved::AttributeId, ExpressionPtr>;

ExpressionPtr with_row(const ExpressionPtr& expression, const Row& row) {
  if (const auto* column = std::get_if<resolved::AttributeRef>(&expression->node)) {
    const auto found = row.find(column->id);
    return found == row.end() ? expression : found->second;
  }
  return resolved::map_children(expression,
                                [&](const ExpressionPtr& child) { return with_row(child, row); });
}

/// An expression of a row, and the place of what stands around it.
struct Step {
  ExpressionPtr expression;
  core::Origin outer;
};

/// What the aggregate calls of an expression compute for each row, in order.
std::vector<Step> aggregate_arguments(const ExpressionPtr& expression) {
  std::vector<Step> steps;
  if (const auto* call = std::get_if<resolved::AggregateCall>(&expression->node)) {
    if (call->lowered) return aggregate_arguments(call->lowered);
    if (call->filter) steps.push_back({call->filter, call->filter->origin});
    for (const auto& argument : call->arguments) steps.push_back({argument, expression->origin});
    return steps;
  }
  for (const auto& child : resolved::children(*expression)) {
    const auto more = aggregate_arguments(child);
    steps.insert(steps.end(), more.begin(), more.end());
  }
  return steps;
}

/// The steps that run for each row, from the rows upwards.
class Plan {
 public:
  /// False when the plan has another shape.
  bool read(const Relation& relation) {
    if (const auto* sort = std::get_if<resolved::Sort>(&relation.node)) return read(*sort->input);
    if (const auto* distinct = std::get_if<resolved::Distinct>(&relation.node)) {
      return read(*distinct->input);
    }
    if (const auto* aggregate = std::get_if<resolved::Aggregate>(&relation.node)) {
      for (const auto& group : aggregate->groups) add(group.expression);
      for (const auto& item : aggregate->items) {
        const auto steps = aggregate_arguments(item.expression);
        last_.insert(last_.end(), steps.begin(), steps.end());
      }
      return read_inputs(*aggregate->input);
    }
    if (const auto* project = std::get_if<resolved::Project>(&relation.node)) {
      for (const auto& item : project->items) add(item.expression);
      // A projection of aggregates: its own expressions come after every row.
      if (std::holds_alternative<resolved::Aggregate>(project->input->node)) {
        last_.clear();
        return read(*project->input);
      }
      return read_inputs(*project->input);
    }
    return false;
  }

  std::optional<FirstError> run(const Evaluate& evaluate) const {
    constexpr size_t kMostTried = 2000;
    size_t tried = 0;
    if (auto cell = failing_cell(evaluate)) return cell;
    for (const auto& cells : rows()) {
      std::optional<Row> row = cells;
      for (auto node = inputs_.rbegin(); node != inputs_.rend() && row; ++node) {
        if (const auto* project = std::get_if<resolved::Project>(&(*node)->node)) {
          row = projected(*project, *row);
          continue;
        }
        const auto condition = with_row(std::get<resolved::Filter>((*node)->node).condition, *row);
        if (!resolved::is_foldable(*condition) || ++tried > kMostTried) return std::nullopt;
        const auto result = evaluate(*condition);
        if (const auto* error = std::get_if<core::SparkError>(&result)) {
          return FirstError{*error, condition, condition->origin};
        }
        const auto* kept = std::get_if<bool>(&std::get<types::Value>(result).data);
        if (!kept || !*kept) row.reset();
      }
      if (!row) continue;
      for (const auto& step : last_) {
        const auto expression = with_row(step.expression, *row);
        if (!resolved::is_foldable(*expression)) continue;
        if (++tried > kMostTried) return std::nullopt;
        const auto result = evaluate(*expression);
        if (const auto* error = std::get_if<core::SparkError>(&result)) {
          return FirstError{*error, expression, step.outer};
        }
      }
    }
    return std::nullopt;
  }

 private:
  void add(const ExpressionPtr& expression) { last_.push_back({expression, expression->origin}); }

  bool read_inputs(const Relation& relation) {
    if (std::holds_alternative<resolved::OneRow>(relation.node)) return true;
    if (const auto* values = std::get_if<resolved::Values>(&relation.node)) {
      values_ = values;
      return true;
    }
    if (const auto* project = std::get_if<resolved::Project>(&relation.node)) {
      inputs_.push_back(&relation);
      return read_inputs(*project->input);
    }
    if (const auto* filter = std::get_if<resolved::Filter>(&relation.node)) {
      inputs_.push_back(&relation);
      return read_inputs(*filter->input);
    }
    return false;
  }

  /// VALUES computes all its cells while it is analyzed.
  std::optional<FirstError> failing_cell(const Evaluate& evaluate) const {
    if (!values_) return std::nullopt;
    for (const auto& cells : values_->rows) {
      for (const auto& cell : cells) {
        if (std::holds_alternative<resolved::Literal>(cell->node)) continue;
        if (!resolved::is_foldable(*cell)) continue;
        if (!std::holds_alternative<core::SparkError>(evaluate(*cell))) continue;
        const auto* cast = std::get_if<resolved::Cast>(&cell->node);
        const auto& written = cast && cast->is_implicit ? cast->child : cell;
        return FirstError{
            core::analysis_error("INVALID_INLINE_TABLE.FAILED_SQL_EXPRESSION_EVALUATION",
                                 {{"sqlExpr", core::quote_sql(resolved::pretty_name(*written))}},
                                 written->origin),
            written, written->origin};
      }
    }
    return std::nullopt;
  }

  std::vector<Row> rows() const {
    if (!values_) return {Row{}};
    std::vector<Row> out;
    for (const auto& cells : values_->rows) {
      Row row;
      for (size_t i = 0; i < cells.size(); ++i) row[values_->output[i].id] = cells[i];
      out.push_back(std::move(row));
    }
    return out;
  }

  static Row projected(const resolved::Project& project, const Row& row) {
    Row out;
    for (const auto& item : project.items) {
      out[item.attribute.id] = with_row(item.expression, row);
    }
    return out;
  }

  const resolved::Values* values_ = nullptr;
  /// Projections and filters below the last step, from the top down.
  std::vector<const Relation*> inputs_;
  std::vector<Step> last_;
};

}  // namespace

std::optional<FirstError> first_error(const Relation& relation, const Evaluate& evaluate) {
  Plan plan;
  if (!plan.read(relation)) return std::nullopt;
  return plan.run(evaluate);
}

}  // namespace grebe::pipeline
