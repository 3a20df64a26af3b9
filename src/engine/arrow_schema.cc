// The two directions of the Arrow schema; see arrow_schema.h. Source of the mapping: Spark's
// org.apache.spark.sql.util.ArrowUtils (3.5).
#include "engine/arrow_schema.h"

#include "core/spark_error.h"

namespace grebe::engine {

using types::DataType;
using types::StructField;
using types::TypeKind;

namespace {

void check(ArrowErrorCode code) {
  if (code != NANOARROW_OK) throw core::internal_error("an Arrow schema could not be built");
}

class SchemaBuilder {
 public:
  explicit SchemaBuilder(const std::string& time_zone) : time_zone_(time_zone) {}

  void set_field(ArrowSchema* schema, const std::string& name, const DataType& type,
                 bool nullable) const {
    set_type(schema, type);
    check(ArrowSchemaSetName(schema, name.c_str()));
    schema->flags &= ~ARROW_FLAG_NULLABLE;
    if (nullable) schema->flags |= ARROW_FLAG_NULLABLE;
  }

  void set_struct(ArrowSchema* schema, const std::vector<StructField>& fields) const {
    check(ArrowSchemaSetTypeStruct(schema, static_cast<int64_t>(fields.size())));
    for (size_t i = 0; i < fields.size(); ++i) {
      set_field(schema->children[i], fields[i].name, fields[i].type, fields[i].nullable);
    }
  }

 private:
  void set_type(ArrowSchema* schema, const DataType& type) const {
    switch (type.kind()) {
      case TypeKind::kVoid:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_NA));
      case TypeKind::kBoolean:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_BOOL));
      case TypeKind::kByte:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_INT8));
      case TypeKind::kShort:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_INT16));
      case TypeKind::kInteger:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_INT32));
      case TypeKind::kLong:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_INT64));
      case TypeKind::kFloat:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_FLOAT));
      case TypeKind::kDouble:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_DOUBLE));
      case TypeKind::kDecimal:
        return check(ArrowSchemaSetTypeDecimal(schema, NANOARROW_TYPE_DECIMAL128, type.precision(),
                                               type.scale()));
      case TypeKind::kString:
      case TypeKind::kChar:
      case TypeKind::kVarchar:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_STRING));
      case TypeKind::kBinary:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_BINARY));
      case TypeKind::kDate:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_DATE32));
      case TypeKind::kTimestamp:
        return set_timestamp(schema, time_zone_.c_str());
      case TypeKind::kTimestampNtz:
        return set_timestamp(schema, nullptr);
      case TypeKind::kYearMonthInterval:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_INTERVAL_MONTHS));
      case TypeKind::kDayTimeInterval:
        return check(ArrowSchemaSetTypeDateTime(schema, NANOARROW_TYPE_DURATION,
                                                NANOARROW_TIME_UNIT_MICRO, nullptr));
      case TypeKind::kCalendarInterval:
        return check(ArrowSchemaSetType(schema, NANOARROW_TYPE_INTERVAL_MONTH_DAY_NANO));
      case TypeKind::kArray:
        check(ArrowSchemaSetType(schema, NANOARROW_TYPE_LIST));
        return set_field(schema->children[0], "element", type.element(), type.contains_null());
      case TypeKind::kMap:
        return set_map(schema, type);
      case TypeKind::kStruct:
        return set_struct(schema, type.fields());
    }
    throw core::internal_error("a type without an Arrow type");
  }

  void set_timestamp(ArrowSchema* schema, const char* zone) const {
    check(ArrowSchemaSetTypeDateTime(schema, NANOARROW_TYPE_TIMESTAMP, NANOARROW_TIME_UNIT_MICRO,
                                     zone));
  }

  void set_map(ArrowSchema* schema, const DataType& type) const {
    check(ArrowSchemaSetType(schema, NANOARROW_TYPE_MAP));
    ArrowSchema* entries = schema->children[0];
    check(ArrowSchemaSetName(entries, "entries"));
    entries->flags &= ~ARROW_FLAG_NULLABLE;
    set_field(entries->children[0], "key", type.key(), false);
    set_field(entries->children[1], "value", type.value(), type.value_contains_null());
  }

  const std::string& time_zone_;
};

[[noreturn]] void refuse(const ArrowSchema& schema) {
  char text[256] = "";
  ArrowSchemaToString(&schema, text, sizeof(text), /*recursive=*/0);
  throw core::make_error(core::ErrorClass::kUnsupportedOperation, "UNSUPPORTED_ARROWTYPE",
                         {{"typeName", text}});
}

std::string name_of(const ArrowSchema& schema) { return schema.name ? schema.name : ""; }

bool nullable_of(const ArrowSchema& schema) { return (schema.flags & ARROW_FLAG_NULLABLE) != 0; }

DataType spark_type(const ArrowSchema& schema);

std::vector<StructField> spark_fields(const ArrowSchema& schema) {
  std::vector<StructField> fields;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema& child = *schema.children[i];
    fields.push_back(
        {.name = name_of(child), .type = spark_type(child), .nullable = nullable_of(child)});
  }
  return fields;
}

DataType spark_type(const ArrowSchema& schema) {
  if (schema.dictionary != nullptr) return spark_type(*schema.dictionary);
  ArrowSchemaView view;
  ArrowError error;
  if (ArrowSchemaViewInit(&view, &schema, &error) != NANOARROW_OK) refuse(schema);
  switch (view.type) {
    case NANOARROW_TYPE_NA:
      return DataType::void_type();
    case NANOARROW_TYPE_BOOL:
      return DataType::boolean();
    case NANOARROW_TYPE_INT8:
      return DataType::byte();
    case NANOARROW_TYPE_INT16:
      return DataType::short_type();
    case NANOARROW_TYPE_INT32:
      return DataType::integer();
    case NANOARROW_TYPE_INT64:
      return DataType::long_type();
    case NANOARROW_TYPE_FLOAT:
      return DataType::float_type();
    case NANOARROW_TYPE_DOUBLE:
      return DataType::double_type();
    case NANOARROW_TYPE_STRING:
    case NANOARROW_TYPE_LARGE_STRING:
    case NANOARROW_TYPE_STRING_VIEW:
      return DataType::string();
    case NANOARROW_TYPE_BINARY:
    case NANOARROW_TYPE_LARGE_BINARY:
    case NANOARROW_TYPE_BINARY_VIEW:
      return DataType::binary();
    case NANOARROW_TYPE_DATE32:
      return DataType::date();
    case NANOARROW_TYPE_TIMESTAMP:
      return view.timezone != nullptr && view.timezone[0] != '\0' ? DataType::timestamp()
                                                                  : DataType::timestamp_ntz();
    case NANOARROW_TYPE_DURATION:
      return DataType::day_time_interval();
    case NANOARROW_TYPE_INTERVAL_MONTHS:
      return DataType::year_month_interval();
    case NANOARROW_TYPE_INTERVAL_MONTH_DAY_NANO:
      return DataType::calendar_interval();
    case NANOARROW_TYPE_DECIMAL128:
      return DataType::decimal(view.decimal_precision, view.decimal_scale);
    case NANOARROW_TYPE_LIST:
    case NANOARROW_TYPE_LARGE_LIST:
    case NANOARROW_TYPE_FIXED_SIZE_LIST:
      return DataType::array(spark_type(*schema.children[0]), nullable_of(*schema.children[0]));
    case NANOARROW_TYPE_MAP: {
      const ArrowSchema& entries = *schema.children[0];
      return DataType::map(spark_type(*entries.children[0]), spark_type(*entries.children[1]),
                           nullable_of(*entries.children[1]));
    }
    case NANOARROW_TYPE_STRUCT:
      return DataType::struct_type(spark_fields(schema));
    default:
      refuse(schema);  // nanoarrow's own enumeration, open at its end
  }
}

}  // namespace

nanoarrow::UniqueSchema arrow_schema(const types::Schema& schema, const std::string& time_zone) {
  nanoarrow::UniqueSchema result;
  ArrowSchemaInit(result.get());
  SchemaBuilder(time_zone).set_struct(result.get(), schema);
  return result;
}

types::Schema spark_schema(const ArrowSchema& schema) { return spark_fields(schema); }

}  // namespace grebe::engine
