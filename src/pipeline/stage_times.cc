// A query → the time of each stage before the engine; see stage_times.h.
#include "pipeline/stage_times.h"

#include <chrono>
#include <stdexcept>

#include "emit/emit.h"
#include "pipeline/pipeline.h"
#include "pipeline/statement.h"

namespace grebe::pipeline {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

}  // namespace

StageTimes time_stages(session::Session& session, const std::string& query) {
  const auto started = Clock::now();
  const plan::Statement statement = parse(session, {.text = query});
  const auto parsed = Clock::now();
  const auto* relation = std::get_if<plan::RelationPtr>(&statement);
  if (relation == nullptr) throw std::invalid_argument("a command has no stages to time");
  Cancellation cancellation;
  StatementRunner runner(session, cancellation);
  const auto analyzed = runner.analyze(*relation);
  const auto resolved = Clock::now();
  const auto emitted = emit::emit_query(*analyzed);
  const auto ended = Clock::now();
  return {.parse = milliseconds(started, parsed),
          .analyze = milliseconds(parsed, resolved),
          .emit = milliseconds(resolved, ended)};
}

}  // namespace grebe::pipeline
