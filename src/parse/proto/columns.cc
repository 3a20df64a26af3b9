// withColumns, renames, drops and parsed text columns of messages → plan relations.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {

plan::Relation::Node Conversion::with_columns(const sc::WithColumns& message) {
  plan::WithColumns out{.input = relation(message.input()), .aliases = {}};
  for (const auto& column : message.aliases()) {
    if (column.name_size() != 1) {
      throw invalid_plan("WithColumns require column name only contains one name part, but got " +
                         std::to_string(column.name_size()));
    }
    out.aliases.push_back(alias(column));
  }
  return out;
}

plan::Relation::Node Conversion::with_columns_renamed(const sc::WithColumnsRenamed& message) {
  plan::WithColumnsRenamed out{.input = relation(message.input()), .renames = {}};
  if (message.renames_size() > 0) {
    for (const auto& rename : message.renames()) {
      out.renames.emplace_back(rename.col_name(), rename.new_col_name());
    }
  } else {
    out.renames = options_of(message.rename_columns_map());
  }
  return out;
}

plan::Relation::Node Conversion::drop(const sc::Drop& message) {
  return plan::Drop{.input = relation(message.input()),
                    .columns = expressions(message.columns()),
                    .column_names = strings_of(message.column_names())};
}

plan::Relation::Node Conversion::parse_text(const sc::Parse& message) {
  plan::ParseText out{
      .input = relation(message.input()),
      .format = {},
      .schema = message.has_schema() ? data_type(message.schema()).json() : std::string(),
      .options = options_of(message.options())};
  switch (message.format()) {
    case sc::Parse::PARSE_FORMAT_CSV:
      out.format = "csv";
      return out;
    case sc::Parse::PARSE_FORMAT_JSON:
      out.format = "json";
      return out;
    case sc::Parse::PARSE_FORMAT_XML:
      throw core::unsupported("the parse format XML");
    default:
      throw invalid_plan("Does not support PARSE_FORMAT_UNSPECIFIED");
  }
}

}  // namespace grebe::parse::proto
