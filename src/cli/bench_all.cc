// `grebe bench all`: generate, load, run, report; what is done already is skipped.
#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/bench.h"
#include "cli/progress.h"
#include "lab/medallion/gold.h"
#include "lab/medallion/silver.h"
#include "lab/report/render.h"

namespace grebe::cli {
namespace {

using lab::medallion::GoldOutcome;
using lab::medallion::Json;
using lab::medallion::Layout;
using lab::medallion::Settings;
using lab::medallion::State;

int run_all(const BenchOptions& options) {
  Settings settings = bench_settings(options);
  Layout layout = bench_layout(settings);
  State state(layout);
  auto progress = make_progress();
  lab::medallion::run_bronze(settings, layout, state, *progress, options.redo);
  Json loads = lab::medallion::run_silver(settings, layout, state, *progress, options.redo);
  GoldOutcome outcome = lab::medallion::run_gold(settings, layout, state, *progress, options.redo,
                                                 lab::medallion::Repeat::kReuseFinished);
  lab::report::ReportFiles files = lab::report::write_report(outcome.metrics, layout.reports());
  int exit_code = print_outcome(options, outcome);
  for (const auto& [format, load] : loads.items()) {
    if (load["status"] != "ok") exit_code = 1;
  }
  std::cerr << "report: " << files.html.string() << '\n';
  return exit_code;
}

}  // namespace

Subcommand add_bench_all(CLI::App& bench) {
  CLI::App* app = bench.add_subcommand("all", "generate, load, run and report");
  app->footer(
      "Examples:\n"
      "  grebe bench all --sf 0.1\n"
      "  grebe bench all --sf 10 --root /data/bench --repetitions 5 --force");
  auto options = add_bench_options(*app);
  return {app, [options] { return run_all(*options); }};
}

}  // namespace grebe::cli
