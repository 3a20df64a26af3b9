// Unresolved plan + catalog → resolved plan: the class that the files of this folder share.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyze/resolvers.h"
#include "analyze/scope.h"
#include "functions/binding.h"
#include "plan/command.h"
#include "resolved/relation.h"

namespace grebe::analyze {

/// Configuration that analysis depends on.
struct AnalyzerOptions {
  functions::BindContext binding;
  bool group_by_ordinal = true;
  bool order_by_ordinal = true;
  bool group_by_aliases = true;
  /// spark.sql.lateralColumnAlias.enableImplicitResolution.
  bool lateral_aliases = true;
  int64_t pivot_max_values = 10000;
  int32_t max_depth = 2000;
};

/// A finished SELECT list to which the operator above (ORDER BY, HAVING, a later filter) may add
/// hidden columns computed from the list's own input.
class OpenBlock {
 public:
  virtual ~OpenBlock() = default;
  /// Resolves an expression in the block's own input; returns a reference to the column that will
  /// hold it. Throws as resolution does.
  virtual resolved::ExpressionPtr add(const plan::ExpressionPtr& expression) = 0;
  /// The block's relation with the columns added so far.
  virtual resolved::RelationPtr build() const = 0;
};

/// A relation with the names that are in sight above it. relation->output may hold more columns
/// than scope.attributes: those are hidden.
struct Analyzed {
  resolved::RelationPtr relation;
  Scope scope;
  std::shared_ptr<OpenBlock> open;
};

/// Common table expressions in sight, innermost first.
struct CteScope {
  struct Entry {
    std::string name;
    int64_t id = 0;
    std::vector<resolved::Attribute> output;
    resolved::RelationPtr relation;
  };
  std::vector<Entry> entries;
  std::shared_ptr<const CteScope> parent;
};

struct ExpressionScope;

/// Where a relation is analyzed: what surrounds it.
struct Context {
  std::shared_ptr<const CteScope> ctes;
  /// Names that win over `ctes` and over every list further in (only under the policy LEGACY).
  std::shared_ptr<const CteScope> winning_ctes;
  /// Columns of the query around a subquery; null at the top.
  const ExpressionScope* outer = nullptr;
  /// Opaque scope of the view whose text is analyzed.
  std::shared_ptr<const void> view_scope;
  /// Parameters of the SQL text that is analyzed.
  const plan::SqlQuery* parameters = nullptr;
  /// Named windows of the SELECT that is analyzed.
  const std::vector<std::pair<std::string, plan::Window>>* windows = nullptr;
  int32_t depth = 0;
  /// Where the relation that is analyzed was written.
  core::Origin origin;
};

/// Takes a column or an aggregate of a query that a subquery in it uses; returns the column that
/// holds its value where the subquery stands.
using OuterUse = std::function<resolved::ExpressionPtr(const resolved::ExpressionPtr&)>;

/// Where an expression is resolved.
struct ExpressionScope {
  const Scope* input = nullptr;
  /// Looked at when `input` has no such column (an aggregate's input below its output).
  const Scope* fallback = nullptr;
  /// Looked at first inside an aggregate function's arguments.
  const Scope* aggregate_input = nullptr;
  /// Items to the left in the same SELECT list.
  const std::vector<resolved::NamedExpression>* lateral_aliases = nullptr;
  /// Told the names of the items to the left that were used; may be null.
  std::vector<std::string>* lateral_uses = nullptr;
  /// True to resolve only for the printed form, which shows such uses.
  bool shows_lateral_aliases = false;
  const Context* context = nullptr;
  std::vector<resolved::LambdaParameter> lambda_variables;
  bool allow_aggregates = false;
  bool allow_windows = false;
  bool allow_generators = false;
  bool inside_aggregate = false;
  /// True for the function of a window expression itself: its aggregate is the window's.
  bool window_function = false;
  /// Told of what subqueries use of this scope; null where every column is at hand as it is.
  const OuterUse* outer_use = nullptr;
};

/// One analysis of one statement. Not thread-safe; made anew for each.
class Analyzer {
 public:
  Analyzer(AnalyzerOptions options, TableResolver& tables, Evaluator& evaluator);

  /// The whole: analyzes a plan and trims it to its visible columns.
  resolved::RelationPtr analyze(const plan::RelationPtr& relation);
  /// Starts the analysis again with `_metadata` in every source of files, unless it is there.
  void want_file_metadata() const;

  // One member per relation kind, each in the file named after it.
  Analyzed relation(const plan::RelationPtr& relation, const Context& context);
  Analyzed read_table(const plan::ReadTable& node, const Context&, const core::Origin&);
  Analyzed read_data_source(const plan::ReadDataSource& node);
  Analyzed local_relation(const plan::LocalRelation& node);
  Analyzed inline_table(const plan::InlineTable& node, const Context&);
  Analyzed table_function(const plan::TableFunction& node, const Context&, const core::Origin&);
  Analyzed project(const plan::Project& node, const Context&);
  Analyzed filter(const plan::Filter& node, const Context&);
  Analyzed join(const plan::Join& node, const Context&);
  Analyzed with_time_window(Analyzed input, plan::ExpressionPtr& key, const Context& context);
  Analyzed aggregate(const plan::Aggregate& node, const Context&);
  Analyzed pivot(const plan::Aggregate& node, const Context&);
  Analyzed sort(const plan::Sort& node, const Context&);
  Analyzed limit(const plan::RelationPtr& input, const plan::ExpressionPtr& limit,
                 const plan::ExpressionPtr& offset, const Context&);
  Analyzed tail(const plan::Tail& node, const Context&);
  Analyzed set_operation(const plan::SetOperation& node, const Context&);
  Analyzed deduplicate(const plan::Deduplicate& node, const Context&);
  Analyzed subquery_alias(const plan::SubqueryAlias& node, const Context&);
  Analyzed with_cte(const plan::WithCte& node, const Context&);
  /// Refuses a WITH at the very start of `query` that hides a name of an outer one, unless
  /// spark.sql.legacy.ctePrecedencePolicy is CORRECTED.
  void check_cte_names(const plan::RelationPtr& query, const Context& context) const;
  /// Turns the context of an expression into that of a subquery in it.
  void enter_subquery(Context& context) const;
  Analyzed lateral_view(const plan::LateralView& node, const Context&);
  Analyzed unpivot(const plan::Unpivot& node, const Context&);
  Analyzed sample(const plan::Sample& node, const Context&);
  Analyzed to_df(const plan::ToDf& node, const Context&);
  Analyzed with_columns(const plan::WithColumns& node, const Context&);
  Analyzed with_columns_renamed(const plan::WithColumnsRenamed& node, const Context&);
  Analyzed drop(const plan::Drop& node, const Context&);
  Analyzed to_schema(const plan::ToSchema& node, const Context&);
  Analyzed show_string(const plan::ShowString& node, const Context&);
  Analyzed html_string(const plan::HtmlString& node, const Context&);
  Analyzed na_fill(const plan::NaFill& node, const Context&);
  Analyzed na_drop(const plan::NaDrop& node, const Context&);
  Analyzed na_replace(const plan::NaReplace& node, const Context&);
  Analyzed stat_describe(const plan::StatDescribe& node, const Context&);
  Analyzed stat_summary(const plan::StatSummary& node, const Context&);
  Analyzed stat_crosstab(const plan::StatCrosstab& node, const Context&);
  Analyzed stat_cov(const plan::StatCov& node, const Context&);
  Analyzed stat_corr(const plan::StatCorr& node, const Context&);
  Analyzed stat_approx_quantile(const plan::StatApproxQuantile& node, const Context&);
  Analyzed stat_sample_by(const plan::StatSampleBy& node, const Context&);
  Analyzed collect_metrics(const plan::CollectMetrics& node, const Context&);

  // Expressions.
  resolved::ExpressionPtr expression(const plan::ExpressionPtr& expression,
                                     const ExpressionScope& scope);
  /// One expression of a SELECT list, as `expression`, with errors that name the whole of it.
  resolved::ExpressionPtr select_expression(const plan::ExpressionPtr& written,
                                            const ExpressionScope& scope);
  /// A SELECT list: stars expanded, names given. Generators stay as top-level calls; a generator's
  /// own column names go to `generator_names` (by item index).
  std::vector<resolved::NamedExpression> items(
      const std::vector<plan::ExpressionPtr>& expressions, ExpressionScope scope,
      std::map<size_t, std::vector<std::string>>* generator_names);
  std::vector<resolved::SortKey> sort_keys(const std::vector<plan::SortOrder>& order,
                                           const ExpressionScope& scope);
  resolved::ExpressionPtr condition(const plan::ExpressionPtr& expression,
                                    const ExpressionScope& scope, const std::string& clause);

  // Building blocks.
  resolved::AttributeId next_id() { return ++last_id_; }
  resolved::Attribute new_attribute(std::string name, types::DataType type, bool nullable);
  resolved::NamedExpression name_expression(resolved::ExpressionPtr expression, std::string name);
  /// The name Spark gives an expression without alias.
  static std::string generated_name(const resolved::Expression& expression);
  resolved::ExpressionPtr call(const std::string& name,
                               std::vector<resolved::ExpressionPtr> arguments,
                               const core::Origin& origin = {});
  resolved::ExpressionPtr cast(resolved::ExpressionPtr child, const types::DataType& type);
  static resolved::ExpressionPtr literal(types::DataType type, types::Value value);
  static resolved::ExpressionPtr string_literal(std::string text);
  static resolved::ExpressionPtr integer_literal(int32_t value);
  /// A Project over the analyzed relation whose visible columns are the items'.
  Analyzed project_items(Analyzed input, std::vector<resolved::NamedExpression> items);
  /// The relation cut to its visible columns.
  static resolved::RelationPtr visible(const Analyzed& analyzed);
  /// A leaf made outside under fresh ids of this analysis.
  resolved::RelationPtr renew(const resolved::RelationPtr& leaf);
  bool case_sensitive() const { return options_.binding.case_sensitive; }
  const AnalyzerOptions& options() const { return options_; }
  TableResolver& tables() { return tables_; }
  Evaluator& evaluator() { return evaluator_; }
  /// A visible column by simple name, for the DataFrame calls that take names. Throws.
  resolved::Attribute column_by_name(const Analyzed& input, const std::string& name);
  /// An integer constant (limit, offset …) or Spark's error for `name`.
  int64_t constant_integer(const plan::ExpressionPtr& expression, const Context& context,
                           const std::string& name);
  /// The name that IDENTIFIER(expression) stands for.
  plan::Name identifier_clause(const plan::ExpressionPtr& expression, const Context& context);
  resolved::RelationPtr subquery(const plan::Subquery& node, const ExpressionScope& scope);
  resolved::ExpressionPtr window(const plan::Window& node, const ExpressionScope& scope,
                                 const core::Origin& origin);
  resolved::ExpressionPtr window_function(const plan::ExpressionPtr& function,
                                          const ExpressionScope& scope);

 private:
  Analyzed dispatch(const plan::Relation& relation, const Context& context);
  Analyzed leaf(resolved::RelationPtr relation, const std::vector<std::string>& qualifier);

  AnalyzerOptions options_;
  TableResolver& tables_;
  Evaluator& evaluator_;
  bool in_analysis_ = false;
  bool with_file_metadata_ = false;
  resolved::AttributeId last_id_ = 0;
  int64_t last_cte_id_ = 0;
};

}  // namespace grebe::analyze
