// Events written to a file → read back as JSON.
#include "core/logging.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace grebe::core {
namespace {

class LoggingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() /
            ("grebe_logging_" + std::to_string(::getpid()) + ".jsonl");
    std::filesystem::remove(path_);
  }
  void TearDown() override {
    start_logging({});
    std::filesystem::remove(path_);
  }

  std::vector<nlohmann::json> lines() const {
    std::ifstream file(path_);
    std::vector<nlohmann::json> read;
    for (std::string line; std::getline(file, line);) read.push_back(nlohmann::json::parse(line));
    return read;
  }

  std::filesystem::path path_;
};

TEST_F(LoggingTest, WritesOneJsonLineAnEvent) {
  start_logging({.level = LogLevel::kInfo, .file = path_});
  log_event(LogLevel::kInfo, "query_failed",
            {.session = "s1", .operation = "o1", .stage = "analyze"},
            {{"condition", "UNRESOLVED_COLUMN"}, {"rows", int64_t{3}}, {"ok", false}});
  ASSERT_EQ(lines().size(), 1u);
  const nlohmann::json line = lines()[0];
  EXPECT_EQ(line["event"], "query_failed");
  EXPECT_EQ(line["session"], "s1");
  EXPECT_EQ(line["stage"], "analyze");
  EXPECT_EQ(line["condition"], "UNRESOLVED_COLUMN");
  EXPECT_EQ(line["rows"], 3);
  EXPECT_EQ(line["ok"], false);
  EXPECT_EQ(line["time"].get<std::string>().size(), 24u);
}

TEST_F(LoggingTest, LeavesOutWhatIsBelowTheLevel) {
  start_logging({.level = LogLevel::kError, .file = path_});
  log_event(LogLevel::kInfo, "quiet", {});
  EXPECT_FALSE(is_logged(LogLevel::kWarning));
  EXPECT_TRUE(is_logged(LogLevel::kError));
  EXPECT_TRUE(lines().empty());
}

TEST_F(LoggingTest, StaysValidJsonWithBrokenText) {
  start_logging({.level = LogLevel::kInfo, .file = path_});
  log_event(LogLevel::kInfo, "x", {}, {{"text", "a\xff\"\n"}});
  ASSERT_EQ(lines().size(), 1u);
  EXPECT_EQ(lines()[0]["text"], "a\xEF\xBF\xBD\"\n");
}

}  // namespace
}  // namespace grebe::core
