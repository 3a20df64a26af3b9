// What was done and what was begun → state.json, whole at every moment; one laboratory at a time.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "lab/medallion/layout.h"

namespace grebe::lab::medallion {

using Json = nlohmann::ordered_json;

/// The state of a data root: phases by scale factor, and the history of benchmarks.
///
///   {"version": 1,
///    "scale_factors": {"sf1": {"phases": {"bronze": {"status": "completed", …}, …}}},
///    "benchmarks": [{"benchmark_id": …, "status": …}, …]}
///
/// Holds a lock on the root as long as it lives. Every change is on disk when the call returns.
class State {
 public:
  /// Opens or makes the state; throws std::runtime_error when another laboratory works in this
  /// root or the file cannot be understood.
  explicit State(Layout layout);
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State();

  /// The entry of a phase of this scale factor, null when it never began.
  Json phase(const std::string& name) const;
  bool is_completed(const std::string& name) const;
  /// Marks a phase as running and keeps `facts`; what it was before goes to its history.
  void begin(const std::string& name, const Json& facts = Json::object());
  /// Changes members of a phase's entry.
  void update(const std::string& name, const Json& facts);
  void complete(const std::string& name, const Json& result);
  void fail(const std::string& name, const std::string& error);

  /// Adds a benchmark to the history, or changes the one of the same id.
  void record_benchmark(const Json& entry);
  const Json& benchmarks() const { return document_["benchmarks"]; }

 private:
  Json& phases();
  void save();

  Layout layout_;
  Json document_;
  int lock_ = -1;
};

/// The time as 2025-10-01T10:00:00Z.
std::string utc_now();
/// The time as 20251001_100000, for names.
std::string utc_stamp();

}  // namespace grebe::lab::medallion
