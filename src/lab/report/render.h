// A metrics file → report files for people, made from its JSON alone.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace grebe::lab::report {

using Json = nlohmann::ordered_json;

/// Finds a metrics document by benchmark id or path; an empty name is the newest one.
/// Throws std::invalid_argument that says where was looked.
Json read_metrics(const std::filesystem::path& folder, const std::string& name);

/// Medians, intervals, geometric means, storage against bronze, and what went wrong:
/// {engines, formats, queries, cells, totals, load, storage, problems, …}.
Json summarize_metrics(const Json& metrics);

/// A summary as one HTML page without links to anything.
std::string render_html(const Json& summary);
std::string render_markdown(const Json& summary);
/// The metrics as a table of medians for a terminal.
std::string render_terminal(const Json& metrics);

/// Where a report was written.
struct ReportFiles {
  std::filesystem::path html;
  std::filesystem::path markdown;
  std::filesystem::path json;
};

/// Writes <id>.html, .md and .json, and comparison_report.html as the newest page.
ReportFiles write_report(const Json& metrics, const std::filesystem::path& folder);

}  // namespace grebe::lab::report
