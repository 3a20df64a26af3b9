// Queries × engines × formats → verified and timed runs, and the metrics file (phase gold).
#include "lab/medallion/gold.h"

#include <fmt/format.h>

#include <chrono>
#include <set>
#include <thread>

#include "client/arrow_ipc.h"
#include "lab/data/files.h"
#include "lab/engines/child_process.h"
#include "lab/medallion/context.h"
#include "lab/medallion/journal.h"
#include "lab/medallion/reference.h"
#include "lab/medallion/retry.h"
#include "lab/medallion/silver.h"
#include "lab/medallion/usage_json.h"
#include "lab/monitor/process_tree.h"
#include "lab/tpch/verify.h"

namespace grebe::lab::medallion {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using client::CallFailure;
using client::RemoteError;

constexpr const char* kPhase = "gold";

/// One engine of the run, and what became of it.
struct Contender {
  std::unique_ptr<engines::Engine> engine;
  /// Why it cannot take part in the present format; empty when it can.
  std::string absence;
  /// The absence that was noted already.
  std::string told = "";
};

/// Everything that the runs of one benchmark need.
class Benchmark {
 public:
  Benchmark(const Settings& settings, const Layout& layout, Observer& observer, Journal& journal,
            const State& state, const std::vector<tpch::Query>& queries,
            const std::map<std::string, client::Table>& reference)
      : settings_(settings),
        layout_(layout),
        state_(state),
        observer_(observer),
        journal_(journal),
        queries_(queries),
        reference_(reference) {
    for (const Json& entry : journal.entries()) remember(entry);
    for (const std::string& text : settings.engines) {
      contenders_.push_back({engines::make_engine(text, engine_settings(settings)), ""});
    }
    if (settings.time_limit_s > 0) {
      limit_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                  std::chrono::duration<double>(settings.time_limit_s));
    }
  }

  void run() {
    observer_.begin(fmt::format("gold {}", layout_.scale), count_runs(), "runs");
    for (const std::string& format : settings_.formats) run_format(format);
    for (Contender& contender : contenders_) contender.engine->close();
  }

  Json describe_engines() {
    Json facts = Json::array();
    for (Contender& contender : contenders_) facts.push_back(contender.engine->describe());
    return facts;
  }

 private:
  static std::string key(const std::string& engine, const std::string& format,
                         const std::string& query) {
    return engine + "/" + format + "/" + query;
  }

  void remember(const Json& entry) {
    std::string name = key(entry["engine"], entry["format"], entry["query"]);
    done_.insert(fmt::format("{}/{}/{}", name, entry["kind"].get<std::string>(),
                             entry["repetition"].get<int>()));
    if (entry["status"] != "ok") spoiled_.insert(name);
  }

  int64_t count_runs() const {
    int64_t pairs = 0;
    for (const std::string& format : settings_.formats) {
      for (const Contender& contender : contenders_)
        pairs += contender.engine->reads(format) ? 1 : 0;
    }
    return pairs * static_cast<int64_t>(queries_.size()) *
           (settings_.warmup + settings_.repetitions);
  }

  bool is_pending(const engines::Engine& engine, const std::string& format) const {
    for (const tpch::Query& query : queries_) {
      std::string name = key(engine.name(), format, query.name);
      if (spoiled_.count(name) > 0) continue;
      for (int i = 0; i < settings_.warmup; ++i) {
        if (done_.count(fmt::format("{}/warmup/{}", name, i)) == 0) return true;
      }
      for (int i = 0; i < settings_.repetitions; ++i) {
        if (done_.count(fmt::format("{}/measured/{}", name, i)) == 0) return true;
      }
    }
    return false;
  }

  /// Opens an engine for a format and shows it the tables.
  void prepare(Contender& contender, const std::string& format) {
    if (!state_.is_completed(silver_phase(format))) {
      contender.absence =
          fmt::format("the tables of {} are not loaded: `grebe bench load`", format);
      return;
    }
    try {
      with_retries({settings_.retries, settings_.backoff_s},
                   contender.engine->name() + " " + format, observer_, [&](int) {
                     contender.engine->open(format);
                     contender.engine->use_tables(silver_tables(layout_, format));
                   });
      contender.absence.clear();
    } catch (const Interrupted&) {
      throw;
    } catch (const std::exception& error) {
      contender.absence = error.what();
      observer_.note(fmt::format("{} {}: {}", contender.engine->name(), format, error.what()));
    }
  }

  void run_format(const std::string& format) {
    std::vector<Contender*> present;
    for (Contender& contender : contenders_) {
      if (!contender.engine->reads(format)) continue;
      present.push_back(&contender);
      if (is_pending(*contender.engine, format)) prepare(contender, format);
    }
    for (int i = 0; i < settings_.warmup; ++i) run_round(present, format, "warmup", i);
    for (int i = 0; i < settings_.repetitions; ++i) run_round(present, format, "measured", i);
  }

  /// Every query once on every engine; who goes first changes from query to query.
  void run_round(const std::vector<Contender*>& present, const std::string& format,
                 const std::string& kind, int repetition) {
    for (size_t q = 0; q < queries_.size(); ++q) {
      for (size_t e = 0; e < present.size(); ++e) {
        Contender& contender = *present[(e + q + static_cast<size_t>(repetition)) % present.size()];
        check_interrupt();
        const tpch::Query& query = queries_[q];
        std::string name = key(contender.engine->name(), format, query.name);
        observer_.advance(++shown_, fmt::format("{} {} {} {}", format, contender.engine->name(),
                                                query.name, kind));
        // A query that was wrong or failed once is not asked again: it can have no time.
        if (spoiled_.count(name) > 0) continue;
        if (done_.count(fmt::format("{}/{}/{}", name, kind, repetition)) > 0) continue;
        Json entry = {{"engine", contender.engine->name()},
                      {"format", format},
                      {"query", query.name},
                      {"kind", kind},
                      {"repetition", repetition},
                      {"at", utc_now()}};
        entry.update(run_once(contender, format, query));
        journal_.append(entry);
        remember(entry);
        bool is_told = !contender.absence.empty() && contender.absence == contender.told;
        if (entry["status"] != "ok" && !is_told) {
          contender.told = contender.absence;
          observer_.note(fmt::format("{}: {}: {}", name, entry["status"].get<std::string>(),
                                     entry["error"].get<std::string>()));
        }
      }
    }
  }

  /// Asks once, then compares; never throws for what the engine did.
  Json run_once(Contender& contender, const std::string& format, const tpch::Query& query) {
    if (Clock::now() > limit_) {
      return {{"status", "failed"},
              {"error", "not run: the time limit of the benchmark was reached"}};
    }
    if (!contender.absence.empty()) return {{"status", "failed"}, {"error", contender.absence}};
    if (!contender.engine->is_alive()) {
      // The operation that lost the process has failed; the next ones get a new process.
      prepare(contender, format);
      if (!contender.absence.empty()) return {{"status", "failed"}, {"error", contender.absence}};
    }
    monitor::Meter meter(contender.engine->process());
    Json entry;
    try {
      client::CallOptions options{.timeout = operation_timeout()};
      meter.start();
      client::ArrowResult answer = contender.engine->query(query.sql, options);
      entry["usage"] = usage_json(meter.stop());
      entry["rows"] = answer.rows;
      auto difference = tpch::find_difference(client::decode_ipc(answer.streams),
                                              reference_.at(query.name), query.order);
      entry["status"] = difference ? "wrong" : "ok";
      if (difference) entry["error"] = *difference;
    } catch (const RemoteError& error) {
      entry["usage"] = usage_json(meter.stop());
      entry["status"] = "failed";
      entry["error"] = describe(error);
      bool is_lost = error.fields().failure != CallFailure::kAnswered;
      if (is_lost) contender.engine->close();
    } catch (const std::runtime_error& error) {
      entry["usage"] = usage_json(meter.stop());
      entry["status"] = "failed";
      entry["error"] = error.what();
    }
    return entry;
  }

  static std::string describe(const RemoteError& error) {
    switch (error.fields().failure) {
      case CallFailure::kUnavailable:
        return fmt::format("the engine went away: {}", error.what());
      case CallFailure::kTimedOut:
        return fmt::format("timed out: {}", error.what());
      case CallFailure::kAnswered:
        break;
    }
    return error.what();
  }

  std::chrono::milliseconds operation_timeout() const {
    auto timeout = std::chrono::milliseconds(static_cast<int64_t>(settings_.timeout_s * 1000));
    if (limit_ == Clock::time_point::max()) return timeout;
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit_ - Clock::now());
    return std::max(std::chrono::milliseconds(1), std::min(timeout, left));
  }

  const Settings& settings_;
  const Layout& layout_;
  const State& state_;
  Observer& observer_;
  Journal& journal_;
  const std::vector<tpch::Query>& queries_;
  const std::map<std::string, client::Table>& reference_;
  std::vector<Contender> contenders_;
  std::set<std::string> done_;
  std::set<std::string> spoiled_;
  int64_t shown_ = 0;
  Clock::time_point limit_ = Clock::time_point::max();
};

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
  Json bronze = state.phase("bronze");
  if (!state.is_completed("bronze")) {
    throw std::runtime_error("bronze is not complete; run `grebe bench generate` first");
  }
  std::string fingerprint = run_fingerprint(settings, state);
  Json before = state.phase(kPhase);
  bool is_same = before.is_object() && before.value("fingerprint", "") == fingerprint;
  std::string status = before.is_object() ? before.value("status", "") : "";
  if (redo == Redo::kSkipFinished && is_same && status == "completed" &&
      repeat == Repeat::kReuseFinished) {
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
  if (!goes_on) {
    state.begin(kPhase, {{"benchmark_id", id}, {"fingerprint", fingerprint}});
    state.record_benchmark({{"benchmark_id", id},
                            {"timestamp", utc_now()},
                            {"status", "running"},
                            {"scale_factor", settings.scale_factor}});
  } else {
    observer.note(fmt::format("going on with {}", id));
  }

  std::string sums;
  for (const Json& table : bronze["result"]["tables"]) sums += table["sha256"].get<std::string>();
  std::string bronze_sum = data::checksum_text(sums);
  auto queries =
      tpch::read_queries(settings.jobs / "tpch/queries", settings.queries, settings.scale_factor);
  auto reference = provide_reference(settings, layout, queries, bronze_sum, observer);
  Journal journal(layout.metrics() / (id + ".runs.jsonl"));
  Benchmark benchmark(settings, layout, observer, journal, state, queries, reference);
  benchmark.run();

  Json runs = journal.entries();
  Json metrics = {{"schema", "grebe-bench/1"},
                  {"benchmark_id", id},
                  {"timestamp", utc_now()},
                  {"status", "success"},
                  {"context", describe_context(settings)},
                  {"results", collect_results(runs)},
                  {"load", loads_of(settings, state)},
                  {"copy_baseline", copy_baseline_of(state)},
                  {"storage", storage_of(settings, layout)},
                  {"runs", runs}};
  metrics["context"]["engines"] = benchmark.describe_engines();
  metrics["context"]["bronze"] = bronze["result"];
  metrics["status"] = overall_status(metrics["results"]);
  data::write_atomically(layout.metrics() / (id + ".json"), metrics.dump(2) + "\n");
  for (const std::string& format : settings.formats) {
    Json part = {{"benchmark_id", id}, {"format", format}, {"results", Json::array()}};
    for (const Json& result : metrics["results"]) {
      if (result["format"] == format) part["results"].push_back(result);
    }
    data::write_atomically(layout.phase_metrics("gold_" + format), part.dump(2) + "\n");
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
