// spark.connect.Expression → plan::Expression: dispatch and the small kinds.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {
namespace {

std::optional<int64_t> optional_id(bool present, int64_t id) {
  return present ? std::optional<int64_t>(id) : std::nullopt;
}

/// Where a client says that the expression stood in SQL text of its own.
core::Origin origin_of(const sc::Expression& message) {
  core::Origin origin;
  if (!message.has_common() || !message.common().origin().has_jvm_origin()) return origin;
  const auto& jvm = message.common().origin().jvm_origin();
  if (!jvm.has_sql_text() || !jvm.has_start_index() || !jvm.has_stop_index()) return origin;
  origin.text = std::make_shared<const std::string>(jvm.sql_text());
  origin.start = jvm.start_index();
  origin.stop = jvm.stop_index() + 1;
  origin.line = jvm.line();
  origin.column = jvm.start_position();
  origin.object_type = jvm.object_type();
  origin.object_name = jvm.object_name();
  return origin;
}

}  // namespace

plan::ExpressionPtr Conversion::alias(const sc::Expression::Alias& message) {
  if (message.name_size() == 0) throw invalid_plan("Alias requires at least one name");
  if (message.name_size() > 1 && message.has_metadata() && !message.metadata().empty()) {
    throw invalid_plan(
        "Alias expressions with more than 1 identifier must not use optional metadata.");
  }
  return plan::make_expression(plan::Alias{.child = expression(message.expr()),
                                           .names = strings_of(message.name()),
                                           .metadata_json = message.metadata()});
}

plan::ExpressionPtr Conversion::cast(const sc::Expression::Cast& message) {
  using Message = sc::Expression::Cast;
  plan::CastMode mode = plan::CastMode::kDefault;
  switch (message.eval_mode()) {
    case Message::EVAL_MODE_UNSPECIFIED:
      break;
    case Message::EVAL_MODE_ANSI:
      mode = plan::CastMode::kAnsi;
      break;
    case Message::EVAL_MODE_TRY:
      mode = plan::CastMode::kTry;
      break;
    default:
      throw core::unsupported("a cast whose mode is not the session's, ANSI or TRY");
  }
  auto child = expression(message.expr());
  auto type = message.has_type() ? data_type(message.type())
                                 : sql::parse_data_type(message.type_str(), options_.sql);
  return plan::make_expression(
      plan::Cast{.child = std::move(child), .type = std::move(type), .mode = mode});
}

plan::ExpressionPtr Conversion::regex(const sc::Expression::UnresolvedRegex& message) {
  const std::string& text = message.col_name();
  const auto plan_id = optional_id(message.has_plan_id(), message.plan_id());
  // `pattern` or qualifier.`pattern`; anything else is a plain name.
  if (text.size() > 2 && text.back() == '`') {
    if (text.front() == '`' && text.find("`.`") == std::string::npos) {
      return plan::make_expression(plan::UnresolvedRegex{
          .pattern = text.substr(1, text.size() - 2), .qualifier = {}, .plan_id = plan_id});
    }
    const auto start = text.rfind(".`", text.size() - 2);
    if (start != std::string::npos && start > 0) {
      return plan::make_expression(
          plan::UnresolvedRegex{.pattern = text.substr(start + 2, text.size() - start - 3),
                                .qualifier = parse_attribute_name(text.substr(0, start)),
                                .plan_id = plan_id});
    }
  }
  return plan::make_expression(
      plan::UnresolvedAttribute{.name_parts = parse_attribute_name(text), .plan_id = plan_id});
}

plan::ExpressionPtr Conversion::star(const sc::Expression::UnresolvedStar& message) {
  plan::UnresolvedStar star{
      .target = {}, .except = {}, .plan_id = optional_id(message.has_plan_id(), message.plan_id())};
  if (message.has_unparsed_target()) {
    const std::string& target = message.unparsed_target();
    if (!target.ends_with(".*")) {
      throw invalid_plan("UnresolvedStar requires a unparsed target ending with '.*', but got " +
                         target + ".");
    }
    star.target = parse_attribute_name(std::string_view(target).substr(0, target.size() - 2));
  }
  return plan::make_expression(std::move(star));
}

plan::ExpressionPtr Conversion::expression(const sc::Expression& message) {
  const Nesting nesting(*this);
  auto converted = expression_node(message);
  const core::Origin origin = origin_of(message);
  if (!origin.has_text() || converted->origin.has_text()) return converted;
  return plan::make_expression(converted->node, origin);
}

plan::ExpressionPtr Conversion::expression_node(const sc::Expression& message) {
  using Message = sc::Expression;
  switch (message.expr_type_case()) {
    case Message::kLiteral:
      return plan::make_expression(literal(message.literal()));
    case Message::kUnresolvedAttribute: {
      const auto& attribute = message.unresolved_attribute();
      return plan::make_expression(plan::UnresolvedAttribute{
          .name_parts = parse_attribute_name(attribute.unparsed_identifier()),
          .plan_id = optional_id(attribute.has_plan_id(), attribute.plan_id()),
          .is_metadata_column = attribute.is_metadata_column()});
    }
    case Message::kUnresolvedFunction:
      return function(message.unresolved_function());
    case Message::kExpressionString:
      return sql::parse_expression(message.expression_string().expression(), options_.sql);
    case Message::kUnresolvedStar:
      return star(message.unresolved_star());
    case Message::kAlias:
      return alias(message.alias());
    case Message::kCast:
      return cast(message.cast());
    case Message::kUnresolvedRegex:
      return regex(message.unresolved_regex());
    case Message::kSortOrder:
      return plan::make_expression(plan::SortKey{sort_order(message.sort_order())});
    case Message::kLambdaFunction:
      return lambda(message.lambda_function());
    case Message::kWindow:
      return window(message.window());
    case Message::kUnresolvedExtractValue:
      return plan::make_expression(
          plan::ExtractValue{.child = expression(message.unresolved_extract_value().child()),
                             .key = expression(message.unresolved_extract_value().extraction())});
    case Message::kUpdateFields: {
      const auto& update = message.update_fields();
      return plan::make_expression(plan::UpdateFields{
          .child = expression(update.struct_expression()),
          .field_path = parse_attribute_name(update.field_name()),
          .value =
              update.has_value_expression() ? expression(update.value_expression()) : nullptr});
    }
    case Message::kUnresolvedNamedLambdaVariable: {
      const auto& variable = message.unresolved_named_lambda_variable();
      if (variable.name_parts_size() == 0) throw invalid_plan("A lambda variable has no name");
      // x.a on a lambda variable arrives as its name parts.
      auto out = plan::make_expression(plan::LambdaVariable{variable.name_parts(0)});
      for (int i = 1; i < variable.name_parts_size(); ++i) {
        out = plan::make_expression(plan::ExtractValue{
            .child = out,
            .key = plan::make_expression(plan::Literal{.type = types::DataType::string(),
                                                       .value = {variable.name_parts(i)}})});
      }
      return out;
    }
    case Message::kCommonInlineUserDefinedFunction:
      return user_function(message.common_inline_user_defined_function());
    case Message::kCallFunction:
      return plan::make_expression(
          plan::UnresolvedFunction{.name_parts = name(message.call_function().function_name()),
                                   .arguments = expressions(message.call_function().arguments())});
    case Message::kNamedArgumentExpression:
      return plan::make_expression(
          plan::NamedArgument{.name = message.named_argument_expression().key(),
                              .value = expression(message.named_argument_expression().value())});
    case Message::kSubqueryExpression:
      return subquery(message.subquery_expression());
    case Message::kMergeAction:
      throw core::unsupported("the expression MergeAction");
    case Message::kTypedAggregateExpression:
      throw core::unsupported("the expression TypedAggregateExpression");
    case Message::kDirectShufflePartitionId:
      throw core::unsupported("the expression DirectShufflePartitionID");
    case Message::kExtension:
      throw core::unsupported("an expression extension of type " + message.extension().type_url());
    case Message::EXPR_TYPE_NOT_SET:
      throw invalid_plan("Expression with ID: 0 is not supported");
  }
  throw core::unsupported("an expression outside the protocol");
}

}  // namespace grebe::parse::proto
