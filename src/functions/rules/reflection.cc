// reflect and java_method over the static methods that Grebe knows, each written in Spark's own
// functions: there is no Java virtual machine here.
#include <algorithm>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rewrite.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

namespace {

/// Java's parameter types, one letter each: i int, l long, d double, s String.
struct StaticMethod {
  std::string_view class_name;
  std::string_view name;
  std::string_view parameters;
  std::string_view rewrite;
};

constexpr std::string_view kUuid = "java.util.UUID";
constexpr std::string_view kMath = "java.lang.Math";
constexpr std::string_view kInteger = "java.lang.Integer";
constexpr std::string_view kLong = "java.lang.Long";
constexpr std::string_view kString = "java.lang.String";

constexpr StaticMethod kMethods[] = {
    {kInteger, "toBinaryString", "i", "bin($1)"},
    {kInteger, "toHexString", "i", "lower(hex($1))"},
    {kLong, "toBinaryString", "l", "bin($1)"},
    {kLong, "toHexString", "l", "lower(hex($1))"},
    {kMath, "abs", "d", "abs($1)"},
    {kMath, "abs", "i", "abs($1)"},
    {kMath, "abs", "l", "abs($1)"},
    {kMath, "acos", "d", "acos($1)"},
    {kMath, "asin", "d", "asin($1)"},
    {kMath, "atan", "d", "atan($1)"},
    {kMath, "cbrt", "d", "cbrt($1)"},
    {kMath, "cos", "d", "cos($1)"},
    {kMath, "exp", "d", "exp($1)"},
    {kMath, "max", "dd", "greatest($1, $2)"},
    {kMath, "max", "ii", "greatest($1, $2)"},
    {kMath, "max", "ll", "greatest($1, $2)"},
    {kMath, "min", "dd", "least($1, $2)"},
    {kMath, "min", "ii", "least($1, $2)"},
    {kMath, "min", "ll", "least($1, $2)"},
    {kMath, "pow", "dd", "pow($1, $2)"},
    {kMath, "signum", "d", "signum($1)"},
    {kMath, "sin", "d", "sin($1)"},
    {kMath, "sqrt", "d", "sqrt($1)"},
    {kMath, "tan", "d", "tan($1)"},
    {kMath, "toDegrees", "d", "degrees($1)"},
    {kMath, "toRadians", "d", "radians($1)"},
    {kString, "valueOf", "d", "$1"},
    {kString, "valueOf", "i", "$1"},
    {kString, "valueOf", "l", "$1"},
    {kUuid, "fromString", "s",
     "if(rlike($1, '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'), lower($1), "
     "raise_error(concat('Invalid UUID string: ', $1)))"},
    {kUuid, "randomUUID", "", "uuid()"},
};

/// Packages of the Java platform that hold classes with static methods of values.
constexpr std::string_view kPackages[] = {"java.io",   "java.lang",     "java.math", "java.net",
                                          "java.nio",  "java.security", "java.sql",  "java.text",
                                          "java.time", "java.util"};

char letter_of(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kInteger:
      return 'i';
    case TypeKind::kLong:
      return 'l';
    case TypeKind::kDouble:
      return 'd';
    default:
      return type.is_string_like() ? 's' : '?';
  }
}

bool is_passable(const DataType& type) {
  return type.is_string_like() || type.is_integral() || type.is(TypeKind::kBoolean) ||
         type.is(TypeKind::kFloat) || type.is(TypeKind::kDouble);
}

/// True for a class of a package that no Java platform has.
bool is_missing_class(std::string_view name) {
  if (!name.starts_with("java.")) return false;
  const size_t end = name.rfind('.');
  return std::none_of(std::begin(kPackages), std::end(kPackages), [&](std::string_view package) {
    return name.substr(0, end).starts_with(package);
  });
}

}  // namespace

ExpressionPtr bind_reflect(const BindInput& input) {
  const std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.size() < 2) {
    throw wrong_number_of_arguments(input.name, "> 1", arguments.size());
  }
  const auto class_name = constant_text(input, 0, "class");
  const auto method = constant_text(input, 1, "method");
  if (!class_name || !method) {
    throw type_mismatch("UNEXPECTED_NULL", input.name, arguments,
                        {{"exprName", class_name ? "`method`" : "`class`"}}, input.request.origin);
  }
  std::string parameters;
  for (size_t i = 2; i < arguments.size(); ++i) {
    if (!is_passable(arguments[i]->type)) {
      throw unexpected_input_type(input.name, arguments, i,
                                  "(\"BOOLEAN\" or \"TINYINT\" or \"SMALLINT\" or \"INT\" or "
                                  "\"BIGINT\" or \"FLOAT\" or \"DOUBLE\" or \"STRING\")",
                                  input.request.origin);
    }
    parameters += letter_of(arguments[i]->type);
  }
  const auto is_of_class = [&](const StaticMethod& each) { return each.class_name == *class_name; };
  const auto found = std::find_if(std::begin(kMethods), std::end(kMethods), [&](const auto& each) {
    return is_of_class(each) && each.name == *method && each.parameters == parameters;
  });
  if (found == std::end(kMethods)) {
    if (is_missing_class(*class_name)) {
      throw type_mismatch("UNEXPECTED_CLASS_TYPE", input.name, arguments,
                          {{"className", *class_name}}, input.request.origin);
    }
    const bool is_known_name =
        std::any_of(std::begin(kMethods), std::end(kMethods),
                    [&](const auto& each) { return is_of_class(each) && each.name == *method; });
    if (is_known_name) {
      throw type_mismatch("UNEXPECTED_STATIC_METHOD", input.name, arguments,
                          {{"methodName", *method}, {"className", *class_name}},
                          input.request.origin);
    }
    throw core::unsupported(
        input.name + " of " + *class_name + "." + *method + " (there is no Java virtual machine)",
        input.request.origin);
  }
  const std::vector<ExpressionPtr> values(arguments.begin() + 2, arguments.end());
  const ExpressionPtr lowered =
      cast_to(bind_rewrite(found->rewrite, values, input.context, input.request.origin),
              DataType::string(), input.context);
  return resolved::make_expression(resolved::Call{.function = input.name,
                                                  .arguments = arguments,
                                                  .ansi = input.context.ansi,
                                                  .lowered = lowered},
                                   DataType::string(), true, input.request.origin);
}

}  // namespace grebe::functions
