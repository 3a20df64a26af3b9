// Bronze → what DuckDB's own Parquet COPY of each table costs: the measure for loading.
#include "lab/medallion/copy_baseline.h"

#include <fmt/format.h>

#include "lab/data/files.h"
#include "lab/engines/duckdb_engine.h"
#include "lab/medallion/silver.h"
#include "lab/medallion/usage_json.h"
#include "lab/monitor/process_tree.h"
#include "lab/tpch/tables.h"

namespace grebe::lab::medallion {
namespace {

constexpr const char* kPhase = "copy_baseline";

}  // namespace

Json measure_copy_baseline(const Settings& settings, const Layout& layout, State& state,
                           Observer& observer, const std::string& bronze_sum, Redo redo) {
  const std::string& codec = settings.compression.find("parquet")->second;
  Json before = state.phase(kPhase);
  bool is_known = state.is_completed(kPhase) &&
                  before["result"].value("bronze", "") == bronze_sum &&
                  before["result"].value("codec", "") == codec;
  if (is_known && redo == Redo::kSkipFinished) return before["result"];

  state.begin(kPhase);
  observer.begin("copy by DuckDB " + layout.scale, static_cast<int64_t>(tpch::kTables.size()),
                 "tables");
  std::filesystem::path scratch = layout.root / "spill" / "copy_baseline";
  std::filesystem::remove_all(scratch);
  std::filesystem::create_directories(scratch);
  engines::DuckDbEngine duckdb(engine_settings(settings));
  duckdb.open("parquet");
  Json tables = Json::array();
  double wall = 0;
  double cpu = 0;
  int64_t bytes = 0;
  for (std::string_view table : tpch::kTables) {
    check_interrupt();
    observer.advance(static_cast<int64_t>(tables.size()), std::string(table));
    std::filesystem::path file = scratch / fmt::format("{}.parquet", table);
    client::CallOptions options{
        .timeout = std::chrono::milliseconds(static_cast<int64_t>(settings.timeout_s * 1000))};
    monitor::Meter meter(duckdb.process());
    meter.start();
    duckdb.execute(fmt::format("COPY (SELECT * FROM {}) TO '{}' (FORMAT parquet, COMPRESSION '{}')",
                               engines::scan_expression("parquet", layout.bronze_table(table)),
                               file.string(), codec),
                   options);
    monitor::Usage usage = meter.stop();
    Json entry = {{"table", table}, {"bytes", data::measure_storage(file).bytes}};
    entry.update(usage_json(usage));
    wall += usage.wall_s;
    cpu += usage.cpu_s.value_or(0);
    bytes += entry["bytes"].get<int64_t>();
    tables.push_back(entry);
  }
  std::filesystem::remove_all(scratch);
  Json result = {{"bronze", bronze_sum}, {"codec", codec}, {"wall_s", wall},
                 {"cpu_s", cpu},         {"bytes", bytes}, {"tables", tables}};
  state.complete(kPhase, result);
  observer.end(
      fmt::format("{:.2f} s, {:.2f} s of CPU: what loading is measured against", wall, cpu));
  return result;
}

}  // namespace grebe::lab::medallion
