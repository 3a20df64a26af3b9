// Query and statement files: headers, variables, and what must be refused.
#include "lab/tpch/queries.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

#include "lab/data/files.h"

namespace grebe::lab::tpch {
namespace {

class QueryFiles : public testing::Test {
 protected:
  QueryFiles() : folder_(std::filesystem::path(testing::TempDir()) / "grebe_query_files") {
    std::filesystem::remove_all(folder_);
  }
  std::filesystem::path write(const char* name, const char* text) {
    data::write_atomically(folder_ / name, text);
    return folder_ / name;
  }
  std::filesystem::path folder_;
};

TEST_F(QueryFiles, HeadersTellOrderAndScale) {
  auto file = write("q11.sql",
                    "-- What it asks.\n-- @order value, name\n"
                    "-- @divide-by-scale-factor 0.0001000000\nSELECT 1 * 0.0001000000\n");
  Query query = read_query(file, 10);
  EXPECT_EQ(query.name, "q11");
  EXPECT_EQ(query.order, (std::vector<std::string>{"value", "name"}));
  EXPECT_EQ(query.sql, "SELECT 1 * 0.000010000000");
}

TEST_F(QueryFiles, AnEmptyQueryIsRefused) {
  EXPECT_THROW(read_query(write("q01.sql", "-- nothing\n"), 1), std::runtime_error);
}

TEST_F(QueryFiles, StatementsAreSplitAndFilled) {
  auto file = write("t.sql", "-- head\nDROP TABLE ${a};\nCREATE TABLE ${a}\nLOCATION '${b}/x';\n");
  auto statements = read_statements(file, {{"a", "t"}, {"b", "/data"}});
  EXPECT_EQ(statements,
            (std::vector<std::string>{"DROP TABLE t", "CREATE TABLE t\nLOCATION '/data/x'"}));
}

TEST_F(QueryFiles, UnknownVariablesAndOpenStatementsAreRefused) {
  EXPECT_THROW(read_statements(write("a.sql", "DROP TABLE ${x};\n"), {}), std::runtime_error);
  EXPECT_THROW(read_statements(write("b.sql", "DROP TABLE x\n"), {}), std::runtime_error);
}

TEST(Queries, AllTwentyTwoOfTheRepositoryAreThere) {
  std::vector<int> numbers;
  for (int i = 1; i <= 22; ++i) numbers.push_back(i);
  EXPECT_EQ(read_queries("jobs/tpch/queries", numbers, 1).size(), 22);
}

}  // namespace
}  // namespace grebe::lab::tpch
