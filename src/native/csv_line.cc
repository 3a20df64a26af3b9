// CSV splitting with Spark's defaults: unescaped quotes make a field unquoted (STOP_AT_DELIMITER).
#include "native/csv_line.h"

namespace grebe::native {
namespace {

bool is_space(char c) { return static_cast<unsigned char>(c) <= ' '; }

std::string_view trim_right(std::string_view text) {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

class LineSplitter {
 public:
  LineSplitter(std::string_view line, const CsvDialect& dialect) : line_(line), dialect_(dialect) {}

  std::vector<std::optional<std::string>> split() {
    std::vector<std::optional<std::string>> fields;
    for (;;) {
      fields.push_back(field());
      if (position_ >= line_.size()) return fields;
      position_ += dialect_.separator.size();
    }
  }

 private:
  bool at_separator(size_t position) const {
    return line_.substr(position).starts_with(dialect_.separator);
  }

  std::optional<std::string> field() {
    if (dialect_.trim_left) {
      while (position_ < line_.size() && is_space(line_[position_]) && !at_separator(position_)) {
        ++position_;
      }
    }
    if (dialect_.quote != '\0' && position_ < line_.size() && line_[position_] == dialect_.quote) {
      if (auto quoted = quoted_field()) return quoted;
    }
    const size_t start = position_;
    while (position_ < line_.size() && !at_separator(position_)) ++position_;
    std::string_view text = line_.substr(start, position_ - start);
    if (dialect_.trim_right) text = trim_right(text);
    if (text.empty()) return std::nullopt;
    return std::string(text);
  }

  /// Nothing (and no progress) when a quote inside turns out to be unescaped.
  std::optional<std::string> quoted_field() {
    std::string text;
    size_t i = position_ + 1;
    for (; i < line_.size(); ++i) {
      const char c = line_[i];
      const bool has_next = i + 1 < line_.size();
      if (c == dialect_.escape && has_next && line_[i + 1] == dialect_.quote) {
        // With equal characters a doubled quote stands for one.
        text += dialect_.quote;
        ++i;
        continue;
      }
      if (dialect_.escape_of_escape != '\0' && c == dialect_.escape_of_escape && has_next &&
          line_[i + 1] == dialect_.escape && dialect_.escape != dialect_.quote) {
        text += dialect_.escape;
        ++i;
        continue;
      }
      if (c != dialect_.quote) {
        text += c;
        continue;
      }
      size_t end = i + 1;
      while (end < line_.size() && is_space(line_[end]) && !at_separator(end)) ++end;
      if (end == line_.size() || at_separator(end)) {
        position_ = end;
        return text;
      }
      return std::nullopt;
    }
    // The line ends inside the quotes: what was read is the value.
    position_ = line_.size();
    return text;
  }

  std::string_view line_;
  const CsvDialect& dialect_;
  size_t position_ = 0;
};

}  // namespace

std::vector<std::string_view> split_csv_records(std::string_view text, const CsvDialect& dialect) {
  std::vector<std::string_view> records;
  size_t start = 0;
  bool field_start = true;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool has_next = i + 1 < text.size();
    if (quoted) {
      if (c == dialect.escape && has_next && text[i + 1] == dialect.quote) {
        ++i;
      } else if (c == dialect.quote) {
        quoted = false;
      }
      continue;
    }
    if (field_start && dialect.quote != '\0' && c == dialect.quote) {
      quoted = true;
      field_start = false;
    } else if (c == '\n') {
      const size_t end = i > start && text[i - 1] == '\r' ? i - 1 : i;
      records.push_back(text.substr(start, end - start));
      start = i + 1;
      field_start = true;
    } else if (text.substr(i).starts_with(dialect.separator)) {
      i += dialect.separator.size() - 1;
      field_start = true;
    } else {
      field_start = false;
    }
  }
  if (start < text.size()) records.push_back(text.substr(start));
  return records;
}

std::string encode_dialect(const CsvDialect& dialect) {
  std::string out;
  for (const char c : {dialect.quote, dialect.escape, dialect.escape_of_escape}) {
    out += c == '\0' ? "00" : std::string("x") + c;
  }
  out += dialect.trim_left ? '1' : '0';
  out += dialect.trim_right ? '1' : '0';
  return out + dialect.separator;
}

CsvDialect decode_dialect(std::string_view text) {
  CsvDialect dialect;
  if (text.size() < 9) return dialect;
  const auto character = [&](size_t at) { return text[at] == '0' ? '\0' : text[at + 1]; };
  dialect.quote = character(0);
  dialect.escape = character(2);
  dialect.escape_of_escape = character(4);
  dialect.trim_left = text[6] == '1';
  dialect.trim_right = text[7] == '1';
  dialect.separator = std::string(text.substr(8));
  return dialect;
}

std::vector<std::optional<std::string>> split_csv_line(std::string_view line,
                                                       const CsvDialect& dialect) {
  return LineSplitter(line, dialect).split();
}

}  // namespace grebe::native
