// Metrics → report files on disk; names of runs → metrics documents.
#include <fmt/format.h>

#include <stdexcept>

#include "lab/data/files.h"
#include "lab/report/render.h"

namespace grebe::lab::report {
namespace {

namespace fs = std::filesystem;

/// The newest metrics file; ids sort by time.
fs::path find_newest(const fs::path& folder) {
  fs::path newest;
  if (fs::is_directory(folder)) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::string name = entry.path().filename().string();
      bool is_metrics = name.rfind("benchmark_", 0) == 0 && name.ends_with(".json");
      if (is_metrics && (newest.empty() || name > newest.filename().string()))
        newest = entry.path();
    }
  }
  if (newest.empty()) {
    throw std::invalid_argument(
        fmt::format("no benchmark in {}; run `grebe bench run` first", folder.string()));
  }
  return newest;
}

}  // namespace

Json read_metrics(const fs::path& folder, const std::string& name) {
  fs::path file = name.empty() ? find_newest(folder) : folder / (name + ".json");
  if (!name.empty() && fs::is_regular_file(name)) file = name;
  if (!fs::exists(file)) {
    throw std::invalid_argument(
        fmt::format("no benchmark '{}': neither that file nor {} is there", name, file.string()));
  }
  Json metrics = Json::parse(data::read_file(file), nullptr, /*allow_exceptions=*/false);
  if (!metrics.is_object() || metrics.value("schema", "") != "grebe-bench/1") {
    throw std::invalid_argument(
        fmt::format("{} is no metrics file of this program", file.string()));
  }
  return metrics;
}

ReportFiles write_report(const Json& metrics, const fs::path& folder) {
  Json summary = summarize_metrics(metrics);
  std::string id = metrics["benchmark_id"];
  ReportFiles files{folder / (id + ".html"), folder / (id + ".md"), folder / (id + ".json")};
  std::string page = render_html(summary);
  data::write_atomically(files.html, page);
  data::write_atomically(files.markdown, render_markdown(summary));
  data::write_atomically(files.json, summary.dump(2) + "\n");
  data::write_atomically(folder / "comparison_report.html", page);
  return files;
}

}  // namespace grebe::lab::report
