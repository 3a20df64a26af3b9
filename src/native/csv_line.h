// One line of a CSV file → its fields, as the parser behind Spark splits it (univocity).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::native {

/// How a file separates and quotes.
struct CsvDialect {
  std::string separator = ",";
  /// '\0': no quoting.
  char quote = '"';
  char escape = '\\';
  /// Escapes the escape character inside quotes; '\0': none.
  char escape_of_escape = '\\';
  bool trim_left = false;
  bool trim_right = false;
};

/// Reads the form that `encode` writes.
CsvDialect decode_dialect(std::string_view text);
std::string encode_dialect(const CsvDialect& dialect);

/// Splits a line. An empty field without quotes is nothing; with quotes it is an empty text.
std::vector<std::optional<std::string>> split_csv_line(std::string_view line,
                                                       const CsvDialect& dialect);

/// Cuts a file's text into records at the line ends outside quotes (multiLine).
std::vector<std::string_view> split_csv_records(std::string_view text, const CsvDialect& dialect);

}  // namespace grebe::native
