// SQL text → tokens with their places; comments and white space are dropped.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "parse/sql/keyword.h"

namespace grebe::parse::sql {

/// One token. `start` and `stop` are byte offsets, `stop` exclusive; `line` is 1-based and
/// `column` 0-based in code points, as in Spark's messages.
struct Token {
  TokenKind kind = TokenKind::kEndOfInput;
  int32_t start = 0;
  int32_t stop = 0;
  int32_t line = 1;
  int32_t column = 0;
};

/// The tokens of a text, ended by one kEndOfInput token.
struct TokenStream {
  std::vector<Token> tokens;
  /// Where a bracketed comment starts that is never closed; -1 when there is none.
  int32_t unclosed_comment = -1;
};

/// Cuts `text` by the rules of Spark 3.5's SqlBaseLexer. Never fails: what it does not know
/// becomes a kUnrecognized token of one character.
TokenStream tokenize(std::string_view text);

}  // namespace grebe::parse::sql
