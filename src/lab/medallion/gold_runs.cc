// Queries × engines × formats → one journaled line for each run, verified and measured.
#include "lab/medallion/gold_runs.h"

#include <fmt/format.h>

#include <algorithm>

#include "client/arrow_ipc.h"
#include "lab/medallion/retry.h"
#include "lab/medallion/silver.h"
#include "lab/medallion/usage_json.h"
#include "lab/monitor/process_tree.h"
#include "lab/tpch/verify.h"

namespace grebe::lab::medallion {
namespace {

using Clock = std::chrono::steady_clock;
using client::CallFailure;
using client::RemoteError;

}  // namespace

GoldRuns::GoldRuns(GoldInput input, Observer& observer, Journal& journal)
    : input_(input), observer_(observer), journal_(journal) {
  for (const Json& entry : journal.entries()) remember(entry);
  for (const std::string& text : input_.settings.engines) {
    contenders_.push_back({engines::make_engine(text, engine_settings(input_.settings)), ""});
  }
  if (input_.settings.time_limit_s > 0) {
    limit_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                std::chrono::duration<double>(input_.settings.time_limit_s));
  }
}

void GoldRuns::run() {
  observer_.begin(fmt::format("gold {}", input_.layout.scale), count_runs(), "runs");
  for (const std::string& format : input_.settings.formats) run_format(format);
  for (Contender& contender : contenders_) contender.engine->close();
}

Json GoldRuns::describe_engines() {
  Json facts = Json::array();
  for (Contender& contender : contenders_) facts.push_back(contender.engine->describe());
  return facts;
}

std::string GoldRuns::key(const std::string& engine, const std::string& format,
                          const std::string& query) {
  return engine + "/" + format + "/" + query;
}

void GoldRuns::remember(const Json& entry) {
  std::string name = key(entry["engine"], entry["format"], entry["query"]);
  done_.insert(fmt::format("{}/{}/{}", name, entry["kind"].get<std::string>(),
                           entry["repetition"].get<int>()));
  if (entry["status"] != "ok") spoiled_.insert(name);
  if (entry["status"] == "ok" && entry["kind"] == "measured") measured_.insert(name);
}

int64_t GoldRuns::count_runs() const {
  int64_t pairs = 0;
  for (const std::string& format : input_.settings.formats) {
    for (const Contender& contender : contenders_) pairs += contender.engine->reads(format) ? 1 : 0;
  }
  return pairs * static_cast<int64_t>(input_.queries.size()) *
         (input_.settings.warmup + input_.settings.repetitions);
}

bool GoldRuns::is_pending(const engines::Engine& engine, const std::string& format) const {
  for (const tpch::Query& query : input_.queries) {
    std::string name = key(engine.name(), format, query.name);
    if (spoiled_.count(name) > 0) continue;
    for (int i = 0; i < input_.settings.warmup; ++i) {
      if (done_.count(fmt::format("{}/warmup/{}", name, i)) == 0) return true;
    }
    for (int i = 0; i < input_.settings.repetitions; ++i) {
      if (done_.count(fmt::format("{}/measured/{}", name, i)) == 0) return true;
    }
  }
  return false;
}

void GoldRuns::prepare(Contender& contender, const std::string& format) {
  std::erase_if(warm_, [&](const std::string& name) {
    return name.starts_with(contender.engine->name() + "/");
  });
  if (!input_.state.is_completed(silver_phase(format))) {
    contender.absence = fmt::format("the tables of {} are not loaded: `grebe bench load`", format);
    return;
  }
  try {
    with_retries({input_.settings.retries, input_.settings.backoff_s},
                 contender.engine->name() + " " + format, observer_, [&](int) {
                   contender.engine->open(format);
                   contender.engine->use_tables(silver_tables(input_.layout, format));
                 });
    contender.absence.clear();
  } catch (const Interrupted&) {
    throw;
  } catch (const std::exception& error) {
    contender.absence = error.what();
    observer_.note(fmt::format("{} {}: {}", contender.engine->name(), format, error.what()));
  }
}

void GoldRuns::run_format(const std::string& format) {
  std::vector<Contender*> present;
  for (Contender& contender : contenders_) {
    if (!contender.engine->reads(format)) continue;
    present.push_back(&contender);
    if (is_pending(*contender.engine, format)) prepare(contender, format);
  }
  for (int i = 0; i < input_.settings.warmup; ++i) run_round(present, format, "warmup", i);
  for (int i = 0; i < input_.settings.repetitions; ++i) run_round(present, format, "measured", i);
}

void GoldRuns::run_round(const std::vector<Contender*>& present, const std::string& format,
                         const std::string& kind, int repetition) {
  for (size_t q = 0; q < input_.queries.size(); ++q) {
    for (size_t e = 0; e < present.size(); ++e) {
      Contender& contender = *present[(e + q + static_cast<size_t>(repetition)) % present.size()];
      check_interrupt();
      const tpch::Query& query = input_.queries[q];
      std::string name = key(contender.engine->name(), format, query.name);
      observer_.advance(
          ++shown_, fmt::format("{} {} {} {}", format, contender.engine->name(), query.name, kind));
      // A query that was wrong or failed once is not asked again: it can have no time.
      if (spoiled_.count(name) > 0) continue;
      if (done_.count(fmt::format("{}/{}/{}", name, kind, repetition)) > 0) continue;
      Json entry = {{"engine", contender.engine->name()},
                    {"format", format},
                    {"query", query.name},
                    {"kind", kind},
                    {"repetition", repetition},
                    {"at", utc_now()}};
      entry.update(kind == "measured" ? run_warm(contender, format, query)
                                      : run_once(contender, format, query));
      // The time limit ends the benchmark; what was measured before it keeps its time.
      bool is_cut = entry["status"] == "failed" && Clock::now() >= limit_;
      if (is_cut && measured_.count(name) > 0) continue;
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

Json GoldRuns::run_warm(Contender& contender, const std::string& format, const tpch::Query& query) {
  if (contender.absence.empty() && !contender.engine->is_alive()) prepare(contender, format);
  std::string name = key(contender.engine->name(), format, query.name);
  for (int i = 0; i < input_.settings.warmup && warm_.count(name) == 0; ++i) {
    Json entry = run_once(contender, format, query);
    if (entry["status"] != "ok") return entry;
    if (i + 1 < input_.settings.warmup) warm_.erase(name);
  }
  return run_once(contender, format, query);
}

Json GoldRuns::run_once(Contender& contender, const std::string& format, const tpch::Query& query) {
  if (Clock::now() >= limit_) {
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
                                            input_.reference.at(query.name), query.order);
    entry["status"] = difference ? "wrong" : "ok";
    warm_.insert(key(contender.engine->name(), format, query.name));
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

std::string GoldRuns::describe(const RemoteError& error) {
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

std::chrono::milliseconds GoldRuns::operation_timeout() const {
  auto timeout = std::chrono::milliseconds(static_cast<int64_t>(input_.settings.timeout_s * 1000));
  if (limit_ == Clock::time_point::max()) return timeout;
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit_ - Clock::now());
  return std::max(std::chrono::milliseconds(1), std::min(timeout, left));
}

}  // namespace grebe::lab::medallion
