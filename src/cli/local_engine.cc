// See local_engine.h.
#include "cli/local_engine.h"

#include <pthread.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "catalog/catalog.h"
#include "cli/runtime_files.h"
#include "core/machine.h"
#include "native/register_kernels.h"

namespace grebe::cli {

void add_engine_flags(CLI::App& app, EngineFlags& flags) {
  app.add_option("--warehouse", flags.warehouse, "Directory of managed tables")
      ->capture_default_str();
  app.add_option("--threads", flags.threads, "Threads of a query (default: the machine's cores)")
      ->check(CLI::PositiveNumber);
  app.add_option("--memory-limit", flags.memory_limit,
                 "Memory of all queries, like 8GB (default: three quarters of the machine's)");
  app.add_option("--spill-directory", flags.spill_directory,
                 "Where queries larger than memory put their data (default: below TMPDIR)");
}

std::shared_ptr<session::SharedState> open_local_engine(const EngineFlags& flags) {
  core::EngineOverrides overrides = core::read_engine_overrides();
  if (flags.threads) overrides.threads = flags.threads;
  if (!flags.memory_limit.empty()) {
    overrides.memory_limit = core::parse_byte_size(flags.memory_limit);
    if (!overrides.memory_limit) {
      throw std::invalid_argument("--memory-limit takes a size like 8GB or 512MiB, not '" +
                                  flags.memory_limit + "'");
    }
  }
  if (!flags.spill_directory.empty()) overrides.spill_directory = flags.spill_directory;
  const auto settings = core::derive_engine_settings(core::inspect_machine(), overrides);

  const auto warehouse = std::filesystem::absolute(flags.warehouse).lexically_normal();
  std::filesystem::create_directories(warehouse);
  auto database = engine::Database::open({
      .threads = settings.threads,
      .memory_limit = settings.memory_limit,
      .spill_directory = settings.spill_directory,
      .extension_directory = extension_directory(),
      .register_kernels = native::register_kernels,
  });
  return std::make_shared<session::SharedState>(session::SharedState::Options{
      .database = std::move(database),
      .catalog = catalog::Catalog::open(warehouse.string()),
      .warehouse_directory = warehouse.string(),
      .configuration = {{"spark.sql.warehouse.dir", "file:" + warehouse.string()},
                        {"spark.app.name", "grebe"},
                        {"spark.master", "local[" + std::to_string(settings.threads) + "]"}}});
}

void give_threads_deep_stacks() {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, size_t{64} << 20);
  pthread_setattr_default_np(&attributes);
  pthread_attr_destroy(&attributes);
}

}  // namespace grebe::cli
