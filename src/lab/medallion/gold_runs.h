// Queries × engines × formats → one journaled line for each run, verified and measured.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "client/session.h"
#include "client/table.h"
#include "lab/engines/engine.h"
#include "lab/medallion/journal.h"
#include "lab/medallion/layout.h"
#include "lab/medallion/observer.h"
#include "lab/medallion/settings.h"
#include "lab/medallion/state.h"
#include "lab/tpch/queries.h"

namespace grebe::lab::medallion {

/// What the runs of one benchmark work on.
struct GoldInput {
  const Settings& settings;
  const Layout& layout;
  const State& state;
  const std::vector<tpch::Query>& queries;
  /// The right answer of each query.
  const std::map<std::string, client::Table>& reference;
};

/// Runs what the journal does not hold yet: format by format, in rounds over all queries, each
/// query on every engine in turn.
class GoldRuns {
 public:
  GoldRuns(GoldInput input, Observer& observer, Journal& journal);

  void run();
  Json describe_engines();

 private:
  /// One engine of the run, and what became of it.
  struct Contender {
    std::unique_ptr<engines::Engine> engine;
    /// Why it cannot take part in the present format; empty when it can.
    std::string absence;
    /// The absence that was noted already.
    std::string told = "";
  };

  static std::string key(const std::string& engine, const std::string& format,
                         const std::string& query);
  void remember(const Json& entry);
  int64_t count_runs() const;
  bool is_pending(const engines::Engine& engine, const std::string& format) const;
  /// Opens an engine for a format and shows it the tables.
  void prepare(Contender& contender, const std::string& format);
  void run_format(const std::string& format);
  /// Every query once on every engine; who goes first changes from query to query.
  void run_round(const std::vector<Contender*>& present, const std::string& format,
                 const std::string& kind, int repetition);
  /// One measured run, after the warm-up that the process still lacks: one that began only after
  /// the warm-up rounds, because the run was resumed or its predecessor died.
  Json run_warm(Contender& contender, const std::string& format, const tpch::Query& query);
  /// Asks once, then compares; never throws for what the engine did.
  Json run_once(Contender& contender, const std::string& format, const tpch::Query& query);
  static std::string describe(const client::RemoteError& error);
  std::chrono::milliseconds operation_timeout() const;

  GoldInput input_;
  Observer& observer_;
  Journal& journal_;
  std::vector<Contender> contenders_;
  /// engine/format/query/kind/repetition of runs that are in the journal.
  std::set<std::string> done_;
  /// engine/format/query of what was wrong or failed.
  std::set<std::string> spoiled_;
  /// engine/format/query of what the present process of the engine has answered.
  std::set<std::string> warm_;
  /// engine/format/query of what has a time.
  std::set<std::string> measured_;
  int64_t shown_ = 0;
  std::chrono::steady_clock::time_point limit_ = std::chrono::steady_clock::time_point::max();
};

}  // namespace grebe::lab::medallion
