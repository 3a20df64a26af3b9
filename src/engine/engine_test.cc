// Statements, streams, errors, interrupts and Arrow input against a real embedded DuckDB.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "engine/arrow_ipc.h"
#include "engine/database.h"

namespace grebe::engine {
namespace {

using types::DataType;

class EngineTest : public testing::Test {
 protected:
  std::unique_ptr<Connection> connect() { return database_->connect({}); }
  std::string fetch_one(Connection& connection, const std::string& sql) {
    return connection.rows(sql).at(0).at(0).value_or("null");
  }
  std::shared_ptr<Database> database_ = Database::open({.threads = 2});
};

int64_t count_rows(ResultStream& stream) {
  int64_t rows = 0;
  while (auto batch = stream.next()) rows += batch->rows();
  return rows;
}

TEST_F(EngineTest, ExecutesAndCounts) {
  auto connection = connect();
  connection->execute("CREATE TEMP TABLE t AS SELECT 1 AS x");
  EXPECT_EQ(connection->execute("INSERT INTO t SELECT range FROM range(5)"), 5);
  EXPECT_EQ(fetch_one(*connection, "SELECT sum(x) FROM t"), "11");
  const auto columns = connection->describe("SELECT x, x::DECIMAL(9,2) FROM t");
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(columns[1].second, "DECIMAL(9,2)");
}

TEST_F(EngineTest, StreamsAllRowsInSmallBatches) {
  auto connection = connect();
  auto stream =
      connection->query("SELECT range, repeat('x', 100) FROM range(200000)",
                        {{"id", DataType::long_type(), false}, {"s", DataType::string(), true}});
  int batches = 0;
  int64_t rows = 0;
  while (auto batch = stream->next()) {
    ++batches;
    rows += batch->rows();
  }
  EXPECT_EQ(rows, 200000);
  EXPECT_GE(batches, 4);
  EXPECT_LE(batches, 12);
}

TEST_F(EngineTest, SplitsChunksOfLargeRows) {
  auto connection = connect();
  auto stream = connection->query("SELECT repeat('x', 1000000) FROM range(20)",
                                  {{"s", DataType::string(), true}});
  int batches = 0;
  while (stream->next()) ++batches;
  EXPECT_GE(batches, 4);
}

TEST_F(EngineTest, RefusesColumnsOfAnotherType) {
  auto connection = connect();
  EXPECT_THROW(connection->query("SELECT 1::HUGEINT", {{"x", DataType::long_type(), false}}),
               core::SparkError);
}

TEST_F(EngineTest, ReshapesVoidAndEmptyStructs) {
  auto connection = connect();
  const types::Schema schema = {{"v", DataType::void_type(), true},
                                {"a", DataType::array(DataType::void_type(), true), true},
                                {"e", DataType::struct_type({}), false},
                                {"d", DataType::day_time_interval(), true}};
  auto stream = connection->query(
      "SELECT NULL::INTEGER, [NULL::INTEGER], {'f0': NULL::INTEGER}, 5::BIGINT", schema);
  auto batch = stream->next();
  ASSERT_TRUE(batch);
  EXPECT_GT(IpcEncoder(schema, "UTC").encode(*batch).size(), 0u);
}

TEST_F(EngineTest, ArrowGoesOutAndIn) {
  const types::Schema schema = {
      {"i", DataType::integer(), false},
      {"i", DataType::string(), true},
      {"dec", DataType::decimal(10, 2), true},
      {"t", DataType::timestamp(), true},
      {"n", DataType::timestamp_ntz(), true},
      {"dt", DataType::day_time_interval(), true},
      {"ym", DataType::year_month_interval(), true},
      {"arr", DataType::array(DataType::byte(), true), true},
      {"m", DataType::map(DataType::string(), DataType::long_type(), true), true},
      {"st",
       DataType::struct_type({{"x", DataType::date(), true}, {"X", DataType::binary(), true}}),
       true},
      {"nothing", DataType::void_type(), true}};
  const std::string sql =
      "SELECT 7, 'text', 1.25::DECIMAL(10,2), TIMESTAMP '2020-01-02 03:04:05.678901', "
      "TIMESTAMP '1969-12-31 23:59:59.5', 90061000001::BIGINT, 14, [1::TINYINT, NULL], "
      "MAP {'k': 3::BIGINT}, {'f0': DATE '2000-02-29', 'f1': '\\xAA'::BLOB}, NULL::INTEGER "
      "FROM range(3)";
  auto connection = connect();
  auto batch = connection->query(sql, schema)->next();
  ASSERT_TRUE(batch);
  auto bytes =
      std::make_shared<const std::string>(IpcEncoder(schema, "Europe/Berlin").encode(*batch).str());
  auto other = connect();
  EXPECT_EQ(other->register_arrow("local", bytes), schema);
  auto again = other->query("SELECT * FROM local", schema);
  EXPECT_EQ(count_rows(*again), 3);
  const auto left = connection->rows(sql);
  const auto right = other->rows("SELECT * FROM local");
  EXPECT_EQ(left, right);
}

TEST_F(EngineTest, RelationsWithoutColumnsKeepTheirRows) {
  auto connection = connect();
  auto batch = connection->query("SELECT NULL::INTEGER FROM range(4)", {})->next();
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->rows(), 4);
  auto bytes = std::make_shared<const std::string>(IpcEncoder({}, "UTC").encode(*batch).str());
  EXPECT_TRUE(connection->register_arrow("local", bytes).empty());
  EXPECT_EQ(fetch_one(*connection, "SELECT count(*) FROM local"), "4");
}

TEST_F(EngineTest, MalformedArrowIsAnError) {
  auto connection = connect();
  for (const std::string& bytes :
       {std::string(), std::string("nonsense"), std::string(64, '\xff')}) {
    EXPECT_THROW(connection->register_arrow("x", std::make_shared<const std::string>(bytes)),
                 core::SparkError);
  }
}

TEST_F(EngineTest, InterruptStopsALongJoin) {
  auto connection = connect();
  std::thread interrupter([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    connection->interrupt();
  });
  const auto begin = std::chrono::steady_clock::now();
  try {
    connection->execute(
        "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range = 7");
    ADD_FAILURE() << "not interrupted";
  } catch (const core::SparkError& error) {
    EXPECT_EQ(error.condition(), "OPERATION_CANCELED");
  }
  interrupter.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
  EXPECT_THROW(connection->execute("SELECT 1"), core::SparkError);
}

TEST_F(EngineTest, ErrorsLeaveTheInstanceUsable) {
  auto connection = connect();
  EXPECT_THROW(connection->execute("SELEC"), core::SparkError);
  EXPECT_THROW(connection->rows("SELECT 1 FROM nowhere"), core::SparkError);
  EXPECT_EQ(fetch_one(*connect(), "SELECT 42"), "42");
}

TEST_F(EngineTest, QuotesForSql) {
  auto connection = connect();
  const std::string text("it's\0\"odd\"", 10);
  EXPECT_EQ(connection->rows("SELECT length(" + quote_duckdb_string(text) + ")").at(0).at(0), "10");
  EXPECT_EQ(quote_duckdb_identifier("a\"b"), "\"a\"\"b\"");
}

}  // namespace
}  // namespace grebe::engine
