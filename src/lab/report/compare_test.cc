// Two runs side by side: what counts as a difference, and what as noise.
#include "lab/report/compare.h"

#include <gtest/gtest.h>

namespace grebe::lab::report {
namespace {

using Json = nlohmann::ordered_json;

Json metrics_of(const char* id, const std::vector<double>& q01, const std::vector<double>& q02) {
  auto result = [](const char* query, const std::vector<double>& times) {
    return Json{{"engine", "grebe"},
                {"format", "delta"},
                {"query", query},
                {"status", "ok"},
                {"wall_s", times}};
  };
  return {{"benchmark_id", id}, {"results", {result("q01", q01), result("q02", q02)}}};
}

TEST(Compare, TellsADifferenceFromNoise) {
  Json comparison =
      compare_runs(metrics_of("a", {1.0, 1.1, 1.05, 1.02, 1.08}, {1, 2, 1.5, 1.2, 1.8}),
                   metrics_of("b", {2.0, 2.1, 2.05, 2.02, 2.08}, {1.1, 1.9, 1.4, 1.3, 1.7}));
  EXPECT_EQ(comparison["rows"][0]["verdict"], "slower");
  EXPECT_NEAR(comparison["rows"][0]["ratio"].get<double>(), 2.05 / 1.05, 1e-9);
  EXPECT_EQ(comparison["rows"][1]["verdict"], "noise");
}

TEST(Compare, ThreeRunsCannotTell) {
  Json comparison = compare_runs(metrics_of("a", {1, 1, 1}, {1, 1, 1}),
                                 metrics_of("b", {9, 9.1, 9.2}, {1, 1, 1}));
  EXPECT_EQ(comparison["rows"][0]["verdict"], "too few runs");
}

TEST(Compare, WhatTheMachineDidIsNoDifference) {
  // Native DuckDB took 1.5 times as long too.
  auto metrics = [](const char* id, double native, double ours, double slow) {
    Json document = {{"benchmark_id", id}, {"results", Json::array()}};
    document["context"]["engines"] = {{{"name", "duckdb"}, {"version", "v1.5.5"}}};
    auto add = [&](const char* engine, const std::string& query, double middle) {
      document["results"].push_back(
          {{"engine", engine},
           {"format", "delta"},
           {"query", query},
           {"status", "ok"},
           {"wall_s", {middle, middle * 1.01, middle * 1.02, middle * 1.03, middle * 1.04}}});
    };
    for (int i = 1; i <= 6; ++i) {
      add("duckdb", "q0" + std::to_string(i), native);
      add("grebe", "q0" + std::to_string(i), i == 6 ? slow : ours);
    }
    return document;
  };
  Json comparison = compare_runs(metrics("a", 1, 1, 1), metrics("b", 1.5, 1.4, 4));
  for (const Json& row : comparison["rows"]) {
    if (row["engine"] != "grebe") continue;
    EXPECT_EQ(row["verdict"], row["query"] == "q06" ? "slower" : "drift") << row.dump();
  }
}

TEST(Compare, SaysWhatElseChanged) {
  Json base = metrics_of("a", {1}, {1});
  Json changed = metrics_of("b", {1}, {1});
  base["context"]["settings"]["scale_factor"] = 1;
  changed["context"]["settings"]["scale_factor"] = 10;
  Json comparison = compare_runs(base, changed);
  ASSERT_EQ(comparison["context_differences"].size(), 1);
  EXPECT_EQ(comparison["context_differences"][0]["what"], "scale factor");
  EXPECT_NE(render_comparison(comparison).find("not the same scale factor: 1 → 10"),
            std::string::npos);
}

TEST(Compare, TakesCpuTimeWhenAsked) {
  Json base = metrics_of("a", {1}, {1});
  Json changed = metrics_of("b", {9}, {1});
  base["results"][0]["cpu_s"] = changed["results"][0]["cpu_s"] = {2, 2, 2, 2};
  EXPECT_DOUBLE_EQ(compare_runs(base, changed, Measure::kCpu)["rows"][0]["ratio"], 1);
  EXPECT_DOUBLE_EQ(compare_runs(base, changed)["rows"][0]["ratio"], 9);
}

TEST(Compare, MissingAndWrongResultsAreNamed) {
  Json base = metrics_of("a", {1}, {1});
  Json changed = metrics_of("b", {1}, {1});
  changed["results"][0]["status"] = "wrong";
  changed["results"][1]["query"] = "q03";
  Json comparison = compare_runs(base, changed);
  EXPECT_EQ(comparison["rows"][0]["verdict"], "not ok");
  EXPECT_EQ(comparison["rows"][1]["verdict"], "only in base");
  EXPECT_EQ(comparison["rows"][2]["verdict"], "only in changed");
}

}  // namespace
}  // namespace grebe::lab::report
