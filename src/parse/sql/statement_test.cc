// Queries and commands: the trees they become, and the errors of texts that are none.
#include <gtest/gtest.h>

#include "core/spark_error.h"
#include "parse/sql/parser.h"
#include "plan/print.h"

namespace grebe::parse::sql {
namespace {

std::string tree(std::string_view text) {
  return plan::print_relation(*std::get<plan::RelationPtr>(parse_statement(text)));
}

template <typename Node>
Node command(std::string_view text) {
  return std::get<Node>(std::get<plan::CommandPtr>(parse_statement(text))->node);
}

core::SparkError error_of(std::string_view text) {
  try {
    parse_statement(text);
  } catch (const core::SparkError& error) {
    return error;
  }
  return core::internal_error("no error");
}

TEST(QueryTest, OrdersClauses) {
  EXPECT_EQ(tree("select distinct a, count(*) c from t where b group by a having c > 1 order by a "
                 "limit 3 offset 2"),
            "Limit 3\n"
            "+- Offset 2\n"
            "   +- Sort [a ASC NULLS FIRST]\n"
            "      +- Deduplicate []\n"
            "         +- Aggregate [a] [a, count(1) AS c] having (c > 1)\n"
            "            +- Filter b\n"
            "               +- ReadTable t\n");
}

TEST(QueryTest, BindsIntersectTighter) {
  EXPECT_EQ(tree("table a union table b intersect table c except all table d"),
            "Except all\n"
            ":- Union distinct\n"
            ":  :- ReadTable a\n"
            ":  +- Intersect distinct\n"
            ":     :- ReadTable b\n"
            ":     +- ReadTable c\n"
            "+- ReadTable d\n");
}

TEST(QueryTest, JoinsAfterACommaTakeAllToTheLeft) {
  EXPECT_EQ(tree("select * from a, b x left join c using (i)"),
            "Project [*]\n"
            "+- Join LeftOuter using (i)\n"
            "   :- Join Inner\n"
            "   :  :- ReadTable a\n"
            "   :  +- SubqueryAlias x\n"
            "   :     +- ReadTable b\n"
            "   +- ReadTable c\n");
}

TEST(QueryTest, MultipliesGroupings) {
  EXPECT_EQ(tree("select 1 from t group by a, rollup(b, c)"),
            "Aggregate grouping sets [a, b, c] (a, b, c) (a, b) (a) [1]\n"
            "+- ReadTable t\n");
}

TEST(QueryTest, TellsNamesFromClauses) {
  EXPECT_EQ(tree("select * from t where (a)"),
            "Project [*]\n+- SubqueryAlias where(a)\n   +- ReadTable t\n");
  EXPECT_EQ(tree("select a from"), "Project [a AS from]\n+- OneRow\n");
  EXPECT_EQ(tree("select ((select 1) + 1)"),
            "Project [((subquery) + 1)]\n:- Project [1]\n:  +- OneRow\n+- OneRow\n");
}

TEST(CommandTest, ReadsTables) {
  const auto table = command<plan::CreateTable>(
      "create table if not exists d.t (a int not null comment 'x', b string) using parquet "
      "partitioned by (b, days(a)) options (path '/p', k = 1) tblproperties (x = true)");
  EXPECT_EQ(table.name, (plan::Name{"d", "t"}));
  EXPECT_TRUE(table.if_not_exists);
  EXPECT_EQ(table.provider, "parquet");
  EXPECT_EQ(table.location, "/p");
  EXPECT_EQ(table.options, (plan::Options{{"k", "1"}}));
  EXPECT_EQ(table.properties, (plan::Options{{"x", "true"}}));
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_FALSE(table.columns[0].nullable);
  EXPECT_EQ(table.columns[0].comment, "x");
  EXPECT_EQ(plan::print_expression(*table.partition_by[1]), "days(a)");
}

TEST(CommandTest, ReadsSettings) {
  EXPECT_EQ(command<plan::SetConfig>("set a.b = c d").value, "c d");
  EXPECT_EQ(command<plan::SetConfig>("set `a b` = `c`").key, "a b");
  EXPECT_TRUE(command<plan::SetConfig>("set -v").verbose);
  EXPECT_EQ(command<plan::SetConfig>("set time zone interval 3 hours").value, "+03:00");
}

TEST(CommandTest, ReadsInserts) {
  const auto insert = command<plan::InsertInto>(
      "with x as (select 1) insert overwrite table t partition (a = 1, b) select * from x");
  EXPECT_TRUE(insert.overwrite);
  ASSERT_EQ(insert.partition.size(), 2U);
  EXPECT_EQ(insert.partition[1].second, nullptr);
  EXPECT_TRUE(std::holds_alternative<plan::WithCte>(insert.query->node));
}

TEST(ErrorTest, PointsAtTheToken) {
  const core::SparkError error = error_of("select 1 frm t x");
  EXPECT_EQ(error.condition(), "PARSE_SYNTAX_ERROR");
  EXPECT_EQ(error.fields().parameters.at("error"), "'t'");
  EXPECT_EQ(error.fields().message,
            "\n[PARSE_SYNTAX_ERROR] Syntax error at or near 't'.(line 1, pos 13)\n\n== SQL ==\n"
            "select 1 frm t x\n-------------^^^\n");
}

TEST(ErrorTest, HasSparksConditions) {
  EXPECT_EQ(error_of("  ").condition(), "PARSE_SYNTAX_ERROR");
  EXPECT_EQ(error_of("select a from t-x").condition(), "INVALID_IDENTIFIER");
  EXPECT_EQ(error_of("select 1 /* x").condition(), "UNCLOSED_BRACKETED_COMMENT");
  EXPECT_EQ(error_of("select cast(a as foo)").condition(), "UNSUPPORTED_DATATYPE");
  EXPECT_EQ(error_of("select 300Y").condition(), "INVALID_NUMERIC_LITERAL_RANGE");
  EXPECT_EQ(error_of("grant select on x").condition(), "_LEGACY_ERROR_TEMP_0035");
}

TEST(ErrorTest, SurvivesDeepNesting) {
  const auto nested = [](size_t count) {
    return "select " + std::string(count, '(') + "1" + std::string(count, ')');
  };
  EXPECT_NO_THROW(parse_statement(nested(500)));
  EXPECT_THROW(parse_statement(nested(100000)), core::SparkError);
  EXPECT_THROW(parse_statement("select " + std::string(100000, '~') + "a"), core::SparkError);
  std::string sum = "select 1";
  for (int i = 0; i < 100000; ++i) sum += "+1";
  EXPECT_THROW(parse_statement(sum), core::SparkError);
  std::string all = "select a";
  for (int i = 0; i < 100000; ++i) all += " and a";
  EXPECT_NO_THROW(parse_statement(all));
}

TEST(ScriptTest, CutsAtSemicolons) {
  const std::string_view script = "select ';' ; -- no; \n\n select 2;;";
  std::vector<std::string> statements;
  for (const StatementSpan& span : split_statements(script)) {
    statements.emplace_back(script.substr(span.start, span.stop - span.start));
  }
  EXPECT_EQ(statements, (std::vector<std::string>{"select ';'", "select 2"}));
}

TEST(Statement, KnowsParametersFromColonsOfStructTypes) {
  EXPECT_NO_THROW(parse_statement("CREATE VIEW v AS SELECT CAST(a AS STRUCT<x: INT, date: INT>)"));
  EXPECT_THROW(parse_statement("CREATE VIEW v AS SELECT :x"), core::SparkError);
}

}  // namespace
}  // namespace grebe::parse::sql
