// EXPLAIN.
#include "commands/actions.h"
#include "core/spark_error.h"

namespace grebe::commands {

CommandOutcome explain(CommandHost& host, const plan::Explain& command) {
  if (command.query == nullptr) throw core::unsupported("EXPLAIN of a command");
  return {.schema = {{"plan", types::DataType::string(), false}},
          .rows = {{{host.explain(command.query, command.mode)}}}};
}

}  // namespace grebe::commands
