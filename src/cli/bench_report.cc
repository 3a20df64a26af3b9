// `grebe bench report`: a metrics file → HTML, Markdown and JSON.
#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/bench.h"
#include "lab/report/render.h"

namespace grebe::cli {
namespace {

using lab::medallion::Json;
using lab::medallion::Layout;

int report(const BenchOptions& options, const std::string& run) {
  Layout layout = bench_layout(bench_settings(options));
  Json metrics = lab::report::read_metrics(layout.metrics(), run);
  lab::report::ReportFiles files = lab::report::write_report(metrics, layout.reports());
  if (options.output == OutputForm::kJson) {
    std::cout << Json{{"html", files.html.string()},
                      {"markdown", files.markdown.string()},
                      {"json", files.json.string()}}
                     .dump(2)
              << '\n';
  } else {
    std::cout << files.html.string() << '\n'
              << files.markdown.string() << '\n'
              << files.json.string() << '\n';
  }
  return 0;
}

}  // namespace

Subcommand add_bench_report(CLI::App& bench) {
  CLI::App* app = bench.add_subcommand("report", "write HTML, Markdown and JSON of a benchmark");
  app->footer(
      "Examples:\n"
      "  grebe bench report\n"
      "  grebe bench report benchmark_20251001_100000");
  auto options = add_bench_options(*app);
  auto run = std::make_shared<std::string>();
  app->add_option("benchmark", *run, "id or metrics file; default: the newest");
  return {app, [options, run] { return report(*options, *run); }};
}

}  // namespace grebe::cli
