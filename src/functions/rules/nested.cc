// Arrays, maps and structs: constructors and accessors whose types follow their arguments.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/checked_map.h"
#include "functions/rules/rules.h"
#include "types/carrier.h"
#include "types/ordering.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::StructField;
using types::TypeKind;

ExpressionPtr bind_array(const BindInput& input) {
  std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.empty()) {
    const bool as_string =
        input.context.flag("spark.sql.legacy.createEmptyCollectionUsingStringType");
    return make_call(input, {},
                     DataType::array(as_string ? DataType::string() : DataType::void_type(), false),
                     false);
  }
  arguments = cast_to_common(input, arguments);
  const bool contains_null = any_nullable(arguments);
  const DataType type = DataType::array(arguments[0]->type, contains_null);
  return make_call(input, std::move(arguments), type, false);
}

ExpressionPtr bind_array_repeat(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& element = input.argument(0);
  const DataType& given = input.argument(1)->type;
  if (!given.is(TypeKind::kInteger) && !given.is(TypeKind::kVoid)) {
    throw unexpected_input_type(input.name, input.expressions(), 1, "\"INT\"",
                                input.request.origin);
  }
  const ExpressionPtr count = cast_to(input.argument(1), DataType::integer(), input.context);
  return make_call(input, {element, count}, DataType::array(element->type, element->nullable),
                   count->nullable);
}

ExpressionPtr bind_append(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& list = input.argument(0);
  const ExpressionPtr& element = input.argument(1);
  if (!list->type.is(TypeKind::kArray)) {
    throw unexpected_input_type(input.name, input.expressions(), 0, "\"ARRAY\"",
                                input.request.origin);
  }
  const auto common = types::wider_type_without_strings(list->type.element(), element->type,
                                                        types::coercion_rules(input.context.ansi));
  if (!common) {
    throw type_mismatch("ARRAY_FUNCTION_DIFF_TYPES", input.name, input.expressions(),
                        {{"functionName", core::quote_identifier(input.name)},
                         {"dataType", "\"ARRAY\""},
                         {"leftType", quote_type(list->type)},
                         {"rightType", quote_type(element->type)}},
                        input.request.origin);
  }
  const ExpressionPtr cast_list =
      cast_to(list, DataType::array(*common, list->type.contains_null()), input.context);
  return make_call(input, {cast_list, cast_to(element, *common, input.context)},
                   DataType::array(*common, list->type.contains_null() || element->nullable ||
                                                input.entry.name == "array_prepend"),
                   list->nullable);
}

ExpressionPtr bind_map(const BindInput& input) {
  const std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.size() % 2 != 0) {
    throw wrong_number_of_arguments(input.name, "2n (n > 0)", arguments.size());
  }
  if (arguments.empty()) {
    return make_call(input, {}, DataType::map(DataType::void_type(), DataType::void_type(), false),
                     false);
  }
  std::vector<ExpressionPtr> keys;
  std::vector<ExpressionPtr> values;
  for (size_t i = 0; i < arguments.size(); i += 2) {
    keys.push_back(arguments[i]);
    values.push_back(arguments[i + 1]);
  }
  keys = cast_to_common(input, keys);
  if (!types::is_orderable(keys[0]->type)) {
    throw type_mismatch("INVALID_MAP_KEY_TYPE", input.name, arguments,
                        {{"keyType", quote_type(keys[0]->type)}}, input.request.origin);
  }
  values = cast_to_common(input, values);
  std::vector<ExpressionPtr> ordered;
  for (size_t i = 0; i < keys.size(); ++i) {
    ordered.push_back(keys[i]);
    ordered.push_back(values[i]);
  }
  return make_call(input, std::move(ordered),
                   DataType::map(keys[0]->type, values[0]->type, any_nullable(values)), false);
}

std::string lower_map(const LowerInput& input) {
  std::string keys;
  std::string values;
  for (size_t i = 0; i + 1 < input.sql.size(); i += 2) {
    keys += (keys.empty() ? "" : ", ") + input.sql[i];
    values += (values.empty() ? "" : ", ") + input.sql[i + 1];
  }
  if (doubled_keys(input.function) == DoubledKeys::kLastWins && input.sql.size() > 2) {
    return checked_map("[" + keys + "]", "[" + values + "]", input.type, DoubledKeys::kLastWins);
  }
  const std::string map = fmt::format("map([{}], [{}])", keys, values);
  // One constant key can be neither null nor doubled.
  const types::Value* only = input.sql.size() == 2 ? literal_value(*input.arguments[0]) : nullptr;
  if (input.sql.empty() || (only != nullptr && !only->is_null())) {
    return fmt::format("CAST({} AS {})", map, types::carrier_type(input.type));
  }
  const std::string wrong = fmt::format(
      "CASE WHEN list_count([{0}]) < len([{0}]) THEN 'n' ELSE concat('d', CAST(list_filter([{0}], "
      "lambda k, i: list_position([{0}], k) < i)[1] AS VARCHAR)) END",
      keys);
  return fmt::format(
      "CASE WHEN len(list_distinct([{}])) = {} THEN CAST({} AS {}) ELSE CASE WHEN "
      "grebe_map_key_error({}) = 0 THEN NULL END END",
      keys, input.sql.size() / 2, map, types::carrier_type(input.type), wrong);
}

ExpressionPtr bind_named_struct(const BindInput& input) {
  const std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.size() % 2 != 0) {
    throw wrong_number_of_arguments(input.name, "2n (n > 0)", arguments.size());
  }
  std::vector<StructField> fields;
  for (size_t i = 0; i < arguments.size(); i += 2) {
    const types::Value* name = literal_value(*arguments[i]);
    const auto* text = name == nullptr ? nullptr : std::get_if<std::string>(&name->data);
    if (text == nullptr) {
      throw type_mismatch(
          "CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING", input.name, arguments,
          {{"inputExprs", "[" + core::quote_sql(resolved::pretty_name(*arguments[i])) + "]"}},
          input.request.origin);
    }
    fields.push_back({.name = *text,
                      .type = arguments[i + 1]->type,
                      .nullable = arguments[i + 1]->nullable,
                      .metadata_json = {}});
  }
  return make_call(input, arguments, DataType::struct_type(std::move(fields)), false);
}

std::string lower_struct(const LowerInput& input) {
  if (input.sql.empty()) return "{'f0': CAST(NULL AS INTEGER)}";
  std::string fields;
  for (size_t i = 1; i < input.sql.size(); i += 2) {
    fields += fmt::format("{}'f{}': {}", i == 1 ? "" : ", ", i / 2, input.sql[i]);
  }
  return "{" + fields + "}";
}

ExpressionPtr bind_element_at(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& source = input.argument(0);
  ExpressionPtr key = input.argument(1);
  if (source->type.is(TypeKind::kArray)) {
    if (!key->type.is_integral() || key->type.is(TypeKind::kLong)) {
      throw unexpected_input_type("element_at", input.expressions(), 1, "\"INT\"",
                                  input.request.origin);
    }
    key = cast_to(key, DataType::integer(), input.context);
    return make_call(input, {source, key}, source->type.element(),
                     array_element_nullable(input, source, key), 0);
  }
  if (!source->type.is(TypeKind::kMap)) {
    throw unexpected_input_type(input.name, input.expressions(), 0, "(\"ARRAY\" or \"MAP\")",
                                input.request.origin);
  }
  const auto common = types::tightest_common_type(source->type.key(), key->type,
                                                  types::coercion_rules(input.context.ansi));
  if (!common) {
    throw type_mismatch("MAP_FUNCTION_DIFF_TYPES", input.name, input.expressions(),
                        {{"functionName", core::quote_identifier(input.name)},
                         {"dataType", "\"MAP\""},
                         {"leftType", quote_type(source->type)},
                         {"rightType", quote_type(key->type)}},
                        input.request.origin);
  }
  const ExpressionPtr map = cast_to(
      source, DataType::map(*common, source->type.value(), source->type.value_contains_null()),
      input.context);
  return make_call(input, {map, cast_to(key, *common, input.context)}, source->type.value(), true,
                   1);
}

ExpressionPtr bind_arrays_zip(const BindInput& input) {
  const std::vector<ExpressionPtr> arguments = input.expressions();
  std::vector<StructField> fields;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!arguments[i]->type.is(TypeKind::kArray)) {
      throw unexpected_input_type(input.name, arguments, i, "\"ARRAY\"", input.request.origin);
    }
    std::string name = std::to_string(i);
    if (const auto* column = std::get_if<resolved::AttributeRef>(&arguments[i]->node)) {
      name = column->name;
    } else if (const auto* field = std::get_if<resolved::GetField>(&arguments[i]->node)) {
      name = field->name;
    }
    fields.push_back({.name = std::move(name),
                      .type = arguments[i]->type.element(),
                      .nullable = true,
                      .metadata_json = {}});
  }
  return make_call(input, arguments,
                   DataType::array(DataType::struct_type(std::move(fields)), false),
                   any_nullable(arguments));
}

std::string lower_arrays_zip(const LowerInput& input) {
  if (input.sql.empty()) return fmt::format("CAST([] AS {})", types::carrier_type(input.type));
  std::string lengths;
  std::string nulls;
  std::string fields;
  for (size_t i = 0; i < input.sql.size(); ++i) {
    lengths += fmt::format("{}len({})", i == 0 ? "" : ", ", input.sql[i]);
    nulls += fmt::format("{}({}) IS NOT NULL", i == 0 ? "" : " AND ", input.sql[i]);
    fields += fmt::format("{}'f{}': list_extract({}, i + 1)", i == 0 ? "" : ", ", i, input.sql[i]);
  }
  return fmt::format("CASE WHEN {} THEN list_transform(range(greatest({})), lambda i: {{{}}}) END",
                     nulls, lengths, fields);
}

ExpressionPtr bind_map_concat(const BindInput& input) {
  std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.empty()) {
    return make_call(input, {}, DataType::map(DataType::string(), DataType::string(), false),
                     false);
  }
  arguments = cast_to_common(input, arguments);
  if (!arguments[0]->type.is(TypeKind::kMap)) {
    throw unexpected_input_type(input.name, arguments, 0, "\"MAP\"", input.request.origin);
  }
  const bool nullable = any_nullable(arguments);
  const DataType type = arguments[0]->type;
  return make_call(input, std::move(arguments), type, nullable);
}

std::string lower_map_concat(const LowerInput& input) {
  if (input.sql.empty())
    return fmt::format("CAST(map([], []) AS {})", types::carrier_type(input.type));
  std::string keys;
  std::string values;
  std::string nulls;
  for (const std::string& map : input.sql) {
    const std::string_view comma = keys.empty() ? "" : ", ";
    nulls += fmt::format("{}({}) IS NOT NULL", keys.empty() ? "" : " AND ", map);
    keys += fmt::format("{}map_keys({})", comma, map);
    values += fmt::format("{}map_values({})", comma, map);
  }
  return fmt::format(
      "CASE WHEN {} THEN {} END", nulls,
      checked_map(fmt::format("list_concat({})", keys), fmt::format("list_concat({})", values),
                  input.type, doubled_keys(input.function)));
}

ExpressionPtr bind_map_from_entries(const BindInput& input) {
  require_count(input, {1});
  const ExpressionPtr& entries = input.argument(0);
  const DataType& type = entries->type;
  if (!type.is(TypeKind::kArray) || !type.element().is(TypeKind::kStruct) ||
      type.element().fields().size() != 2) {
    throw unexpected_input_type(input.name, {entries}, 0, "\"ARRAY\" of pair \"STRUCT\"",
                                input.request.origin);
  }
  const auto& fields = type.element().fields();
  return make_call(input, {entries},
                   DataType::map(fields[0].type, fields[1].type, fields[1].nullable),
                   entries->nullable || type.contains_null());
}

std::string lower_map_from_arrays(const LowerInput& input) {
  return checked_map(input.sql[0], input.sql[1], input.type, doubled_keys(input.function));
}

std::string lower_map_from_entries(const LowerInput& input) {
  const std::string& entries = input.sql[0];
  return fmt::format("CASE WHEN list_count({0}) = len({0}) THEN {1} END", entries,
                     checked_map(fmt::format("list_transform({}, lambda x: x.f0)", entries),
                                 fmt::format("list_transform({}, lambda x: x.f1)", entries),
                                 input.type, doubled_keys(input.function)));
}

ExpressionPtr bind_map_entries(const BindInput& input) {
  require_count(input, {1});
  const ExpressionPtr& map = input.argument(0);
  if (!map->type.is(TypeKind::kMap)) {
    throw unexpected_input_type(input.name, {map}, 0, "\"MAP\"", input.request.origin);
  }
  const DataType& type = map->type;
  std::vector<StructField> fields = {
      {.name = "key", .type = type.key(), .nullable = false, .metadata_json = {}},
      {.name = "value",
       .type = type.value(),
       .nullable = type.value_contains_null(),
       .metadata_json = {}}};
  return make_call(input, {map}, DataType::array(DataType::struct_type(std::move(fields)), false),
                   map->nullable);
}

std::string lower_map_entries(const LowerInput& input) {
  return fmt::format("list_transform(map_entries({}), lambda e: {{'f0': e.key, 'f1': e.value}})",
                     input.sql[0]);
}

core::SparkError wrong_sequence(const BindInput& input,
                                const std::vector<ExpressionPtr>& arguments) {
  return type_mismatch(
      "SEQUENCE_WRONG_INPUT_TYPES", input.name, arguments,
      {{"functionName", "`sequence`"},
       {"startType", "(\"TIMESTAMP\" or \"TIMESTAMP_NTZ\" or \"DATE\")"},
       {"stepType", "(\"INTERVAL\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL DAY TO SECOND\")"},
       {"otherStartType", "\"INTEGRAL\""}},
      input.request.origin);
}

ExpressionPtr bind_sequence(const BindInput& input) {
  require_count(input, {2, 3});
  std::vector<ExpressionPtr> arguments = input.expressions();
  const auto is_time = [](const DataType& type) { return type.is_datetime(); };
  if (is_time(arguments[0]->type) || is_time(arguments[1]->type)) {
    const std::vector<ExpressionPtr> ends = cast_to_common(input, {arguments[0], arguments[1]});
    arguments[0] = ends[0];
    arguments[1] = ends[1];
    const bool has_step = arguments.size() == 3 && !arguments[2]->type.is(TypeKind::kVoid);
    if (has_step && !arguments[2]->type.is_ansi_interval() &&
        !arguments[2]->type.is(TypeKind::kCalendarInterval)) {
      throw wrong_sequence(input, arguments);
    }
  } else {
    for (const ExpressionPtr& argument : arguments) {
      if (!argument->type.is_integral() && !argument->type.is(TypeKind::kVoid)) {
        throw wrong_sequence(input, arguments);
      }
    }
    arguments = cast_to_common(input, arguments);
  }
  const bool nullable = any_nullable(arguments);
  const DataType type = DataType::array(arguments[0]->type, false);
  return make_call(input, std::move(arguments), type, nullable);
}

std::string lower_sequence(const LowerInput& input) {
  const DataType& element = input.type.element();
  const std::string& start = input.sql[0];
  const std::string& stop = input.sql[1];
  if (element.is_integral()) {
    const std::string step =
        input.sql.size() == 3 ? input.sql[2]
                              : fmt::format("CASE WHEN {} <= {} THEN 1 ELSE -1 END", start, stop);
    return fmt::format(
        "CAST(grebe_sequence(CAST({} AS BIGINT), CAST({} AS BIGINT), CAST({} AS BIGINT)) AS {})",
        start, stop, step, types::carrier_type(input.type));
  }
  std::string step =
      fmt::format("CASE WHEN {} <= {} THEN INTERVAL 1 DAY ELSE INTERVAL (-1) DAY END", start, stop);
  if (input.sql.size() == 3) {
    const DataType& type = input.type_of(2);
    step = type.is(TypeKind::kYearMonthInterval) ? fmt::format("to_months({})", input.sql[2])
           : type.is(TypeKind::kDayTimeInterval)
               ? fmt::format(
                     "(to_days(CAST({0} // 86400000000 AS INTEGER)) + to_microseconds({0} "
                     "% 86400000000))",
                     input.sql[2])
               : input.sql[2];
  }
  if (element.is(TypeKind::kTimestamp)) {
    return fmt::format("grebe_sequence_instants({}, {}, {})", start, stop, step);
  }
  if (element.is(TypeKind::kTimestampNtz)) {
    return fmt::format("grebe_sequence_local_times({}, {}, {})", start, stop, step);
  }
  // Days are stepped through in the session's zone as well.
  const auto instant = [](const std::string& sql) {
    return fmt::format("grebe_local_to_utc(CAST({} AS TIMESTAMP))", sql);
  };
  return fmt::format(
      "list_transform(grebe_sequence_instants({}, {}, {}), lambda i: CAST(grebe_utc_to_local(i) AS "
      "{}))",
      instant(start), instant(stop), step, types::carrier_type(element));
}

}  // namespace grebe::functions
