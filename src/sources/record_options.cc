// CSV and JSON reader options (Spark: CSVOptions, JSONOptions).
#include "sources/record_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/spark_error.h"

namespace grebe::sources {
namespace {

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), ::tolower);
  return text;
}

std::string path_list(const std::vector<std::string>& paths) {
  std::string out;
  for (const auto& path : paths) {
    out += (out.empty() ? "" : ", ") + engine::quote_duckdb_string(path);
  }
  return "[" + out + "]";
}

/// `\t` and the like, as CSVExprUtils.toDelimiterStr reads them.
std::string separator_of(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char next = text[++i];
    out += next == 't' ? '\t' : next == 'n' ? '\n' : next == 'r' ? '\r' : next == '0' ? '\0' : next;
  }
  return out;
}

char character_of(const Options& options, const std::string& key, char otherwise) {
  const auto found = options.find(key);
  if (found == options.end()) return otherwise;
  if (found->second.empty() || found->second == "\\0" || found->second == "\\u0000") return '\0';
  if (found->second.size() > 1) {
    throw core::plain_error(core::ErrorClass::kRuntime, key + " cannot be more than one character");
  }
  return found->second[0];
}

}  // namespace

std::string option_or(const Options& options, const std::string& key,
                      const std::string& otherwise) {
  const auto found = options.find(key);
  return found == options.end() ? otherwise : found->second;
}

bool option_is_on(const Options& options, const std::string& key, bool otherwise) {
  const auto found = options.find(key);
  return found == options.end() ? otherwise : lower_case(found->second) == "true";
}

native::CsvDialect csv_dialect(const Options& options) {
  native::CsvDialect dialect;
  dialect.separator = separator_of(option_or(options, "sep", option_or(options, "delimiter", ",")));
  if (dialect.separator.empty()) {
    throw core::plain_error(core::ErrorClass::kIllegalArgument, "Delimiter cannot be empty string");
  }
  dialect.quote = character_of(options, "quote", '"');
  dialect.escape = character_of(options, "escape", '\\');
  dialect.escape_of_escape = character_of(options, "chartoescapequoteescaping",
                                          dialect.escape == dialect.quote ? '\0' : dialect.escape);
  dialect.trim_left = option_is_on(options, "ignoreleadingwhitespace", false);
  dialect.trim_right = option_is_on(options, "ignoretrailingwhitespace", false);
  return dialect;
}

native::JsonLeniency json_leniency(const Options& options) {
  return {.single_quotes = option_is_on(options, "allowsinglequotes", true),
          .comments = option_is_on(options, "allowcomments", false),
          .unquoted_names = option_is_on(options, "allowunquotedfieldnames", false),
          .leading_zeros = option_is_on(options, "allownumericleadingzeros", false),
          .non_numeric_numbers = option_is_on(options, "allownonnumericnumbers", true)};
}

std::vector<std::string> read_lines(engine::Connection& connection,
                                    const std::vector<std::string>& paths, int64_t limit) {
  std::vector<std::string> lines;
  if (paths.empty()) return lines;
  const auto rows = connection.rows(
      fmt::format("SELECT l FROM read_csv({}, columns = {{'l': 'VARCHAR'}}, auto_detect = false, "
                  "header = false, delim = chr(1), quote = '', escape = '', strict_mode = false, "
                  "hive_partitioning = false, max_line_size = 67108864) LIMIT {}",
                  path_list(paths), limit),
      limit);
  for (const auto& row : rows) lines.push_back(row[0].value_or(""));
  return lines;
}

std::vector<std::string> read_texts(engine::Connection& connection,
                                    const std::vector<std::string>& paths) {
  std::vector<std::string> texts;
  for (const auto& row :
       connection.rows("SELECT content FROM read_text(" + path_list(paths) + ")")) {
    texts.push_back(row[0].value_or(""));
  }
  return texts;
}

}  // namespace grebe::sources
