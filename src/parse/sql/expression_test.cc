// Expressions: precedence, forms and literals as Spark 3.5.7 reads them.
#include <gtest/gtest.h>

#include "core/spark_error.h"
#include "parse/sql/parser.h"
#include "plan/print.h"

namespace grebe::parse::sql {
namespace {

std::string parsed(std::string_view text, const ParseOptions& options = {}) {
  return plan::print_expression(*parse_expression(text, options));
}

TEST(ExpressionTest, BindsOperatorsAsSparkDoes) {
  EXPECT_EQ(parsed("a + b * c"), "(a + (b * c))");
  EXPECT_EQ(parsed("a - b - c"), "((a - b) - c)");
  EXPECT_EQ(parsed("a & b | c ^ d"), "((a & b) | (c ^ d))");
  EXPECT_EQ(parsed("a = b = c"), "((a = b) = c)");
  EXPECT_EQ(parsed("not a and b or c"), "((not(a) and b) or c)");
  EXPECT_EQ(parsed("a or b and c"), "(a or (b and c))");
  EXPECT_EQ(parsed("-a * b"), "(-(a) * b)");
  EXPECT_EQ(parsed("a <> b"), "not((a = b))");
  EXPECT_EQ(parsed("a between 1 and 2 and c"), "(((a >= 1) and (a <= 2)) and c)");
  EXPECT_EQ(parsed("a || b + c"), "(concat(a, b) + c)");
}

TEST(ExpressionTest, BalancesLongChainsOfAnd) {
  EXPECT_EQ(parsed("a and b and c and d"), "((a and b) and (c and d))");
}

TEST(ExpressionTest, ReadsPredicates) {
  EXPECT_EQ(parsed("a not in (1, 2)"), "not(in(a, 1, 2))");
  EXPECT_EQ(parsed("a like 'x' escape '/'"), "like(a, 'x', '/')");
  EXPECT_EQ(parsed("a is not distinct from b"), "(a <=> b)");
  EXPECT_EQ(parsed("a is not true"), "not((a <=> true))");
  EXPECT_EQ(parsed("x not like all ('a', y)"), "(not(like(x, 'a')) and not(like(x, y)))");
}

TEST(ExpressionTest, ReadsSpecialForms) {
  EXPECT_EQ(parsed("case a when 1 then 'x' else 'y' end"), "when((a = 1), 'x', 'y')");
  EXPECT_EQ(parsed("try_cast(a as array<int>)"), "try_cast(a AS ARRAY<INT>)");
  EXPECT_EQ(parsed("trim(leading 'x' from a)"), "ltrim('x', a)");
  EXPECT_EQ(parsed("extract(day from a)"), "extract('day', a)");
  EXPECT_EQ(parsed("date_add(month, 1, a)"), "timestampadd('MONTH', 1, a)");
  EXPECT_EQ(parsed("date_add(a, 1)"), "date_add(a, 1)");
  EXPECT_EQ(parsed("position('a' in b)"), "locate('a', b)");
  EXPECT_EQ(parsed("first(a ignore nulls)"), "first(a) IGNORE NULLS");
  EXPECT_EQ(parsed("count(*)"), "count(1)");
  EXPECT_EQ(parsed("count(distinct *)"), "count(DISTINCT *)");
}

TEST(ExpressionTest, ReadsNamesAndWhatHangsOnThem) {
  EXPECT_EQ(parsed("t.a.b[1].c"), "t.a.b[1]['c']");
  EXPECT_EQ(parsed("f(x).y"), "f(x)['y']");
  EXPECT_EQ(parsed("`a``b`.c"), "a`b.c");
  EXPECT_EQ(parsed("(a, b as x)"), "#row(a, b AS x)");
  EXPECT_EQ(parsed("transform(a, (x, i) -> x + i)"), "transform(a, (x, i) -> (x + i))");
  EXPECT_EQ(parsed("select"), "select");
  EXPECT_EQ(parsed("identifier('f')(1)"), "identifier('f')(1)");
}

TEST(ExpressionTest, ReadsWindows) {
  EXPECT_EQ(parsed("sum(a) filter (where b) over (partition by c order by d desc rows between 1 "
                   "preceding and unbounded following)"),
            "sum(a) FILTER (WHERE b) OVER (PARTITION BY c ORDER BY d DESC NULLS LAST ROWS BETWEEN "
            "1 PRECEDING AND UNBOUNDED FOLLOWING)");
  EXPECT_EQ(parsed("lag(a) ignore nulls over w"), "lag(a) IGNORE NULLS OVER w");
}

TEST(ExpressionTest, TypesNumbersAsSparkDoes) {
  const auto type_of = [](std::string_view text) {
    return std::get<plan::Literal>(parse_expression(text)->node).type.simple_string();
  };
  EXPECT_EQ(type_of("1"), "int");
  EXPECT_EQ(type_of("-2147483648"), "int");
  EXPECT_EQ(type_of("2147483648"), "bigint");
  EXPECT_EQ(type_of("9223372036854775808"), "decimal(19,0)");
  EXPECT_EQ(type_of("0.01"), "decimal(2,2)");
  EXPECT_EQ(type_of("1.0E2BD"), "decimal(3,0)");
  EXPECT_EQ(type_of("1e5"), "double");
  EXPECT_EQ(type_of("1.5f"), "float");
  EXPECT_EQ(type_of("1Y"), "tinyint");
  EXPECT_EQ(type_of("interval 1 day 2 hours"), "interval day to hour");
  EXPECT_EQ(type_of("interval '1-2' year to month"), "interval year to month");
  EXPECT_EQ(type_of("x'1F'"), "binary");
  EXPECT_EQ(type_of("date '2020-01-01'"), "date");
}

TEST(ExpressionTest, ResolvesEscapes) {
  const auto text_of = [](std::string_view text) {
    return std::get<std::string>(std::get<plan::Literal>(parse_expression(text)->node).value.data);
  };
  EXPECT_EQ(text_of(R"('a\nb')"), "a\nb");
  EXPECT_EQ(text_of(R"('\u0041\101\%\_\x')"), R"(AA\%\_x)");
  EXPECT_EQ(text_of(R"('\U0001F600')"), "\xF0\x9F\x98\x80");
  EXPECT_EQ(text_of(R"('\uD83D\uDE00')"), "\xF0\x9F\x98\x80");
  EXPECT_EQ(text_of(R"(r'a\nb')"), R"(a\nb)");
  EXPECT_EQ(text_of(R"('a' "b" 'c')"), "abc");
}

TEST(ExpressionTest, TurnsLocalTimestampsByTheSessionsZone) {
  EXPECT_EQ(parsed("timestamp '2020-01-01 00:00:00'"), "cast('2020-01-01 00:00:00' AS TIMESTAMP)");
  ParseOptions options;
  options.local_to_utc = [](int64_t local) { return local - 3600000000; };
  const auto literal = parse_expression("timestamp '1970-01-01 02:00:00'", options);
  EXPECT_EQ(std::get<int64_t>(std::get<plan::Literal>(literal->node).value.data), 3600000000);
}

TEST(ExpressionTest, MarksEachNodeWithItsSpan) {
  const auto sum = parse_expression("a +\n b");
  const core::Origin& origin = sum->origin;
  EXPECT_EQ(origin.start, 0);
  EXPECT_EQ(origin.stop, 6);
  const auto& right = std::get<plan::UnresolvedFunction>(sum->node).arguments[1]->origin;
  EXPECT_EQ(right.start, 5);
  EXPECT_EQ(right.line, 2);
  EXPECT_EQ(right.column, 1);
}

}  // namespace
}  // namespace grebe::parse::sql
