// DuckDB exception types → Spark conditions, one table; see error_decoding.h.
#include "engine/error_decoding.h"

namespace grebe::engine {

using core::ErrorClass;
using duckdb::ExceptionType;

core::SparkError decode_error(const duckdb::ErrorData& error) {
  const std::string& text = error.RawMessage();
  if (text.starts_with("More than one row returned by a subquery used as an expression")) {
    return core::make_error(ErrorClass::kSpark, "SCALAR_SUBQUERY_TOO_MANY_ROWS", {});
  }
  switch (error.Type()) {
    case ExceptionType::INTERRUPT:
      return core::make_error(ErrorClass::kSql, "OPERATION_CANCELED", {});
    case ExceptionType::OUT_OF_MEMORY:
      return core::plain_error(ErrorClass::kSpark,
                               "The query needs more memory than the limit allows, and cannot "
                               "spill further: " +
                                   text);
    case ExceptionType::OUT_OF_RANGE:
    case ExceptionType::DECIMAL:
      return core::plain_error(ErrorClass::kArithmetic, text);
    case ExceptionType::DIVIDE_BY_ZERO:
      return core::make_error(ErrorClass::kArithmetic, "DIVIDE_BY_ZERO",
                              {{"config", "\"spark.sql.ansi.enabled\""}});
    case ExceptionType::CONVERSION:
      return core::plain_error(ErrorClass::kRuntime, text);
    case ExceptionType::INVALID_INPUT:
    case ExceptionType::OBJECT_SIZE:
    case ExceptionType::CONSTRAINT:
    case ExceptionType::MISMATCH_TYPE:
    case ExceptionType::IO:
    case ExceptionType::NETWORK:
    case ExceptionType::HTTP:
    case ExceptionType::PERMISSION:
    case ExceptionType::TRANSACTION:
    case ExceptionType::CONNECTION:
    case ExceptionType::SEQUENCE:
      return core::plain_error(ErrorClass::kSpark, text);
    case ExceptionType::MISSING_EXTENSION:
    case ExceptionType::AUTOLOAD:
    case ExceptionType::NOT_IMPLEMENTED:
      return core::unsupported(text);
    // The rest says that what we emitted is wrong, or that DuckDB is.
    case ExceptionType::INVALID:
    case ExceptionType::UNKNOWN_TYPE:
    case ExceptionType::INVALID_TYPE:
    case ExceptionType::SERIALIZATION:
    case ExceptionType::EXPRESSION:
    case ExceptionType::CATALOG:
    case ExceptionType::PARSER:
    case ExceptionType::PLANNER:
    case ExceptionType::SCHEDULER:
    case ExceptionType::EXECUTOR:
    case ExceptionType::INDEX:
    case ExceptionType::STAT:
    case ExceptionType::SYNTAX:
    case ExceptionType::SETTINGS:
    case ExceptionType::BINDER:
    case ExceptionType::OPTIMIZER:
    case ExceptionType::NULL_POINTER:
    case ExceptionType::FATAL:
    case ExceptionType::INTERNAL:
    case ExceptionType::PARAMETER_NOT_RESOLVED:
    case ExceptionType::PARAMETER_NOT_ALLOWED:
    case ExceptionType::DEPENDENCY:
    case ExceptionType::INVALID_CONFIGURATION:
      break;
  }
  return core::internal_error("the engine refused a statement: " + text);
}

bool is_fatal(const duckdb::ErrorData& error) { return error.Type() == ExceptionType::FATAL; }

}  // namespace grebe::engine
