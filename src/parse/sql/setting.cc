// SET and RESET of configuration, SET TIME ZONE, USE.
#include <cstdio>
#include <cstdlib>

#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

// A key of letters, digits and `_ \ . :`.
bool is_config_key(std::string_view key) {
  for (const char c : key) {
    const bool allowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '_' || c == '\\' || c == '.' || c == ':';
    if (!allowed) return false;
  }
  return !key.empty();
}

// `[^;]*;*`: the value without the semicolons that end it.
std::optional<std::string_view> config_value(std::string_view text) {
  const size_t end = text.find(';');
  if (end == std::string_view::npos) return text;
  if (text.find_first_not_of(';', end) != std::string_view::npos) return std::nullopt;
  return text.substr(0, end);
}

}  // namespace

plan::CommandPtr Grammar::set_statement() {
  const size_t first = position_;
  next();
  if (at_sequence({kTime, kZone})) return set_time_zone(first);
  if (at(kCatalog) && (at_identifier(1) || at_string(1)) && !at(kEqual, 1)) {
    next();
    plan::UseDatabase use;
    use.name = {at_string() ? string_value() : identifier()};
    use.is_catalog = true;
    return make(std::move(use), first);
  }
  plan::SetConfig set;
  const bool quoted_key =
      at(kBackquotedIdentifier) || (at(kDoubleQuotedString) && options_.double_quoted_identifiers);
  if (quoted_key && (at_any({kEqual, kEndOfInput, kSemicolon}, 1))) {
    set.key = identifier();
    if (!accept(kEqual)) return make(std::move(set), first);
    return set_value(std::move(set), first);
  }
  // The first equals sign that a quoted value follows, and nothing else.
  const size_t last = tokens_.size() - 2;
  size_t end = last;
  while (end > first && tokens_[end].kind == kSemicolon) --end;
  if (end > first + 1 && tokens_[end].kind == kBackquotedIdentifier &&
      tokens_[end - 1].kind == kEqual) {
    const std::string_view text = *text_;
    const std::string_view key =
        trim(text.substr(static_cast<size_t>(tokens_[first].stop),
                         static_cast<size_t>(tokens_[end - 1].start - tokens_[first].stop)));
    const std::string value = identifier_text(tokens_[end]);
    position_ = end + 1;
    if (!is_config_key(key)) {
      fail("INVALID_PROPERTY_KEY",
           {{"key", core::quote_sql(key)}, {"value", core::quote_sql(value)}}, first);
    }
    set.key = std::string(key);
    set.value = value;
    return make(std::move(set), first);
  }
  const std::string_view rest = trim(remainder_after(first));
  skip_to_end();
  const size_t equals = rest.find('=');
  if (equals != std::string_view::npos) {
    std::string_view key = rest.substr(0, equals);
    while (!key.empty() && static_cast<unsigned char>(key.back()) <= ' ') key.remove_suffix(1);
    const std::optional<std::string_view> value = config_value(rest.substr(equals + 1));
    if (is_config_key(key) && value) {
      set.key = std::string(key);
      set.value = std::string(trim(*value));
      return make(std::move(set), first);
    }
  } else if (is_config_key(rest)) {
    set.key = std::string(rest);
    return make(std::move(set), first);
  } else if (rest == "-v") {
    set.verbose = true;
    return make(std::move(set), first);
  } else if (rest.empty()) {
    return make(std::move(set), first);
  }
  fail("INVALID_SET_SYNTAX", {}, first);
}

// The value after a quoted key: quoted as well, or the rest of the text.
plan::CommandPtr Grammar::set_value(plan::SetConfig set, size_t first) {
  if (at(kBackquotedIdentifier) && at_any({kEndOfInput, kSemicolon}, 1)) {
    set.value = identifier();
    return make(std::move(set), first);
  }
  const std::string_view rest = trim(remainder_after(position_ - 1));
  skip_to_end();
  const std::optional<std::string_view> value = config_value(rest);
  if (!value) {
    fail("INVALID_PROPERTY_VALUE",
         {{"value", core::quote_sql(rest)}, {"key", core::quote_sql(*set.key)}}, first);
  }
  set.value = std::string(*value);
  return make(std::move(set), first);
}

plan::CommandPtr Grammar::set_time_zone(size_t first) {
  position_ += 2;
  plan::SetConfig set;
  set.key = "spark.sql.session.timeZone";
  set.is_time_zone = true;
  if (at_interval()) {
    const size_t interval = position_;
    next();
    std::vector<std::string> units;
    bool is_range = false;
    const types::CalendarInterval offset = interval_value(&units, &is_range);
    if (!at_any({kEndOfInput, kSemicolon})) {
      skip_to_end();
      fail("_LEGACY_ERROR_TEMP_0045", {}, first);
    }
    constexpr int64_t kMicrosPerSecond = 1000000;
    constexpr int64_t kMost = 18 * 3600 * kMicrosPerSecond;
    if (offset.months != 0 || offset.days != 0 || offset.micros > kMost || offset.micros < -kMost ||
        offset.micros % kMicrosPerSecond != 0) {
      fail("_LEGACY_ERROR_TEMP_0044", {}, shown_at(span(first), interval));
    }
    set.value = zone_offset_text(offset.micros / kMicrosPerSecond);
  } else if (at_string() && at_any({kEndOfInput, kSemicolon}, 1)) {
    set.value = string_value();
  } else if (at(kLocal) && at_any({kEndOfInput, kSemicolon}, 1)) {
    next();
    set.value = "LOCAL";
  } else {
    skip_to_end();
    fail("_LEGACY_ERROR_TEMP_0045", {}, first);
  }
  return make(std::move(set), first);
}

// java.time.ZoneOffset's id: Z, +01:00, -18:00:05.
std::string Grammar::zone_offset_text(int64_t seconds) {
  if (seconds == 0) return "Z";
  const int64_t total = std::abs(seconds);
  char text[16];
  if (total % 60 != 0) {
    std::snprintf(text, sizeof(text), "%c%02d:%02d:%02d", seconds < 0 ? '-' : '+',
                  static_cast<int>(total / 3600), static_cast<int>(total / 60 % 60),
                  static_cast<int>(total % 60));
  } else {
    std::snprintf(text, sizeof(text), "%c%02d:%02d", seconds < 0 ? '-' : '+',
                  static_cast<int>(total / 3600), static_cast<int>(total / 60 % 60));
  }
  return text;
}

plan::CommandPtr Grammar::reset_statement() {
  const size_t first = position_;
  next();
  plan::ResetConfig reset;
  if (at(kBackquotedIdentifier) && at_any({kEndOfInput, kSemicolon}, 1)) {
    reset.key = identifier();
    return make(std::move(reset), first);
  }
  const std::string_view rest = trim(remainder_after(first));
  skip_to_end();
  if (!rest.empty()) {
    if (!is_config_key(rest)) fail("_LEGACY_ERROR_TEMP_0043", {}, first);
    reset.key = std::string(rest);
  }
  return make(std::move(reset), first);
}

plan::CommandPtr Grammar::use_statement() {
  const size_t first = position_;
  next();
  plan::UseDatabase use;
  if (at_namespace_word() && !at_any({kEndOfInput, kSemicolon, kDot}, 1)) next();
  use.name = identifier_reference();
  return make(std::move(use), first);
}

}  // namespace grebe::parse::sql
