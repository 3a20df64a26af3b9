// Two metrics files → each query's change, and whether it is beyond noise.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace grebe::lab::report {

/// {base, changed, measure, rows: [{engine, format, query, base_s, changed_s, ratio, low, high, p,
/// verdict}], totals: [{engine, format, ratio, low, high, verdict}]}. Wall time is compared.
/// Verdicts: "faster", "slower", "noise", "too few runs", "only in base", "only in changed",
/// "not ok". A difference is beyond noise when the bootstrap interval of the ratio of the medians
/// leaves 1 out and the Mann-Whitney test gives p < 0.05.
nlohmann::ordered_json compare_runs(const nlohmann::ordered_json& base,
                                    const nlohmann::ordered_json& changed);

/// The comparison as text for a terminal.
std::string render_comparison(const nlohmann::ordered_json& comparison);

}  // namespace grebe::lab::report
