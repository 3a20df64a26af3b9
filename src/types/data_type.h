// Spark's data types as immutable values → comparison, names, JSON.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::types {

enum class TypeKind : uint8_t {
  kVoid,
  kBoolean,
  kByte,
  kShort,
  kInteger,
  kLong,
  kFloat,
  kDouble,
  kDecimal,
  kString,
  kChar,
  kVarchar,
  kBinary,
  kDate,
  kTimestamp,
  kTimestampNtz,
  kYearMonthInterval,
  kDayTimeInterval,
  kCalendarInterval,
  kArray,
  kMap,
  kStruct,
};

/// Units of ANSI intervals: year=0, month=1 and day=0, hour=1, minute=2, second=3.
using IntervalField = uint8_t;

struct StructField;
struct TypeNode;

/// A handle to an immutable type; copying is cheap, equality is structural (with nullability).
class DataType {
 public:
  /// VOID.
  DataType();

  static DataType void_type();
  static DataType boolean();
  static DataType byte();
  static DataType short_type();
  static DataType integer();
  static DataType long_type();
  static DataType float_type();
  static DataType double_type();
  /// precision 1…38, scale 0…precision (callers adjust by decimal rules first).
  static DataType decimal(int precision, int scale);
  static DataType string();
  static DataType char_type(int length);
  static DataType varchar(int length);
  static DataType binary();
  static DataType date();
  static DataType timestamp();
  static DataType timestamp_ntz();
  static DataType year_month_interval(IntervalField start = 0, IntervalField end = 1);
  static DataType day_time_interval(IntervalField start = 0, IntervalField end = 3);
  static DataType calendar_interval();
  static DataType array(DataType element, bool contains_null);
  static DataType map(DataType key, DataType value, bool value_contains_null);
  static DataType struct_type(std::vector<StructField> fields);

  TypeKind kind() const;
  bool is(TypeKind kind) const { return this->kind() == kind; }

  int precision() const;
  int scale() const;
  /// CHAR/VARCHAR length.
  int length() const;
  IntervalField start_field() const;
  IntervalField end_field() const;
  const DataType& element() const;
  bool contains_null() const;
  const DataType& key() const;
  const DataType& value() const;
  bool value_contains_null() const;
  const std::vector<StructField>& fields() const;

  bool is_integral() const;
  bool is_fractional() const;
  bool is_numeric() const;
  bool is_string_like() const;
  bool is_ansi_interval() const;
  bool is_datetime() const;
  bool is_atomic() const;
  bool is_nested() const;

  /// Structural equality, nullability and field names included.
  bool operator==(const DataType& other) const;
  /// Equality that ignores nullability of elements, values and fields (Spark's `sameType`).
  bool same_type(const DataType& other) const;
  /// The same type with every nested nullability set (Spark's `asNullable`).
  DataType as_nullable() const;

  /// `bigint`, `struct<a:int>`: Spark's simpleString, fields not truncated (catalogString).
  std::string simple_string() const;
  /// `BIGINT`, `STRUCT<a: INT>`: Spark's `sql`.
  std::string sql() const;
  /// `long`, `struct`: Spark's typeName, as used by JSON and printSchema.
  std::string type_name() const;
  /// Spark's JSON schema text of the type.
  std::string json() const;

 private:
  explicit DataType(std::shared_ptr<const TypeNode> node) : node_(std::move(node)) {}
  std::shared_ptr<const TypeNode> node_;
};

/// One field of a struct or one column of a schema.
struct StructField {
  std::string name;
  DataType type;
  bool nullable = true;
  /// JSON object text, empty for none.
  std::string metadata_json = {};

  bool operator==(const StructField& other) const = default;
};

/// A relation's columns in order.
using Schema = std::vector<StructField>;

/// The indented tree `printSchema` and `treeString` show; `max_level` < 1 means all levels.
std::string tree_string(const Schema& schema, int max_level = 0);

/// Parses Spark's JSON form of a type. Throws SparkError on bad input.
DataType parse_json_type(std::string_view json);

}  // namespace grebe::types
