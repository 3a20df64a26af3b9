// Queries × engines × formats → verified and timed runs, and the metrics file (phase gold).
#pragma once

#include "lab/medallion/bronze.h"
#include "lab/medallion/layout.h"
#include "lab/medallion/observer.h"
#include "lab/medallion/settings.h"
#include "lab/medallion/state.h"

namespace grebe::lab::medallion {

/// Whether a finished benchmark of the same binary, data and settings is enough.
enum class Repeat { kReuseFinished, kAlwaysNew };

/// What a run left.
struct GoldOutcome {
  std::string benchmark_id;
  /// The metrics file as written to gold/metrics/<benchmark id>.json.
  Json metrics;
};

/// Runs what is missing of a benchmark: goes on with an unfinished one of the same settings, else
/// begins a new one. Every answer, those of the warm-up too, is compared with the reference; a
/// query that was wrong or failed once has no time.
GoldOutcome run_gold(const Settings& settings, const Layout& layout, State& state,
                     Observer& observer, Redo redo, Repeat repeat);

/// The metrics document from the runs of a journal: results by engine, format and query.
/// `runs` hold engine, format, query, kind, repetition, status, rows, error and usage.
Json collect_results(const Json& runs);

}  // namespace grebe::lab::medallion
