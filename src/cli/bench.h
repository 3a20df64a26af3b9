// What the subcommands of `grebe bench` share: their settings, their progress, their exit codes.
#pragma once

#include <memory>
#include <string>

#include "cli/subcommand.h"
#include "lab/medallion/bronze.h"
#include "lab/medallion/gold.h"
#include "lab/medallion/layout.h"
#include "lab/medallion/observer.h"
#include "lab/medallion/settings.h"

namespace grebe::cli {

/// How results are printed.
enum class OutputForm { kText, kJson };

/// What every subcommand of `bench` is given.
struct BenchOptions {
  lab::medallion::SettingSources sources;
  OutputForm output = OutputForm::kText;
  lab::medallion::Redo redo = lab::medallion::Redo::kSkipFinished;
};

/// Adds a flag for each setting, and --env-file, --config, --json, --force.
std::shared_ptr<BenchOptions> add_bench_options(CLI::App& app);

/// The settings that the options lead to.
lab::medallion::Settings bench_settings(const BenchOptions& options);
lab::medallion::Layout bench_layout(const lab::medallion::Settings& settings);

/// Runs a body under the handlers of SIGINT and SIGTERM and turns what it throws into an exit code:
/// 2 for wrong settings, 130 for an interruption, 1 for anything else. Errors go to stderr.
int guard_bench(const std::function<int()>& body);

/// Prints what a benchmark gave; returns 0 when every answer was right, else 1.
int print_outcome(const BenchOptions& options, const lab::medallion::GoldOutcome& outcome);

/// The subcommands, one file each.
Subcommand add_bench_all(CLI::App& bench);
Subcommand add_bench_generate(CLI::App& bench);
Subcommand add_bench_load(CLI::App& bench);
Subcommand add_bench_run(CLI::App& bench);
Subcommand add_bench_report(CLI::App& bench);
Subcommand add_bench_compare(CLI::App& bench);
Subcommand add_bench_config(CLI::App& bench);

}  // namespace grebe::cli
