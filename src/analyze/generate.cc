// LATERAL VIEW and table-valued functions → Generate over the input, Range, or Generate over one
// row.
#include "analyze/analyzer.h"
#include "parse/sql/keyword_list.h"
#include "types/coercion.h"

namespace grebe::analyze {
namespace {

bool is_generator(const resolved::Expression& expression) {
  const auto* call = std::get_if<resolved::Call>(&expression.node);
  return call && functions::find_kind(call->function) == functions::FunctionKind::kGenerator;
}

/// explode_outer and the like give a row where there is nothing to give.
bool is_outer_generator(const resolved::Expression& generator) {
  return std::get<resolved::Call>(generator.node).function.ends_with("_outer");
}

/// A constant BIGINT of range(…). `index` counts what the caller wrote; messages count the
/// parameters of range(start, end, step, partitions).
int64_t long_argument(Analyzer& analyzer, const plan::TableFunction& node, size_t index,
                      const Context& context, const core::Origin& origin) {
  const auto written =
      analyzer.expression(node.arguments[index], ExpressionScope{.context = &context});
  types::Value value;
  if (types::can_cast(written->type, types::DataType::long_type(),
                      types::coercion_rules(analyzer.options().binding.ansi))) {
    const auto mode =
        analyzer.options().binding.ansi ? resolved::CastMode::kAnsi : resolved::CastMode::kLegacy;
    const auto bound =
        functions::bind_cast(written, types::DataType::long_type(), mode, true, origin);
    const auto* constant = std::get_if<resolved::Literal>(&bound->node);
    value = constant ? constant->value : analyzer.evaluator().evaluate(bound);
  }
  if (value.is_null()) {
    const size_t parameter = node.arguments.size() == 1 ? 2 : index + 1;
    throw core::analysis_error("UNEXPECTED_INPUT_TYPE",
                               {{"paramIndex", std::to_string(parameter)},
                                {"functionName", "`range`"},
                                {"requiredType", "\"BIGINT\""},
                                {"inputSql", core::quote_sql(resolved::pretty_name(*written))},
                                {"inputType", core::quote_sql(written->type.sql())}},
                               origin);
  }
  return std::get<int64_t>(value.data);
}

/// The rows of sql_keywords(); words are reserved only where that is enforced.
resolved::RelationPtr keyword_rows(Analyzer& analyzer) {
  const auto& binding = analyzer.options().binding;
  const bool enforces = binding.ansi && binding.flag("spark.sql.ansi.enforceReservedKeywords");
  std::vector<std::vector<resolved::ExpressionPtr>> rows;
  for (const auto& keyword : parse::sql::listed_keywords()) {
    rows.push_back({Analyzer::string_literal(std::string(keyword.text)),
                    Analyzer::literal(types::DataType::boolean(),
                                      types::Value{enforces && keyword.is_reserved})});
  }
  const std::vector<resolved::Attribute> output{
      analyzer.new_attribute("keyword", types::DataType::string(), false),
      analyzer.new_attribute("reserved", types::DataType::boolean(), false)};
  return resolved::make_relation(resolved::Values{std::move(rows), output}, output);
}

}  // namespace

Analyzed Analyzer::lateral_view(const plan::LateralView& node, const Context& context) {
  auto input = relation(node.input, context);
  ExpressionScope scope{.input = &input.scope, .context = &context, .allow_generators = true};
  auto generator = expression(node.generator, scope);
  if (!is_generator(*generator)) {
    throw core::analysis_error(
        "UNSUPPORTED_GENERATOR.NOT_GENERATOR",
        {{"functionName", "`" + resolved::pretty_name(*generator) + "`"},
         {"classCanonicalName", "org.apache.spark.sql.catalyst.expressions"}},
        node.generator->origin);
  }
  auto columns = functions::generator_output(*generator);
  if (!node.column_names.empty()) {
    if (node.column_names.size() != columns.size()) {
      std::string names;
      for (const auto& name : node.column_names) names += (names.empty() ? "" : ",") + name;
      throw core::analysis_error(
          "UDTF_ALIAS_NUMBER_MISMATCH",
          {{"aliasesSize", std::to_string(columns.size())}, {"aliasesNames", names}},
          context.origin);
    }
    for (size_t i = 0; i < columns.size(); ++i) columns[i].name = node.column_names[i];
  }
  const bool outer = node.outer || is_outer_generator(*generator);
  std::vector<resolved::Attribute> generated;
  for (const auto& column : columns) {
    auto attribute = new_attribute(column.name, column.type, column.nullable || outer);
    if (!node.table_alias.empty()) attribute.qualifier = {node.table_alias};
    generated.push_back(std::move(attribute));
  }
  auto output = input.relation->output;
  output.insert(output.end(), generated.begin(), generated.end());
  input.relation = resolved::make_relation(
      resolved::Generate{input.relation, generator, outer, generated}, std::move(output));
  input.scope.attributes.insert(input.scope.attributes.end(), generated.begin(), generated.end());
  input.open = nullptr;
  return input;
}

Analyzed Analyzer::table_function(const plan::TableFunction& node, const Context& context,
                                  const core::Origin& origin) {
  const std::string& name = node.name_parts.back();
  if (same_identifier(name, "range", false)) {
    if (node.arguments.empty() || node.arguments.size() > 4) {
      throw core::analysis_error("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                                 {{"functionName", "`range`"},
                                  {"expectedNum", "[1, 2, 3, 4]"},
                                  {"actualNum", std::to_string(node.arguments.size())},
                                  {"docroot", "https://spark.apache.org/docs/latest"}},
                                 origin);
    }
    plan::Range range;
    const auto argument = [&](size_t index) {
      return long_argument(*this, node, index, context, origin);
    };
    if (node.arguments.size() == 1) {
      range.end = argument(0);
    } else {
      range.start = argument(0);
      range.end = argument(1);
      if (node.arguments.size() > 2) range.step = argument(2);
    }
    if (range.step == 0) {
      throw core::analysis_error("FAILED_FUNCTION_CALL", {{"funcName", "`range`"}}, origin);
    }
    return relation(plan::make_relation(range, {}, origin), context);
  }
  if (same_identifier(name, "sql_keywords", false) && node.arguments.empty()) {
    return leaf(keyword_rows(*this), {});
  }
  // explode(…) and the like in FROM: a generator over one row.
  ExpressionScope scope{.context = &context, .allow_generators = true};
  const auto kind = functions::find_kind(name);
  if (kind != functions::FunctionKind::kGenerator) {
    throw core::analysis_error("UNRESOLVABLE_TABLE_VALUED_FUNCTION",
                               {{"name", core::quote_name(node.name_parts)}}, origin);
  }
  auto generator = expression(
      plan::make_expression(
          plan::UnresolvedFunction{.name_parts = node.name_parts, .arguments = node.arguments},
          origin),
      scope);
  const bool outer = is_outer_generator(*generator);
  std::vector<resolved::Attribute> generated;
  for (const auto& column : functions::generator_output(*generator)) {
    generated.push_back(new_attribute(column.name, column.type, column.nullable || outer));
  }
  Analyzed out;
  auto one = resolved::make_relation(resolved::OneRow{}, {});
  out.relation =
      resolved::make_relation(resolved::Generate{one, generator, outer, generated}, generated);
  out.scope.attributes = generated;
  return out;
}

}  // namespace grebe::analyze
