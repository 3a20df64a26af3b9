// Command line → exit code: the binary `grebe`, whose subcommands have one file each.
#include <CLI/CLI.hpp>

#include "generated/build_info.h"

int main(int argc, char** argv) {
  CLI::App app{"Grebe: a Spark Connect server on DuckDB, and a lakehouse laboratory", "grebe"};
  app.set_version_flag("--version", std::string("grebe ") + grebe::build_info::kVersion);
  app.require_subcommand(0, 1);
  CLI11_PARSE(app, argc, argv);
  if (app.get_subcommands().empty()) {
    std::puts(app.help().c_str());
  }
  return 0;
}
