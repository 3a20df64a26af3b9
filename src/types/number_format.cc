// Number formats; see number_format.h (Spark: ToNumberParser).
#include "types/number_format.h"

#include <algorithm>
#include <cctype>

namespace grebe::types {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Appends a sign or bracket and moves it in front of the blanks that stand before it.
void append_before_blanks(std::string* result, char c) {
  size_t at = result->size();
  while (at > 0 && (*result)[at - 1] == ' ') --at;
  result->insert(at, 1, c);
}

/// Appends a blank, in front of a sign or bracket that stands at the end.
void append_blank(std::string* result) {
  size_t at = result->size();
  while (at > 0 && std::string_view("+-<").find((*result)[at - 1]) != std::string_view::npos) --at;
  result->insert(at, 1, ' ');
}

void blank_lone_point(std::string* result) {
  const size_t at = result->find('.');
  if (at == std::string::npos) return;
  if (at + 1 == result->size() || (*result)[at + 1] == ' ') (*result)[at] = ' ';
}

}  // namespace

NumberFormat::NumberFormat(std::string_view text) : is_empty_(text.empty()) {
  std::string format(text);
  for (char& c : format) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  bool after_point = false;
  const auto group = [&]() -> std::vector<Digits>& {
    if (tokens_.empty() || tokens_.back().kind != Kind::kDigits) {
      tokens_.push_back({.kind = Kind::kDigits});
    }
    return tokens_.back().digits;
  };
  bool has_brackets = false;
  for (size_t i = 0; i < format.size();) {
    const char c = format[i];
    if (c == '0' || c == '9') {
      const size_t start = i;
      while (i < format.size() && (format[i] == '0' || format[i] == '9')) ++i;
      const int count = static_cast<int>(i - start);
      group().push_back({.is_exact = c == '0' && !after_point, .count = count});
      (after_point ? fraction_digits_ : whole_digits_) += count;
      continue;
    }
    const bool has_next = i + 1 < format.size();
    if (c == ',' || c == 'G') {
      group().push_back({.is_separator = true});
    } else if (c == '.' || c == 'D') {
      tokens_.push_back({.kind = Kind::kPoint});
      after_point = true;
    } else if (c == '$') {
      tokens_.push_back({.kind = Kind::kCurrency});
    } else if (c == 'S') {
      tokens_.push_back({.kind = Kind::kSign});
    } else if (c == 'M' && has_next && format[i + 1] == 'I') {
      tokens_.push_back({.kind = Kind::kMinus});
      ++i;
    } else if (c == 'P' && has_next && format[i + 1] == 'R') {
      has_brackets = true;
      tokens_.push_back({.kind = Kind::kClose});
      ++i;
    } else {
      tokens_.push_back({.kind = Kind::kUnknown, .unknown = c});
    }
    ++i;
  }
  if (has_brackets) tokens_.insert(tokens_.begin(), Token{.kind = Kind::kOpen});
}

std::string NumberFormat::name_of(const Token& token) {
  switch (token.kind) {
    case Kind::kDigits:
      return "digit sequence";
    case Kind::kPoint:
      return ". or D";
    case Kind::kCurrency:
      return "$";
    case Kind::kSign:
      return "S";
    case Kind::kMinus:
      return "MI";
    case Kind::kOpen:
    case Kind::kClose:
      return "PR";
    case Kind::kUnknown:
      break;
  }
  return std::string("character '") + token.unknown + "''";
}

std::optional<NumberFormatFault> NumberFormat::fault() const {
  const auto fault = [](std::string condition, std::string token = {}) {
    return NumberFormatFault{"INVALID_FORMAT." + std::move(condition), std::move(token)};
  };
  if (is_empty_) return fault("EMPTY");
  const auto first = [&](Kind kind) {
    return std::find_if(tokens_.begin(), tokens_.end(),
                        [&](const Token& token) { return token.kind == kind; });
  };
  const auto digits = first(Kind::kDigits);
  const auto currency = first(Kind::kCurrency);
  const auto point = first(Kind::kPoint);
  if (digits == tokens_.end() || precision() == 0) return fault("WRONG_NUM_DIGIT");
  if (currency != tokens_.end() && digits < currency) return fault("CUR_MUST_BEFORE_DIGIT");
  if (currency != tokens_.end() && point < currency) return fault("CUR_MUST_BEFORE_DEC");
  for (auto token = tokens_.begin(); token != tokens_.end(); ++token) {
    for (size_t i = 0; i < token->digits.size(); ++i) {
      if (!token->digits[i].is_separator) continue;
      if (point < token) return fault("THOUSANDS_SEPS_MUST_BEFORE_DEC");
      if (i == 0 || i + 1 == token->digits.size() || token->digits[i - 1].is_separator) {
        return fault("CONT_THOUSANDS_SEPS");
      }
    }
  }
  for (const Kind kind : {Kind::kPoint, Kind::kSign, Kind::kMinus, Kind::kCurrency, Kind::kClose}) {
    const auto count = std::count_if(tokens_.begin(), tokens_.end(),
                                     [&](const Token& token) { return token.kind == kind; });
    if (count > 1) return fault("WRONG_NUM_TOKEN", name_of(*first(kind)));
  }
  const std::vector<std::vector<Kind>> order = {
      {Kind::kOpen},     {Kind::kMinus, Kind::kSign},
      {Kind::kCurrency}, {Kind::kDigits},
      {Kind::kPoint},    {Kind::kDigits},
      {Kind::kCurrency}, {Kind::kMinus, Kind::kSign, Kind::kClose}};
  size_t at = 0;
  for (const auto& allowed : order) {
    if (at == tokens_.size()) break;
    if (std::find(allowed.begin(), allowed.end(), tokens_[at].kind) != allowed.end()) ++at;
  }
  if (at < tokens_.size()) return fault("UNEXPECTED_TOKEN", name_of(tokens_[at]));
  return std::nullopt;
}

/// The rest of the text behind a digit group; nothing when its groups do not fit the format's.
std::optional<std::string_view> NumberFormat::take_digits(const Token& token, std::string_view text,
                                                          std::string* digits) const {
  std::vector<int> sizes;
  int size = 0;
  size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (is_digit(c)) {
      *digits += c;
      ++size;
    } else if (c == ',') {
      sizes.insert(sizes.begin(), size);
      size = 0;
    } else if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      break;
    }
  }
  sizes.insert(sizes.begin(), size);
  // Both are compared from the right, so that groups at the left may be left out.
  size_t group = 0;
  for (auto wanted = token.digits.rbegin(); wanted != token.digits.rend(); ++wanted) {
    if (wanted->is_separator) continue;
    const int found = group < sizes.size() ? sizes[group] : 0;
    ++group;
    if (wanted->is_exact ? found != wanted->count : found > wanted->count) return std::nullopt;
  }
  if (sizes.size() > group) return std::nullopt;
  return text.substr(at);
}

std::optional<std::string> NumberFormat::parse(std::string_view text) const {
  std::string whole;
  std::string fraction;
  bool after_point = false;
  bool is_negative = false;
  bool is_open = false;
  bool is_closed = false;
  for (const Token& token : tokens_) {
    const char next = text.empty() ? '\0' : text.front();
    const auto take = [&](char c) {
      if (next != c || text.empty()) return false;
      text.remove_prefix(1);
      return true;
    };
    switch (token.kind) {
      case Kind::kDigits: {
        const auto rest = take_digits(token, text, after_point ? &fraction : &whole);
        if (!rest) return std::nullopt;
        text = *rest;
        break;
      }
      case Kind::kPoint:
        after_point = take('.') || after_point;
        break;
      case Kind::kCurrency:
        if (!take('$') && next != '\0') return std::nullopt;
        break;
      case Kind::kSign:
        if (take('+')) break;
        [[fallthrough]];
      case Kind::kMinus:
        is_negative = take('-') != is_negative;
        break;
      case Kind::kOpen:
        is_open = take('<');
        break;
      case Kind::kClose:
        if (next == '>' && !is_open) return std::nullopt;
        is_closed = take('>');
        is_negative = is_closed != is_negative;
        break;
      case Kind::kUnknown:
        return std::nullopt;
    }
  }
  if (!text.empty() || is_open != is_closed) return std::nullopt;
  if (whole.empty() && fraction.empty()) return std::nullopt;
  return (is_negative ? "-" : "") + (whole.empty() ? std::string("0") : whole) +
         (fraction.empty() ? std::string() : "." + fraction);
}

void NumberFormat::append_digits(const Token& token, std::string_view digits, size_t* at,
                                 bool is_fraction, std::string* result) const {
  for (const Digits& each : token.digits) {
    if (each.is_separator) {
      if (!result->empty() && is_digit(result->back())) {
        *result += ',';
      } else {
        append_blank(result);
      }
      continue;
    }
    for (int i = 0; i < each.count; ++i, ++*at) {
      const char c = digits[*at];
      if (is_fraction || c != ' ') {
        *result += c;
      } else if (each.is_exact) {
        *result += '0';
      } else {
        append_blank(result);
      }
    }
  }
}

std::string NumberFormat::format(std::string_view number) const {
  const size_t point = number.find('.');
  std::string_view whole_text = number.substr(0, point);
  std::string fraction(point == std::string_view::npos ? std::string_view()
                                                       : number.substr(point + 1));
  const bool is_negative =
      number.starts_with('-') && number.find_first_of("123456789") != std::string_view::npos;
  whole_text.remove_prefix(std::min(whole_text.find_first_not_of("-0"), whole_text.size()));
  std::string whole(whole_text);
  while (fraction.ends_with('0')) fraction.pop_back();
  const auto whole_size = static_cast<size_t>(whole_digits_);
  const auto fraction_size = static_cast<size_t>(fraction_digits_);
  if (whole.size() > whole_size || fraction.size() > fraction_size) {
    whole.assign(whole_size, '#');
    fraction.assign(fraction_size, '#');
  }
  whole.insert(0, whole_size - whole.size(), ' ');
  fraction.resize(fraction_size, '0');
  std::string result;
  size_t whole_at = 0;
  size_t fraction_at = 0;
  bool after_point = false;
  for (const Token& token : tokens_) {
    switch (token.kind) {
      case Kind::kDigits:
        if (after_point) {
          append_digits(token, fraction, &fraction_at, true, &result);
        } else {
          append_digits(token, whole, &whole_at, false, &result);
        }
        break;
      case Kind::kPoint:
        if (result.ends_with(' ')) result.back() = '0';
        result += '.';
        after_point = true;
        break;
      case Kind::kCurrency:
        result += '$';
        break;
      case Kind::kSign:
        blank_lone_point(&result);
        append_before_blanks(&result, is_negative ? '-' : '+');
        break;
      case Kind::kMinus:
        if (is_negative) {
          blank_lone_point(&result);
          append_before_blanks(&result, '-');
        } else {
          result += ' ';
        }
        break;
      case Kind::kOpen:
        if (is_negative) result += '<';
        break;
      case Kind::kClose:
        blank_lone_point(&result);
        if (is_negative) {
          append_before_blanks(&result, '>');
        } else {
          result += "  ";
        }
        break;
      case Kind::kUnknown:
        break;
    }
  }
  blank_lone_point(&result);
  return result.empty() || result == "+" || result == "-" ? "0" : result;
}

}  // namespace grebe::types
