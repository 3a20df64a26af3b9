// Texts, chains and contexts of errors as a real Spark 3.5.7 gives them.
#include "core/spark_error.h"

#include <gtest/gtest.h>

#include "core/query_context.h"

namespace grebe::core {
namespace {

Origin origin(const std::string& text, int32_t start, int32_t stop, int32_t line, int32_t column) {
  return Origin{.text = std::make_shared<const std::string>(text),
                .start = start,
                .stop = stop,
                .line = line,
                .column = column,
                .object_type = {},
                .object_name = {}};
}

TEST(SparkError, FillsTextStateAndParametersFromTheCatalogue) {
  const auto error = analysis_error("UNRESOLVED_COLUMN.WITH_SUGGESTION",
                                    {{"objectName", "`x`"}, {"proposal", "`a`, `b`"}});
  EXPECT_STREQ(error.what(),
               "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `x` "
               "cannot be resolved. Did you mean one of the following? [`a`, `b`].");
  EXPECT_EQ(error.fields().sql_state, "42703");
  EXPECT_EQ(error.fields().exception_classes.front(), "org.apache.spark.sql.AnalysisException");
  EXPECT_EQ(error.fields().exception_classes.back(), "java.lang.Object");
}

TEST(SparkError, AnalysisErrorsShowLineAndPosition) {
  const auto error = analysis_error("UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", {{"objectName", "`x`"}},
                                    origin("select x", 7, 8, 1, 7));
  EXPECT_TRUE(std::string(error.what()).ends_with("; line 1 pos 7"));
  ASSERT_EQ(error.fields().contexts.size(), 1U);
  EXPECT_EQ(error.fields().contexts[0].fragment, "x");
  EXPECT_EQ(error.fields().contexts[0].stop_index, 7);
}

TEST(SparkError, RuntimeErrorsShowTheFragment) {
  const auto error =
      make_error(ErrorClass::kArithmetic, "DIVIDE_BY_ZERO",
                 {{"config", "\"spark.sql.ansi.enabled\""}}, origin("select 1 / 0", 7, 12, 1, 7));
  EXPECT_STREQ(
      error.what(),
      "[DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and "
      "return NULL instead. If necessary set \"spark.sql.ansi.enabled\" to \"false\" to "
      "bypass this error.\n== SQL(line 1, position 8) ==\nselect 1 / 0\n       ^^^^^\n");
}

TEST(SparkError, ParseErrorsShowTheStatement) {
  const auto error = parse_error("PARSE_SYNTAX_ERROR", {{"error", "'fro'"}, {"hint", ""}},
                                 origin("select a\nfro t", 9, 12, 2, 0));
  EXPECT_STREQ(error.what(),
               "\n[PARSE_SYNTAX_ERROR] Syntax error at or near 'fro'.(line 2, pos 0)\n\n== SQL ==\n"
               "select a\nfro t\n^^^\n");
  EXPECT_TRUE(error.fields().contexts.empty());
}

TEST(SparkError, UnknownConditionsAndMissingParametersAreOurBugs) {
  EXPECT_EQ(analysis_error("NO_SUCH_CONDITION").condition(), "INTERNAL_ERROR");
  EXPECT_EQ(analysis_error("DIVIDE_BY_ZERO").condition(), "INTERNAL_ERROR");
}

TEST(QueryContext, CutsLongLinesOnBothSides) {
  const std::string before(60, 'a');
  const std::string after(60, 'b');
  const std::string summary =
      query_context_summary(origin(before + " 1/0 " + after, 61, 64, 1, 61));
  EXPECT_EQ(summary, "== SQL(line 1, position 62) ==\n..." + std::string(31, 'a') + " 1/0 " +
                         std::string(31, 'b') + "...\n" + std::string(35, ' ') + "^^^\n");
}

TEST(Quoting, DoublesBackquotes) { EXPECT_EQ(quote_name({"a", "b`c"}), "`a`.`b``c`"); }

}  // namespace
}  // namespace grebe::core
