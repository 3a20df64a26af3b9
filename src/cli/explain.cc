// `grebe explain`: a query → what each stage of the pipeline makes of it.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>
#include <thread>

#include "cli/local_engine.h"
#include "cli/subcommand.h"
#include "core/spark_error.h"
#include "pipeline/pipeline.h"

namespace grebe::cli {

namespace {

struct ExplainOptions {
  EngineFlags engine;
  std::string query;
  bool stages = false;
};

void print_explanation(const ExplainOptions& options) {
  session::Session session("grebe", "grebe-explain", open_local_engine(options.engine));
  const plan::Statement statement = pipeline::parse(session, {.text = options.query});
  const auto* relation = std::get_if<plan::RelationPtr>(&statement);
  if (relation == nullptr) {
    throw std::invalid_argument("a command has no plan; explain the query inside it");
  }
  std::cout << (options.stages
                    ? pipeline::explain_stages(session, *relation)
                    : pipeline::explain(session, *relation, plan::ExplainMode::kExtended));
}

}  // namespace

Subcommand add_explain(CLI::App& app) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = app.add_subcommand("explain", "Show what the stages make of a query");
  command->add_option("query", options->query, "One query")->required();
  command->add_flag("--stages", options->stages, "Grebe's own stages, not Spark's headings");
  add_engine_flags(*command, options->engine);
  return {command, [options] {
            give_threads_deep_stacks();
            std::exception_ptr failure;
            std::thread([&] {
              try {
                print_explanation(*options);
              } catch (...) {
                failure = std::current_exception();
              }
            }).join();
            if (failure) std::rethrow_exception(failure);
            return 0;
          }};
}

}  // namespace grebe::cli
