// Calls bound by name: types, nullability, printed names, errors, DuckDB SQL.
#include "functions/binding.h"

#include <gtest/gtest.h>

#include "core/spark_error.h"
#include "functions/calls.h"
#include "functions/registry.h"

namespace grebe::functions {
namespace {

using resolved::ExpressionPtr;
using types::DataType;

ExpressionPtr column(const std::string& name, DataType type, bool nullable = true) {
  return resolved::make_expression(resolved::AttributeRef{.id = 1, .name = name}, std::move(type),
                                   nullable);
}

BindContext context(bool ansi = false) {
  BindContext made;
  made.ansi = ansi;
  return made;
}

ExpressionPtr bind(const std::string& name, std::vector<ExpressionPtr> arguments,
                   bool ansi = false) {
  return call(name, std::move(arguments), context(ansi));
}

std::string condition_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const core::SparkError& error) {
    return error.condition();
  }
  return "";
}

TEST(Binding, EveryEntryParses) {
  // A malformed signature or a function twice in the tables throws.
  EXPECT_GT(list_entries().size(), 430u);
  for (const Entry* entry : list_entries()) {
    const bool does_something = entry->bind != nullptr || !entry->rewrite.empty() ||
                                overload_count(*entry) > 0 || !entry->unsupported.empty();
    EXPECT_TRUE(does_something) << entry->name;
  }
}

TEST(Binding, EveryFunctionOfSparkIsThere) {
  // What Spark 3.5.7 answers to SHOW FUNCTIONS, name by name; `range` is the grammar's.
  constexpr int kMostUnsupported = 20;
  int unsupported = 0;
  for (const ShownFunction& shown : shown_functions()) {
    if (shown.name == "range") continue;
    const Entry* entry = find_entry(shown.name);
    ASSERT_NE(entry, nullptr) << shown.name;
    if (!entry->unsupported.empty() && shown.name != "cast") ++unsupported;
  }
  EXPECT_EQ(shown_functions().size(), 438u);
  EXPECT_LE(unsupported, kMostUnsupported);
}

TEST(Binding, DecimalsFollowSparksRules) {
  const auto price = column("price", DataType::decimal(15, 2));
  const auto difference = bind("-", {int_literal(1), price});
  EXPECT_EQ(difference->type, DataType::decimal(16, 2));
  EXPECT_EQ(bind("*", {price, difference})->type, DataType::decimal(32, 4));
  EXPECT_EQ(bind("/", {price, price})->type, DataType::decimal(33, 18));
  EXPECT_EQ(bind("sum", {price})->type, DataType::decimal(25, 2));
  EXPECT_EQ(bind("avg", {price})->type, DataType::decimal(19, 6));
}

TEST(Binding, DatesMoveByDaysAndStayDates) {
  const auto day = column("d", DataType::date());
  const auto interval = column("i", DataType::day_time_interval(0, 0));
  EXPECT_EQ(bind("-", {day, interval})->type, DataType::date());
  EXPECT_EQ(bind("+", {day, column("i", DataType::day_time_interval())})->type,
            DataType::timestamp());
  EXPECT_EQ(bind("+", {day, int_literal(1)})->type, DataType::date());
  EXPECT_EQ(bind("-", {day, day})->type, DataType::day_time_interval(0, 0));
}

TEST(Binding, StringsMeetNumbersByMode) {
  const auto text = column("s", DataType::string());
  const auto number = column("i", DataType::integer());
  EXPECT_EQ(bind("+", {text, number})->type, DataType::double_type());
  EXPECT_EQ(bind("+", {text, number}, true)->type, DataType::long_type());
  EXPECT_EQ(bind("coalesce", {text, number})->type, DataType::string());
}

TEST(Binding, PrintsSparksNames) {
  const auto a = column("a", DataType::integer());
  EXPECT_EQ(resolved::pretty_name(*bind("+", {a, int_literal(1)})), "(a + 1)");
  EXPECT_EQ(resolved::pretty_name(*bind("isnotnull", {a})), "(a IS NOT NULL)");
  EXPECT_EQ(resolved::pretty_name(*bind("-", {a})), "(- a)");
  EXPECT_EQ(resolved::pretty_name(*bind("negative", {a})), "negative(a)");
  EXPECT_EQ(resolved::pretty_name(*bind("count", {int_literal(1)})), "count(1)");
  EXPECT_EQ(resolved::pretty_name(*bind("between", {a, int_literal(1), int_literal(2)})),
            "((a >= 1) AND (a <= 2))");
  EXPECT_EQ(
      resolved::pretty_name(*bind("substring", {column("s", DataType::string()), int_literal(2)})),
      "substring(s, 2, 2147483647)");
}

TEST(Binding, NamesItsErrors) {
  const auto a = column("a", DataType::integer());
  EXPECT_EQ(condition_of([&] { bind("list_transform", {a}); }), "UNRESOLVED_ROUTINE");
  EXPECT_EQ(condition_of([&] { bind("upper", {a, a}); }), "WRONG_NUM_ARGS.WITHOUT_SUGGESTION");
  EXPECT_EQ(condition_of([&] { bind("and", {a, a}); }), "DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE");
  EXPECT_EQ(condition_of([&] {
              bind("+", {a, column("b", DataType::boolean())});
            }),
            "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES");
  EXPECT_EQ(condition_of([&] { bind("explode", {a}); }), "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE");
}

TEST(Binding, LowersToNativeSqlWhereNothingCanOverflow) {
  const auto x = column("x", DataType::double_type());
  const auto sum = bind("+", {x, x});
  EXPECT_EQ(lower_call(std::get<resolved::Call>(sum->node), *sum, {"c1", "c1"}), "(c1 + c1)");
  const auto i = column("i", DataType::integer());
  const auto wrapping = bind("+", {i, i});
  EXPECT_EQ(lower_call(std::get<resolved::Call>(wrapping->node), *wrapping, {"c1", "c1"}),
            "grebe_add(c1, c1)");
}

TEST(Binding, AggregatesPlaceDistinctAndFilterInside) {
  const auto price = column("price", DataType::decimal(15, 2));
  CallRequest request{.name_parts = {"sum"}, .is_distinct = true};
  request.arguments.push_back({price, {}});
  const auto sum = bind_function(request, context());
  EXPECT_EQ(lower_aggregate(std::get<resolved::AggregateCall>(sum->node), *sum, {"c1"}, "DISTINCT ",
                            " FILTER (WHERE c2)"),
            "CAST(sum(DISTINCT c1) FILTER (WHERE c2) AS DECIMAL(25,2))");
}

}  // namespace
}  // namespace grebe::functions
