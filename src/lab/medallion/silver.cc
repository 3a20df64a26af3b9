// Bronze Parquet → the tables of each format, by load statements through an engine (phase silver).
#include "lab/medallion/silver.h"

#include <fmt/format.h>

#include <chrono>

#include "lab/data/files.h"
#include "lab/medallion/copy_baseline.h"
#include "lab/medallion/fingerprint.h"
#include "lab/medallion/retry.h"
#include "lab/medallion/usage_json.h"
#include "lab/monitor/process_tree.h"
#include "lab/tpch/queries.h"
#include "lab/tpch/tables.h"

namespace grebe::lab::medallion {
namespace {

namespace fs = std::filesystem;

/// Everything that loading one format needs.
struct Load {
  const Settings& settings;
  const Layout& layout;
  State& state;
  Observer& observer;
  std::string format;
  std::string bronze_sum;
  /// One text for the statements and the codec.
  std::string recipe;
};

std::string recipe_checksum(const Settings& settings, const std::string& format) {
  std::string texts = settings.compression.find(format)->second + "\n";
  for (std::string_view table : tpch::kTables) {
    texts += data::read_file(settings.jobs / "tpch/silver" / format / fmt::format("{}.sql", table));
  }
  return data::checksum_text(texts);
}

std::unique_ptr<engines::Engine> make_loader(const Settings& settings) {
  engines::EngineSettings shared = engine_settings(settings);
  if (!settings.loader.empty()) {
    auto engine = engines::make_engine(settings.loader, shared);
    if (!engine->writes("parquet")) {
      throw std::invalid_argument(fmt::format("engine {} cannot load tables", settings.loader));
    }
    return engine;
  }
  for (const std::string& text : settings.engines) {
    auto engine = engines::make_engine(text, shared);
    if (engine->writes("parquet")) return engine;
  }
  throw std::invalid_argument("none of the engines can load tables; name one with --loader");
}

std::vector<std::string> load_statements(const Load& load, engines::Engine& engine,
                                         const std::string& table) {
  std::string database = "tpch_" + load.format + "_" + load.layout.scale;
  for (char& c : database) c = c == '.' || c == '-' ? '_' : c;
  if (load.format == "iceberg" && engine.has_path_catalog()) {
    database = "`" + load.layout.scale + "`";
  }
  return tpch::read_statements(
      load.settings.jobs / "tpch/silver" / load.format / (table + ".sql"),
      {{"bronze", load.layout.bronze().string()},
       {"silver", load.layout.silver(load.format).string()},
       {"database", database},
       {"catalog", engine.iceberg_catalog()},
       {"compression", load.settings.compression.find(load.format)->second}});
}

/// Loads one table into an empty folder; returns what it used.
monitor::Usage load_once(const Load& load, engines::Engine& engine, const std::string& table) {
  if (!engine.is_alive()) engine.open(load.format);
  std::vector<std::string> statements = load_statements(load, engine, table);
  client::CallOptions options{
      .timeout = std::chrono::milliseconds(static_cast<int64_t>(load.settings.timeout_s * 1000))};
  monitor::Meter meter(engine.process());
  meter.start();
  for (size_t i = 0; i < statements.size(); ++i) {
    // Whatever an earlier attempt left is in nobody's way when the table is made.
    if (i + 1 == statements.size()) fs::remove_all(load.layout.silver_table(load.format, table));
    engine.execute(statements[i], options);
  }
  return meter.stop();
}

void verify_table(const Load& load, engines::DuckDbEngine& duckdb, const std::string& table) {
  fs::path bronze = load.layout.bronze_table(table);
  Fingerprint expected = fingerprint_table(duckdb, "parquet", bronze, bronze);
  Fingerprint found =
      fingerprint_table(duckdb, load.format, load.layout.silver_table(load.format, table), bronze);
  if (found.rows != expected.rows) {
    throw std::runtime_error(fmt::format("{} {}: {} rows, bronze has {}", load.format, table,
                                         found.rows, expected.rows));
  }
  if (found.hash != expected.hash) {
    throw std::runtime_error(
        fmt::format("{} {}: the rows differ from those of bronze", load.format, table));
  }
}

Json load_table(const Load& load, engines::Engine& engine, engines::DuckDbEngine& duckdb,
                const std::string& table) {
  int attempts = 0;
  Json attempt_errors = Json::array();
  monitor::Usage usage = with_retries({load.settings.retries, load.settings.backoff_s},
                                      load.format + " " + table, load.observer, [&](int number) {
                                        attempts = number;
                                        try {
                                          monitor::Usage used = load_once(load, engine, table);
                                          verify_table(load, duckdb, table);
                                          return used;
                                        } catch (const Interrupted&) {
                                          throw;
                                        } catch (const std::exception& error) {
                                          attempt_errors.push_back(error.what());
                                          throw;
                                        }
                                      });
  data::Storage storage = data::measure_storage(load.layout.silver_table(load.format, table));
  data::Storage bronze = data::measure_storage(load.layout.bronze_table(table));
  Json result = {{"table", table},
                 {"status", "ok"},
                 {"verified", "every column of every row"},
                 {"attempts", attempts},
                 {"bytes", storage.bytes},
                 {"files", storage.files},
                 {"bronze_bytes", bronze.bytes},
                 {"bronze_files", bronze.files}};
  result.update(usage_json(usage));
  if (!attempt_errors.empty()) result["failed_attempts"] = attempt_errors;
  return result;
}

/// What of an unfinished phase still holds, by table.
Json finished_tables(const Load& load, const Json& phase) {
  Json finished = Json::object();
  for (const Json& table : phase.value("tables", Json::array())) {
    std::string name = table["table"];
    data::Storage storage = data::measure_storage(load.layout.silver_table(load.format, name));
    bool holds = storage.bytes == table["bytes"] && storage.files == table["files"];
    if (holds) finished[name] = table;
  }
  return finished;
}

Json summarize_load(const Load& load, const engines::Engine& engine, const Json& tables) {
  Json result = {{"status", "ok"},
                 {"scale_factor", load.settings.scale_factor},
                 {"format", load.format},
                 {"loader", engine.name()},
                 {"compression", load.settings.compression.find(load.format)->second},
                 {"bronze", load.bronze_sum}};
  double wall = 0;
  double cpu = 0;
  int64_t bytes = 0;
  int64_t files = 0;
  for (const Json& table : tables) {
    wall += table["wall_s"].get<double>();
    if (table["cpu_s"].is_number()) cpu += table["cpu_s"].get<double>();
    bytes += table["bytes"].get<int64_t>();
    files += table["files"].get<int64_t>();
  }
  result.update(
      {{"wall_s", wall}, {"cpu_s", cpu}, {"bytes", bytes}, {"files", files}, {"tables", tables}});
  return result;
}

Json load_format(const Load& load, engines::Engine& engine, Redo redo) {
  std::string phase_name = silver_phase(load.format);
  Json before = load.state.phase(phase_name);
  bool is_same = before.is_object() && before.value("bronze", "") == load.bronze_sum &&
                 before.value("recipe", "") == load.recipe &&
                 (load.settings.loader.empty() || before.value("loader", "") == engine.name());
  Json finished = Json::object();
  if (redo == Redo::kSkipFinished && is_same) finished = finished_tables(load, before);
  bool is_complete = is_same && before.value("status", "") == "completed" &&
                     finished.size() == tpch::kTables.size();
  if (is_complete) {
    load.observer.begin("silver " + load.format, 0, "");
    load.observer.end(fmt::format("{} is there already", load.layout.scale));
    return before["result"];
  }
  Json tables = Json::array();
  for (auto& [name, table] : finished.items()) tables.push_back(table);
  load.state.begin(phase_name, {{"bronze", load.bronze_sum},
                                {"recipe", load.recipe},
                                {"loader", engine.name()},
                                {"tables", tables}});
  load.observer.begin(fmt::format("silver {} {}", load.format, load.layout.scale),
                      static_cast<int64_t>(tpch::kTables.size()), "tables");
  try {
    engine.open(load.format);
    engines::DuckDbEngine duckdb(engine_settings(load.settings));
    duckdb.open(load.format);
    int64_t done = 0;
    for (std::string_view name : tpch::kTables) {
      check_interrupt();
      std::string table(name);
      load.observer.advance(done++, table);
      if (finished.contains(table)) continue;
      tables.push_back(load_table(load, engine, duckdb, table));
      load.state.update(phase_name, {{"tables", tables}});
    }
  } catch (const Interrupted&) {
    throw;
  } catch (const std::exception& error) {
    load.state.fail(phase_name, error.what());
    load.observer.end(fmt::format("FAILED: {}", error.what()));
    return {{"status", "failed"},
            {"format", load.format},
            {"loader", engine.name()},
            {"error", error.what()},
            {"tables", tables}};
  }
  Json result = summarize_load(load, engine, tables);
  data::write_atomically(load.layout.phase_metrics(phase_name), result.dump(2) + "\n");
  data::write_atomically(load.layout.newest_phase_metrics(phase_name), result.dump(2) + "\n");
  load.state.complete(phase_name, result);
  load.observer.end(fmt::format("8 tables, {:.1f} MB in {} files, {:.1f} s, rows verified",
                                result["bytes"].get<double>() / 1e6, result["files"].get<int64_t>(),
                                result["wall_s"].get<double>()));
  return result;
}

}  // namespace

std::string silver_phase(const std::string& format) { return "silver_" + format; }

engines::EngineSettings engine_settings(const Settings& settings) {
  engines::EngineSettings shared;
  shared.root = settings.root;
  shared.threads = settings.threads;
  shared.memory_limit = settings.memory_limit;
  shared.spark_home = settings.spark_home;
  shared.spark_jars = settings.spark_jars;
  shared.spark_master = settings.spark_master;
  shared.spark_driver_memory = settings.spark_driver_memory;
  shared.iceberg_catalog = settings.iceberg_catalog;
  return shared;
}

engines::TableSet bronze_tables(const Layout& layout) {
  engines::TableSet set{"parquet", {}};
  for (std::string_view table : tpch::kTables) {
    set.tables.push_back({std::string(table), layout.bronze_table(table)});
  }
  return set;
}

engines::TableSet silver_tables(const Layout& layout, const std::string& format) {
  engines::TableSet set{format, {}};
  for (std::string_view table : tpch::kTables) {
    set.tables.push_back({std::string(table), layout.silver_table(format, table)});
  }
  return set;
}

Json run_silver(const Settings& settings, const Layout& layout, State& state, Observer& observer,
                Redo redo) {
  std::string bronze_sum = bronze_checksum(layout, state);
  std::unique_ptr<engines::Engine> engine = make_loader(settings);
  measure_copy_baseline(settings, layout, state, observer, bronze_sum, redo);
  Json results = Json::object();
  for (const std::string& format : settings.formats) {
    Load load{
        settings, layout, state, observer, format, bronze_sum, recipe_checksum(settings, format)};
    results[format] = load_format(load, *engine, redo);
  }
  engine->close();
  return results;
}

}  // namespace grebe::lab::medallion
