// Data types in DDL form, and column lists of schemas.
#include <cctype>
#include <cstdlib>

#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

using types::DataType;

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

// JSON text of `{"comment": …}`.
std::string comment_metadata(const std::string& comment) {
  std::string json = "{\"comment\":\"";
  for (const char c : comment) {
    switch (c) {
      case '"':
        json += "\\\"";
        break;
      case '\\':
        json += "\\\\";
        break;
      case '\n':
        json += "\\n";
        break;
      case '\r':
        json += "\\r";
        break;
      case '\t':
        json += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          constexpr const char* kHex = "0123456789abcdef";
          json += "\\u00";
          json += kHex[c >> 4];
          json += kHex[c & 15];
        } else {
          json += c;
        }
    }
  }
  return json + "\"}";
}

}  // namespace

types::DataType Grammar::data_type() {
  const Nesting nesting(*this);
  if (at_sequence({kArray, kLess})) {
    position_ += 2;
    DataType element = data_type();
    expect_mended(kGreater, at(kEndOfInput));
    return DataType::array(std::move(element), true);
  }
  if (at_sequence({kMap, kLess})) {
    position_ += 2;
    DataType key = data_type();
    expect(kComma);
    DataType value = data_type();
    expect_mended(kGreater, at(kEndOfInput));
    return DataType::map(std::move(key), std::move(value), true);
  }
  if (at_sequence({kStruct, kNotEqual})) {  // STRUCT<>
    position_ += 2;
    return DataType::struct_type({});
  }
  if (at_sequence({kStruct, kLess})) {
    position_ += 2;
    std::vector<types::StructField> fields;
    if (!at(kGreater)) {
      do {
        fields.push_back(complex_col_type());
      } while (accept(kComma));
    }
    expect_mended(kGreater, at(kEndOfInput));
    return DataType::struct_type(std::move(fields));
  }
  if (at(kInterval) && at_any({kYear, kMonth, kDay, kHour, kMinute, kSecond}, 1)) {
    return interval_type();
  }
  return simple_type();
}

types::DataType Grammar::interval_type() {
  const size_t first = position_;
  next();
  const TokenKind from = next().kind;
  const bool months = from == kYear || from == kMonth;
  const auto field = [](TokenKind kind) -> types::IntervalField {
    switch (kind) {
      case kMonth:
      case kHour:
        return 1;
      case kMinute:
        return 2;
      case kSecond:
        return 3;
      default:
        return 0;
    }
  };
  const types::IntervalField start = field(from);
  if (!accept(kTo)) {
    return months ? DataType::year_month_interval(start, start)
                  : DataType::day_time_interval(start, start);
  }
  if (months ? !at(kMonth) : !at_any({kHour, kMinute, kSecond})) syntax_error();
  const types::IntervalField end = field(next().kind);
  if (end <= start) {
    const auto name = [&](size_t ahead_of_first) {
      std::string text(text_of(tokens_[first + ahead_of_first]));
      for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      return text;
    };
    fail("_LEGACY_ERROR_TEMP_0028", {{"from", name(1)}, {"to", name(3)}}, first);
  }
  return months ? DataType::year_month_interval(start, end)
                : DataType::day_time_interval(start, end);
}

types::DataType Grammar::simple_type() {
  const size_t first = position_;
  if (!at_identifier() && !is_keyword(peek().kind)) syntax_error();
  const Token name = next();
  std::vector<std::string> sizes;
  if (at(kLeftParen) && at(kIntegerValue, 1)) {
    next();
    do {
      if (!at(kIntegerValue)) syntax_error();
      sizes.emplace_back(text_of(next()));
    } while (accept(kComma));
    expect(kRightParen);
  }
  const auto size = [&](size_t i) { return std::atoi(sizes[i].c_str()); };
  if (sizes.empty()) {
    switch (name.kind) {
      case kBoolean:
        return DataType::boolean();
      case kTinyint:
      case kByte:
        return DataType::byte();
      case kSmallint:
      case kShort:
        return DataType::short_type();
      case kInt:
      case kInteger:
        return DataType::integer();
      case kBigint:
      case kLong:
        return DataType::long_type();
      case kFloat:
      case kReal:
        return DataType::float_type();
      case kDouble:
        return DataType::double_type();
      case kDate:
        return DataType::date();
      case kTimestamp:
        return options_.timestamp_is_ntz ? DataType::timestamp_ntz() : DataType::timestamp();
      case kTimestampNtz:
        return DataType::timestamp_ntz();
      case kTimestampLtz:
        return DataType::timestamp();
      case kString:
        return DataType::string();
      case kBinary:
        return DataType::binary();
      case kDecimal:
      case kDec:
      case kNumeric:
        return DataType::decimal(10, 0);
      case kVoid:
        return DataType::void_type();
      case kInterval:
        return DataType::calendar_interval();
      case kCharacter:
      case kChar:
      case kVarchar:
        fail("DATATYPE_MISSING_SIZE", {{"type", core::quote_sql(upper_case(text_of(name)))}},
             first);
      case kArray:
        fail("INCOMPLETE_TYPE_DEFINITION.ARRAY", {{"elementType", "<INT>"}}, first);
      case kMap:
        fail("INCOMPLETE_TYPE_DEFINITION.MAP", {}, first);
      case kStruct:
        fail("INCOMPLETE_TYPE_DEFINITION.STRUCT", {}, first);
      default:
        break;
    }
  } else if (sizes.size() == 1 && (name.kind == kChar || name.kind == kCharacter)) {
    return DataType::char_type(size(0));
  } else if (sizes.size() == 1 && name.kind == kVarchar) {
    return DataType::varchar(size(0));
  } else if (sizes.size() <= 2 &&
             (name.kind == kDecimal || name.kind == kDec || name.kind == kNumeric)) {
    return decimal_type(size(0), sizes.size() == 2 ? size(1) : 0);
  }
  std::string shown = upper_case(text_of(name));
  if (!sizes.empty()) {
    shown += "(";
    for (size_t i = 0; i < sizes.size(); ++i) shown += (i > 0 ? "," : "") + sizes[i];
    shown += ")";
  }
  fail("UNSUPPORTED_DATATYPE", {{"typeName", core::quote_sql(shown)}}, first);
}

types::DataType Grammar::decimal_type(int precision, int scale) {
  if (scale > precision) {
    core::Origin nowhere;
    nowhere.text = text_;
    throw core::parse_error(
        "_LEGACY_ERROR_TEMP_1228",
        {{"scale", std::to_string(scale)}, {"precision", std::to_string(precision)}}, nowhere);
  }
  if (precision > 38) {
    throw core::make_error(core::ErrorClass::kArithmetic, "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                           {{"precision", std::to_string(precision)}, {"maxPrecision", "38"}});
  }
  return DataType::decimal(precision, scale);
}

types::StructField Grammar::complex_col_type() {
  types::StructField field;
  field.name = identifier();
  accept(kColon);
  field.type = data_type();
  field.nullable = !accept_sequence({kNot, kNull});
  if (const std::optional<std::string> comment = accept_comment()) {
    field.metadata_json = comment_metadata(*comment);
  }
  return field;
}

types::StructField Grammar::col_type() {
  types::StructField field;
  field.name = error_capturing_identifier();
  field.type = data_type();
  field.nullable = !accept_sequence({kNot, kNull});
  if (const std::optional<std::string> comment = accept_comment()) {
    field.metadata_json = comment_metadata(*comment);
  }
  return field;
}

types::Schema Grammar::col_type_list() {
  types::Schema columns{col_type()};
  while (accept(kComma)) columns.push_back(col_type());
  return columns;
}

}  // namespace grebe::parse::sql
