// DataType: construction, accessors, equality (Spark: org.apache.spark.sql.types).
#include "types/data_type.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/spark_error.h"
#include "types/type_node.h"

namespace grebe::types {
namespace {

/// Types without parameters are shared, so that copies and comparisons stay cheap.
const std::shared_ptr<const TypeNode>& plain_node(TypeKind kind) {
  static const auto nodes = [] {
    std::vector<std::shared_ptr<const TypeNode>> all;
    for (int i = 0; i <= static_cast<int>(TypeKind::kStruct); ++i) {
      all.push_back(std::make_shared<const TypeNode>(TypeNode{.kind = static_cast<TypeKind>(i)}));
    }
    return all;
  }();
  return nodes[static_cast<size_t>(kind)];
}

void require(bool holds, const char* accessor) {
  if (!holds) {
    throw core::internal_error(std::string("DataType::") + accessor + " of another kind of type");
  }
}

}  // namespace

DataType::DataType() : node_(plain_node(TypeKind::kVoid)) {}

DataType DataType::void_type() { return DataType(plain_node(TypeKind::kVoid)); }
DataType DataType::boolean() { return DataType(plain_node(TypeKind::kBoolean)); }
DataType DataType::byte() { return DataType(plain_node(TypeKind::kByte)); }
DataType DataType::short_type() { return DataType(plain_node(TypeKind::kShort)); }
DataType DataType::integer() { return DataType(plain_node(TypeKind::kInteger)); }
DataType DataType::long_type() { return DataType(plain_node(TypeKind::kLong)); }
DataType DataType::float_type() { return DataType(plain_node(TypeKind::kFloat)); }
DataType DataType::double_type() { return DataType(plain_node(TypeKind::kDouble)); }
DataType DataType::string() { return DataType(plain_node(TypeKind::kString)); }
DataType DataType::binary() { return DataType(plain_node(TypeKind::kBinary)); }
DataType DataType::date() { return DataType(plain_node(TypeKind::kDate)); }
DataType DataType::timestamp() { return DataType(plain_node(TypeKind::kTimestamp)); }
DataType DataType::timestamp_ntz() { return DataType(plain_node(TypeKind::kTimestampNtz)); }
DataType DataType::calendar_interval() { return DataType(plain_node(TypeKind::kCalendarInterval)); }

DataType DataType::decimal(int precision, int scale) {
  return DataType(std::make_shared<const TypeNode>(
      TypeNode{.kind = TypeKind::kDecimal, .first = precision, .second = scale}));
}

DataType DataType::char_type(int length) {
  return DataType(
      std::make_shared<const TypeNode>(TypeNode{.kind = TypeKind::kChar, .first = length}));
}

DataType DataType::varchar(int length) {
  return DataType(
      std::make_shared<const TypeNode>(TypeNode{.kind = TypeKind::kVarchar, .first = length}));
}

DataType DataType::year_month_interval(IntervalField start, IntervalField end) {
  return DataType(std::make_shared<const TypeNode>(
      TypeNode{.kind = TypeKind::kYearMonthInterval, .first = start, .second = end}));
}

DataType DataType::day_time_interval(IntervalField start, IntervalField end) {
  return DataType(std::make_shared<const TypeNode>(
      TypeNode{.kind = TypeKind::kDayTimeInterval, .first = start, .second = end}));
}

DataType DataType::array(DataType element, bool contains_null) {
  TypeNode node{.kind = TypeKind::kArray, .has_null = contains_null};
  node.children.push_back(std::move(element));
  return DataType(std::make_shared<const TypeNode>(std::move(node)));
}

DataType DataType::map(DataType key, DataType value, bool value_contains_null) {
  TypeNode node{.kind = TypeKind::kMap, .has_null = value_contains_null};
  node.children.push_back(std::move(key));
  node.children.push_back(std::move(value));
  return DataType(std::make_shared<const TypeNode>(std::move(node)));
}

DataType DataType::struct_type(std::vector<StructField> fields) {
  TypeNode node{.kind = TypeKind::kStruct};
  node.fields = std::move(fields);
  return DataType(std::make_shared<const TypeNode>(std::move(node)));
}

TypeKind DataType::kind() const { return node_->kind; }

int DataType::precision() const {
  require(is(TypeKind::kDecimal), "precision");
  return node_->first;
}

int DataType::scale() const {
  require(is(TypeKind::kDecimal), "scale");
  return node_->second;
}

int DataType::length() const {
  require(is(TypeKind::kChar) || is(TypeKind::kVarchar), "length");
  return node_->first;
}

IntervalField DataType::start_field() const {
  require(is_ansi_interval(), "start_field");
  return static_cast<IntervalField>(node_->first);
}

IntervalField DataType::end_field() const {
  require(is_ansi_interval(), "end_field");
  return static_cast<IntervalField>(node_->second);
}

const DataType& DataType::element() const {
  require(is(TypeKind::kArray), "element");
  return node_->children[0];
}

bool DataType::contains_null() const {
  require(is(TypeKind::kArray), "contains_null");
  return node_->has_null;
}

const DataType& DataType::key() const {
  require(is(TypeKind::kMap), "key");
  return node_->children[0];
}

const DataType& DataType::value() const {
  require(is(TypeKind::kMap), "value");
  return node_->children[1];
}

bool DataType::value_contains_null() const {
  require(is(TypeKind::kMap), "value_contains_null");
  return node_->has_null;
}

const std::vector<StructField>& DataType::fields() const {
  require(is(TypeKind::kStruct), "fields");
  return node_->fields;
}

bool DataType::is_integral() const {
  return kind() >= TypeKind::kByte && kind() <= TypeKind::kLong;
}

bool DataType::is_fractional() const {
  return kind() >= TypeKind::kFloat && kind() <= TypeKind::kDecimal;
}

bool DataType::is_numeric() const { return is_integral() || is_fractional(); }

bool DataType::is_string_like() const {
  return is(TypeKind::kString) || is(TypeKind::kChar) || is(TypeKind::kVarchar);
}

bool DataType::is_ansi_interval() const {
  return is(TypeKind::kYearMonthInterval) || is(TypeKind::kDayTimeInterval);
}

bool DataType::is_datetime() const {
  return is(TypeKind::kDate) || is(TypeKind::kTimestamp) || is(TypeKind::kTimestampNtz);
}

bool DataType::is_atomic() const {
  return !is_nested() && !is(TypeKind::kVoid) && !is(TypeKind::kCalendarInterval);
}

bool DataType::is_nested() const {
  return is(TypeKind::kArray) || is(TypeKind::kMap) || is(TypeKind::kStruct);
}

bool DataType::operator==(const DataType& other) const {
  if (node_ == other.node_) return true;
  const TypeNode& a = *node_;
  const TypeNode& b = *other.node_;
  return a.kind == b.kind && a.first == b.first && a.second == b.second &&
         a.has_null == b.has_null && a.children == b.children && a.fields == b.fields;
}

bool DataType::same_type(const DataType& other) const {
  return as_nullable() == other.as_nullable();
}

DataType DataType::as_nullable() const {
  switch (kind()) {
    case TypeKind::kArray:
      return array(element().as_nullable(), true);
    case TypeKind::kMap:
      return map(key().as_nullable(), value().as_nullable(), true);
    case TypeKind::kStruct: {
      std::vector<StructField> nullable = fields();
      for (auto& field : nullable) {
        field.type = field.type.as_nullable();
        field.nullable = true;
        field.metadata_json.clear();
      }
      return struct_type(std::move(nullable));
    }
    default:
      return *this;
  }
}

}  // namespace grebe::types
