// Hive's storage clauses: ROW FORMAT and STORED AS/BY.
#include "parse/sql/grammar.h"
#include "parse/sql/table_clauses.h"

namespace grebe::parse::sql {

using enum TokenKind;

// ROW FORMAT SERDE '…' [WITH SERDEPROPERTIES (…)] | ROW FORMAT DELIMITED ….
Grammar::RowFormat Grammar::row_format(size_t first) {
  RowFormat format;
  expect(kRow);
  expect(kFormat);
  if (accept(kSerde)) {
    format.serde = string_value();
    if (accept(kWith)) {
      expect(kSerdeproperties);
      format.properties = property_list();
    }
    return format;
  }
  expect(kDelimited);
  const auto terminated = [&](const char* key) {
    expect(kTerminated);
    expect(kBy);
    format.properties.emplace_back(key, string_value());
  };
  if (accept(kFields)) {
    terminated("field.delim");
    if (accept(kEscaped)) {
      expect(kBy);
      format.properties.emplace_back("escape.delim", string_value());
    }
  }
  if (accept(kCollection)) {
    expect(kItems);
    terminated("colelction.delim");
  }
  if (accept(kMap)) {
    expect(kKeys);
    terminated("mapkey.delim");
  }
  if (accept(kLines)) {
    terminated("line.delim");
    const std::string& separator = format.properties.back().second;
    if (separator != "\n") {
      fail("_LEGACY_ERROR_TEMP_0064",
           {{"msg", "LINES TERMINATED BY only supports newline '\\n' right now: " + separator}},
           first);
    }
  }
  if (accept(kNull)) {
    expect(kDefined);
    expect(kAs);
    format.properties.emplace_back("serialization.null.format", string_value());
  }
  return format;
}

// STORED AS name | STORED AS INPUTFORMAT '…' OUTPUTFORMAT '…' | STORED BY '…'.
std::string Grammar::file_format(size_t first) {
  expect(kStored);
  if (accept(kBy)) {
    string_value();
    if (accept(kWith)) {
      expect(kSerdeproperties);
      property_list();
    }
    operation_not_allowed("STORED BY", first);
  }
  expect(kAs);
  if (at(kInputformat) && at_string(1)) {
    next();
    string_value();
    expect(kOutputformat);
    string_value();
    return "INPUTFORMAT";
  }
  return identifier();
}

}  // namespace grebe::parse::sql
