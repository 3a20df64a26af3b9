// `grebe bench generate`: the TPC-H tables as Parquet (phase bronze).
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/bench.h"
#include "cli/progress.h"

namespace grebe::cli {

Subcommand add_bench_generate(CLI::App& bench) {
  CLI::App* app = bench.add_subcommand("generate", "make the TPC-H tables (bronze)");
  app->footer(
      "Examples:\n"
      "  grebe bench generate --sf 1\n"
      "  grebe bench generate --sf 100 --parts 20 --root /data/bench");
  auto options = add_bench_options(*app);
  return {app, [options] {
            using lab::medallion::Json;
            using lab::medallion::Layout;
            using lab::medallion::Settings;
            using lab::medallion::State;
            Settings settings = bench_settings(*options);
            Layout layout = bench_layout(settings);
            State state(layout);
            auto progress = make_progress();
            Json result = run_bronze(settings, layout, state, *progress, options->redo);
            if (options->output == OutputForm::kJson) {
              std::cout << result.dump(2) << '\n';
            } else {
              std::cout << fmt::format("{}: {} files, {:.1f} MB\n", layout.bronze().string(),
                                       result["files"].get<int64_t>(),
                                       result["bytes"].get<double>() / 1e6);
            }
            return 0;
          }};
}

}  // namespace grebe::cli
