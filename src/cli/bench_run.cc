// `grebe bench run`: the queries on every engine and format, verified and timed (phase gold).
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/bench.h"
#include "cli/progress.h"
#include "lab/medallion/gold.h"
#include "lab/report/render.h"

namespace grebe::cli {
namespace {

using lab::medallion::GoldOutcome;
using lab::medallion::Layout;
using lab::medallion::Settings;
using lab::medallion::State;

int run(const BenchOptions& options) {
  Settings settings = bench_settings(options);
  Layout layout = bench_layout(settings);
  State state(layout);
  auto progress = make_progress();
  GoldOutcome outcome = lab::medallion::run_gold(settings, layout, state, *progress, options.redo,
                                                 lab::medallion::Repeat::kAlwaysNew);
  return print_outcome(options, outcome);
}

}  // namespace

int print_outcome(const BenchOptions& options, const lab::medallion::GoldOutcome& outcome) {
  if (options.output == OutputForm::kJson) {
    std::cout << outcome.metrics.dump(2) << '\n';
  } else {
    std::cout << lab::report::render_terminal(outcome.metrics);
  }
  return outcome.metrics["status"] == "success" ? 0 : 1;
}

Subcommand add_bench_run(CLI::App& bench) {
  CLI::App* app = bench.add_subcommand("run", "run the queries (gold): a new benchmark each time");
  app->footer(
      "An unfinished benchmark of the same binary and settings is gone on with.\n"
      "Examples:\n"
      "  grebe bench run --sf 1 --repetitions 10\n"
      "  grebe bench run --queries 1,6,14 --engine grebe --engine sail=sc://127.0.0.1:50051");
  auto options = add_bench_options(*app);
  return {app, [options] { return run(*options); }};
}

}  // namespace grebe::cli
