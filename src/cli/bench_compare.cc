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

int compare(const BenchOptions& options, const std::string& base, const std::string& changed) {
  Layout layout = bench_layout(bench_settings(options));
  Json comparison = lab::report::compare_runs(lab::report::read_metrics(layout.metrics(), base),
                                              lab::report::read_metrics(layout.metrics(), changed));
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
      "Example:\n"
      "  grebe bench compare benchmark_20251001_100000 benchmark_20251002_100000");
  auto options = add_bench_options(*app);
  auto runs = std::make_shared<std::pair<std::string, std::string>>();
  app->add_option("base", runs->first, "id or metrics file of the first")->required();
  app->add_option("changed", runs->second, "id or metrics file of the second")->required();
  return {app, [options, runs] { return compare(*options, runs->first, runs->second); }};
}

}  // namespace grebe::cli
