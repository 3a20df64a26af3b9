// Origin → query context, caret blocks (Spark: SQLQueryContext.summary, ParseException.getMessage).
#include "core/query_context.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "core/utf8.h"

namespace grebe::core {
namespace {

/// Spark counts characters; our spans count bytes. Bad bytes count as one character each.
std::u32string decode(std::string_view text) {
  std::u32string out;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = lead;
    if (length > 1 && lead >= 0xC0 && i + length <= text.size()) {
      code = lead & (0xFF >> (length + 1));
      for (size_t j = 1; j < length; ++j) {
        code = (code << 6) | (static_cast<unsigned char>(text[i + j]) & 0x3F);
      }
      i += length;
    } else {
      ++i;
    }
    out.push_back(code);
  }
  return out;
}

std::string encode(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

/// The part of a text that Spark shows: it counts characters, but cuts the text by Java's, of which
/// those beyond the first 65,536 are two. A character cut in half becomes a question mark.
std::string cut_as_java(const std::u32string& text, size_t start, size_t stop) {
  std::u32string halves;
  for (const char32_t c : text) {
    halves.push_back(c);
    if (c > 0xFFFF) halves.push_back(0);
  }
  std::u32string cut = halves.substr(start, stop - start);
  if (!cut.empty() && cut.front() == 0) cut.front() = U'?';
  if (!cut.empty() && cut.back() > 0xFFFF) cut.back() = U'?';
  std::erase(cut, U'\0');
  return encode(cut);
}

/// Splits as Java's String.split does: trailing empty lines are dropped.
template <typename String>
std::vector<String> split_lines(const String& text) {
  std::vector<String> lines;
  size_t begin = 0;
  for (;;) {
    const size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end == String::npos ? String::npos : end - begin));
    if (end == String::npos) break;
    begin = end + 1;
  }
  while (lines.size() > 1 && lines.back().empty()) lines.pop_back();
  return lines;
}

bool is_valid(const Origin& origin) {
  return origin.has_text() && origin.start >= 0 && origin.start < origin.stop &&
         origin.stop <= static_cast<int32_t>(origin.text->size());
}

}  // namespace

std::optional<QueryContext> query_context(const Origin& origin) {
  if (!is_valid(origin)) return std::nullopt;
  const std::string_view text = *origin.text;
  const auto before = static_cast<int32_t>(decode(text.substr(0, origin.start)).size());
  const std::string_view fragment = text.substr(origin.start, origin.stop - origin.start);
  const auto length = static_cast<int32_t>(decode(fragment).size());
  const bool has_pairs = std::any_of(text.begin(), text.begin() + origin.stop,
                                     [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
  const auto first = static_cast<size_t>(before);
  return QueryContext{
      .object_type = origin.object_type,
      .object_name = origin.object_name,
      .start_index = before,
      .stop_index = before + length - 1,
      .fragment = has_pairs ? cut_as_java(decode(text), first, first + static_cast<size_t>(length))
                            : std::string(fragment),
      .line = origin.line,
      .column = origin.column};
}

std::string query_context_summary(const Origin& origin) {
  const auto context = query_context(origin);
  if (!context) return {};
  constexpr int64_t kMaxExtra = 32;  // characters shown before and after the fragment
  const std::u32string text = decode(*origin.text);
  const int64_t start = context->start_index;
  const int64_t stop = context->stop_index;

  int64_t line_start = start;
  while (line_start >= 0 && start - line_start <= kMaxExtra && text[line_start] != U'\n') {
    --line_start;
  }
  const bool cut_before = start - line_start > kMaxExtra;
  int64_t line_stop = stop;
  while (line_stop < static_cast<int64_t>(text.size()) && line_stop - stop <= kMaxExtra &&
         text[line_stop] != U'\n') {
    ++line_stop;
  }
  const bool cut_after = line_stop - stop > kMaxExtra;

  std::u32string shown = cut_before ? U"..." : U"";
  shown += text.substr(line_start + 1, std::max<int64_t>(0, line_stop - line_start - 1));
  if (cut_after) shown += U"...";

  std::string out = "== SQL";
  if (!origin.object_type.empty()) out += " of " + origin.object_type + " " + origin.object_name;
  if (origin.line > 0) {
    out += "(line " + std::to_string(origin.line) + ", position " +
           std::to_string(origin.column + 1) + ")";
  }
  out += " ==\n";
  int64_t position = line_start - (cut_before ? 3 : 0);
  for (const auto& line : split_lines(shown)) {
    out += encode(line) + "\n";
    ++position;
    for (size_t i = 0; i < line.size(); ++i, ++position) {
      if (position < start) {
        out += ' ';
      } else if (position <= stop) {
        out += '^';
      }
    }
    out += '\n';
  }
  return out;
}

std::string parse_error_block(const Origin& origin) {
  if (!origin.has_text()) return {};
  if (origin.line <= 0) return "\n== SQL ==\n" + *origin.text;
  std::string out = "(line " + std::to_string(origin.line) + ", pos " +
                    std::to_string(origin.column) + ")\n\n== SQL ==\n";
  const auto lines = split_lines(*origin.text);
  for (size_t i = 0; i < lines.size(); ++i) {
    out += lines[i] + "\n";
    if (static_cast<int32_t>(i) + 1 == origin.line) {
      out += std::string(std::max(0, origin.column), '-') + "^^^\n";
    }
  }
  return out;
}

}  // namespace grebe::core
