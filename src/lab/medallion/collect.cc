// Runs as they were journaled → one result for each engine, format and query.
#include <map>
#include <tuple>

#include "lab/medallion/gold.h"

namespace grebe::lab::medallion {
namespace {

/// "wrong" outweighs "failed", and both outweigh "ok".
int weight(const std::string& status) { return status == "wrong" ? 2 : status == "failed" ? 1 : 0; }

/// The largest peak of memory of the measured runs, null when none was measured.
Json merge_peak(const Json& known, const Json& found) {
  if (!found.is_number()) return known;
  if (!known.is_number()) return found;
  return std::max(known.get<int64_t>(), found.get<int64_t>());
}

}  // namespace

Json collect_results(const Json& runs) {
  std::map<std::tuple<std::string, std::string, std::string>, size_t> index;
  Json results = Json::array();
  for (const Json& run : runs) {
    std::tuple<std::string, std::string, std::string> key(run["engine"], run["format"],
                                                          run["query"]);
    auto [found, is_new] = index.try_emplace(key, results.size());
    if (is_new) {
      results.push_back({{"engine", run["engine"]},
                         {"format", run["format"]},
                         {"query", run["query"]},
                         {"status", "ok"},
                         {"rows", nullptr},
                         {"wall_s", Json::array()},
                         {"cpu_s", Json::array()},
                         {"peak_rss_bytes", nullptr},
                         {"requested_read_bytes", Json::array()},
                         {"requested_write_bytes", Json::array()},
                         {"disk_read_bytes", Json::array()},
                         {"disk_write_bytes", Json::array()}});
    }
    Json& result = results[found->second];
    std::string status = run["status"];
    if (weight(status) > weight(result["status"])) {
      result["status"] = status;
      result["error"] = run.value("error", "");
    }
    if (run.contains("rows") && run["rows"].is_number()) result["rows"] = run["rows"];
    if (run["kind"] != "measured" || status != "ok") continue;
    const Json& usage = run["usage"];
    for (const char* name : {"wall_s", "cpu_s", "requested_read_bytes", "requested_write_bytes",
                             "disk_read_bytes", "disk_write_bytes"}) {
      if (usage[name].is_number()) result[name].push_back(usage[name]);
    }
    result["peak_rss_bytes"] = merge_peak(result["peak_rss_bytes"], usage["peak_rss_bytes"]);
  }
  for (Json& result : results) {
    if (result["status"] == "ok") continue;
    // A time stands only beside an answer that was right each time.
    for (auto& [name, value] : result.items()) {
      if (value.is_array()) value = Json::array();
    }
    result["peak_rss_bytes"] = nullptr;
  }
  return results;
}

}  // namespace grebe::lab::medallion
