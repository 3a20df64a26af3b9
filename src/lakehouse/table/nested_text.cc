// A small reader of DuckDB's MAP and identifier-path texts; see nested_text.h.
#include "lakehouse/table/nested_text.h"

#include <fmt/format.h>

#include "core/spark_error.h"

namespace grebe::lakehouse {

namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at(char c) const { return position_ < text_.size() && text_[position_] == c; }
  bool at_end() const { return position_ == text_.size(); }
  bool take(std::string_view word) {
    if (text_.substr(position_, word.size()) != word) return false;
    position_ += word.size();
    return true;
  }
  void expect(std::string_view word) {
    if (!take(word)) {
      throw core::internal_error(
          fmt::format("nested text lacks {} at {}: {}", word, position_, text_));
    }
  }

  /// A quoted or bare text, or a nested map as it stands.
  std::optional<std::string> value(std::string_view stops) {
    if (at('\'')) return quoted();
    if (at('{')) return nested();
    const size_t start = position_;
    while (!at_end() && stops.find(text_[position_]) == std::string_view::npos) ++position_;
    const std::string_view bare = text_.substr(start, position_ - start);
    if (bare == "NULL") return std::nullopt;
    return std::string(bare);
  }

 private:
  std::string quoted() {
    std::string text;
    for (++position_; !at_end() && !at('\''); ++position_) {
      if (at('\\')) ++position_;
      if (!at_end()) text += text_[position_];
    }
    expect("'");
    return text;
  }

  std::string nested() {
    const size_t start = position_;
    int depth = 0;
    do {
      if (at_end()) expect("}");
      if (at('\'')) {
        quoted();
        continue;
      }
      if (at('{')) ++depth;
      if (at('}')) --depth;
      ++position_;
    } while (depth > 0);
    return std::string(text_.substr(start, position_ - start));
  }

  std::string_view text_;
  size_t position_ = 0;
};

}  // namespace

std::map<std::string, std::optional<std::string>> parse_map_text(std::string_view text) {
  std::map<std::string, std::optional<std::string>> entries;
  Reader reader(text);
  reader.expect("{");
  while (!reader.take("}")) {
    if (!entries.empty()) reader.expect(", ");
    const std::optional<std::string> key = reader.value("=");
    reader.expect("=");
    entries[key.value_or("")] = reader.value(",}");
  }
  return entries;
}

std::vector<std::string> parse_column_path(std::string_view text) {
  std::vector<std::string> path;
  size_t i = 0;
  while (i < text.size()) {
    std::string name;
    if (text[i] == '"') {
      for (++i; i < text.size(); ++i) {
        if (text[i] == '"') {
          if (i + 1 >= text.size() || text[i + 1] != '"') break;
          ++i;
        }
        name += text[i];
      }
      ++i;  // the closing quote
    } else {
      while (i < text.size() && text[i] != '.') name += text[i++];
    }
    path.push_back(std::move(name));
    if (i < text.size() && text[i] == '.') ++i;
  }
  return path;
}

}  // namespace grebe::lakehouse
