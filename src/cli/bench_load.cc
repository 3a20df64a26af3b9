// `grebe bench load`: bronze → the tables of each format (phase silver).
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/bench.h"
#include "cli/progress.h"
#include "lab/medallion/silver.h"

namespace grebe::cli {
namespace {

using lab::medallion::Json;
using lab::medallion::Layout;
using lab::medallion::Settings;
using lab::medallion::State;

int load(const BenchOptions& options) {
  Settings settings = bench_settings(options);
  Layout layout = bench_layout(settings);
  State state(layout);
  auto progress = make_progress();
  Json loads = lab::medallion::run_silver(settings, layout, state, *progress, options.redo);
  if (options.output == OutputForm::kJson) std::cout << loads.dump(2) << '\n';
  int exit_code = 0;
  for (const auto& [format, result] : loads.items()) {
    bool is_good = result["status"] == "ok";
    if (!is_good) exit_code = 1;
    if (options.output == OutputForm::kJson) continue;
    if (is_good) {
      std::cout << fmt::format("{:<8} ok      {:>8.1f} s {:>10.1f} MB {:>6} files\n", format,
                               result["wall_s"].get<double>(), result["bytes"].get<double>() / 1e6,
                               result["files"].get<int64_t>());
    } else {
      std::cout << fmt::format("{:<8} failed  {}\n", format, result["error"].get<std::string>());
    }
  }
  return exit_code;
}

}  // namespace

Subcommand add_bench_load(CLI::App& bench) {
  CLI::App* app = bench.add_subcommand("load", "load the tables of each format (silver)");
  app->footer(
      "Examples:\n"
      "  grebe bench load --sf 1 --formats delta,iceberg\n"
      "  grebe bench load --sf 1 --loader spark --force");
  auto options = add_bench_options(*app);
  return {app, [options] { return load(*options); }};
}

}  // namespace grebe::cli
