// `grebe bench compare`: two metrics files → which differences are beyond noise.
#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/bench.h"
#include "lab/report/compare.h"
#include "lab/report/render.h"

namespace grebe::cli {
namespace {

using lab::medallion::Json;
using lab::medallion::Layout;

/// What `compare` was asked for beside the settings.
struct Comparison {
  std::string base;
  std::string changed;
  lab::report::Measure measure = lab::report::Measure::kWall;
};

int compare(const BenchOptions& options, const Comparison& asked) {
  Layout layout = bench_layout(bench_settings(options));
  Json base = lab::report::read_metrics(layout.metrics(), asked.base);
  Json changed = lab::report::read_metrics(layout.metrics(), asked.changed);
  Json comparison = lab::report::compare_runs(base, changed, asked.measure);
  if (options.output == OutputForm::kJson) {
    std::cout << comparison.dump(2) << '\n';
  } else {
    std::cout << lab::report::render_comparison(comparison);
  }
  return 0;
}

}  // namespace

Subcommand add_bench_compare(CLI::App& bench) {
  CLI::App* app = bench.add_subcommand("compare", "set two benchmarks side by side");
  app->footer(
      "A difference counts when its 95 % interval leaves 1 out and p < 0.05: at least 4 runs "
      "each.\n"
      "Examples:\n"
      "  grebe bench compare benchmark_20251001_100000 benchmark_20251002_100000\n"
      "  grebe bench compare old.json new.json --measure cpu");
  auto options = add_bench_options(*app);
  auto asked = std::make_shared<Comparison>();
  app->add_option("base", asked->base, "id or metrics file of the first")->required();
  app->add_option("changed", asked->changed, "id or metrics file of the second")->required();
  app->add_option("--measure", asked->measure, "wall or cpu")
      ->transform(CLI::CheckedTransformer(std::map<std::string, lab::report::Measure>{
          {"wall", lab::report::Measure::kWall}, {"cpu", lab::report::Measure::kCpu}}));
  return {app, [options, asked] { return compare(*options, *asked); }};
}

}  // namespace grebe::cli
