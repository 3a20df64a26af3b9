// A metrics document → medians, intervals, geometric means, storage and problems.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "lab/report/render.h"
#include "lab/statistics/summary.h"

namespace grebe::lab::report {
namespace {

std::vector<double> numbers(const Json& array) {
  std::vector<double> values;
  for (const Json& value : array) {
    if (value.is_number()) values.push_back(value.get<double>());
  }
  return values;
}

Json summary_json(const Json& array) {
  auto summary = statistics::summarize(numbers(array));
  if (!summary) return nullptr;
  return {{"median", summary->median},
          {"low", summary->interval.low},
          {"high", summary->interval.high},
          {"runs", array}};
}

/// Adds what went wrong; queries that failed alike share one entry.
Json with_problem(Json problems, const Json& engine, const Json& format, const Json& query,
                  const Json& status, const Json& error) {
  for (Json& known : problems) {
    if (known["engine"] == engine && known["format"] == format && known["status"] == status &&
        known["error"] == error) {
      known["queries"].push_back(query);
      return problems;
    }
  }
  problems.push_back({{"engine", engine},
                      {"format", format},
                      {"queries", Json::array({query})},
                      {"status", status},
                      {"error", error}});
  return problems;
}

Json or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

/// Values of a member in the order of their first appearance.
Json distinct(const Json& results, const char* member) {
  Json seen = Json::array();
  for (const Json& result : results) {
    if (std::find(seen.begin(), seen.end(), result[member]) == seen.end()) {
      seen.push_back(result[member]);
    }
  }
  return seen;
}

const std::vector<std::vector<double>> kNone;

/// Geometric mean with its interval and sum of the medians of repetitions; null for none.
Json means_of(const std::string& measure, const std::vector<std::vector<double>>& repetitions) {
  std::vector<double> medians;
  double sum = 0;
  for (const auto& values : repetitions) {
    medians.push_back(statistics::median(values));
    sum += medians.back();
  }
  auto mean = statistics::geometric_mean(medians);
  Json means = {{measure + "_geomean_s", or_null(mean)},
                {measure + "_geomean_low_s", nullptr},
                {measure + "_geomean_high_s", nullptr},
                {measure + "_sum_s", medians.empty() ? Json() : Json(sum)}};
  if (mean) {
    auto interval = statistics::bootstrap_geometric_mean_of_medians(repetitions);
    means[measure + "_geomean_low_s"] = interval.low;
    means[measure + "_geomean_high_s"] = interval.high;
  }
  return means;
}

/// Geometric mean and sum of the medians of one engine on one format; null unless all are there.
Json total_of(const Json& cells, const std::string& engine, const std::string& format) {
  Json total = {{"engine", engine}, {"format", format}};
  std::map<std::string, int> counts = {{"ok", 0}, {"wrong", 0}, {"failed", 0}};
  std::vector<std::vector<double>> wall;
  std::vector<std::vector<double>> cpu;
  Json peak;
  for (const Json& cell : cells) {
    if (cell["engine"] != engine || cell["format"] != format) continue;
    ++counts[cell["status"].get<std::string>()];
    if (cell["wall"].is_object()) wall.push_back(numbers(cell["wall"]["runs"]));
    if (cell["cpu"].is_object()) cpu.push_back(numbers(cell["cpu"]["runs"]));
    if (cell["peak_rss_bytes"].is_number() && (peak.is_null() || cell["peak_rss_bytes"] > peak)) {
      peak = cell["peak_rss_bytes"];
    }
  }
  auto all = static_cast<size_t>(counts["ok"] + counts["wrong"] + counts["failed"]);
  total.update({{"queries", all},
                {"ok", counts["ok"]},
                {"wrong", counts["wrong"]},
                {"failed", counts["failed"]}});
  total.update(means_of("wall", wall.size() == all ? wall : kNone));
  total.update(means_of("cpu", cpu.size() == all ? cpu : kNone));
  total["peak_rss_bytes"] = peak;
  return total;
}

/// Each engine against native DuckDB on the same format: total CPU, the slowest query, memory.
Json ratios_to_duckdb(const Json& cells, const Json& totals) {
  auto cpu_of = [&](const Json& engine, const Json& format) {
    std::map<std::string, double> times;
    for (const Json& cell : cells) {
      if (cell["engine"] == engine && cell["format"] == format && cell["cpu"].is_object()) {
        times[cell["query"]] = cell["cpu"]["median"];
      }
    }
    return times;
  };
  Json ratios = Json::array();
  for (const Json& total : totals) {
    if (total["engine"] == "duckdb") continue;
    auto base = cpu_of("duckdb", total["format"]);
    double ours_sum = 0;
    double base_sum = 0;
    double worst = 0;
    std::string worst_query;
    size_t pairs = 0;
    for (const auto& [query, ours] : cpu_of(total["engine"], total["format"])) {
      auto found = base.find(query);
      if (found == base.end() || found->second <= 0) continue;
      ++pairs;
      ours_sum += ours;
      base_sum += found->second;
      if (ours / found->second <= worst) continue;
      worst = ours / found->second;
      worst_query = query;
    }
    if (pairs == 0) continue;
    ratios.push_back({{"engine", total["engine"]},
                      {"format", total["format"]},
                      {"base", "duckdb"},
                      {"queries", pairs},
                      {"cpu_ratio", ours_sum / base_sum},
                      {"slowest_query", worst_query},
                      {"slowest_ratio", worst}});
  }
  return ratios;
}

/// The loads, with their CPU against that of DuckDB's own COPY of the same data to Parquet.
Json loads_against_copy(const Json& metrics) {
  Json loads = metrics.value("load", Json::array());
  Json copy = metrics.value("copy_baseline", Json());
  for (Json& load : loads) {
    bool is_measured = load.value("status", "") == "ok" && load["cpu_s"].is_number() &&
                       copy.is_object() && copy["cpu_s"].get<double>() > 0;
    load["cpu_ratio_to_copy"] =
        is_measured ? Json(load["cpu_s"].get<double>() / copy["cpu_s"].get<double>()) : Json();
  }
  return loads;
}

Json storage_by_format(const Json& storage) {
  Json formats = Json::array();
  std::map<std::string, size_t> index;
  for (const Json& table : storage) {
    auto [found, is_new] = index.try_emplace(table["format"], formats.size());
    if (is_new) {
      formats.push_back(
          {{"format", table["format"]}, {"bytes", 0}, {"files", 0}, {"tables", Json::array()}});
    }
    Json& format = formats[found->second];
    format["bytes"] = format["bytes"].get<int64_t>() + table["bytes"].get<int64_t>();
    format["files"] = format["files"].get<int64_t>() + table["files"].get<int64_t>();
    format["tables"].push_back(
        {{"table", table["table"]}, {"bytes", table["bytes"]}, {"files", table["files"]}});
  }
  auto bronze = index.find("bronze");
  for (Json& format : formats) {
    double base = bronze == index.end() ? 0 : formats[bronze->second]["bytes"].get<double>();
    format["ratio_to_bronze"] = base > 0 ? Json(format["bytes"].get<double>() / base) : Json();
  }
  return formats;
}

}  // namespace

Json summarize_metrics(const Json& metrics) {
  const Json& results = metrics["results"];
  Json cells = Json::array();
  Json problems = Json::array();
  for (const Json& result : results) {
    cells.push_back(
        {{"engine", result["engine"]},
         {"format", result["format"]},
         {"query", result["query"]},
         {"status", result["status"]},
         {"rows", result["rows"]},
         {"wall", summary_json(result["wall_s"])},
         {"cpu", summary_json(result["cpu_s"])},
         {"peak_rss_bytes", result["peak_rss_bytes"]},
         {"read", summary_json(result.value("requested_read_bytes", Json::array()))},
         {"written", summary_json(result.value("requested_write_bytes", Json::array()))},
         {"disk_read", summary_json(result.value("disk_read_bytes", Json::array()))}});
    if (result["status"] != "ok") {
      cells.back()["error"] = result.value("error", "");
      problems = with_problem(std::move(problems), result["engine"], result["format"],
                              result["query"], result["status"], result.value("error", ""));
    }
  }
  Json engines = distinct(results, "engine");
  Json formats = distinct(results, "format");
  Json totals = Json::array();
  for (const Json& engine : engines) {
    for (const Json& format : formats) {
      Json total = total_of(cells, engine, format);
      if (total["queries"] != 0) totals.push_back(total);
    }
  }
  for (const Json& load : metrics.value("load", Json::array())) {
    if (load.value("status", "") == "ok") continue;
    problems = with_problem(std::move(problems), load.value("loader", ""), load["format"], "load",
                            "failed", load.value("error", ""));
  }
  Json queries = distinct(results, "query");
  std::sort(queries.begin(), queries.end());
  return {{"schema", "grebe-report/1"},
          {"benchmark_id", metrics["benchmark_id"]},
          {"timestamp", metrics["timestamp"]},
          {"status", metrics["status"]},
          {"engines", engines},
          {"formats", formats},
          {"queries", queries},
          {"cells", cells},
          {"totals", totals},
          {"ratios", ratios_to_duckdb(cells, totals)},
          {"load", loads_against_copy(metrics)},
          {"storage", storage_by_format(metrics.value("storage", Json::array()))},
          {"problems", problems},
          {"context", metrics["context"]}};
}

}  // namespace grebe::lab::report
