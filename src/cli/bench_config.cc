// `grebe bench config`: every setting, its value, and where the value came from.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/bench.h"

namespace grebe::cli {
namespace {

using lab::medallion::SettingInfo;
using lab::medallion::SettingValues;

int print_text(const SettingValues& values) {
  size_t key_width = 0;
  size_t value_width = 0;
  size_t origin_width = 0;
  for (const auto& [key, value] : values) {
    key_width = std::max(key_width, key.size());
    value_width = std::max(value_width, value.text.size());
    origin_width = std::max(origin_width, value.origin.size());
  }
  for (const SettingInfo& info : lab::medallion::setting_table()) {
    const auto& value = values.find(info.key)->second;
    std::cout << fmt::format("{:<{}}  {:<{}}  {:<{}}  {}\n", info.key, key_width, value.text,
                             value_width, value.origin, origin_width, info.variable);
  }
  return 0;
}

int print_json(const SettingValues& values) {
  nlohmann::ordered_json document;
  for (const SettingInfo& info : lab::medallion::setting_table()) {
    const auto& value = values.find(info.key)->second;
    document[std::string(info.key)] = {
        {"value", value.text}, {"origin", value.origin}, {"variable", info.variable}};
  }
  std::cout << document.dump(2) << '\n';
  return 0;
}

}  // namespace

Subcommand add_bench_config(CLI::App& bench) {
  CLI::App* app = bench.add_subcommand("config", "print the settings and where they come from");
  app->footer(
      "Precedence: defaults < .env < config file < environment < flags.\n"
      "Examples:\n"
      "  grebe bench config\n"
      "  TPCH_SCALE_FACTOR=10 grebe bench config --repetitions 5 --json");
  auto options = add_bench_options(*app);
  return {app, [options] {
            SettingValues values = lab::medallion::read_settings(options->sources);
            lab::medallion::parse_settings(values);  // what is wrong is said here already
            return options->output == OutputForm::kJson ? print_json(values) : print_text(values);
          }};
}

}  // namespace grebe::cli
