// Error family → Java class chain, most derived first.
#include <initializer_list>

#include "core/spark_error.h"

namespace grebe::core {
namespace {

constexpr const char* kAnalysisException = "org.apache.spark.sql.AnalysisException";

std::vector<std::string> chain(std::initializer_list<const char*> classes) {
  std::vector<std::string> out(classes.begin(), classes.end());
  for (const char* base : {"java.lang.Exception", "java.lang.Throwable", "java.lang.Object"}) {
    out.emplace_back(base);
  }
  return out;
}

}  // namespace

std::vector<std::string> class_chain(ErrorClass family) {
  switch (family) {
    case ErrorClass::kAnalysis:
      return chain({kAnalysisException});
    case ErrorClass::kParse:
      return chain({"org.apache.spark.sql.catalyst.parser.ParseException", kAnalysisException});
    case ErrorClass::kArithmetic:
      return chain({"org.apache.spark.SparkArithmeticException", "java.lang.ArithmeticException",
                    "java.lang.RuntimeException"});
    case ErrorClass::kNumberFormat:
      return chain({"org.apache.spark.SparkNumberFormatException",
                    "java.lang.NumberFormatException", "java.lang.IllegalArgumentException",
                    "java.lang.RuntimeException"});
    case ErrorClass::kDateTime:
      return chain({"org.apache.spark.SparkDateTimeException", "java.time.DateTimeException",
                    "java.lang.RuntimeException"});
    case ErrorClass::kArrayIndex:
      return chain({"org.apache.spark.SparkArrayIndexOutOfBoundsException",
                    "java.lang.ArrayIndexOutOfBoundsException",
                    "java.lang.IndexOutOfBoundsException", "java.lang.RuntimeException"});
    case ErrorClass::kIllegalArgument:
      return chain({"org.apache.spark.SparkIllegalArgumentException",
                    "java.lang.IllegalArgumentException", "java.lang.RuntimeException"});
    case ErrorClass::kUnsupportedOperation:
      return chain({"org.apache.spark.SparkUnsupportedOperationException",
                    "java.lang.UnsupportedOperationException", "java.lang.RuntimeException"});
    case ErrorClass::kRuntime:
      return chain({"org.apache.spark.SparkRuntimeException", "java.lang.RuntimeException"});
    case ErrorClass::kUpgrade:
      return chain({"org.apache.spark.SparkUpgradeException", "java.lang.RuntimeException"});
    case ErrorClass::kSpark:
      return chain({"org.apache.spark.SparkException"});
    case ErrorClass::kNoSuchTable:
      return chain(
          {"org.apache.spark.sql.catalyst.analysis.NoSuchTableException", kAnalysisException});
    case ErrorClass::kNoSuchNamespace:
      return chain({"org.apache.spark.sql.catalyst.analysis.NoSuchDatabaseException",
                    "org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException",
                    kAnalysisException});
    case ErrorClass::kTableExists:
      return chain({"org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException",
                    kAnalysisException});
    case ErrorClass::kNamespaceExists:
      return chain({"org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException",
                    kAnalysisException});
    case ErrorClass::kTempTableExists:
      return chain({"org.apache.spark.sql.catalyst.analysis.TempTableAlreadyExistsException",
                    "org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException",
                    kAnalysisException});
    case ErrorClass::kNoSuchFunction:
      return chain(
          {"org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException", kAnalysisException});
    case ErrorClass::kFileNotFound:
      return chain({"org.apache.spark.SparkFileNotFoundException", "java.io.FileNotFoundException",
                    "java.io.IOException"});
    case ErrorClass::kClassNotFound:
      return chain({"org.apache.spark.SparkClassNotFoundException",
                    "java.lang.ClassNotFoundException", "java.lang.ReflectiveOperationException"});
    case ErrorClass::kInvalidPlan:
      return chain({"org.apache.spark.sql.connect.common.InvalidPlanInput"});
    case ErrorClass::kFileExists:
      return chain({"org.apache.spark.SparkFileAlreadyExistsException",
                    "org.apache.hadoop.fs.FileAlreadyExistsException", "java.io.IOException"});
    case ErrorClass::kNoSuchElement:
      return chain({"org.apache.spark.SparkNoSuchElementException",
                    "java.util.NoSuchElementException", "java.lang.RuntimeException"});
    case ErrorClass::kSql:
      return chain({"org.apache.spark.SparkSQLException", "java.sql.SQLException"});
  }
  return {};
}

}  // namespace grebe::core
