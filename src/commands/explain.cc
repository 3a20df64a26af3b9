// EXPLAIN.
#include "commands/actions.h"
#include "core/spark_error.h"

namespace grebe::commands {

CommandOutcome explain(CommandHost& host, const plan::Explain& command) {
  const auto text = [](std::string plan) {
    return CommandOutcome{.schema = {{"plan", types::DataType::string(), false}},
                          .rows = {{{std::move(plan)}}}};
  };
  // A command has no plan of the engine's: it is only named, and not run.
  if (command.query == nullptr) return text("== Physical Plan ==\nExecute command\n\n");
  try {
    return text(host.explain(command.query, command.mode));
  } catch (const core::SparkError& error) {
    // What is wrong with the query is the answer, as in Spark.
    const auto& classes = error.fields().exception_classes;
    const bool is_analysis =
        !classes.empty() && classes.front() == "org.apache.spark.sql.AnalysisException";
    if (!is_analysis) throw;
    return text("== Physical Plan ==\n" + classes.front() + ": " + error.what() + "\n");
  }
}

}  // namespace grebe::commands
