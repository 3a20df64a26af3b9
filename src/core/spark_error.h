// A condition and its parameters → Spark's error: text, SQLSTATE, Java class chain, query context.
#pragma once

#include <exception>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/origin.h"

namespace grebe::core {

/// Parameters of a condition by the names used in Spark's catalogue.
using ErrorParameters = std::map<std::string, std::string>;

/// The part of a statement an error points at, as Spark's `QueryContext`.
struct QueryContext {
  std::string object_type;
  std::string object_name;
  /// 0-based first and last character of the fragment, -1 when unknown.
  int32_t start_index = -1;
  int32_t stop_index = -1;
  std::string fragment;
  /// 1-based line and 0-based column of the fragment, for the "== SQL (line …) ==" block.
  int32_t line = 0;
  int32_t column = 0;
};

/// Spark's error as a value. Built only by the factories below; never parsed back from text.
class SparkError : public std::exception {
 public:
  struct Fields {
    /// Full condition, for example `UNRESOLVED_COLUMN.WITH_SUGGESTION`; empty for legacy errors.
    std::string condition;
    std::string sql_state;
    ErrorParameters parameters;
    /// Rendered text: "[CONDITION] …" with the query context block appended.
    std::string message;
    /// Java class names, most derived first; PySpark chooses its Python class from them.
    std::vector<std::string> exception_classes;
    std::vector<QueryContext> contexts;
    /// Text of the underlying failure, for logs and `cause` chains.
    std::string cause;
  };

  explicit SparkError(Fields fields) : fields_(std::move(fields)) {}
  const char* what() const noexcept override { return fields_.message.c_str(); }
  const Fields& fields() const { return fields_; }
  const std::string& condition() const { return fields_.condition; }

 private:
  Fields fields_;
};

/// Java exception families; each has a fixed chain of class names.
enum class ErrorClass {
  kAnalysis,              // org.apache.spark.sql.AnalysisException
  kParse,                 // …catalyst.parser.ParseException
  kArithmetic,            // SparkArithmeticException
  kNumberFormat,          // SparkNumberFormatException
  kDateTime,              // SparkDateTimeException
  kArrayIndex,            // SparkArrayIndexOutOfBoundsException
  kIllegalArgument,       // SparkIllegalArgumentException
  kUnsupportedOperation,  // SparkUnsupportedOperationException
  kRuntime,               // SparkRuntimeException
  kUpgrade,               // SparkUpgradeException
  kSpark,                 // org.apache.spark.SparkException
  kNoSuchTable,           // …catalyst.analysis.NoSuchTableException
  kNoSuchNamespace,       // NoSuchDatabaseException / NoSuchNamespaceException
  kTableExists,           // TableAlreadyExistsException
  kNamespaceExists,       // NamespaceAlreadyExistsException
  kTempTableExists,       // TempTableAlreadyExistsException
  kNoSuchFunction,        // NoSuchFunctionException
  kFileNotFound,          // SparkFileNotFoundException
  kClassNotFound,         // SparkClassNotFoundException
  kFileExists,            // SparkFileAlreadyExistsException
  kInvalidPlan,           // sql.connect.common.InvalidPlanInput
  kNoSuchElement,         // SparkNoSuchElementException
  kSql,                   // SparkSQLException
};

/// Builds an error of `family`; text and SQLSTATE come from Spark's catalogue for `condition`.
/// An unknown condition or a missing parameter is a bug and gives INTERNAL_ERROR.
SparkError make_error(ErrorClass family, std::string condition, ErrorParameters parameters,
                      const Origin& origin = {});

/// Shorthands for the families used most.
SparkError analysis_error(std::string condition, ErrorParameters parameters = {},
                          const Origin& origin = {});
SparkError parse_error(std::string condition, ErrorParameters parameters = {},
                       const Origin& origin = {});
SparkError runtime_error(std::string condition, ErrorParameters parameters = {},
                         const Origin& origin = {});
SparkError illegal_argument_error(std::string condition, ErrorParameters parameters = {},
                                  const Origin& origin = {});

/// Names something Spark has and Grebe does not: condition UNSUPPORTED_FEATURE-like, SQLSTATE
/// 0A000, class SparkUnsupportedOperationException. `feature` reads like "the relation
/// WithWatermark".
SparkError unsupported(std::string_view feature, const Origin& origin = {});

/// An error that Spark 3.5 raises without a condition (legacy `_LEGACY_ERROR_TEMP_…` or plain
/// text).
SparkError plain_error(ErrorClass family, std::string message);

/// A broken invariant of ours: INTERNAL_ERROR; never reachable from user input.
SparkError internal_error(std::string_view what);

/// Java class chain of a family, most derived first.
std::vector<std::string> class_chain(ErrorClass family);

/// Quotes as Spark prints them in messages: `a`.`b`, "SQL TEXT", "TYPE".
std::string quote_identifier(std::string_view part);
std::string quote_name(const std::vector<std::string>& parts);
std::string quote_sql(std::string_view sql_text);

}  // namespace grebe::core
