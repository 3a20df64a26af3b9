// Paths, globs, partition names and values of file sources.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/spark_error.h"
#include "sources/duckdb_type.h"
#include "sources/file_table.h"
#include "sources/glob.h"
#include "sources/listing.h"
#include "sources/partition_path.h"
#include "sources/text_values.h"

namespace grebe::sources {
namespace {

class ListingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/grebe_sources_XXXXXX";
    directory_ = ::mkdtemp(pattern);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  void put(const std::string& name) {
    const std::filesystem::path path = directory_ + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << "x";
  }
  std::string directory_;
};

TEST(Path, UnderstandsUris) {
  EXPECT_EQ(absolute_path("file:///a/b/", "/base"), "/a/b");
  EXPECT_EQ(absolute_path("file:/a", "/base"), "/a");
  EXPECT_EQ(absolute_path("x/../y", "/base"), "/base/y");
  EXPECT_THROW(absolute_path("s3://bucket/x", "/base"), core::SparkError);
}

TEST_F(ListingTest, SkipsHiddenNamesAndExpandsGlobs) {
  for (const char* name : {"t0/a.csv", "t1/b.csv", "t2/_c.csv", "t2/.d", "t2/_k=1/e.csv"})
    put(name);
  const auto files = list_files({directory_ + "/t[12]"}, {});
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].path, directory_ + "/t1/b.csv");
  EXPECT_EQ(files[1].path, directory_ + "/t2/_k=1/e.csv");
  EXPECT_EQ(list_files({directory_ + "/{t0,t1}/*.csv"}, {}).size(), 2U);
  EXPECT_EQ(list_files({directory_}, {{"pathglobfilter", "b*"}}).size(), 1U);
  EXPECT_THROW(list_files({directory_ + "/none"}, {}), core::SparkError);
  EXPECT_THROW(list_files({directory_ + "/none*"}, {}), core::SparkError);
}

TEST(PartitionPath, EscapesAsHive) {
  for (const char* text : {"a b", "c/d", "e=f", "100%", "ü", "x\ny"}) {
    EXPECT_EQ(unescape_path_name(escape_path_name(text)), text);
  }
  EXPECT_EQ(escape_path_name("c/d e=%"), "c%2Fd e%3D%25");
  EXPECT_FALSE(parse_partition_name("plain").has_value());
  EXPECT_EQ(parse_partition_name("a=b=c")->second, "b=c");
}

TEST(DuckdbType, ReadsNestedTypes) {
  EXPECT_EQ(parse_duckdb_type("STRUCT(a INTEGER, \"b c\" VARCHAR[], m MAP(VARCHAR, DECIMAL(10,2)))")
                .simple_string(),
            "struct<a:int,b c:array<string>,m:map<string,decimal(10,2)>>");
  EXPECT_EQ(parse_duckdb_type("TIMESTAMP WITH TIME ZONE"), types::DataType::timestamp());
  EXPECT_EQ(parse_duckdb_type("UINTEGER"), types::DataType::long_type());
  EXPECT_THROW(parse_duckdb_type("TIME"), core::SparkError);
}

TEST(TextValues, AreStrict) {
  EXPECT_EQ(parse_integer("-12"), -12);
  EXPECT_FALSE(parse_integer("1.0"));
  EXPECT_FALSE(parse_integer(" 1"));
  EXPECT_FALSE(parse_integer("99999999999999999999"));
  EXPECT_EQ(parse_date("2024-02-29"), 19782);
  EXPECT_FALSE(parse_date("2023-02-29"));
  EXPECT_EQ(parse_timestamp("1970-01-01 01:00:00.5", "+01:00"), 500000);
  EXPECT_EQ(parse_timestamp("1970-01-01T00:00:00Z", "+01:00"), 0);
  EXPECT_FALSE(parse_timestamp("1970-01-01 25:00:00", "UTC"));
  EXPECT_EQ(std::get<types::Decimal>(
                parse_text_value("1.255", types::DataType::decimal(5, 2), "UTC")->data)
                .unscaled,
            126);
  EXPECT_FALSE(parse_text_value("1234.5", types::DataType::decimal(5, 2), "UTC"));
}

}  // namespace
}  // namespace grebe::sources
