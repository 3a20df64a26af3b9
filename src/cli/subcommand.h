// What main runs: every subcommand of `grebe`, one file each.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace grebe::cli {

/// A subcommand that stands in the application: how to tell that it was given, and what it does.
struct Subcommand {
  CLI::App* app = nullptr;
  /// Returns the exit code: 0 done, 1 failed, 2 wrong usage.
  std::function<int()> run;
};

/// `grebe serve`: the Spark Connect server.
Subcommand add_serve(CLI::App& app);

/// `grebe sql`: statements on the engine in this process, from an argument, a file, stdin or a
/// prompt.
Subcommand add_sql(CLI::App& app);

/// `grebe explain`: what each stage makes of a query.
Subcommand add_explain(CLI::App& app);

/// `grebe doctor`: the machine, the settings derived from it, versions, and what is missing.
Subcommand add_doctor(CLI::App& app);
/// `grebe bench`: the laboratory, with subcommands of its own.
Subcommand add_bench(CLI::App& app);
/// The hidden process that the laboratory runs native DuckDB in.
Subcommand add_bench_duckdb_worker(CLI::App& app);

}  // namespace grebe::cli
