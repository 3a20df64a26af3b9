// Texts with quotes, comments and several statements → where they are cut.
#include "cli/sql_text.h"

#include <gtest/gtest.h>

namespace grebe::cli {
namespace {

using Statements = std::vector<std::string>;

TEST(SplitStatements, CutsAtSemicolonsOutsideOfQuotesAndComments) {
  const SplitText split = split_statements(
      "SELECT ';', \"a;b\", `c;d` -- not ; here\n; SELECT /* ; /* ; */ ; */ 2;\nSELECT 3");
  EXPECT_EQ(split.statements, (Statements{"SELECT ';', \"a;b\", `c;d` -- not ; here\n",
                                          " SELECT /* ; /* ; */ ; */ 2"}));
  EXPECT_EQ(split.rest, "\nSELECT 3");
}

TEST(SplitStatements, ObeysEscapesInTextAndNotInNames) {
  EXPECT_EQ(split_statements(R"(SELECT 'it\';s'; x)").statements,
            (Statements{R"(SELECT 'it\';s')"}));
  EXPECT_EQ(split_statements(R"(SELECT `a\`; x)").statements, (Statements{R"(SELECT `a\`)"}));
}

TEST(SplitStatements, LeavesOutEmptyStatements) {
  EXPECT_TRUE(split_statements(";; -- nothing\n ; /* none */ ;").statements.empty());
}

TEST(SplitStatements, KeepsAnUnfinishedQuoteForMoreInput) {
  const SplitText split = split_statements("SELECT 'a;\nb");
  EXPECT_TRUE(split.statements.empty());
  EXPECT_EQ(split.rest, "SELECT 'a;\nb");
}

TEST(IsBlankSql, SeesThroughComments) {
  EXPECT_TRUE(is_blank_sql(" -- a\n/* b */\t"));
  EXPECT_FALSE(is_blank_sql("-- a\nx"));
}

}  // namespace
}  // namespace grebe::cli
