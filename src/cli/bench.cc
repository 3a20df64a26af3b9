// `grebe bench`: its subcommands, and the settings that they share.
#include "cli/bench.h"

#include <unistd.h>

#include <csignal>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <iostream>
#include <vector>

#include "lab/engines/duckdb_worker.h"

namespace grebe::cli {
namespace {

using lab::medallion::SettingInfo;

/// The first signal ends the run after the operation at hand, the second at once: what is finished
/// is on disk, and the engines that we started are told by the kernel.
extern "C" void request_interrupt(int) {
  constexpr int kInterrupted = 130;
  if (lab::medallion::interrupt_requested.exchange(true)) ::_exit(kInterrupted);
}

/// A second name where the first is long.
std::string flag_names(const SettingInfo& info) {
  std::string names = "--" + std::string(info.flag);
  if (info.key == "scale_factor") names += ",--sf";
  if (info.key == "engines") names += ",--engines";
  if (info.key == "formats") names += ",--format";
  if (info.key == "queries") names += ",--query";
  return names;
}

}  // namespace

std::shared_ptr<BenchOptions> add_bench_options(CLI::App& app) {
  auto options = std::make_shared<BenchOptions>();
  for (const SettingInfo& info : lab::medallion::setting_table()) {
    std::string key(info.key);
    std::string help = fmt::format("{} [{}{}]", info.help, info.variable,
                                   info.fallback.empty() ? "" : fmt::format("={}", info.fallback));
    // A flag given several times is a list.
    auto take = [options, key](const std::vector<std::string>& values) {
      std::string joined;
      for (const std::string& value : values) joined += (joined.empty() ? "" : ",") + value;
      options->sources.flags[key] = joined;
    };
    app.add_option_function<std::vector<std::string>>(flag_names(info), take, help)
        ->type_name("VALUE")
        ->allow_extra_args(false)
        ->group("Settings");
  }
  app.add_option("--env-file", options->sources.env_file, "read this instead of .env")
      ->type_name("FILE");
  app.add_option("--config", options->sources.config_file, "settings as YAML [BENCH_CONFIG]")
      ->type_name("FILE");
  app.add_flag_callback(
      "--json", [options] { options->output = OutputForm::kJson; }, "print the result as JSON");
  app.add_flag_callback(
      "--force", [options] { options->redo = lab::medallion::Redo::kForce; },
      "do again what is done already");
  return options;
}

lab::medallion::Settings bench_settings(const BenchOptions& options) {
  return lab::medallion::parse_settings(lab::medallion::read_settings(options.sources));
}

lab::medallion::Layout bench_layout(const lab::medallion::Settings& settings) {
  return {settings.root, lab::medallion::scale_factor_name(settings.scale_factor)};
}

int guard_bench(const std::function<int()>& body) {
  std::signal(SIGINT, request_interrupt);
  std::signal(SIGTERM, request_interrupt);
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return body();
  } catch (const lab::medallion::Interrupted& stop) {
    std::cerr << "grebe bench: " << stop.what() << '\n';
    return 130;
  } catch (const std::invalid_argument& error) {
    std::cerr << "grebe bench: " << error.what() << '\n';
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "grebe bench: " << error.what() << '\n';
    return 1;
  }
}

Subcommand add_bench(CLI::App& app) {
  CLI::App* bench =
      app.add_subcommand("bench", "TPC-H over lakehouse formats: verified, then timed");
  bench->require_subcommand(1);
  bench->footer(
      "Examples:\n"
      "  grebe bench all --sf 0.1\n"
      "  grebe bench all --sf 1 --formats parquet,delta --engine grebe --engine duckdb\n"
      "  grebe bench run --engine grebe --engine sail=sc://127.0.0.1:50051 --repetitions 10\n"
      "  grebe bench compare benchmark_20251001_100000 benchmark_20251002_100000\n"
      "  grebe bench config\n"
      "Exit codes: 0 all well; 1 an answer was wrong or something failed; 2 wrong usage;\n"
      "130 interrupted, and the same command goes on where it was.");
  auto subcommands = std::make_shared<std::vector<Subcommand>>();
  for (auto add : {add_bench_all, add_bench_generate, add_bench_load, add_bench_run,
                   add_bench_report, add_bench_compare, add_bench_config}) {
    subcommands->push_back(add(*bench));
  }
  return {bench, [subcommands] {
            return guard_bench([&] {
              for (const Subcommand& subcommand : *subcommands) {
                if (subcommand.app->parsed()) return subcommand.run();
              }
              return 2;
            });
          }};
}

Subcommand add_bench_duckdb_worker(CLI::App& app) {
  CLI::App* worker = app.add_subcommand("bench-duckdb-worker", "SQL on stdin, Arrow on stdout");
  worker->group("");  // not in the help: only the laboratory starts it
  return {worker, [] { return lab::engines::run_duckdb_worker(); }};
}

}  // namespace grebe::cli
