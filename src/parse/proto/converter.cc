// The folder's public functions, and what all conversions share.
#include "parse/proto/converter.h"

#include <algorithm>

#include "parse/proto/conversion.h"
#include "spark/connect/base.pb.h"

namespace grebe::parse::proto {

core::SparkError invalid_plan(std::string message) {
  return core::plain_error(core::ErrorClass::kInvalidPlan, std::move(message));
}

plan::Options options_of(const google::protobuf::Map<std::string, std::string>& map) {
  plan::Options options(map.begin(), map.end());
  std::sort(options.begin(), options.end());
  return options;
}

std::vector<std::string> strings_of(
    const google::protobuf::RepeatedPtrField<std::string>& messages) {
  return {messages.begin(), messages.end()};
}

plan::ExpressionPtr integer_literal(int32_t value) {
  return plan::make_expression(
      plan::Literal{.type = types::DataType::integer(), .value = {static_cast<int64_t>(value)}});
}

Conversion::Nesting::Nesting(Conversion& owner) : owner_(owner) {
  if (++owner_.depth_ > kMaxDepth) {
    --owner_.depth_;
    throw invalid_plan(
        "Protocol message had too many levels of nesting. May be malicious. Use "
        "setRecursionLimit() to increase the recursion depth limit.");
  }
}

std::vector<plan::ExpressionPtr> Conversion::expressions(
    const google::protobuf::RepeatedPtrField<sc::Expression>& messages) {
  std::vector<plan::ExpressionPtr> out;
  out.reserve(static_cast<size_t>(messages.size()));
  for (const auto& message : messages) out.push_back(expression(message));
  return out;
}

plan::Statement parse_plan(const sc::Plan& message, const ConvertOptions& options) {
  Conversion conversion(options);
  switch (message.op_type_case()) {
    case sc::Plan::kRoot:
      return conversion.relation(message.root());
    case sc::Plan::kCommand:
      if (message.command().has_sql_command()) {
        return conversion.sql_command(message.command().sql_command());
      }
      return conversion.command(message.command());
    case sc::Plan::kCompressedOperation:
      throw core::unsupported("a compressed plan");
    case sc::Plan::OP_TYPE_NOT_SET:
      throw invalid_plan("Expected Plan to be set, but is empty.");
  }
  throw core::unsupported("this kind of plan");
}

plan::RelationPtr parse_relation(const sc::Relation& message, const ConvertOptions& options) {
  return Conversion(options).relation(message);
}

plan::ExpressionPtr parse_expression(const sc::Expression& message, const ConvertOptions& options) {
  return Conversion(options).expression(message);
}

plan::CommandPtr parse_command(const sc::Command& message, const ConvertOptions& options) {
  return Conversion(options).command(message);
}

plan::RelationPtr parse_sql_command(const sc::SqlCommand& message, const ConvertOptions& options) {
  return Conversion(options).sql_command(message);
}

types::DataType parse_data_type(const sc::DataType& message, const ConvertOptions& options) {
  return Conversion(options).data_type(message);
}

}  // namespace grebe::parse::proto
