// Constants: numbers, strings, booleans, NULL, typed literals, parameter markers.
#include <cmath>
#include <cstdlib>
#include <limits>

#include "parse/sql/datetime_text.h"
#include "parse/sql/grammar.h"
#include "parse/sql/string_literal.h"
#include "types/time_zone.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

using types::DataType;
using types::Value;

constexpr int kMaxPrecision = 38;

bool is_number_token(TokenKind kind) {
  return kind >= kBigintLiteral && kind <= kBigdecimalLiteral;
}

// Bytes of a hexadecimal text of even length, nothing on a wrong digit.
std::optional<std::string> decode_hex(std::string_view hex) {
  std::string bytes;
  int high = -1;
  for (const char c : hex) {
    int digit = -1;
    if (c >= '0' && c <= '9') digit = c - '0';
    if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
    if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
    if (digit < 0) return std::nullopt;
    if (high < 0) {
      high = digit;
    } else {
      bytes += static_cast<char>(high * 16 + digit);
      high = -1;
    }
  }
  return bytes;
}

// An integer of at most 64 bits, nothing when it is larger.
std::optional<int64_t> read_int64(std::string_view digits) {
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  uint64_t value = 0;
  for (const char c : digits) {
    if (__builtin_mul_overflow(value, uint64_t{10}, &value) ||
        __builtin_add_overflow(value, static_cast<uint64_t>(c - '0'), &value)) {
      return std::nullopt;
    }
  }
  const uint64_t limit = uint64_t{1} << 63;
  if (value > (negative ? limit : limit - 1)) return std::nullopt;
  return negative ? static_cast<int64_t>(0 - value) : static_cast<int64_t>(value);
}

}  // namespace

plan::ExpressionPtr Grammar::make_literal(DataType type, Value value, size_t first) {
  return express(plan::Literal{std::move(type), std::move(value)}, first);
}

bool Grammar::at_number(size_t ahead) const {
  return is_number_token(peek(at(kMinus, ahead) ? ahead + 1 : ahead).kind);
}

plan::ExpressionPtr Grammar::constant() {
  const size_t first = position_;
  switch (peek().kind) {
    case kNull:
      if (at(kLeftParen, 1)) return nullptr;
      next();
      return make_literal(DataType::void_type(), Value{}, first);
    case kTrue:
    case kFalse: {
      if (at(kLeftParen, 1)) return nullptr;
      const bool value = next().kind == kTrue;
      return make_literal(DataType::boolean(), Value{value}, first);
    }
    case kQuestion: {
      next();
      int32_t position = 0;
      for (size_t i = 0; i < first; ++i) position += tokens_[i].kind == kQuestion ? 1 : 0;
      markers_.push_back(first);
      return express(plan::ParameterMarker{{}, position}, first);
    }
    case kColon: {
      next();
      std::string name = identifier();
      markers_.push_back(first);
      return express(plan::ParameterMarker{std::move(name), 0}, first);
    }
    default:
      break;
  }
  if (at_string()) {
    if (at(kDoubleQuotedString) && at(kLeftParen, 1)) syntax_error();
    return string_literal();
  }
  if (at_number()) return number();
  if (at_interval()) return interval_literal();
  if (at(kInterval) && at_any({kIntegerValue, kDecimalValue}, 1)) syntax_error_at(position_ + 2);
  if (at_identifier() && at_string(1)) return typed_literal();
  return nullptr;
}

plan::ExpressionPtr Grammar::string_literal() {
  const size_t first = position_;
  std::string value;
  while (at_string()) {
    const std::string_view token = text_of(next());
    value += options_.escaped_string_literals ? std::string(token.substr(1, token.size() - 2))
                                              : unescape_string(token);
  }
  return make_literal(DataType::string(), Value{std::move(value)}, first);
}

plan::ExpressionPtr Grammar::number() {
  const size_t first = position_;
  std::string text = accept(kMinus) ? "-" : "";
  const Token& token = next();
  text += text_of(token);
  const auto without_suffix = [&](size_t length) { return text.substr(0, text.size() - length); };
  switch (token.kind) {
    case kIntegerValue:
      return integral_number(std::move(text), first);
    case kDecimalValue:
      return decimal_number(std::move(text), first);
    case kBigdecimalLiteral:
      // Only here does Spark make a parse error of one that does not fit.
      try {
        return decimal_number(without_suffix(2), first);
      } catch (const core::SparkError& error) {
        fail("_LEGACY_ERROR_TEMP_0061", {{"msg", error.what()}}, first);
      }
    case kExponentValue:
      if (options_.exponent_is_decimal) return decimal_number(std::move(text), first);
      return floating_number(std::move(text), true, first);
    case kDoubleLiteral:
      return floating_number(without_suffix(1), true, first);
    case kFloatLiteral:
      return floating_number(without_suffix(1), false, first);
    case kTinyintLiteral:
      return sized_number(without_suffix(1), DataType::byte(), INT8_MIN, INT8_MAX, first);
    case kSmallintLiteral:
      return sized_number(without_suffix(1), DataType::short_type(), INT16_MIN, INT16_MAX, first);
    default:
      return sized_number(without_suffix(1), DataType::long_type(), INT64_MIN, INT64_MAX, first);
  }
}

// The smallest of INT, BIGINT and DECIMAL that holds the number.
plan::ExpressionPtr Grammar::integral_number(std::string digits, size_t first) {
  const std::optional<int64_t> value = read_int64(digits);
  if (!value) return decimal_number(std::move(digits), first);
  const bool fits = *value >= INT32_MIN && *value <= INT32_MAX;
  return make_literal(fits ? DataType::integer() : DataType::long_type(), Value{*value}, first);
}

plan::ExpressionPtr Grammar::sized_number(std::string digits, DataType type, int64_t low,
                                          int64_t high, size_t first) {
  const std::optional<int64_t> value = read_int64(digits);
  if (!value || *value < low || *value > high) {
    fail("INVALID_NUMERIC_LITERAL_RANGE",
         {{"rawStrippedQualifier", digits},
          {"minValue", std::to_string(low)},
          {"maxValue", std::to_string(high)},
          {"typeName", type.simple_string()}},
         first);
  }
  return make_literal(std::move(type), Value{*value}, first);
}

plan::ExpressionPtr Grammar::floating_number(std::string text, bool is_double, size_t first) {
  const double value = is_double ? std::strtod(text.c_str(), nullptr)
                                 : static_cast<double>(std::strtof(text.c_str(), nullptr));
  // The text itself is held against the limit, before it is rounded to a float.
  const bool is_beyond = !is_double && std::abs(std::strtod(text.c_str(), nullptr)) >
                                           std::numeric_limits<float>::max();
  if (std::isinf(value) || is_beyond) {
    const std::string limit = is_double ? "1.7976931348623157E+308" : "3.4028234663852886E+38";
    fail("INVALID_NUMERIC_LITERAL_RANGE",
         {{"rawStrippedQualifier", text},
          {"minValue", "-" + limit},
          {"maxValue", limit},
          {"typeName", is_double ? "double" : "float"}},
         first);
  }
  return make_literal(is_double ? DataType::double_type() : DataType::float_type(), Value{value},
                      first);
}

// Precision and scale as java.math.BigDecimal has them, adjusted by Spark's Decimal.set.
plan::ExpressionPtr Grammar::decimal_number(std::string text, size_t first) {
  const bool negative = text.starts_with('-');
  std::string digits;
  int64_t scale = 0;
  bool fraction = false;
  for (size_t i = negative ? 1 : 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.') {
      fraction = true;
    } else if (c == 'e' || c == 'E') {
      scale -= std::strtol(text.c_str() + i + 1, nullptr, 10);
      break;
    } else {
      if (!digits.empty() || c != '0') digits += c;
      if (fraction) ++scale;
    }
  }
  int64_t precision = std::max<int64_t>(1, static_cast<int64_t>(digits.size()));
  if (scale < 0) {
    if (!digits.empty()) {
      precision -= scale;
      if (precision <= kMaxPrecision) digits.append(static_cast<size_t>(-scale), '0');
    }
    scale = 0;
  }
  precision = std::max(precision, scale);
  if (precision > kMaxPrecision) {
    throw core::make_error(core::ErrorClass::kArithmetic, "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                           {{"precision", std::to_string(precision)},
                            {"maxPrecision", std::to_string(kMaxPrecision)}});
  }
  types::int128 unscaled = 0;
  for (const char c : digits) unscaled = unscaled * 10 + (c - '0');
  return make_literal(DataType::decimal(static_cast<int>(precision), static_cast<int>(scale)),
                      Value{types::Decimal{negative ? -unscaled : unscaled}}, first);
}

// DATE '…', TIMESTAMP '…', INTERVAL '…', X'…'.
plan::ExpressionPtr Grammar::typed_literal() {
  const size_t first = position_;
  const Token type = next();
  const std::string type_name(text_of(type));
  const std::string text = string_value();
  const auto invalid = [&](const std::string& shown_type) {
    std::string upper = shown_type;
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    fail("INVALID_TYPED_LITERAL",
         {{"valueType", core::quote_sql(upper)}, {"value", "'" + text + "'"}}, first);
  };
  switch (type.kind) {
    case kDate: {
      if (ExpressionPtr special = special_datetime(text, DataType::date(), first)) return special;
      const std::optional<int32_t> days = parse_date_text(text);
      if (!days) invalid(type_name);
      return make_literal(DataType::date(), Value{int64_t{*days}}, first);
    }
    case kTimestamp:
    case kTimestampLtz:
    case kTimestampNtz: {
      const std::optional<TimestampText> parsed = parse_timestamp_text(text);
      const bool prefers_ntz = type.kind == kTimestamp && options_.timestamp_is_ntz;
      const bool is_ntz =
          type.kind == kTimestampNtz || (prefers_ntz && !(parsed && parsed->zone_given));
      DataType result = is_ntz ? DataType::timestamp_ntz() : DataType::timestamp();
      if (ExpressionPtr special = special_datetime(text, result, first)) return special;
      if (!parsed && !is_time_text(text)) invalid(type_name);
      if (!parsed) return timestamp_cast(text, std::move(result), first);
      return timestamp_literal(text, *parsed, std::move(result), first);
    }
    case kInterval:
      return interval_text_literal(text, first);
    case kBinaryHex: {
      const std::optional<std::string> bytes = decode_hex(text.size() % 2 == 0 ? text : "0" + text);
      if (!bytes) invalid("X");
      return make_literal(DataType::binary(), Value{*bytes}, first);
    }
    default:
      break;
  }
  std::string upper = type_name;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  fail("UNSUPPORTED_TYPED_LITERAL",
       {{"unsupportedType", core::quote_sql(upper)},
        {"supportedTypes",
         R"("DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP", "INTERVAL", "X")"}},
       first);
}

// `zone_offset` is known only for texts that name a fixed one; a local text waits for the
// session's zone, a region for analysis.
plan::ExpressionPtr Grammar::timestamp_literal(const std::string& text, const TimestampText& parsed,
                                               DataType type, size_t first) {
  if (type.is(types::TypeKind::kTimestampNtz)) {
    return make_literal(std::move(type), Value{parsed.local_micros}, first);
  }
  if (parsed.offset_micros) {
    return make_literal(std::move(type), Value{parsed.local_micros - *parsed.offset_micros}, first);
  }
  if (parsed.zone_given) {
    const auto zone = types::TimeZone::find(parsed.zone);
    if (zone == nullptr) {
      fail("INVALID_TYPED_LITERAL",
           {{"valueType", core::quote_sql("TIMESTAMP")}, {"value", "'" + text + "'"}}, first);
    }
    return make_literal(std::move(type), Value{zone->to_utc(parsed.local_micros)}, first);
  }
  if (options_.local_to_utc) {
    return make_literal(std::move(type), Value{options_.local_to_utc(parsed.local_micros)}, first);
  }
  return timestamp_cast(text, std::move(type), first);
}

plan::ExpressionPtr Grammar::timestamp_cast(const std::string& text, DataType type, size_t first) {
  ExpressionPtr literal = make_literal(DataType::string(), Value{text}, first);
  return express(plan::Cast{std::move(literal), std::move(type), plan::CastMode::kDefault}, first);
}

// 'epoch', 'now', 'today', 'tomorrow', 'yesterday'; null for other texts.
plan::ExpressionPtr Grammar::special_datetime(const std::string& text, const DataType& type,
                                              size_t first) {
  const size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string::npos) return nullptr;
  std::string word = text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
  for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (const size_t space = word.find_first_of(" \t"); space != std::string::npos) {
    word.erase(space);  // `tomorrow EST`: the zone does not matter for the words but their day
  }
  if (word == "epoch") return make_literal(type, Value{int64_t{0}}, first);
  if (word == "now" && !type.is(types::TypeKind::kDate)) {
    return express(plan::Cast{call("current_timestamp", {}, first), type}, first);
  }
  const bool is_day = word == "today" || word == "tomorrow" || word == "yesterday";
  if (!is_day && word != "now") return nullptr;
  ExpressionPtr day = call("current_date", {}, first);
  if (word == "tomorrow" || word == "yesterday") {
    ExpressionPtr one = make_literal(DataType::integer(), Value{int64_t{1}}, first);
    day =
        call(word == "tomorrow" ? "date_add" : "date_sub", {std::move(day), std::move(one)}, first);
  }
  if (type.is(types::TypeKind::kDate)) return day;
  return express(plan::Cast{std::move(day), type}, first);
}

}  // namespace grebe::parse::sql
