// One pass over the characters, which knows what it is inside of.
#include "cli/sql_text.h"

namespace grebe::cli {

namespace {

/// Where the quoted text that begins at `begin` ends (one past its quote, or the end of all).
size_t skip_quoted(std::string_view text, size_t begin) {
  const char quote = text[begin];
  for (size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '\\' && quote != '`') {
      ++i;
    } else if (text[i] == quote) {
      return i + 1;
    }
  }
  return text.size();
}

size_t skip_bracketed_comment(std::string_view text, size_t begin) {
  int depth = 0;
  for (size_t i = begin; i + 1 < text.size(); ++i) {
    if (text[i] == '/' && text[i + 1] == '*') {
      ++depth;
      ++i;
    } else if (text[i] == '*' && text[i + 1] == '/') {
      ++i;
      if (--depth == 0) return i + 1;
    }
  }
  return text.size();
}

/// What one step of the pass went over.
enum class Piece { kBlank, kSemicolon, kWord };

/// The piece that begins at `begin`, and where the next one begins.
std::pair<Piece, size_t> next_piece(std::string_view text, size_t begin) {
  const std::string_view ahead = text.substr(begin, 2);
  const char c = text[begin];
  if (ahead == "--") {
    const size_t end = text.find('\n', begin);
    return {Piece::kBlank, end == std::string_view::npos ? text.size() : end + 1};
  }
  if (ahead == "/*") return {Piece::kBlank, skip_bracketed_comment(text, begin)};
  if (c == '\'' || c == '"' || c == '`') return {Piece::kWord, skip_quoted(text, begin)};
  if (c == ';') return {Piece::kSemicolon, begin + 1};
  const bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
  return {is_blank ? Piece::kBlank : Piece::kWord, begin + 1};
}

}  // namespace

SplitText split_statements(std::string_view text) {
  SplitText split;
  size_t begin = 0;
  bool has_words = false;
  for (size_t i = 0; i < text.size();) {
    const auto [piece, end] = next_piece(text, i);
    if (piece == Piece::kSemicolon) {
      if (has_words) split.statements.emplace_back(text.substr(begin, i - begin));
      begin = end;
      has_words = false;
    } else if (piece == Piece::kWord) {
      has_words = true;
    }
    i = end;
  }
  split.rest = text.substr(begin);
  return split;
}

bool is_blank_sql(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const auto [piece, end] = next_piece(text, i);
    if (piece != Piece::kBlank) return false;
    i = end;
  }
  return true;
}

}  // namespace grebe::cli
