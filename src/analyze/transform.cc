// SELECT TRANSFORM → lines, script, columns; see transform.h.
#include "analyze/transform.h"

namespace grebe::analyze {
namespace {

using resolved::ExpressionPtr;
using resolved::NamedExpression;
using types::DataType;
using types::TypeKind;

/// The text of a row: what is nested as JSON, everything else as a cast prints it.
ExpressionPtr line_of(Analyzer& analyzer, const std::vector<resolved::Attribute>& columns,
                      const plan::ScriptTransform::Format& format) {
  std::vector<ExpressionPtr> parts;
  for (const auto& column : columns) {
    if (!parts.empty()) parts.push_back(Analyzer::string_literal(format.separator));
    auto text = column.type.is_nested() ? analyzer.call("to_json", {reference(column)})
                                        : analyzer.cast(reference(column), DataType::string());
    parts.push_back(
        analyzer.call("coalesce", {std::move(text), Analyzer::string_literal(format.null_text)}));
  }
  return analyzer.call("concat", std::move(parts));
}

/// A field of the script's answer as `type`; what is no such value is null (Hive's
/// LazySimpleSerde).
ExpressionPtr typed(Analyzer& analyzer, const ExpressionPtr& field, const DataType& type) {
  const auto null = Analyzer::literal(type, {});
  const auto cast = [&](const ExpressionPtr& value) {
    return functions::bind_cast(value, type, resolved::CastMode::kTry, false);
  };
  // Java's parsers of numbers take no blanks and no fractions of whole numbers; casts do.
  const auto if_like = [&](const char* pattern, const ExpressionPtr& value) {
    return analyzer.call(
        "if", {analyzer.call("rlike", {field, Analyzer::string_literal(pattern)}), value, null});
  };
  switch (type.kind()) {
    case TypeKind::kString:
      return field;
    case TypeKind::kBoolean: {
      const auto lower = analyzer.call("lower", {field});
      const auto is = [&](const char* word) {
        return analyzer.call("==", {lower, Analyzer::string_literal(word)});
      };
      const auto flag = [](bool value) {
        return Analyzer::literal(DataType::boolean(), types::Value{value});
      };
      return analyzer.call(
          "if", {is("true"), flag(true), analyzer.call("if", {is("false"), flag(false), null})});
    }
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
      return if_like("^[+-]?[0-9]+$", cast(field));
    case TypeKind::kDecimal:
      // One that is too large raises under ANSI.
      return if_like("^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$",
                     analyzer.cast(field, type));
    case TypeKind::kFloat:
    case TypeKind::kDouble:
    case TypeKind::kBinary:
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
    case TypeKind::kCalendarInterval:
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return cast(field);
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      return analyzer.call("from_json", {field, Analyzer::string_literal(type.simple_string())});
    default:
      throw core::make_error(
          core::ErrorClass::kSpark, "_LEGACY_ERROR_TEMP_2265",
          {{"nodeName", "SparkScriptTransformation"}, {"dt", type.simple_string()}});
  }
}

/// One more column over a relation that has no other use.
resolved::RelationPtr with_item(resolved::RelationPtr input, const NamedExpression& item) {
  return resolved::make_relation(resolved::Project{std::move(input), {item}}, {item.attribute});
}

}  // namespace

Analyzed script_transform(Analyzer& analyzer, const plan::ScriptTransform& node,
                          const Context& context) {
  const types::Schema key_and_value{{"key", DataType::string(), true, {}},
                                    {"value", DataType::string(), true, {}}};
  const types::Schema& columns = node.columns.empty() ? key_and_value : node.columns;

  auto rows = Analyzer::visible(analyzer.relation(node.input, context));
  const auto line =
      analyzer.name_expression(line_of(analyzer, rows->output, node.input_format), "line");
  rows = with_item(rows, line);
  const auto lines =
      analyzer.name_expression(analyzer.call("collect_list", {reference(line.attribute)}), "lines");
  auto gathered = resolved::make_relation(resolved::Aggregate{rows, {}, std::nullopt, {lines}},
                                          {lines.attribute});
  const auto answer =
      analyzer.call("explode", {analyzer.call("#run_script", {Analyzer::string_literal(node.script),
                                                              reference(lines.attribute)})});
  const auto given = analyzer.new_attribute("line", DataType::string(), true);
  auto output = gathered->output;
  output.push_back(given);
  auto answered = resolved::make_relation(resolved::Generate{gathered, answer, false, {given}},
                                          std::move(output));
  const auto fields = analyzer.name_expression(
      analyzer.call("split",
                    {reference(given), Analyzer::string_literal(node.output_format.separator),
                     Analyzer::integer_literal(-1)}),
      "fields");
  answered = with_item(answered, fields);

  // What stands for null is null, whatever the column's type.
  std::vector<NamedExpression> texts;
  std::vector<resolved::Attribute> text_columns;
  for (size_t i = 0; i < columns.size(); ++i) {
    const auto field = analyzer.call(
        "get", {reference(fields.attribute), Analyzer::integer_literal(static_cast<int32_t>(i))});
    // Without a list of columns the text of a null stays.
    const auto text =
        node.columns.empty()
            ? field
            : analyzer.call("nullif",
                            {field, Analyzer::string_literal(node.output_format.null_text)});
    texts.push_back(analyzer.name_expression(text, columns[i].name));
    texts.back().attribute.nullable = true;
    text_columns.push_back(texts.back().attribute);
  }
  answered = resolved::make_relation(resolved::Project{answered, std::move(texts)}, text_columns);

  std::vector<NamedExpression> items;
  for (size_t i = 0; i < columns.size(); ++i) {
    auto type = columns[i].type;
    if (type.is_string_like()) type = DataType::string();
    items.push_back(analyzer.name_expression(typed(analyzer, reference(text_columns[i]), type),
                                             columns[i].name));
    items.back().attribute.nullable = true;
  }
  Analyzed below;
  below.relation = answered;
  below.scope.attributes = text_columns;
  return analyzer.project_items(std::move(below), std::move(items));
}

}  // namespace grebe::analyze
