// A scale factor → the eight TPC-H tables as Parquet, with checksums (phase bronze).
#include "lab/medallion/bronze.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "lab/data/files.h"
#include "lab/engines/child_process.h"
#include "lab/medallion/retry.h"
#include "lab/tpch/tables.h"

namespace grebe::lab::medallion {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* kPhase = "bronze";

/// One file of one table.
struct Part {
  std::string table;
  int number = 1;
  int count = 1;
  fs::path path;
};

/// About 10 units of scale a file keeps a part of lineitem near 2.5 GB.
int choose_parts(const Settings& settings) {
  if (settings.parts > 0) return settings.parts;
  return std::max(1, static_cast<int>(std::ceil(settings.scale_factor / 10)));
}

std::vector<Part> list_parts(const Layout& layout, int parts) {
  std::vector<Part> list;
  for (std::string_view table : tpch::kTables) {
    int count = tpch::grows(table) ? parts : 1;
    for (int number = 1; number <= count; ++number) {
      fs::path path = layout.bronze_table(table);
      if (count > 1) path /= fmt::format("part-{:05}.parquet", number);
      list.push_back({std::string(table), number, count, path});
    }
  }
  return list;
}

/// Runs the generator for one part into a folder of its own and moves the file into place.
void generate_part(const Settings& settings, const Layout& layout, const Part& part, int attempt) {
  fs::path scratch =
      layout.bronze() / "_generating" / fmt::format("{}-{}", part.table, part.number);
  fs::remove_all(scratch);
  fs::create_directories(scratch);
  engines::ProcessOptions options;
  options.arguments = {settings.generator.string(),
                       "parquet",
                       "--scale-factor",
                       fmt::format("{:g}", settings.scale_factor),
                       "--tables",
                       part.table,
                       "--compression",
                       "snappy",
                       "--output-dir",
                       scratch.string(),
                       "--no-progress"};
  if (part.count > 1) {
    options.arguments.insert(options.arguments.end(), {"--parts", std::to_string(part.count),
                                                       "--part", std::to_string(part.number)});
  }
  if (settings.threads > 0) {
    options.arguments.insert(options.arguments.end(),
                             {"--num-threads", std::to_string(settings.threads)});
  }
  options.log = layout.root / "logs" / "tpchgen.log";
  engines::ChildProcess generator(options);
  auto deadline = Clock::now() + std::chrono::duration<double>(settings.timeout_s * attempt);
  while (generator.is_alive()) {
    check_interrupt();
    if (Clock::now() > deadline) {
      throw std::runtime_error(fmt::format("the generator took longer than {} s for {} part {}",
                                           settings.timeout_s * attempt, part.table, part.number));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  if (generator.ending() != "exit code 0") {
    throw std::runtime_error(
        fmt::format("the generator failed ({}): {}", generator.ending(), generator.log_tail()));
  }
  fs::path made = scratch / (part.table + ".parquet");
  if (part.count > 1)
    made = scratch / part.table / fmt::format("{}.{}.parquet", part.table, part.number);
  if (!fs::exists(made)) {
    throw std::runtime_error(fmt::format("the generator did not write {}", made.string()));
  }
  fs::create_directories(part.path.parent_path());
  fs::rename(made, part.path);
  fs::remove_all(scratch);
}

Json describe_table(const Layout& layout, std::string_view table, double seconds) {
  fs::path path = layout.bronze_table(table);
  data::Storage storage = data::measure_storage(path);
  return {{"table", table},
          {"bytes", storage.bytes},
          {"files", storage.files},
          {"sha256", data::checksum(path)},
          {"seconds", seconds}};
}

void write_index(const Settings& settings, const Layout& layout, const Json& result) {
  Json index = Json::object();
  if (fs::exists(layout.generation_index())) {
    index = Json::parse(data::read_file(layout.generation_index()), nullptr, false);
    if (!index.is_object()) index = Json::object();
  }
  index[layout.scale] = {{"scale_factor", settings.scale_factor},
                         {"path", layout.bronze().string()},
                         {"generated_at", utc_now()},
                         {"bytes", result["bytes"]},
                         {"files", result["files"]}};
  data::write_atomically(layout.generation_index(), index.dump(2) + "\n");
}

/// The first table whose files are not what the phase left, in words; empty when all are.
std::string find_damage(const Layout& layout, const Json& result) {
  for (const Json& table : result.value("tables", Json::array())) {
    std::string name = table["table"];
    data::Storage storage = data::measure_storage(layout.bronze_table(name));
    if (storage.bytes != table["bytes"] || storage.files != table["files"]) {
      return fmt::format("{} has {} bytes in {} files, not {} in {}", name, storage.bytes,
                         storage.files, table["bytes"].dump(), table["files"].dump());
    }
  }
  return "";
}

}  // namespace

Json run_bronze(const Settings& settings, const Layout& layout, State& state, Observer& observer,
                Redo redo) {
  int parts = choose_parts(settings);
  if (redo == Redo::kSkipFinished && state.is_completed(kPhase)) {
    Json result = state.phase(kPhase)["result"];
    std::string damage = find_damage(layout, result);
    if (damage.empty()) {
      observer.begin("bronze", 0, "");
      observer.end(fmt::format("{} is there already", layout.scale));
      return result;
    }
    observer.note("bronze is generated again: " + damage);
    fs::remove_all(layout.bronze());
  }
  Json before = state.phase(kPhase);
  bool goes_on = redo == Redo::kSkipFinished && before.is_object() &&
                 before.value("status", "") != "completed" && before.value("parts", 0) == parts;
  if (!goes_on) fs::remove_all(layout.bronze());
  fs::remove_all(layout.bronze() / "_generating");
  if (!goes_on || before.value("status", "") == "failed") state.begin(kPhase, {{"parts", parts}});

  std::vector<Part> list = list_parts(layout, parts);
  observer.begin(fmt::format("bronze {}", layout.scale), static_cast<int64_t>(list.size()),
                 "files");
  auto started = Clock::now();
  Json tables = Json::array();
  try {
    double table_seconds = 0;
    for (size_t i = 0; i < list.size(); ++i) {
      const Part& part = list[i];
      check_interrupt();
      observer.advance(static_cast<int64_t>(i),
                       part.count > 1 ? fmt::format("{} {}/{}", part.table, part.number, part.count)
                                      : part.table);
      auto part_started = Clock::now();
      if (!fs::exists(part.path)) {
        with_retries({settings.retries, settings.backoff_s}, part.table, observer,
                     [&](int attempt) { generate_part(settings, layout, part, attempt); });
      }
      table_seconds += std::chrono::duration<double>(Clock::now() - part_started).count();
      if (part.number == part.count) {
        tables.push_back(describe_table(layout, part.table, table_seconds));
        table_seconds = 0;
      }
    }
  } catch (const Interrupted&) {
    throw;
  } catch (const std::exception& error) {
    state.fail(kPhase, error.what());
    throw;
  }
  fs::remove_all(layout.bronze() / "_generating");
  data::Storage storage = data::measure_storage(layout.bronze());
  Json result = {{"scale_factor", settings.scale_factor},
                 {"seconds", std::chrono::duration<double>(Clock::now() - started).count()},
                 {"parts", parts},
                 {"compression", "snappy"},
                 {"bytes", storage.bytes},
                 {"files", storage.files},
                 {"tables", tables}};
  data::write_atomically(layout.scale_info(), result.dump(2) + "\n");
  data::write_atomically(layout.phase_metrics(kPhase), result.dump(2) + "\n");
  write_index(settings, layout, result);
  state.complete(kPhase, result);
  observer.end(fmt::format("{} files, {:.1f} MB in {:.1f} s", storage.files,
                           static_cast<double>(storage.bytes) / 1e6,
                           result["seconds"].get<double>()));
  return result;
}

}  // namespace grebe::lab::medallion
