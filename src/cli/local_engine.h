// Flags of every subcommand that runs the engine in its own process → the engine.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "session/shared_state.h"

namespace CLI {
class App;
}

namespace grebe::cli {

struct EngineFlags {
  std::string warehouse = "spark-warehouse";
  std::optional<int32_t> threads;
  std::string memory_limit;
  std::string spill_directory;
};

/// Adds --warehouse, --threads, --memory-limit and --spill-directory.
void add_engine_flags(CLI::App& app, EngineFlags& flags);

/// Opens DuckDB with the settings of the flags, of the environment or of the machine, in this
/// order, and makes the warehouse's directory.
std::shared_ptr<session::SharedState> open_local_engine(const EngineFlags& flags);

/// Plans nest deeply: threads made from now on have stacks of 64 MB, of which only what is used is
/// ever taken.
void give_threads_deep_stacks();

}  // namespace grebe::cli
