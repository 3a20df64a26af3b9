// `grebe explain`: a query → what each stage of the pipeline makes of it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <iostream>
#include <thread>
#include <vector>

#include "cli/local_engine.h"
#include "cli/subcommand.h"
#include "core/spark_error.h"
#include "pipeline/pipeline.h"
#include "pipeline/stage_times.h"

namespace grebe::cli {

namespace {

struct ExplainOptions {
  EngineFlags engine;
  std::string query;
  bool stages = false;
  /// Passes to time; 0: explain instead.
  int32_t passes = 0;
};

/// Prints the median milliseconds of each stage over all passes but the first.
void print_times(session::Session& session, const ExplainOptions& options) {
  std::vector<pipeline::StageTimes> times;
  for (int32_t pass = 0; pass <= options.passes; ++pass) {
    times.push_back(pipeline::time_stages(session, options.query));
  }
  times.erase(times.begin());
  const auto median = [&](auto part) {
    std::vector<double> parts;
    for (const pipeline::StageTimes& one : times) parts.push_back(part(one));
    std::sort(parts.begin(), parts.end());
    return parts[parts.size() / 2];
  };
  std::cout << fmt::format(
      "parse {:.3f} ms, analyze {:.3f} ms, emit {:.3f} ms, total {:.3f} ms (medians of {})\n",
      median([](const auto& one) { return one.parse; }),
      median([](const auto& one) { return one.analyze; }),
      median([](const auto& one) { return one.emit; }),
      median([](const auto& one) { return one.total(); }), times.size());
}

void print_explanation(const ExplainOptions& options) {
  session::Session session("grebe", "grebe-explain", open_local_engine(options.engine));
  if (options.passes > 0) return print_times(session, options);
  const plan::Statement statement = pipeline::parse(session, {.text = options.query});
  const auto* relation = std::get_if<plan::RelationPtr>(&statement);
  if (relation == nullptr) {
    throw std::invalid_argument("a command has no plan; explain the query inside it");
  }
  std::cout << (options.stages
                    ? pipeline::explain_stages(session, *relation)
                    : pipeline::explain(session, *relation, plan::ExplainMode::kExtended));
}

}  // namespace

Subcommand add_explain(CLI::App& app) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = app.add_subcommand("explain", "Show what the stages make of a query");
  command->add_option("query", options->query, "One query")->required();
  command->add_flag("--stages", options->stages, "Grebe's own stages, not Spark's headings");
  command->add_option("--time", options->passes, "Time the stages before the engine, N passes")
      ->check(CLI::Range(1, 1'000'000));
  add_engine_flags(*command, options->engine);
  return {command, [options] {
            give_threads_deep_stacks();
            std::exception_ptr failure;
            std::thread([&] {
              try {
                print_explanation(*options);
              } catch (...) {
                failure = std::current_exception();
              }
            }).join();
            if (failure) std::rethrow_exception(failure);
            return 0;
          }};
}

}  // namespace grebe::cli
