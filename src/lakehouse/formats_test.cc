// Every format against faults of storage, racing writers and its own history.
#include "lakehouse/formats.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "core/spark_error.h"
#include "lakehouse/storage/faulty_store.h"
#include "lakehouse/table/data_files.h"

namespace grebe::lakehouse {
namespace {

using types::DataType;

std::shared_ptr<engine::Database> test_database() {
  const auto binary = std::filesystem::read_symlink("/proc/self/exe");
  static const auto kDatabase = engine::Database::open(
      {.threads = 2, .extension_directory = binary.parent_path() / "lib/extensions"});
  return kDatabase;
}

/// A folder that goes away with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() : path_(std::filesystem::temp_directory_path() / ("grebe-" + random_uuid())) {
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  std::string table(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

class FormatsTest : public testing::TestWithParam<const char*> {
 protected:
  const TableFormat& format() const { return *find_table_format(GetParam()); }
  Environment environment() const { return {.connection = connection_.get()}; }

  WriteRequest request(WriteMode mode, const std::string& location, int rows) const {
    return {.location = location,
            .mode = mode,
            .schema = {{"id", DataType::long_type()}, {"name", DataType::string()}},
            .query = fmt::format("SELECT range, 'row ' || range FROM range({})", rows),
            .operation = "INSERT"};
  }

  /// Rows that a reader of the newest state gets; -1 when there is no table.
  int64_t count(const std::string& location, const SnapshotSelector& selector = {}) const {
    if (!format().exists(environment(), location)) return -1;
    const Snapshot snapshot = format().open_snapshot(environment(), location, selector, {});
    std::string scan;
    if (snapshot.extension) {
      connection_->execute("LOAD avro");
      connection_->execute("LOAD iceberg");
      const auto& read = *snapshot.extension;
      const std::string chosen =
          read.snapshot ? fmt::format(", snapshot_from_id = {}", *read.snapshot) : "";
      scan = fmt::format("iceberg_scan('{}'{})", read.location, chosen);
    } else if (snapshot.files.empty()) {
      return 0;
    } else {
      std::string files;
      for (const resolved::ScanFile& file : snapshot.files) files += "'" + file.path + "',";
      scan = "read_parquet([" + files + "])";
    }
    return std::stoll(
        connection_->rows("SELECT count(*) + 0 * sum(id) FROM " + scan).at(0).at(0).value_or("0"));
  }

  std::unique_ptr<engine::Connection> connection_ = test_database()->connect({});
  TemporaryFolder folder_;
};

TEST_P(FormatsTest, CreatesAppendsOverwritesAndTravels) {
  const std::string table = folder_.table("t");
  const std::string first =
      format().write(environment(), request(WriteMode::kCreate, table, 3)).version;
  EXPECT_THROW(format().write(environment(), request(WriteMode::kCreate, table, 3)),
               core::SparkError);
  EXPECT_EQ(format().write(environment(), request(WriteMode::kAppend, table, 4)).rows, 4);
  EXPECT_EQ(count(table), 7);
  format().write(environment(), request(WriteMode::kOverwrite, table, 2));
  EXPECT_EQ(count(table), 2);
  const bool is_hudi = std::string_view(GetParam()) == "hudi";
  EXPECT_EQ(count(table, is_hudi ? SnapshotSelector::instant(first)
                                 : SnapshotSelector::version(std::stoll(first))),
            3);
}

TEST_P(FormatsTest, WritesNoRows) {
  const std::string table = folder_.table("t");
  WriteRequest empty = request(WriteMode::kCreate, table, 0);
  format().write(environment(), empty);
  EXPECT_EQ(count(table), 0);
  format().write(environment(), request(WriteMode::kAppend, table, 5));
  EXPECT_EQ(count(table), 5);
}

TEST_P(FormatsTest, RefusesRowsThatDoNotFit) {
  const std::string table = folder_.table("t");
  format().write(environment(), request(WriteMode::kCreate, table, 3));
  WriteRequest wrong = request(WriteMode::kAppend, table, 3);
  wrong.schema[0].type = DataType::binary();
  wrong.query = "SELECT 'x'::BLOB, 'y'";
  EXPECT_THROW(format().write(environment(), wrong), core::SparkError);
  EXPECT_EQ(count(table), 3);
}

/// Fails the n-th call for every n, before and after its effect: old table or new table.
void expect_all_or_nothing(const std::function<void(const Environment&)>& write,
                           const std::function<int64_t()>& count,
                           const std::function<void()>& prepare, engine::Connection& connection,
                           int64_t before, int64_t after) {
  for (const FaultMoment moment : {FaultMoment::kBefore, FaultMoment::kAfter}) {
    for (int n = 1;; ++n) {
      ASSERT_LT(n, 200);
      prepare();
      const auto store = std::make_shared<FaultyStore>(local_store(), n, moment);
      bool failed = false;
      try {
        write({.store = store, .connection = &connection});
      } catch (const core::SparkError&) {
        failed = true;
      }
      const int64_t rows = count();
      if (failed) {
        EXPECT_TRUE(rows == before || rows == after) << "call " << n << " left " << rows;
      } else {
        EXPECT_EQ(rows, after) << "call " << n;
      }
      if (store->calls() < n) break;
    }
  }
}

TEST_P(FormatsTest, SurvivesEveryFaultOfAnAppend) {
  const std::string table = folder_.table("t");
  expect_all_or_nothing(
      [&](const Environment& faulty) {
        format().write(faulty, request(WriteMode::kAppend, table, 4));
      },
      [&] { return count(table); },
      [&] {
        std::filesystem::remove_all(table);
        format().write(environment(), request(WriteMode::kCreate, table, 3));
      },
      *connection_, 3, 7);
}

TEST_P(FormatsTest, SurvivesEveryFaultOfAnOverwrite) {
  const std::string table = folder_.table("t");
  expect_all_or_nothing(
      [&](const Environment& faulty) {
        format().write(faulty, request(WriteMode::kOverwrite, table, 5));
      },
      [&] { return count(table); },
      [&] {
        std::filesystem::remove_all(table);
        format().write(environment(), request(WriteMode::kCreate, table, 3));
      },
      *connection_, 3, 5);
}

TEST_P(FormatsTest, SurvivesEveryFaultOfACreateAndIsWritableAfterwards) {
  const std::string table = folder_.table("t");
  expect_all_or_nothing(
      [&](const Environment& faulty) {
        format().write(faulty, request(WriteMode::kCreate, table, 4));
      },
      [&] {
        const int64_t rows = count(table);
        const int64_t base = rows < 0 ? 0 : rows;
        format().write(environment(), request(WriteMode::kAppend, table, 2));
        EXPECT_EQ(count(table), base + 2) << "after a fault, another write adds its rows only";
        return rows;
      },
      [&] { std::filesystem::remove_all(table); }, *connection_, -1, 4);
}

TEST_P(FormatsTest, RacingAppendsLoseNothing) {
  const std::string table = folder_.table("t");
  format().write(environment(), request(WriteMode::kCreate, table, 1));
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&] {
      const auto connection = test_database()->connect({});
      for (int i = 0; i < 4; ++i) {
        format().write({.connection = connection.get()}, request(WriteMode::kAppend, table, 2));
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(count(table), 1 + 4 * 4 * 2);
}

INSTANTIATE_TEST_SUITE_P(All, FormatsTest, testing::Values("delta", "hudi", "iceberg"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace grebe::lakehouse
