// Two metrics files → each query's change, and whether it is beyond noise.
#include "lab/report/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "lab/statistics/summary.h"

namespace grebe::lab::report {
namespace {

using Json = nlohmann::ordered_json;
using Key = std::tuple<std::string, std::string, std::string>;

constexpr double kSignificance = 0.05;
/// The engine that tells what the machine did.
constexpr const char* kControl = "duckdb";

std::map<Key, Json> by_key(const Json& metrics) {
  std::map<Key, Json> results;
  for (const Json& result : metrics["results"]) {
    results[{result["engine"], result["format"], result["query"]}] = result;
  }
  return results;
}

/// The member of results that holds a measure.
const char* member_of(Measure measure) { return measure == Measure::kCpu ? "cpu_s" : "wall_s"; }

std::vector<double> times_of(const Json& result, Measure measure) {
  return result.value(member_of(measure), Json::array()).get<std::vector<double>>();
}

/// What of the two runs' circumstances is not the same, so that a reader knows what he compares.
Json context_differences(const Json& base, const Json& changed) {
  static const std::vector<std::pair<const char*, const char*>> kFacts = {
      {"scale factor", "/context/settings/scale_factor"},
      {"data", "/context/bronze/tables"},
      {"processor", "/context/machine/cpu"},
      {"cores", "/context/machine/cores"},
      {"memory", "/context/machine/memory_bytes"},
      {"kernel", "/context/machine/kernel"},
      {"commit", "/context/grebe/commit"},
      {"uncommitted changes", "/context/grebe/is_dirty"},
      {"build", "/context/grebe/build_type"},
      {"binary", "/context/grebe/sha256"},
      {"threads", "/context/settings/threads"},
      {"memory limit", "/context/settings/memory_limit"},
      {"engines", "/context/engines"}};
  auto text = [](const Json& document, const char* pointer) -> std::string {
    Json::json_pointer path(pointer);
    if (!document.contains(path)) return "unknown";
    const Json& value = document[path];
    if (value.is_structured()) return "";
    return value.is_string() ? value.get<std::string>() : value.dump();
  };
  Json differences = Json::array();
  for (const auto& [name, pointer] : kFacts) {
    Json::json_pointer path(pointer);
    Json before = base.contains(path) ? base[path] : Json();
    Json after = changed.contains(path) ? changed[path] : Json();
    if (before == after) continue;
    differences.push_back(
        {{"what", name}, {"base", text(base, pointer)}, {"changed", text(changed, pointer)}});
  }
  return differences;
}

/// How many queries had each verdict.
Json count_verdicts(const Json& rows) {
  std::map<std::string, int> counts;
  for (const Json& row : rows) ++counts[row["verdict"].get<std::string>()];
  return counts;
}

std::string judge(double low, double high, double p, double smallest_p) {
  if (smallest_p >= kSignificance) return "too few runs";
  if (p >= kSignificance || (low <= 1 && high >= 1)) return "noise";
  return high < 1 ? "faster" : "slower";
}

Json compare_results(const Json& base, const Json& changed, Measure measure) {
  Json row = {{"engine", base["engine"]}, {"format", base["format"]}, {"query", base["query"]}};
  if (base["status"] != "ok" || changed["status"] != "ok") {
    row["verdict"] = "not ok";
    row["base_status"] = base["status"];
    row["changed_status"] = changed["status"];
    return row;
  }
  std::vector<double> a = times_of(base, measure);
  std::vector<double> b = times_of(changed, measure);
  if (a.empty() || b.empty()) {
    row["verdict"] = "too few runs";
    return row;
  }
  auto interval = statistics::bootstrap_ratio(a, b);
  double p = statistics::mann_whitney_p(a, b);
  row.update({{"base_s", statistics::median(a)},
              {"changed_s", statistics::median(b)},
              {"ratio", statistics::median(b) / statistics::median(a)},
              {"low", interval.low},
              {"high", interval.high},
              {"p", p},
              {"verdict", judge(interval.low, interval.high, p,
                                statistics::smallest_mann_whitney_p(a.size(), b.size()))}});
  return row;
}

/// What the machine itself did between the runs: how far native DuckDB, which is the same program
/// in both, moved on each format. 1 lies in each interval.
std::map<std::string, statistics::Interval> drift_of_control(const Json& totals) {
  std::map<std::string, statistics::Interval> drift;
  for (const Json& total : totals) {
    if (total["engine"] != kControl || total["verdict"] == "too few queries") continue;
    drift[total["format"]] = {std::min(1.0, total["low"].get<double>()),
                              std::max(1.0, total["high"].get<double>())};
  }
  return drift;
}

/// The rows or totals again; what is within the drift of its format is no difference.
Json without_drift(Json entries, const std::map<std::string, statistics::Interval>& drift) {
  for (Json& entry : entries) {
    auto found = drift.find(entry["format"]);
    bool is_difference = entry["verdict"] == "slower" || entry["verdict"] == "faster";
    if (!is_difference || found == drift.end()) continue;
    bool is_beyond = entry["verdict"] == "slower" ? entry["low"] > found->second.high
                                                  : entry["high"] < found->second.low;
    if (!is_beyond) entry["verdict"] = "drift";
  }
  return entries;
}

/// Whether both runs had the same native DuckDB.
bool has_control(const Json& base, const Json& changed) {
  auto version = [](const Json& metrics) -> Json {
    Json context = metrics.value("context", Json::object());
    for (const Json& engine : context.value("engines", Json::array())) {
      if (engine["name"] == kControl) return engine.value("version", Json());
    }
    return nullptr;
  };
  Json before = version(base);
  return before.is_string() && before == version(changed);
}

/// All queries of an engine and format together: the geometric mean of their ratios.
Json compare_totals(const Json& rows) {
  std::map<std::pair<std::string, std::string>, std::vector<double>> ratios;
  for (const Json& row : rows) {
    if (row.contains("ratio")) ratios[{row["engine"], row["format"]}].push_back(row["ratio"]);
  }
  Json totals = Json::array();
  for (const auto& [key, values] : ratios) {
    auto interval = statistics::bootstrap_geometric_mean(values);
    constexpr size_t kEnoughQueries = 5;
    std::string verdict = values.size() < kEnoughQueries            ? "too few queries"
                          : interval.low <= 1 && interval.high >= 1 ? "noise"
                          : interval.high < 1                       ? "faster"
                                                                    : "slower";
    totals.push_back({{"engine", key.first},
                      {"format", key.second},
                      {"queries", values.size()},
                      {"ratio", statistics::geometric_mean(values).value_or(0)},
                      {"low", interval.low},
                      {"high", interval.high},
                      {"verdict", verdict}});
  }
  return totals;
}

}  // namespace

Json compare_runs(const Json& base, const Json& changed, Measure measure) {
  auto base_results = by_key(base);
  auto changed_results = by_key(changed);
  Json rows = Json::array();
  for (const auto& [key, result] : base_results) {
    auto found = changed_results.find(key);
    if (found != changed_results.end()) {
      rows.push_back(compare_results(result, found->second, measure));
    } else {
      rows.push_back({{"engine", std::get<0>(key)},
                      {"format", std::get<1>(key)},
                      {"query", std::get<2>(key)},
                      {"verdict", "only in base"}});
    }
  }
  for (const auto& [key, result] : changed_results) {
    if (base_results.count(key) > 0) continue;
    rows.push_back({{"engine", std::get<0>(key)},
                    {"format", std::get<1>(key)},
                    {"query", std::get<2>(key)},
                    {"verdict", "only in changed"}});
  }
  Json totals = compare_totals(rows);
  if (has_control(base, changed)) {
    auto drift = drift_of_control(totals);
    rows = without_drift(std::move(rows), drift);
    totals = without_drift(std::move(totals), drift);
  }
  return {{"schema", "grebe-comparison/1"},
          {"base", base["benchmark_id"]},
          {"changed", changed["benchmark_id"]},
          {"measure", member_of(measure)},
          {"context_differences", context_differences(base, changed)},
          {"verdicts", count_verdicts(rows)},
          {"rows", rows},
          {"totals", totals}};
}

std::string render_comparison(const Json& comparison) {
  std::string text =
      fmt::format("{} → {}, {}, ratio below 1 is faster\n", comparison["base"].get<std::string>(),
                  comparison["changed"].get<std::string>(),
                  comparison["measure"] == "cpu_s" ? "CPU time" : "wall time");
  for (const Json& difference : comparison["context_differences"]) {
    std::string before = difference["base"];
    std::string after = difference["changed"];
    text += fmt::format("not the same {}{}\n", difference["what"].get<std::string>(),
                        before.empty() && after.empty() ? "" : ": " + before + " → " + after);
  }
  text += "\n";
  text +=
      fmt::format("{:<10} {:<8} {:<5} {:>10} {:>10} {:>7}  {:<15} {:>7}  {}\n", "engine", "format",
                  "query", "base ms", "new ms", "ratio", "95 % interval", "p", "verdict");
  for (const Json& row : comparison["rows"]) {
    std::string head =
        fmt::format("{:<10} {:<8} {:<5}", row["engine"].get<std::string>(),
                    row["format"].get<std::string>(), row["query"].get<std::string>());
    std::string verdict = row["verdict"];
    if (!row.contains("ratio")) {
      text += fmt::format("{} {:>10} {:>10} {:>7}  {:<15} {:>7}  {}\n", head, "", "", "", "", "",
                          verdict);
      continue;
    }
    text += fmt::format(
        "{} {:>10.1f} {:>10.1f} {:>7.3f}  {:<15} {:>7.3f}  {}\n", head,
        row["base_s"].get<double>() * 1e3, row["changed_s"].get<double>() * 1e3,
        row["ratio"].get<double>(),
        fmt::format("{:.3f} – {:.3f}", row["low"].get<double>(), row["high"].get<double>()),
        row["p"].get<double>(), verdict);
  }
  text += "\nall queries together (geometric mean)\n";
  for (const Json& total : comparison["totals"]) {
    text += fmt::format("{:<10} {:<8} {:>7.3f}  {:.3f} – {:.3f}  {}\n",
                        total["engine"].get<std::string>(), total["format"].get<std::string>(),
                        total["ratio"].get<double>(), total["low"].get<double>(),
                        total["high"].get<double>(), total["verdict"].get<std::string>());
  }
  std::string counts;
  for (const auto& [verdict, count] : comparison["verdicts"].items()) {
    counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count.dump(), verdict);
  }
  text += fmt::format(
      "\n{}; where nothing changed, about one query in {:.0f} differs by chance alone\n"
      "drift: no more than native DuckDB, the same program in both runs, moved on that format\n",
      counts, 1 / kSignificance);
  return text;
}

}  // namespace grebe::lab::report
