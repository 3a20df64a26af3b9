// Typed or piped text → the statements in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grebe::cli {

/// Text cut at the semicolons that end statements: those outside of quotes, back-quotes and
/// comments.
struct SplitText {
  /// Without their semicolons; those of blanks and comments alone are left out.
  std::vector<std::string> statements;
  /// What follows the last semicolon; an unfinished statement in a prompt, the last one in a file.
  std::string rest;
};

/// Bracketed comments nest, as Spark's do. A backslash escapes inside '…' and "…".
SplitText split_statements(std::string_view text);

/// Whether text holds nothing but blanks and comments.
bool is_blank_sql(std::string_view text);

}  // namespace grebe::cli
