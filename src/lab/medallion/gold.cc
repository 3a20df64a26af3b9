// Queries × engines × formats → verified and timed runs, and the metrics file (phase gold).
#include "lab/medallion/gold.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "lab/data/files.h"
#include "lab/engines/child_process.h"
#include "lab/medallion/context.h"
#include "lab/medallion/gold_runs.h"
#include "lab/medallion/journal.h"
#include "lab/medallion/reference.h"
#include "lab/medallion/silver.h"
#include "lab/monitor/machine.h"

namespace grebe::lab::medallion {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPhase = "gold";

/// What two runs must share for one to go on with the other.
std::string run_fingerprint(const Settings& settings, const State& state) {
  Json facts = {{"binary", data::checksum(engines::kOwnProgram)},
                {"engines", settings.engines},
                {"formats", settings.formats},
                {"queries", settings.queries},
                {"repetitions", settings.repetitions},
                {"warmup", settings.warmup},
                {"timeout", settings.timeout_s},
                {"time_limit", settings.time_limit_s},
                {"threads", settings.threads},
                {"memory_limit", settings.memory_limit}};
  for (const std::string& format : settings.formats) {
    Json silver = state.phase(silver_phase(format));
    facts["silver"][format] = silver.is_object() ? silver.value("started_at", "") : "";
  }
  for (const tpch::Query& query : tpch::read_queries(settings.jobs / "tpch/queries",
                                                     settings.queries, settings.scale_factor)) {
    facts["texts"].push_back(data::checksum_text(query.sql));
  }
  return data::checksum_text(facts.dump());
}

/// A name that no benchmark has yet; names differ by the second.
std::string new_benchmark_id(const Layout& layout) {
  for (;;) {
    std::string id = "benchmark_" + utc_stamp();
    if (!fs::exists(layout.metrics() / (id + ".runs.jsonl"))) return id;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

Json storage_of(const Settings& settings, const Layout& layout) {
  Json storage = Json::array();
  auto add = [&](const std::string& format, const engines::TableSet& set) {
    for (const auto& table : set.tables) {
      data::Storage size = data::measure_storage(table.path);
      storage.push_back({{"format", format},
                         {"table", table.name},
                         {"bytes", size.bytes},
                         {"files", size.files}});
    }
  };
  add("bronze", bronze_tables(layout));
  for (const std::string& format : settings.formats) add(format, silver_tables(layout, format));
  return storage;
}

Json copy_baseline_of(const State& state) {
  Json phase = state.phase("copy_baseline");
  return phase.is_object() ? phase.value("result", Json()) : Json();
}

Json loads_of(const Settings& settings, const State& state) {
  Json loads = Json::array();
  for (const std::string& format : settings.formats) {
    Json phase = state.phase(silver_phase(format));
    if (!phase.is_object()) continue;
    if (phase.contains("result")) {
      loads.push_back(phase["result"]);
    } else {
      loads.push_back({{"format", format},
                       {"status", phase.value("status", "failed")},
                       {"error", phase.value("error", "")},
                       {"tables", phase.value("tables", Json::array())}});
    }
  }
  return loads;
}

std::string overall_status(const Json& results) {
  for (const Json& result : results) {
    if (result["status"] != "ok") return "failed";
  }
  return results.empty() ? "failed" : "success";
}

}  // namespace

GoldOutcome run_gold(const Settings& settings, const Layout& layout, State& state,
                     Observer& observer, Redo redo, Repeat repeat) {
  std::string bronze_sum = bronze_checksum(layout, state);
  std::string fingerprint = run_fingerprint(settings, state);
  Json before = state.phase(kPhase);
  bool is_same = before.is_object() && before.value("fingerprint", "") == fingerprint;
  std::string status = before.is_object() ? before.value("status", "") : "";
  // One in which something was wrong or failed is measured anew: the cause may be gone.
  if (redo == Redo::kSkipFinished && is_same && status == "completed" &&
      before["result"].value("status", "") == "success" && repeat == Repeat::kReuseFinished) {
    std::string id = before["benchmark_id"];
    fs::path file = layout.metrics() / (id + ".json");
    if (fs::exists(file)) {
      observer.begin("gold", 0, "");
      observer.end(fmt::format("{} is there already", id));
      return {id, Json::parse(data::read_file(file))};
    }
  }
  bool goes_on = redo == Redo::kSkipFinished && is_same && status == "running";
  std::string id = goes_on ? before["benchmark_id"].get<std::string>() : new_benchmark_id(layout);
  if (goes_on) {
    observer.note(fmt::format("going on with {}", id));
  } else {
    if (status == "running") {
      state.record_benchmark({{"benchmark_id", before["benchmark_id"]}, {"status", "interrupted"}});
    }
    state.record_benchmark({{"benchmark_id", id},
                            {"timestamp", utc_now()},
                            {"status", "running"},
                            {"scale_factor", settings.scale_factor}});
    state.begin(kPhase, {{"benchmark_id", id}, {"fingerprint", fingerprint}});
  }

  auto queries =
      tpch::read_queries(settings.jobs / "tpch/queries", settings.queries, settings.scale_factor);
  auto reference = provide_reference(settings, layout, queries, bronze_sum, observer);
  Journal journal(layout.metrics() / (id + ".runs.jsonl"));
  // Taken before the runs: sources and load may be others when they are over.
  Json context = describe_context(settings);
  GoldRuns benchmark({settings, layout, state, queries, reference}, observer, journal);
  benchmark.run();

  Json runs = journal.entries();
  Json metrics = {{"schema", "grebe-bench/1"},
                  {"benchmark_id", id},
                  {"timestamp", utc_now()},
                  {"status", "success"},
                  {"context", context},
                  {"results", collect_results(runs)},
                  {"load", loads_of(settings, state)},
                  {"copy_baseline", copy_baseline_of(state)},
                  {"storage", storage_of(settings, layout)},
                  {"runs", runs}};
  metrics["context"]["machine"]["load_1m_after"] = monitor::describe_machine()["load_1m"];
  metrics["context"]["engines"] = benchmark.describe_engines();
  metrics["context"]["bronze"] = state.phase("bronze")["result"];
  metrics["status"] = overall_status(metrics["results"]);
  data::write_atomically(layout.metrics() / (id + ".json"), metrics.dump(2) + "\n");
  for (const std::string& format : settings.formats) {
    Json part = {{"benchmark_id", id},
                 {"scale_factor", settings.scale_factor},
                 {"format", format},
                 {"results", Json::array()}};
    for (const Json& result : metrics["results"]) {
      if (result["format"] == format) part["results"].push_back(result);
    }
    data::write_atomically(layout.phase_metrics("gold_" + format), part.dump(2) + "\n");
    data::write_atomically(layout.newest_phase_metrics("gold_" + format), part.dump(2) + "\n");
  }
  state.complete(kPhase, {{"benchmark_id", id}, {"status", metrics["status"]}});
  state.record_benchmark({{"benchmark_id", id},
                          {"status", metrics["status"]},
                          {"finished_at", utc_now()},
                          {"metrics", (layout.metrics() / (id + ".json")).string()}});
  int64_t good = 0;
  for (const Json& result : metrics["results"]) good += result["status"] == "ok" ? 1 : 0;
  observer.end(fmt::format("{} of {} results verified, {}", good, metrics["results"].size(), id));
  return {id, metrics};
}

}  // namespace grebe::lab::medallion
