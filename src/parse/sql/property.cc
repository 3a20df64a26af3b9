// Property lists: `(key = value, 'key' value, a.b = 1)`.
#include <algorithm>

#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

std::string Grammar::property_key() {
  if (at_string()) return string_value();
  std::string key = identifier();
  while (accept(kDot)) key += "." + identifier();
  return key;
}

bool Grammar::at_property_value() const {
  return at_any({kIntegerValue, kDecimalValue, kTrue, kFalse}) || at_string();
}

std::string Grammar::property_value() {
  if (at_string()) return string_value();
  if (!at_property_value()) syntax_error();
  const Token token = next();
  std::string value(text_of(token));
  if (token.kind == kTrue || token.kind == kFalse) {
    for (char& c : value) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return value;
}

std::vector<Grammar::Property> Grammar::properties() {
  std::vector<Property> list;
  const size_t first = position_;
  expect(kLeftParen);
  do {
    Property property;
    property.key = property_key();
    if (accept(kEqual) || at_property_value()) property.value = property_value();
    list.push_back(std::move(property));
  } while (accept(kComma));
  expect(kRightParen);
  for (size_t i = 0; i < list.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (list[i].key == list[j].key) {
        fail("DUPLICATE_KEY", {{"keyColumn", core::quote_identifier(list[i].key)}}, first);
      }
    }
  }
  return list;
}

plan::Options Grammar::property_list() {
  const size_t first = position_;
  plan::Options options;
  std::string missing;
  for (Property& property : properties()) {
    if (!property.value) missing += (missing.empty() ? "" : ",") + property.key;
    options.emplace_back(std::move(property.key), property.value.value_or(""));
  }
  if (!missing.empty()) {
    operation_not_allowed("Values must be specified for key(s): [" + missing + "]", first);
  }
  return options;
}

// UNSET TBLPROPERTIES: keys alone.
std::vector<std::string> Grammar::property_keys() {
  const size_t first = position_;
  std::vector<std::string> keys;
  std::string given;
  for (Property& property : properties()) {
    if (property.value) given += (given.empty() ? "" : ",") + property.key;
    keys.push_back(std::move(property.key));
  }
  if (!given.empty()) {
    operation_not_allowed("Values should not be specified for key(s): [" + given + "]", first);
  }
  return keys;
}

// OPTIONS of CREATE TABLE: values are expressions; literals become their text.
plan::Options Grammar::expression_property_list() {
  plan::Options options;
  const size_t first = position_;
  expect(kLeftParen);
  do {
    std::string key = property_key();
    std::string value;
    if (accept(kEqual) || !at_any({kComma, kRightParen})) value = option_value();
    const bool known = std::any_of(options.begin(), options.end(),
                                   [&](const auto& option) { return option.first == key; });
    if (known) fail("DUPLICATE_KEY", {{"keyColumn", core::quote_identifier(key)}}, first);
    options.emplace_back(std::move(key), std::move(value));
  } while (accept(kComma));
  expect(kRightParen);
  return options;
}

std::string Grammar::option_value() {
  const size_t first = position_;
  const ExpressionPtr value = expression();
  if (const auto* literal = std::get_if<plan::Literal>(&value->node)) {
    if (const auto* text = std::get_if<std::string>(&literal->value.data)) return *text;
    if (const auto* flag = std::get_if<bool>(&literal->value.data)) return *flag ? "true" : "false";
    if (literal->value.is_null()) return {};
    return source_from(first);
  }
  throw core::unsupported("an OPTIONS value that is not a literal", span(first));
}

}  // namespace grebe::parse::sql
