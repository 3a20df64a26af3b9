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
  /// Where it lies when its table is complete.
  fs::path path;
  /// Where the generator leaves it, under its name only when it is whole.
  fs::path made;
};

/// About 10 units of scale a file keeps a part of lineitem near 2.5 GB.
int choose_parts(const Settings& settings) {
  if (settings.parts > 0) return settings.parts;
  return std::max(1, static_cast<int>(std::ceil(settings.scale_factor / 10)));
}

fs::path scratch_folder(const Layout& layout) { return layout.bronze() / "_generating"; }

std::vector<Part> list_parts(const Layout& layout, int parts) {
  std::vector<Part> list;
  for (std::string_view table : tpch::kTables) {
    int count = tpch::grows(table) ? parts : 1;
    for (int number = 1; number <= count; ++number) {
      fs::path path = layout.bronze_table(table);
      if (count > 1) path /= fmt::format("part-{:05}.parquet", number);
      fs::path made = scratch_folder(layout);
      made /= parts > 1 ? fs::path(table) / fmt::format("{}.{}.parquet", table, number)
                        : fs::path(fmt::format("{}.parquet", table));
      list.push_back({std::string(table), number, path, made});
    }
  }
  return list;
}

/// What of bronze is there, and when it came.
struct Harvest {
  /// Parts that are whole.
  int64_t parts = 0;
  /// Tables that lack a part.
  std::vector<std::string> missing;
};

/// Looks at what the generator has made and moves the tables that have all their parts.
Harvest harvest(const std::vector<Part>& list) {
  Harvest found;
  for (size_t begin = 0, end = 0; begin < list.size(); begin = end) {
    while (end < list.size() && list[end].table == list[begin].table) ++end;
    auto first = list.begin() + static_cast<std::ptrdiff_t>(begin);
    auto last = list.begin() + static_cast<std::ptrdiff_t>(end);
    auto whole = std::count_if(first, last, [](const Part& part) {
      return fs::exists(part.path) || fs::exists(part.made);
    });
    found.parts += whole;
    if (whole < last - first) {
      found.missing.push_back(first->table);
      continue;
    }
    std::for_each(first, last, [](const Part& part) {
      if (fs::exists(part.path)) return;
      fs::create_directories(part.path.parent_path());
      fs::rename(part.made, part.path);
    });
  }
  return found;
}

std::string join(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : ",") + text;
  return joined;
}

/// Runs one generator for all tables that lack a part; it works on several parts at a time and
/// leaves alone what is there. Gives up when for too long no part is finished.
void generate_missing(const Settings& settings, const Layout& layout, int parts,
                      const std::vector<Part>& list, Observer& observer, int attempt) {
  Harvest found = harvest(list);
  if (found.missing.empty()) return;
  fs::create_directories(scratch_folder(layout));
  engines::ProcessOptions options;
  options.arguments = {settings.generator.string(),
                       "parquet",
                       "--scale-factor",
                       fmt::format("{:g}", settings.scale_factor),
                       "--tables",
                       join(found.missing),
                       "--compression",
                       "snappy",
                       "--output-dir",
                       scratch_folder(layout).string(),
                       "--no-progress"};
  if (parts > 1) {
    options.arguments.insert(options.arguments.end(), {"--parts", std::to_string(parts)});
  }
  if (settings.threads > 0) {
    options.arguments.insert(options.arguments.end(),
                             {"--num-threads", std::to_string(settings.threads)});
  }
  options.log = layout.root / "logs" / "tpchgen.log";
  engines::ChildProcess generator(options);
  auto patience = std::chrono::duration<double>(settings.timeout_s * attempt);
  auto deadline = Clock::now() + patience;
  while (generator.is_alive()) {
    check_interrupt();
    Harvest now = harvest(list);
    if (now.parts > found.parts) deadline = Clock::now() + patience;
    found = now;
    observer.advance(found.parts, found.missing.empty() ? "" : found.missing.back());
    if (Clock::now() > deadline) {
      throw std::runtime_error(fmt::format("the generator finished no part of {} in {} s",
                                           join(found.missing), patience.count()));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  if (generator.ending() != "exit code 0") {
    throw std::runtime_error(
        fmt::format("the generator failed ({}): {}", generator.ending(), generator.log_tail()));
  }
  found = harvest(list);
  if (!found.missing.empty()) {
    throw std::runtime_error("the generator did not write all of " + join(found.missing));
  }
}

Json describe_table(const Layout& layout, std::string_view table) {
  fs::path path = layout.bronze_table(table);
  data::Storage storage = data::measure_storage(path);
  return {{"table", table},
          {"bytes", storage.bytes},
          {"files", storage.files},
          {"sha256", data::checksum(path)}};
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
  if (!goes_on || before.value("status", "") == "failed") state.begin(kPhase, {{"parts", parts}});

  std::vector<Part> list = list_parts(layout, parts);
  observer.begin(fmt::format("bronze {}", layout.scale), static_cast<int64_t>(list.size()),
                 "files");
  auto started = Clock::now();
  Json tables = Json::array();
  try {
    with_retries(
        {settings.retries, settings.backoff_s}, "bronze " + layout.scale, observer,
        [&](int attempt) { generate_missing(settings, layout, parts, list, observer, attempt); });
    fs::remove_all(scratch_folder(layout));
    for (std::string_view table : tpch::kTables) {
      check_interrupt();
      observer.advance(static_cast<int64_t>(list.size()), fmt::format("checksum of {}", table));
      tables.push_back(describe_table(layout, table));
    }
  } catch (const Interrupted&) {
    throw;
  } catch (const std::exception& error) {
    state.fail(kPhase, error.what());
    throw;
  }
  data::Storage storage = data::measure_storage(layout.bronze());
  auto version = engines::read_command({settings.generator.string(), "--version"});
  Json result = {{"scale_factor", settings.scale_factor},
                 {"generator", version ? Json(*version) : Json()},
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

std::string bronze_checksum(const Layout& layout, const State& state) {
  if (!state.is_completed(kPhase)) {
    throw std::runtime_error(
        fmt::format("bronze of {} is not complete in {}; run `grebe bench generate` first",
                    layout.scale, layout.root.string()));
  }
  std::string sums;
  for (const Json& table : state.phase(kPhase)["result"]["tables"]) {
    sums += table["sha256"].get<std::string>();
  }
  return data::checksum_text(sums);
}

}  // namespace grebe::lab::medallion
