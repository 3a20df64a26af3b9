// Unresolved plan + catalog → resolved plan: dispatch by relation kind, and what all kinds share.
#include "analyze/analyzer.h"

#include <algorithm>

#include "analyze/frequent_items.h"
#include "analyze/transform.h"
#include "resolved/compare.h"

namespace grebe::analyze {

using resolved::Attribute;
using resolved::ExpressionPtr;
using types::DataType;
using types::Value;

Analyzer::Analyzer(AnalyzerOptions options, TableResolver& tables, Evaluator& evaluator)
    : options_(std::move(options)), tables_(tables), evaluator_(evaluator) {
  options_.binding.next_id = [this] { return next_id(); };
  options_.binding.evaluate = [this](const ExpressionPtr& expression) {
    return evaluator_.evaluate(expression);
  };
}

namespace {

/// Ends an analysis that turned out to need what is known of the files.
struct FileMetadataWanted {};

}  // namespace

resolved::RelationPtr Analyzer::analyze(const plan::RelationPtr& relation) {
  in_analysis_ = true;
  try {
    return visible(this->relation(relation, Context{}));
  } catch (const FileMetadataWanted&) {
    with_file_metadata_ = true;
    return visible(this->relation(relation, Context{}));
  }
}

void Analyzer::want_file_metadata() const {
  if (in_analysis_ && !with_file_metadata_) throw FileMetadataWanted();
}

namespace {

/// Total dispatch: a relation kind without an overload does not compile.
struct Dispatch {
  Analyzer& analyzer;
  const Context& context;
  const core::Origin& origin;

  Analyzed operator()(const plan::ReadTable& n) { return analyzer.read_table(n, context, origin); }
  Analyzed operator()(const plan::ReadDataSource& n) { return analyzer.read_data_source(n); }
  Analyzed operator()(const plan::LocalRelation& n) { return analyzer.local_relation(n); }
  Analyzed operator()(const plan::CachedLocalRelation& n);
  Analyzed operator()(const plan::CachedRemoteRelation& n) {
    const auto kept = analyzer.tables().kept_frame(n.relation_id);
    if (!kept) {
      throw core::plain_error(core::ErrorClass::kInvalidPlan,
                              "No DataFrame with id " + n.relation_id + " is found in the session");
    }
    Analyzed out;
    out.relation = analyzer.renew(kept);
    out.scope.attributes = out.relation->output;
    return out;
  }
  Analyzed operator()(const plan::InlineTable& n) { return analyzer.inline_table(n, context); }
  Analyzed operator()(const plan::OneRow&) {
    return {resolved::make_relation(resolved::OneRow{}, {}), {}, nullptr};
  }
  Analyzed operator()(const plan::Range& n) {
    if (n.step == 0) {
      throw core::plain_error(core::ErrorClass::kIllegalArgument,
                              "requirement failed: step (0) cannot be 0");
    }
    auto id = analyzer.new_attribute("id", DataType::long_type(), false);
    Analyzed out;
    out.relation = resolved::make_relation(resolved::Range{n.start, n.end, n.step, id}, {id});
    out.scope.attributes = {id};
    return out;
  }
  Analyzed operator()(const plan::SqlQuery& n) {
    Context inner = context;
    inner.parameters = &n;
    inner.ctes = nullptr;
    inner.winning_ctes = nullptr;
    return analyzer.relation(analyzer.tables().parse_query(n), inner);
  }
  Analyzed operator()(const plan::TableFunction& n) {
    return analyzer.table_function(n, context, origin);
  }
  Analyzed operator()(const plan::CommandResult& n) {
    Analyzed out;
    out.relation = analyzer.tables().run_command(*n.command);
    out.scope.attributes = out.relation->output;
    return out;
  }
  Analyzed operator()(const plan::UnsupportedRelation& n) {
    throw core::unsupported("the relation " + n.name, origin);
  }
  Analyzed operator()(const plan::Project& n) { return analyzer.project(n, context); }
  Analyzed operator()(const plan::Filter& n) { return analyzer.filter(n, context); }
  Analyzed operator()(const plan::Join& n) { return analyzer.join(n, context); }
  Analyzed operator()(const plan::SetOperation& n) { return analyzer.set_operation(n, context); }
  Analyzed operator()(const plan::Sort& n) { return analyzer.sort(n, context); }
  Analyzed operator()(const plan::Limit& n) {
    return analyzer.limit(n.input, n.limit, nullptr, context);
  }
  Analyzed operator()(const plan::Offset& n) {
    return analyzer.limit(n.input, nullptr, n.offset, context);
  }
  Analyzed operator()(const plan::Tail& n) { return analyzer.tail(n, context); }
  Analyzed operator()(const plan::Aggregate& n) { return analyzer.aggregate(n, context); }
  Analyzed operator()(const plan::Deduplicate& n) { return analyzer.deduplicate(n, context); }
  Analyzed operator()(const plan::SubqueryAlias& n) { return analyzer.subquery_alias(n, context); }
  Analyzed operator()(const plan::WithCte& n) { return analyzer.with_cte(n, context); }
  Analyzed operator()(const plan::WithWindows& n) {
    Context inner = context;
    inner.windows = &n.windows;
    return analyzer.relation(n.input, inner);
  }
  Analyzed operator()(const plan::ScriptTransform& n) {
    return script_transform(analyzer, n, context);
  }
  Analyzed operator()(const plan::LateralView& n) { return analyzer.lateral_view(n, context); }
  Analyzed operator()(const plan::Unpivot& n) { return analyzer.unpivot(n, context); }
  Analyzed operator()(const plan::Sample& n) { return analyzer.sample(n, context); }
  // One process has no partitions: the keys are checked, and rows stay as they are.
  Analyzed operator()(const plan::Repartition& n) {
    auto input = analyzer.relation(n.input, context);
    ExpressionScope scope{.input = &input.scope, .context = &context};
    for (const auto& key : n.expressions) analyzer.expression(key, scope);
    return input;
  }
  // Hints steer Spark's planner only; unknown ones are ignored there with a warning as well.
  Analyzed operator()(const plan::Hint& n) { return analyzer.relation(n.input, context); }
  Analyzed operator()(const plan::ToDf& n) { return analyzer.to_df(n, context); }
  Analyzed operator()(const plan::WithColumns& n) { return analyzer.with_columns(n, context); }
  Analyzed operator()(const plan::WithColumnsRenamed& n) {
    return analyzer.with_columns_renamed(n, context);
  }
  Analyzed operator()(const plan::Drop& n) { return analyzer.drop(n, context); }
  Analyzed operator()(const plan::ToSchema& n) { return analyzer.to_schema(n, context); }
  Analyzed operator()(const plan::ShowString& n) { return analyzer.show_string(n, context); }
  Analyzed operator()(const plan::HtmlString& n) { return analyzer.html_string(n, context); }
  Analyzed operator()(const plan::NaFill& n) { return analyzer.na_fill(n, context); }
  Analyzed operator()(const plan::NaDrop& n) { return analyzer.na_drop(n, context); }
  Analyzed operator()(const plan::NaReplace& n) { return analyzer.na_replace(n, context); }
  Analyzed operator()(const plan::StatDescribe& n) { return analyzer.stat_describe(n, context); }
  Analyzed operator()(const plan::StatSummary& n) { return analyzer.stat_summary(n, context); }
  Analyzed operator()(const plan::StatCrosstab& n) { return analyzer.stat_crosstab(n, context); }
  Analyzed operator()(const plan::StatCov& n) { return analyzer.stat_cov(n, context); }
  Analyzed operator()(const plan::StatCorr& n) { return analyzer.stat_corr(n, context); }
  Analyzed operator()(const plan::StatApproxQuantile& n) {
    return analyzer.stat_approx_quantile(n, context);
  }
  Analyzed operator()(const plan::StatFreqItems& n) {
    return analyzer.relation(frequent_items(n), context);
  }
  Analyzed operator()(const plan::StatSampleBy& n) { return analyzer.stat_sample_by(n, context); }
  Analyzed operator()(const plan::CollectMetrics& n) {
    return analyzer.collect_metrics(n, context);
  }
  Analyzed operator()(const plan::ParseText& n) {
    const auto text = Analyzer::visible(analyzer.relation(n.input, context));
    if (text->output.size() != 1 || !text->output.front().type.is_string_like()) {
      throw core::plain_error(core::ErrorClass::kInvalidPlan,
                              "The records of a frame are read from its only column, which must be "
                              "of type STRING");
    }
    Analyzed out;
    out.relation = analyzer.renew(analyzer.tables().parse_text(text, n).relation);
    out.scope.attributes = out.relation->output;
    return out;
  }
};

Analyzed Dispatch::operator()(const plan::CachedLocalRelation& n) {
  return analyzer.relation(analyzer.tables().cached_local_relation(n), context);
}

}  // namespace

Analyzed Analyzer::dispatch(const plan::Relation& relation, const Context& context) {
  return std::visit(Dispatch{*this, context, relation.origin}, relation.node);
}

Analyzed Analyzer::relation(const plan::RelationPtr& relation, const Context& context) {
  if (context.depth > options_.max_depth) {
    throw core::plain_error(core::ErrorClass::kSpark,
                            "The plan is nested deeper than " + std::to_string(options_.max_depth) +
                                " levels; shorten the chain or keep an intermediate result");
  }
  Context inner = context;
  ++inner.depth;
  inner.origin = relation->origin;
  // Named windows belong to the SELECT directly below WINDOW, not to its subqueries.
  const bool keeps_windows = std::holds_alternative<plan::Project>(relation->node) ||
                             std::holds_alternative<plan::Aggregate>(relation->node) ||
                             std::holds_alternative<plan::Sort>(relation->node) ||
                             std::holds_alternative<plan::Filter>(relation->node) ||
                             std::holds_alternative<plan::Limit>(relation->node) ||
                             std::holds_alternative<plan::Deduplicate>(relation->node) ||
                             std::holds_alternative<plan::WithWindows>(relation->node);
  if (!keeps_windows) inner.windows = nullptr;
  auto out = dispatch(*relation, inner);
  if (relation->plan_id) out.scope.frames.push_back({*relation->plan_id, out.scope.attributes});
  return out;
}

resolved::Attribute Analyzer::new_attribute(std::string name, DataType type, bool nullable) {
  resolved::Attribute attribute;
  attribute.id = next_id();
  attribute.name = std::move(name);
  attribute.type = std::move(type);
  attribute.nullable = nullable;
  return attribute;
}

resolved::NamedExpression Analyzer::name_expression(ExpressionPtr expression, std::string name) {
  auto attribute = new_attribute(std::move(name), expression->type, expression->nullable);
  return {std::move(expression), std::move(attribute)};
}

std::string Analyzer::generated_name(const resolved::Expression& expression) {
  if (const auto* ref = std::get_if<resolved::AttributeRef>(&expression.node)) return ref->name;
  if (const auto* ref = std::get_if<resolved::OuterRef>(&expression.node)) {
    return "outer(" + core::quote_name(ref->qualifier) + ")";
  }
  if (const auto* cast = std::get_if<resolved::Cast>(&expression.node)) {
    // Spark keeps a column's name through a cast written around it.
    if (const auto* ref = std::get_if<resolved::AttributeRef>(&cast->child->node)) return ref->name;
  }
  return resolved::pretty_name(expression);
}

ExpressionPtr Analyzer::call(const std::string& name, std::vector<ExpressionPtr> arguments,
                             const core::Origin& origin) {
  functions::CallRequest request;
  request.name_parts = {name};
  for (auto& argument : arguments) request.arguments.push_back({std::move(argument), {}});
  request.origin = origin;
  return functions::bind_function(request, options_.binding);
}

ExpressionPtr Analyzer::cast(ExpressionPtr child, const DataType& type) {
  const auto mode = options_.binding.ansi ? resolved::CastMode::kAnsi : resolved::CastMode::kLegacy;
  return functions::bind_cast(std::move(child), type, mode, true);
}

ExpressionPtr Analyzer::literal(DataType type, Value value) {
  const bool is_null = value.is_null();
  return resolved::make_expression(resolved::Literal{std::move(value)}, std::move(type), is_null);
}

ExpressionPtr Analyzer::string_literal(std::string text) {
  return literal(DataType::string(), Value{std::move(text)});
}

ExpressionPtr Analyzer::integer_literal(int32_t value) {
  return literal(DataType::integer(), Value{static_cast<int64_t>(value)});
}

namespace {

bool contains(const std::vector<Attribute>& attributes, const Attribute& wanted) {
  return std::any_of(attributes.begin(), attributes.end(),
                     [&](const auto& attribute) { return attribute.id == wanted.id; });
}

}  // namespace

Analyzed Analyzer::project_items(Analyzed input, std::vector<resolved::NamedExpression> items) {
  Analyzed out;
  std::vector<resolved::Attribute> output;
  for (const auto& item : items) output.push_back(item.attribute);
  out.scope.attributes = output;
  for (const auto& file : input.scope.files) {
    items.push_back(pass_through(file));
    output.push_back(file);
    out.scope.files.push_back(file);
    if (contains(input.scope.hidden, file)) out.scope.hidden.push_back(file);
  }
  out.relation = resolved::make_relation(
      resolved::Project{std::move(input.relation), std::move(items)}, std::move(output));
  out.scope.frames = std::move(input.scope.frames);
  return out;
}

resolved::RelationPtr Analyzer::visible(const Analyzed& analyzed) {
  const auto& all = analyzed.relation->output;
  const auto& wanted = analyzed.scope.attributes;
  bool same = all.size() == wanted.size();
  for (size_t i = 0; same && i < all.size(); ++i) same = all[i].id == wanted[i].id;
  if (same) {
    // Names may differ by alias only; ids are what counts below.
    return std::make_shared<const resolved::Relation>(
        resolved::Relation{analyzed.relation->node, wanted});
  }
  std::vector<resolved::NamedExpression> items;
  for (const auto& attribute : wanted) items.push_back(pass_through(attribute));
  return resolved::make_relation(resolved::Project{analyzed.relation, std::move(items)}, wanted);
}

resolved::Attribute Analyzer::column_by_name(const Analyzed& input, const std::string& name) {
  const resolved::Attribute* found = nullptr;
  for (const auto& attribute : input.scope.attributes) {
    if (!same_identifier(attribute.name, name, case_sensitive())) continue;
    if (found) {
      find_column(input.scope.attributes, {name}, case_sensitive(), {});  // throws AMBIGUOUS
    }
    found = &attribute;
  }
  if (!found) {
    // The frame's own look-up proposes its columns in their order.
    std::string proposal;
    for (const auto& attribute : input.scope.attributes) {
      proposal += (proposal.empty() ? "" : ", ") + core::quote_identifier(attribute.name);
    }
    if (proposal.empty()) throw unresolved_column({name}, {}, {});
    throw core::analysis_error(
        "UNRESOLVED_COLUMN.WITH_SUGGESTION",
        {{"objectName", core::quote_identifier(name)}, {"proposal", proposal}});
  }
  return *found;
}

}  // namespace grebe::analyze
