// Rows → the table that df.show() prints, the vertical form, or the HTML form; as
// Dataset.showString.
#include <algorithm>

#include "core/escape_text.h"
#include "pipeline/statement.h"
#include "types/value_text.h"

namespace grebe::pipeline {
namespace {

/// Code points of UTF-8 text; East Asian wide ones count twice, as in Spark's `stringHalfWidth`.
int32_t next_code_point(const std::string& text, size_t& i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  const size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
  int32_t code = length == 1 ? byte : byte & (0xFF >> (length + 1));
  for (size_t k = 1; k < length && i + k < text.size(); ++k) {
    code = (code << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3F);
  }
  i += length;
  return code;
}

bool is_full_width(int32_t code) {
  return (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
         (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0xFE30 && code <= 0xFE4F) || (code >= 0xFF00 && code <= 0xFF60) ||
         (code >= 0xFFE0 && code <= 0xFFE6);
}

/// Java's String.length: UTF-16 units.
size_t java_length(const std::string& text) {
  size_t units = 0;
  for (size_t i = 0; i < text.size();) units += next_code_point(text, i) > 0xFFFF ? 2 : 1;
  return units;
}

size_t half_width(const std::string& text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size();) {
    const auto code = next_code_point(text, i);
    width += is_full_width(code) ? 2 : code > 0xFFFF ? 2 : 1;
  }
  return width;
}

/// The first `units` UTF-16 units.
std::string java_prefix(const std::string& text, size_t units) {
  size_t seen = 0;
  size_t i = 0;
  while (i < text.size()) {
    size_t next = i;
    seen += next_code_point(text, next) > 0xFFFF ? 2 : 1;
    if (seen > units) break;
    i = next;
  }
  return text.substr(0, i);
}

std::string truncate(const std::string& text, int32_t limit) {
  if (limit <= 0 || java_length(text) <= static_cast<size_t>(limit)) return text;
  if (limit < 4) return java_prefix(text, static_cast<size_t>(limit));
  return java_prefix(text, static_cast<size_t>(limit) - 3) + "...";
}

std::string pad_left(const std::string& text, size_t width) {
  const auto have = half_width(text);
  return (have < width ? std::string(width - have, ' ') : "") + text;
}

std::string pad_right(const std::string& text, size_t width) {
  const auto have = half_width(text);
  return text + (have < width ? std::string(width - have, ' ') : "");
}

std::string escape_html(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

using Cells = std::vector<std::vector<std::string>>;

std::string horizontal(const Cells& table, int32_t truncated) {
  const size_t columns = table.front().size();
  std::vector<size_t> widths(columns, 3);
  for (const auto& row : table) {
    for (size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], half_width(row[i]));
  }
  std::string rule = "+";
  for (const auto width : widths) rule += std::string(width, '-') + "+";
  rule += "\n";
  std::string out = columns == 0 ? "++\n" : rule;
  if (columns == 0) rule = "++\n";
  for (size_t r = 0; r < table.size(); ++r) {
    out += "|";
    for (size_t i = 0; i < columns; ++i) {
      out +=
          (truncated > 0 ? pad_left(table[r][i], widths[i]) : pad_right(table[r][i], widths[i])) +
          "|";
    }
    if (columns == 0) out += "|";
    out += "\n";
    if (r == 0) out += rule;
  }
  return out + rule;
}

std::string vertical(const Cells& table) {
  const auto& header = table.front();
  size_t name_width = 3;
  for (const auto& name : header) name_width = std::max(name_width, half_width(name));
  size_t value_width = 3;
  for (size_t r = 1; r < table.size(); ++r) {
    for (const auto& cell : table[r]) value_width = std::max(value_width, half_width(cell));
  }
  std::string out;
  for (size_t r = 1; r < table.size(); ++r) {
    std::string title = "-RECORD " + std::to_string(r - 1);
    const size_t total = name_width + value_width + 5;
    if (title.size() < total) title += std::string(total - title.size(), '-');
    out += title + "\n";
    for (size_t i = 0; i < header.size(); ++i) {
      out += " " + pad_right(header[i], name_width) + " | " + pad_right(table[r][i], value_width) +
             " \n";
    }
  }
  return out;
}

}  // namespace

std::string show_text(const resolved::ShowRows& node, const types::Schema& schema,
                      const std::vector<engine::Row>& rows, const std::string& time_zone) {
  const types::TextOptions options{.time_zone = time_zone, .style = types::TextStyle::kPretty};
  const size_t wanted = static_cast<size_t>(std::max(node.rows, 0));
  const bool more = rows.size() > wanted;
  Cells table;
  std::vector<std::string> header;
  for (const auto& column : schema) {
    // Only cells are cut, names never.
    header.push_back(node.html ? column.name : core::escape_meta_characters(column.name));
  }
  table.push_back(std::move(header));
  for (size_t r = 0; r < rows.size() && r < wanted; ++r) {
    std::vector<std::string> cells;
    for (size_t i = 0; i < schema.size(); ++i) {
      auto text = types::value_text(rows[r][i], schema[i].type, options);
      if (!node.html) text = core::escape_meta_characters(text);
      cells.push_back(truncate(text, node.truncate));
    }
    table.push_back(std::move(cells));
  }
  const std::string plural = wanted == 1 ? "row" : "rows";
  if (node.html) {
    std::string out = "<table border='1'>\n<tr>";
    for (size_t i = 0; i < table.front().size(); ++i) {
      out += (i == 0 ? "<th>" : "</th><th>") + escape_html(table.front()[i]);
    }
    out += "</th></tr>\n";
    for (size_t r = 1; r < table.size(); ++r) {
      out += "<tr>";
      for (size_t i = 0; i < table[r].size(); ++i) {
        out += (i == 0 ? "<td>" : "</td><td>") + escape_html(table[r][i]);
      }
      out += "</td></tr>\n";
    }
    out += "</table>\n";
    if (more) out += "only showing top " + std::to_string(wanted) + " " + plural + "\n";
    return out;
  }
  if (!node.vertical) {
    auto out = horizontal(table, node.truncate);
    return out + (more ? "only showing top " + std::to_string(wanted) + " " + plural + "\n" : "");
  }
  if (table.size() == 1) return "(0 rows)\n";
  auto out = vertical(table);
  return out + (more ? "only showing top " + std::to_string(wanted) + " " + plural + "\n" : "");
}

}  // namespace grebe::pipeline
