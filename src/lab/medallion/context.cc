// Binary, sources, machine and settings → the context of a metrics file.
#include "lab/medallion/context.h"

#include <nlohmann/json.hpp>

#include "generated/build_info.h"
#include "lab/data/files.h"
#include "lab/engines/child_process.h"
#include "lab/engines/engine.h"
#include "lab/monitor/machine.h"

namespace grebe::lab::medallion {
namespace {

using Json = nlohmann::ordered_json;

Json describe_binary() {
  Json facts = {{"version", build_info::kVersion},
                {"compiler", build_info::kCompiler},
                {"build_type", build_info::kBuildType},
                {"sha256", data::checksum(engines::kOwnProgram)},
                {"commit", nullptr},
                {"is_dirty", nullptr}};
  auto git = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"git", "-C", build_info::kSourceDirectory});
    return engines::read_command(arguments);
  };
  if (auto commit = git({"rev-parse", "HEAD"})) {
    facts["commit"] = *commit;
    if (auto changes = git({"status", "--porcelain"})) facts["is_dirty"] = !changes->empty();
  }
  return facts;
}

}  // namespace

Json describe_context(const Settings& settings) {
  Json compression;
  for (const auto& [format, codec] : settings.compression) compression[format] = codec;
  return {{"grebe", describe_binary()},
          {"machine", monitor::describe_machine()},
          {"settings",
           {{"scale_factor", settings.scale_factor},
            {"formats", settings.formats},
            {"engines", settings.engines},
            {"queries", settings.queries},
            {"repetitions", settings.repetitions},
            {"warmup", settings.warmup},
            {"timeout_s", settings.timeout_s},
            {"time_limit_s", settings.time_limit_s},
            {"retries", settings.retries},
            {"threads", settings.threads},
            {"memory_limit", settings.memory_limit},
            {"compression", compression}}}};
}

}  // namespace grebe::lab::medallion
