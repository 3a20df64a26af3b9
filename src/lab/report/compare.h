// Two metrics files → each query's change, and whether it is beyond noise.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace grebe::lab::report {

/// What is compared; CPU time is the steadier of the two on a busy machine.
enum class Measure { kWall, kCpu };

/// {base, changed, measure, context_differences: [{what, base, changed}], verdicts: {verdict:
/// count}, rows: [{engine, format, query, base_s, changed_s, ratio, low, high, p, verdict}],
/// totals: [{engine, format, ratio, low, high, verdict}]}.
/// Verdicts: "faster", "slower", "noise", "too few runs", "only in base", "only in changed",
/// "not ok", "drift". A difference is beyond noise when the bootstrap interval of the ratio of the
/// medians leaves 1 out and the Mann-Whitney test gives p < 0.05. Where both runs had the same
/// native DuckDB, it also has to leave out how far that one moved: the rest is the machine's drift.
nlohmann::ordered_json compare_runs(const nlohmann::ordered_json& base,
                                    const nlohmann::ordered_json& changed,
                                    Measure measure = Measure::kWall);

/// The comparison as text for a terminal.
std::string render_comparison(const nlohmann::ordered_json& comparison);

}  // namespace grebe::lab::report
