// A summary → Markdown, and metrics → a table for a terminal.
#include <fmt/format.h>

#include <map>
#include <vector>

#include "lab/report/render.h"

namespace grebe::lab::report {
namespace {

std::string text_or(const Json& value, const std::string& fallback) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_null() ? fallback : value.dump();
}

/// Milliseconds with three figures.
std::string milliseconds(const Json& seconds) {
  if (!seconds.is_number()) return "–";
  double value = seconds.get<double>() * 1e3;
  return value < 10    ? fmt::format("{:.2f}", value)
         : value < 100 ? fmt::format("{:.1f}", value)
                       : fmt::format("{:.0f}", value);
}

std::string megabytes(const Json& bytes) {
  return bytes.is_number() ? fmt::format("{:.1f}", bytes.get<double>() / 1e6) : "–";
}

const Json* find_cell(const Json& cells, const Json& engine, const Json& format,
                      const Json& query) {
  for (const Json& cell : cells) {
    if (cell["engine"] == engine && cell["format"] == format && cell["query"] == query)
      return &cell;
  }
  return nullptr;
}

std::string query_table(const Json& summary, const Json& format) {
  std::string head = "| query |";
  std::string rule = "|---|";
  Json engines = Json::array();
  for (const Json& total : summary["totals"]) {
    if (total["format"] != format) continue;
    engines.push_back(total["engine"]);
    std::string name = total["engine"];
    head += fmt::format(" {} ms | {} CPU ms |", name, name);
    rule += "---:|---:|";
  }
  std::string text = fmt::format("\n### {}\n\n{}\n{}\n", format.get<std::string>(), head, rule);
  for (const Json& query : summary["queries"]) {
    text += fmt::format("| {} |", query.get<std::string>());
    for (const Json& engine : engines) {
      const Json* cell = find_cell(summary["cells"], engine, format, query);
      if (cell == nullptr) {
        text += " – | – |";
      } else if ((*cell)["status"] != "ok") {
        text += fmt::format(" **{}** | |", (*cell)["status"].get<std::string>());
      } else {
        const Json& wall = (*cell)["wall"];
        const Json& cpu = (*cell)["cpu"];
        text += fmt::format(" {} ({}–{}) | {} |", milliseconds(wall["median"]),
                            milliseconds(wall["low"]), milliseconds(wall["high"]),
                            cpu.is_object() ? milliseconds(cpu["median"]) : "–");
      }
    }
    text += "\n";
  }
  return text;
}

/// "33.7 (31.2–35.0)": the geometric mean in milliseconds with its interval.
std::string mean(const Json& total, const std::string& measure) {
  std::string text = milliseconds(total[measure + "_geomean_s"]);
  if (!total[measure + "_geomean_low_s"].is_number()) return text;
  return fmt::format("{} ({}–{})", text, milliseconds(total[measure + "_geomean_low_s"]),
                     milliseconds(total[measure + "_geomean_high_s"]));
}

/// Megabytes and files of each table in each format.
std::string storage_by_table(const Json& storage) {
  std::string text = "\n| table |";
  std::string rule = "|---|";
  std::map<std::string, std::string> rows;
  std::vector<std::string> order;
  for (const Json& format : storage) {
    std::string name = format["format"];
    text += fmt::format(" {} MB | files |", name);
    rule += "---:|---:|";
    for (const Json& table : format["tables"]) {
      auto [row, is_new] = rows.try_emplace(table["table"], "");
      if (is_new) order.push_back(row->first);
      row->second +=
          fmt::format(" {:.3f} | {} |", table["bytes"].get<double>() / 1e6, table["files"].dump());
    }
  }
  text += "\n" + rule + "\n";
  for (const std::string& name : order) text += fmt::format("| {} |{}\n", name, rows[name]);
  return text;
}

std::string join_values(const Json& values) {
  std::string joined;
  for (const auto& [key, value] : values.items()) {
    joined += joined.empty() ? "" : ", ";
    joined += (values.is_object() ? key + " " : "") + text_or(value, "");
  }
  return joined;
}

/// What was run, on what data.
std::string context_lines(const Json& context) {
  std::string text = "\n";
  for (const Json& engine : context.value("engines", Json::array())) {
    std::string facts;
    for (const auto& [key, value] : engine.items()) {
      if (key == "name" || key == "kind" || value.is_null()) continue;
      facts += fmt::format("{}{} {}", facts.empty() ? "" : ", ", key, text_or(value, ""));
    }
    text += fmt::format("- engine {}: {}\n", engine["name"].get<std::string>(), facts);
  }
  text += "- settings:";
  for (const auto& [key, value] : context["settings"].items()) {
    const bool is_blank = value.is_string() && value.get_ref<const std::string&>().empty();
    if (value == 0 || is_blank) continue;
    std::string shown = value.is_structured() ? join_values(value) : text_or(value, "");
    text += fmt::format("{} {} {}", text.back() == ':' ? "" : ";", key, shown);
  }
  const Json bronze = context.value("bronze", Json());
  if (bronze.is_object()) {
    text += fmt::format("\n- data: {}, {} MB in {} files, made in {:.1f} s\n",
                        text_or(bronze.value("generator", Json()), "generated"),
                        megabytes(bronze["bytes"]), bronze["files"].dump(),
                        bronze["seconds"].get<double>());
  }
  return text;
}

std::string load_tables(const Json& summary) {
  std::string text =
      "\n## Load\n\n| format | engine | status | s | CPU s | CPU ÷ COPY | MB | files "
      "|\n|---|---|---|---:|---:|---:|---:|---:|\n";
  for (const Json& load : summary["load"]) {
    text += fmt::format(
        "| {} | {} | {} | {} | {} | {} | {} | {} |\n", load["format"].get<std::string>(),
        load.value("loader", "–"), load["status"].get<std::string>(),
        load.contains("wall_s") ? fmt::format("{:.2f}", load["wall_s"].get<double>()) : "–",
        load.contains("cpu_s") ? fmt::format("{:.2f}", load["cpu_s"].get<double>()) : "–",
        load["cpu_ratio_to_copy"].is_number()
            ? fmt::format("{:.2f}", load["cpu_ratio_to_copy"].get<double>())
            : "–",
        megabytes(load.value("bytes", Json())), load.value("files", Json()).dump());
  }
  text += "\n## Storage\n\n| format | MB | files | ÷ bronze |\n|---|---:|---:|---:|\n";
  for (const Json& format : summary["storage"]) {
    const Json& ratio = format["ratio_to_bronze"];
    text += fmt::format("| {} | {} | {} | {} |\n", format["format"].get<std::string>(),
                        megabytes(format["bytes"]), format["files"].get<int64_t>(),
                        ratio.is_number() ? fmt::format("{:.3f}", ratio.get<double>()) : "–");
  }
  return text + storage_by_table(summary["storage"]);
}

/// Lines like "grebe on parquet: 1.12 times DuckDB's CPU over 22 queries, at most 1.60 (q01)".
std::vector<std::string> ratio_lines(const Json& summary) {
  std::vector<std::string> lines;
  for (const Json& ratio : summary["ratios"]) {
    lines.push_back(fmt::format(
        "{} on {}: {:.2f} × DuckDB's CPU over {} queries, at most {:.2f} × ({})",
        ratio["engine"].get<std::string>(), ratio["format"].get<std::string>(),
        ratio["cpu_ratio"].get<double>(), ratio["queries"].dump(),
        ratio["slowest_ratio"].get<double>(), ratio["slowest_query"].get<std::string>()));
  }
  return lines;
}

std::string join(const Json& texts) {
  std::string joined;
  for (const Json& text : texts) joined += (joined.empty() ? "" : " ") + text.get<std::string>();
  return joined;
}

std::string one_line(std::string text) {
  for (char& c : text) c = c == '\n' || c == '|' ? ' ' : c;
  return text.size() > 300 ? text.substr(0, 300) + "…" : text;
}

}  // namespace

std::string render_markdown(const Json& summary) {
  const Json& context = summary["context"];
  const Json& machine = context["machine"];
  std::string text = fmt::format(
      "# {}\n\nTPC-H SF {}, {}, status **{}**\n\n"
      "Grebe {} commit {}{}, {} cores of {}, {} of memory, {}\n",
      summary["benchmark_id"].get<std::string>(), context["settings"]["scale_factor"].dump(),
      summary["timestamp"].get<std::string>(), summary["status"].get<std::string>(),
      text_or(context["grebe"]["version"], "?"),
      text_or(context["grebe"]["commit"], "unknown").substr(0, 12),
      context["grebe"]["is_dirty"] == true ? " with changes" : "", machine["cores"].dump(),
      text_or(machine["cpu"], "an unknown processor"),
      fmt::format("{:.1f} GiB", machine["memory_bytes"].get<double>() / (1 << 30)),
      text_or(machine["os"], "unknown system"));
  text += context_lines(context);
  text +=
      "\n## Engines\n\n| engine | format | right | wrong | failed | geomean ms | geomean CPU ms | "
      "sum CPU s | peak MB |\n|---|---|---:|---:|---:|---:|---:|---:|---:|\n";
  for (const Json& total : summary["totals"]) {
    text += fmt::format(
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", total["engine"].get<std::string>(),
        total["format"].get<std::string>(), total["ok"].dump(), total["wrong"].dump(),
        total["failed"].dump(), mean(total, "wall"), mean(total, "cpu"),
        total["cpu_sum_s"].is_number() ? fmt::format("{:.2f}", total["cpu_sum_s"].get<double>())
                                       : "–",
        megabytes(total["peak_rss_bytes"]));
  }
  for (const std::string& line : ratio_lines(summary)) text += "\n- " + line;
  text += "\n";
  if (!summary["problems"].empty()) {
    text +=
        "\n## Wrong or failed\n\n| engine | format | query | status | what "
        "|\n|---|---|---|---|---|\n";
    for (const Json& problem : summary["problems"]) {
      text += fmt::format("| {} | {} | {} | **{}** | {} |\n", problem["engine"].get<std::string>(),
                          problem["format"].get<std::string>(), join(problem["queries"]),
                          problem["status"].get<std::string>(), one_line(problem["error"]));
    }
  }
  text +=
      "\n## Queries\n\nMedian of wall time with its interval, and of CPU time, in milliseconds.\n";
  for (const Json& format : summary["formats"]) text += query_table(summary, format);
  return text + load_tables(summary);
}

std::string render_terminal(const Json& metrics) {
  Json summary = summarize_metrics(metrics);
  std::string text =
      fmt::format("{:<10} {:<8} {:>5} {:>5} {:>6} {:>12} {:>12} {:>10} {:>9}\n", "engine", "format",
                  "ok", "wrong", "failed", "geomean ms", "CPU geomean", "CPU sum s", "peak MB");
  for (const Json& total : summary["totals"]) {
    text += fmt::format("{:<10} {:<8} {:>5} {:>5} {:>6} {:>12} {:>12} {:>10} {:>9}\n",
                        total["engine"].get<std::string>(), total["format"].get<std::string>(),
                        total["ok"].dump(), total["wrong"].dump(), total["failed"].dump(),
                        milliseconds(total["wall_geomean_s"]), milliseconds(total["cpu_geomean_s"]),
                        total["cpu_sum_s"].is_number()
                            ? fmt::format("{:.2f}", total["cpu_sum_s"].get<double>())
                            : "–",
                        megabytes(total["peak_rss_bytes"]));
  }
  for (const std::string& line : ratio_lines(summary)) text += line + "\n";
  for (const Json& problem : summary["problems"]) {
    text += fmt::format("{} {} {} {}: {}\n", problem["status"].get<std::string>(),
                        problem["engine"].get<std::string>(), problem["format"].get<std::string>(),
                        join(problem["queries"]), one_line(problem["error"]));
  }
  return text + metrics["benchmark_id"].get<std::string>() + ": " +
         metrics["status"].get<std::string>() + "\n";
}

}  // namespace grebe::lab::report
