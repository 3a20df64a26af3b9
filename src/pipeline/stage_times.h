// A query → how long each stage before the engine takes, for benchmarks and `grebe explain --time`.
#pragma once

#include <string>

#include "session/session.h"

namespace grebe::pipeline {

/// Milliseconds of one pass.
struct StageTimes {
  double parse = 0;
  /// The text of a query is parsed again where it is analyzed; that is part of this.
  double analyze = 0;
  double emit = 0;
  double total() const { return parse + analyze + emit; }
};

/// Parses, analyzes and emits the query, without running it. Throws SparkError, and
/// std::invalid_argument for a command.
StageTimes time_stages(session::Session& session, const std::string& query);

}  // namespace grebe::pipeline
