// Command line → exit code: the binary `grebe`, whose subcommands have one file each.
#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/subcommand.h"
#include "generated/build_info.h"

int main(int argc, char** argv) {
  CLI::App app{"Grebe: a Spark Connect server on DuckDB, and a lakehouse laboratory", "grebe"};
  app.set_version_flag("--version", std::string("grebe ") + grebe::build_info::kVersion);
  app.require_subcommand(0, 1);

  // In the order in which the help lists them.
  const grebe::cli::Subcommand subcommands[] = {
      grebe::cli::add_serve(app),   grebe::cli::add_sql(app),
      grebe::cli::add_explain(app), grebe::cli::add_bench(app),
      grebe::cli::add_doctor(app),  grebe::cli::add_bench_duckdb_worker(app),
  };

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  for (const grebe::cli::Subcommand& subcommand : subcommands) {
    if (!subcommand.app->parsed()) continue;
    try {
      return subcommand.run();
    } catch (const std::exception& error) {
      std::cerr << "grebe: " << error.what() << '\n';
      return 1;
    }
  }
  std::cout << app.help();
  return 0;
}
