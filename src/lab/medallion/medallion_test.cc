// Settings and their precedence, state and journal across a kill, results from runs.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "lab/data/files.h"
#include "lab/medallion/gold.h"
#include "lab/medallion/journal.h"
#include "lab/medallion/settings.h"
#include "lab/medallion/state.h"

namespace grebe::lab::medallion {
namespace {

namespace fs = std::filesystem;

fs::path fresh_folder(const std::string& name) {
  fs::path folder = fs::path(testing::TempDir()) / ("grebe_medallion_" + name);
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

TEST(Settings, LaterSourcesWinAndSayWhoTheyAre) {
  fs::path folder = fresh_folder("settings");
  data::write_atomically(folder / "env",
                         "export TPCH_SCALE_FACTOR='3' # SF\nBENCH_WARMUP=4\n"
                         "BENCH_RETRIES=5\nUNRELATED=x\n");
  data::write_atomically(folder / "config.yaml",
                         "warmup: 6\nformats: [delta, hudi]\nspark:\n  driver_memory: 9g\n");
  ::setenv("BENCH_RETRIES", "7", 1);
  SettingValues values = read_settings({.env_file = folder / "env",
                                        .config_file = folder / "config.yaml",
                                        .flags = {{"timeout", "8"}}});
  ::unsetenv("BENCH_RETRIES");
  EXPECT_EQ(values["scale_factor"].text, "3");
  EXPECT_EQ(values["scale_factor"].origin, (folder / "env").string());
  EXPECT_EQ(values["warmup"].text, "6");
  EXPECT_EQ(values["spark.driver_memory"].text, "9g");
  EXPECT_EQ(values["formats"].text, "delta,hudi");
  EXPECT_EQ(values["retries"].origin, "environment");
  EXPECT_EQ(values["timeout"].origin, "flag");
  EXPECT_EQ(values["repetitions"].origin, "default");
}

TEST(Settings, UnknownKeysNameTheNearest) {
  fs::path folder = fresh_folder("unknown");
  data::write_atomically(folder / "config.yaml", "scale_facter: 1\n");
  try {
    read_settings({.env_file = {}, .config_file = folder / "config.yaml", .flags = {}});
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean 'scale_factor'"), std::string::npos);
  }
}

TEST(Settings, QueriesAreNumbersAndRanges) {
  EXPECT_EQ(parse_queries("3,1-2,q22"), (std::vector<int>{1, 2, 3, 22}));
  for (const char* text : {"", "0", "23", "1-", "x"}) {
    EXPECT_THROW(parse_queries(text), std::invalid_argument) << text;
  }
  EXPECT_EQ(scale_factor_name(0.1), "sf0.1");
  EXPECT_EQ(scale_factor_name(10), "sf10");
}

TEST(State, SurvivesAndKeepsHistoryPerScaleFactor) {
  fs::path folder = fresh_folder("state");
  {
    State state({folder, "sf1"});
    state.begin("bronze");
    state.complete("bronze", {{"files", 8}});
    state.begin("bronze");
  }
  State again({folder, "sf1"});
  EXPECT_EQ(again.phase("bronze")["status"], "running");
  EXPECT_EQ(again.phase("bronze")["history"][0]["status"], "completed");
  EXPECT_FALSE(again.is_completed("bronze"));
  EXPECT_TRUE(again.phase("silver_delta").is_null());
  EXPECT_THROW(State({folder, "sf2"}), std::runtime_error) << "two laboratories in one root";
}

TEST(Journal, ALineCutShortIsDropped) {
  fs::path file = fresh_folder("journal") / "runs.jsonl";
  {
    Journal journal(file);
    journal.append({{"n", 1}});
    journal.append({{"n", 2}});
  }
  std::ofstream(file, std::ios::app) << "{\"n\": 3, \"wa";
  {
    Journal journal(file);
    ASSERT_EQ(journal.entries().size(), 2);
    journal.append({{"n", 4}});
  }
  Journal journal(file);
  ASSERT_EQ(journal.entries().size(), 3);
  EXPECT_EQ(journal.entries()[2]["n"], 4);
}

Json run_of(const char* query, const char* kind, const char* status, double wall) {
  return {{"engine", "e"},
          {"format", "delta"},
          {"query", query},
          {"kind", kind},
          {"repetition", 0},
          {"status", status},
          {"rows", 1},
          {"error", "why"},
          {"usage",
           {{"wall_s", wall},
            {"cpu_s", wall},
            {"peak_rss_bytes", 5},
            {"requested_read_bytes", nullptr},
            {"requested_write_bytes", nullptr},
            {"disk_read_bytes", nullptr},
            {"disk_write_bytes", nullptr}}}};
}

TEST(Collect, OneWrongAnswerTakesTheTimesAway) {
  Json results = collect_results(
      {run_of("q01", "warmup", "ok", 9), run_of("q01", "measured", "ok", 1),
       run_of("q01", "measured", "ok", 2), run_of("q02", "measured", "ok", 1),
       run_of("q02", "measured", "wrong", 1), run_of("q03", "warmup", "failed", 1)});
  ASSERT_EQ(results.size(), 3);
  EXPECT_EQ(results[0]["status"], "ok");
  EXPECT_EQ(results[0]["wall_s"], Json({1.0, 2.0}));
  EXPECT_EQ(results[1]["status"], "wrong");
  EXPECT_TRUE(results[1]["wall_s"].empty());
  EXPECT_TRUE(results[1]["peak_rss_bytes"].is_null());
  EXPECT_EQ(results[1]["error"], "why");
  EXPECT_EQ(results[2]["status"], "failed");
}

}  // namespace
}  // namespace grebe::lab::medallion
