// Leaves of messages (reads, local rows, ranges, SQL) → plan relations.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {

plan::Relation::Node Conversion::read(const sc::Read& message) {
  switch (message.read_type_case()) {
    case sc::Read::kNamedTable:
      return plan::ReadTable{.name_parts = name(message.named_table().unparsed_identifier()),
                             .options = options_of(message.named_table().options()),
                             .version_as_of = {},
                             .timestamp_as_of = nullptr,
                             .is_streaming = message.is_streaming()};
    case sc::Read::kDataSource: {
      const auto& source = message.data_source();
      if (source.has_source_name() && !source.source_name().empty()) {
        throw core::unsupported("a named streaming source");
      }
      return plan::ReadDataSource{.format = source.format(),
                                  .paths = strings_of(source.paths()),
                                  .schema = source.schema(),
                                  .options = options_of(source.options()),
                                  .predicates = strings_of(source.predicates()),
                                  .is_streaming = message.is_streaming()};
    }
    case sc::Read::READ_TYPE_NOT_SET:
      break;
  }
  throw invalid_plan("Does not support READTYPE_NOT_SET");
}

plan::Relation::Node Conversion::local_relation(const sc::LocalRelation& message) {
  if (!message.has_data() && !message.has_schema()) {
    throw invalid_plan("Schema for LocalRelation is required when the input data is not provided.");
  }
  return plan::LocalRelation{
      .arrow_stream =
          message.has_data() ? std::make_shared<const std::string>(message.data()) : nullptr,
      .schema = message.schema()};
}

plan::Relation::Node Conversion::range(const sc::Range& message) {
  return plan::Range{.start = message.start(),
                     .end = message.end(),
                     .step = message.step(),
                     .partitions = message.has_num_partitions()
                                       ? std::optional<int32_t>(message.num_partitions())
                                       : std::nullopt};
}

namespace {

/// sc::SQL and sc::SqlCommand carry a statement's parameters in the same four fields.
template <typename Message>
plan::SqlQuery sql_query(Conversion& conversion, const Message& message, const std::string& text) {
  if (message.args_size() + message.named_arguments_size() > 0 &&
      message.pos_args_size() + message.pos_arguments_size() > 0) {
    throw invalid_plan("A statement has both named and positional parameters");
  }
  plan::SqlQuery query{.text = text, .named_arguments = {}, .positional_arguments = {}};
  for (const auto& [key, value] : message.args()) {
    query.named_arguments[key] = plan::make_expression(conversion.literal(value));
  }
  for (const auto& [key, value] : message.named_arguments()) {
    query.named_arguments[key] = conversion.expression(value);
  }
  for (const auto& value : message.pos_args()) {
    query.positional_arguments.push_back(plan::make_expression(conversion.literal(value)));
  }
  for (const auto& value : message.pos_arguments()) {
    query.positional_arguments.push_back(conversion.expression(value));
  }
  return query;
}

}  // namespace

plan::Relation::Node Conversion::sql(const sc::SQL& message) {
  return sql_query(*this, message, message.query());
}

plan::RelationPtr Conversion::sql_command(const sc::SqlCommand& message) {
  // 4.x sends the statement as a relation, 3.5 as text.
  if (message.has_input()) return relation(message.input());
  return plan::make_relation(sql_query(*this, message, message.sql()));
}

plan::Relation::Node Conversion::table_function(const sc::UnresolvedTableValuedFunction& message) {
  return plan::TableFunction{.name_parts = name(message.function_name()),
                             .arguments = expressions(message.arguments())};
}

}  // namespace grebe::parse::proto
