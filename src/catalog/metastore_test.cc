// The catalog keeps what it is told, across restarts and against a second owner.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "catalog/partitions.h"
#include "core/spark_error.h"

namespace grebe::catalog {
namespace {

class MetastoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/grebe_metastore_XXXXXX";
    directory_ = ::mkdtemp(pattern);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string directory_;
};

Table sample() {
  Table table;
  table.database = "default";
  table.name = "Lines";
  table.provider = "parquet";
  table.schema = {{"a", types::DataType::integer(), false},
                  {"b", types::DataType::array(types::DataType::string(), true)}};
  table.partition_columns = {"b"};
  table.location = "/data/lines";
  table.options = {{"compression", "zstd"}};
  table.properties = {{"Owner.Team", "x\ny"}};
  table.created_ms = 42;
  return table;
}

TEST_F(MetastoreTest, SurvivesARestart) {
  {
    const auto catalog = Catalog::open(directory_);
    EXPECT_TRUE(catalog->create_table(sample()));
    EXPECT_FALSE(catalog->create_table(sample()));
    EXPECT_TRUE(catalog->create_database({.name = "sales", .location = directory_ + "/sales.db"}));
  }
  const auto catalog = Catalog::open(directory_);
  const auto table = catalog->find_table("DEFAULT", "lines");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->name, "Lines");
  EXPECT_EQ(table->schema, sample().schema);
  EXPECT_EQ(table->partition_columns, sample().partition_columns);
  EXPECT_EQ(table->options, sample().options);
  EXPECT_EQ(table->properties, sample().properties);
  EXPECT_EQ(catalog->databases().size(), 2U);
}

TEST_F(MetastoreTest, KeepsPartitionsWithTheirTable) {
  const auto catalog = Catalog::open(directory_);
  auto& registry = partition_registry(*catalog);
  catalog->create_table(sample());
  EXPECT_FALSE(registry.has_registry("default", "lines"));
  registry.begin_registry("default", "lines");
  const Partition first{.values = {"1", std::nullopt}, .location = "/data/1", .created_ms = 7};
  const Partition second{.values = {"2", "x"}, .location = "/data/2"};
  registry.change_partitions("default", "lines", {.added = {first, second, first}});
  ASSERT_EQ(registry.partitions("DEFAULT", "LINES").size(), 2U);
  registry.change_partitions("default", "lines", {.removed = {second.values}, .added = {}});
  EXPECT_TRUE(catalog->rename_table("default", "lines", "default", "rows"));
  EXPECT_TRUE(registry.has_registry("default", "rows"));
  const auto kept = registry.partitions("default", "rows");
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].values, first.values);
  EXPECT_EQ(kept[0].location, first.location);
  EXPECT_EQ(kept[0].created_ms, 7);
  EXPECT_TRUE(catalog->drop_table("default", "rows"));
  EXPECT_TRUE(registry.partitions("default", "rows").empty());
  EXPECT_FALSE(registry.has_registry("default", "rows"));
}

TEST_F(MetastoreTest, RenamesAndDrops) {
  const auto catalog = Catalog::open(directory_);
  catalog->create_table(sample());
  catalog->create_database({.name = "s"});
  EXPECT_TRUE(catalog->rename_table("default", "lines", "s", "moved"));
  EXPECT_FALSE(catalog->find_table("default", "lines").has_value());
  EXPECT_TRUE(catalog->find_table("s", "moved").has_value());
  catalog->drop_database("s");
  EXPECT_FALSE(catalog->find_table("s", "moved").has_value());
  EXPECT_FALSE(catalog->drop_table("default", "lines"));
}

TEST_F(MetastoreTest, RefusesASecondOwner) {
  const auto catalog = Catalog::open(directory_);
  EXPECT_THROW(Catalog::open(directory_), core::SparkError);
}

}  // namespace
}  // namespace grebe::catalog
