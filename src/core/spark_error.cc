// Condition + parameters + origin → SparkError (Spark: SparkThrowableHelper, AnalysisException).
#include "core/spark_error.h"

#include <algorithm>

#include "core/error_catalogue.h"
#include "core/query_context.h"

namespace grebe::core {
namespace {

/// How a Java exception family shows where it happened.
enum class ContextStyle : uint8_t { kNone, kLineAndPosition, kStatement, kSummary };

ContextStyle context_style(ErrorClass family) {
  switch (family) {
    case ErrorClass::kAnalysis:
    case ErrorClass::kNoSuchTable:
    case ErrorClass::kNoSuchNamespace:
    case ErrorClass::kTableExists:
    case ErrorClass::kNamespaceExists:
    case ErrorClass::kTempTableExists:
    case ErrorClass::kNoSuchFunction:
      return ContextStyle::kLineAndPosition;
    case ErrorClass::kParse:
      return ContextStyle::kStatement;
    case ErrorClass::kArithmetic:
    case ErrorClass::kNumberFormat:
    case ErrorClass::kDateTime:
    case ErrorClass::kArrayIndex:
    case ErrorClass::kRuntime:
    case ErrorClass::kSpark:
      return ContextStyle::kSummary;
    case ErrorClass::kIllegalArgument:
    case ErrorClass::kUnsupportedOperation:
    case ErrorClass::kUpgrade:
    case ErrorClass::kFileNotFound:
    case ErrorClass::kClassNotFound:
    case ErrorClass::kInvalidPlan:
    case ErrorClass::kFileExists:
    case ErrorClass::kNoSuchElement:
    case ErrorClass::kSql:
      return ContextStyle::kNone;
  }
  return ContextStyle::kNone;
}

bool is_parameter_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

/// Replaces `<name>` by its parameter; sets `missing` to the first name without one.
std::optional<std::string> substitute(std::string_view pattern, const ErrorParameters& parameters) {
  std::string out;
  for (size_t i = 0; i < pattern.size();) {
    if (pattern[i] == '<') {
      size_t end = i + 1;
      while (end < pattern.size() && is_parameter_character(pattern[end])) ++end;
      if (end > i + 1 && end < pattern.size() && pattern[end] == '>') {
        const auto found = parameters.find(std::string(pattern.substr(i + 1, end - i - 1)));
        if (found == parameters.end()) return std::nullopt;
        out += found->second;
        i = end + 1;
        continue;
      }
    }
    out += pattern[i++];
  }
  return out;
}

bool is_legacy(std::string_view condition) { return condition.starts_with("_LEGACY_ERROR_TEMP_"); }

std::string with_context(ErrorClass family, std::string message, const Origin& origin) {
  switch (context_style(family)) {
    case ContextStyle::kNone:
      return message;
    case ContextStyle::kLineAndPosition:
      if (origin.line <= 0) return message;
      return message + "; line " + std::to_string(origin.line) + " pos " +
             std::to_string(origin.column);
    case ContextStyle::kStatement:
      return "\n" + message + parse_error_block(origin);
    case ContextStyle::kSummary: {
      const std::string summary = query_context_summary(origin);
      return summary.empty() ? message : message + "\n" + summary;
    }
  }
  return message;
}

}  // namespace

SparkError make_error(ErrorClass family, std::string condition, ErrorParameters parameters,
                      const Origin& origin) {
  const auto entry = find_condition(condition);
  if (!entry) return internal_error("Cannot find main error class '" + condition + "'");
  const auto text = substitute(entry->message_template, parameters);
  if (!text) {
    return internal_error("Undefined error message parameter for error class: '" + condition + "'");
  }
  std::string message = is_legacy(condition) ? *text : "[" + condition + "] " + *text;
  SparkError::Fields fields{.condition = std::move(condition),
                            .sql_state = entry->sql_state,
                            .parameters = std::move(parameters),
                            .message = with_context(family, std::move(message), origin),
                            .exception_classes = class_chain(family),
                            .contexts = {},
                            .cause = {}};
  // The parser itself reports no fragment: it has failed before there was a node.
  const bool is_before_nodes =
      family == ErrorClass::kParse &&
      (fields.condition == "PARSE_SYNTAX_ERROR" || fields.condition == "INVALID_IDENTIFIER" ||
       fields.condition == "UNCLOSED_BRACKETED_COMMENT");
  if (!is_before_nodes) {
    if (auto context = query_context(origin)) fields.contexts.push_back(std::move(*context));
  }
  return SparkError(std::move(fields));
}

SparkError analysis_error(std::string condition, ErrorParameters parameters, const Origin& origin) {
  return make_error(ErrorClass::kAnalysis, std::move(condition), std::move(parameters), origin);
}

SparkError parse_error(std::string condition, ErrorParameters parameters, const Origin& origin) {
  return make_error(ErrorClass::kParse, std::move(condition), std::move(parameters), origin);
}

SparkError runtime_error(std::string condition, ErrorParameters parameters, const Origin& origin) {
  return make_error(ErrorClass::kRuntime, std::move(condition), std::move(parameters), origin);
}

SparkError illegal_argument_error(std::string condition, ErrorParameters parameters,
                                  const Origin& origin) {
  return make_error(ErrorClass::kIllegalArgument, std::move(condition), std::move(parameters),
                    origin);
}

SparkError unsupported(std::string_view feature, const Origin& origin) {
  SparkError::Fields fields{.condition = "UNSUPPORTED_FEATURE",
                            .sql_state = "0A000",
                            .parameters = {{"feature", std::string(feature)}},
                            .message = "[UNSUPPORTED_FEATURE] The feature is not supported: " +
                                       std::string(feature) + ".",
                            .exception_classes = class_chain(ErrorClass::kUnsupportedOperation),
                            .contexts = {},
                            .cause = {}};
  if (auto context = query_context(origin)) {
    fields.message += "\n" + query_context_summary(origin);
    fields.contexts.push_back(std::move(*context));
  }
  return SparkError(std::move(fields));
}

SparkError plain_error(ErrorClass family, std::string message) {
  return SparkError({.condition = {},
                     .sql_state = {},
                     .parameters = {},
                     .message = std::move(message),
                     .exception_classes = class_chain(family),
                     .contexts = {},
                     .cause = {}});
}

SparkError internal_error(std::string_view what) {
  return SparkError({.condition = "INTERNAL_ERROR",
                     .sql_state = "XX000",
                     .parameters = {{"message", std::string(what)}},
                     .message = "[INTERNAL_ERROR] " + std::string(what),
                     .exception_classes = class_chain(ErrorClass::kSpark),
                     .contexts = {},
                     .cause = {}});
}

std::string quote_identifier(std::string_view part) {
  std::string out = "`";
  for (const char c : part) {
    if (c == '`') out += '`';
    out += c;
  }
  return out + "`";
}

std::string quote_name(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += '.';
    out += quote_identifier(part);
  }
  return out;
}

std::string quote_sql(std::string_view sql_text) { return "\"" + std::string(sql_text) + "\""; }

}  // namespace grebe::core
