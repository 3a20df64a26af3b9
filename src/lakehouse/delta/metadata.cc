// Schema strings, statistics and partition texts; see metadata.h.
#include "lakehouse/delta/metadata.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/spark_error.h"
#include "lakehouse/table/storage_select.h"
#include "lakehouse/table/value_text.h"
#include "types/string_lengths.h"

namespace grebe::lakehouse::delta {

using Json = nlohmann::ordered_json;
using types::DataType;
using types::StructField;
using types::TypeKind;

namespace {

constexpr int kIndexedColumns = 32;
constexpr size_t kStringPrefix = 32;

/// Bytes of the first `characters` code points.
size_t prefix_bytes(std::string_view text, size_t characters) {
  size_t bytes = 0;
  while (bytes < text.size() && characters > 0) {
    do {
      ++bytes;
    } while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80);
    --characters;
  }
  return bytes;
}

enum class Bound { kMin, kMax };

/// A bound as the log wants it, null when it cannot be given safely.
Json bound_json(const DataType& type, const std::string& text, Bound bound) {
  switch (type.kind()) {
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kFloat:
    case TypeKind::kDouble:
    case TypeKind::kDecimal: {
      // Decimals keep their digits: the text is spliced in as a number later.
      if (text.find_first_not_of("0123456789+-.eE") != std::string::npos) return {};
      return text;
    }
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: {
      const size_t cut = prefix_bytes(text, kStringPrefix);
      if (cut == text.size()) return text;
      constexpr std::string_view kHighest = "\xF4\x8F\xBF\xBF";
      if (bound == Bound::kMin) return text.substr(0, cut);
      if (text.compare(cut, kHighest.size(), kHighest) == 0) return {};
      return text.substr(0, cut).append(kHighest);
    }
    case TypeKind::kDate:
      return parse_date(text) ? Json(text) : Json();
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz: {
      std::optional<int64_t> micros = parse_timestamp(text);
      if (!micros) return {};
      if (bound == Bound::kMax) *micros += 999;  // formatting cuts to the millisecond
      std::string printed = format_timestamp(*micros, 3);
      if (printed.size() != 23) return {};
      return type.is(TypeKind::kTimestamp) ? printed + "Z" : printed;
    }
    default:
      return {};
  }
}

/// Collects the three objects of the statistics, as JSON texts so that numbers keep their digits.
class Statistics {
 public:
  Statistics(const DataFile& file, const std::vector<std::string>& partition_columns)
      : file_(file), partition_columns_(partition_columns) {}

  std::string print(const types::Schema& schema) {
    add_fields(schema, {}, min_, max_, nulls_);
    return fmt::format(
        R"({{"numRecords":{},"minValues":{{{}}},"maxValues":{{{}}},"nullCount":{{{}}}}})",
        file_.rows, min_, max_, nulls_);
  }

 private:
  static void put(std::string& object, const std::string& name, const std::string& json) {
    if (!object.empty()) object += ',';
    object += Json(name).dump() + ":" + json;
  }

  static std::string number_text(const DataType& type, const std::string& text, Bound bound) {
    // Readers differ on whether -0.0 is below 0.0: a bound takes in both.
    if (type.is_fractional() && !type.is(TypeKind::kDecimal) && (text == "0.0" || text == "-0.0")) {
      return bound == Bound::kMin ? "-0.0" : "0.0";
    }
    return text.front() == '+' ? text.substr(1) : text;
  }

  void add_fields(const types::Schema& fields, const std::vector<std::string>& parent,
                  std::string& min, std::string& max, std::string& nulls) {
    for (const StructField& field : fields) {
      if (parent.empty() && is_partition_column(field.name)) continue;
      std::vector<std::string> path = parent;
      path.push_back(field.name);
      if (field.type.is(TypeKind::kStruct)) {
        std::string inner_min, inner_max, inner_nulls;
        add_fields(field.type.fields(), path, inner_min, inner_max, inner_nulls);
        if (!inner_min.empty()) put(min, field.name, "{" + inner_min + "}");
        if (!inner_max.empty()) put(max, field.name, "{" + inner_max + "}");
        if (!inner_nulls.empty()) put(nulls, field.name, "{" + inner_nulls + "}");
        continue;
      }
      if (field.type.is_nested() || leaves_++ >= kIndexedColumns) continue;
      const auto found = file_.columns.find(path);
      if (found == file_.columns.end()) continue;
      put(nulls, field.name, fmt::to_string(found->second.nulls));
      add_bound(field, found->second.min, Bound::kMin, min);
      add_bound(field, found->second.max, Bound::kMax, max);
    }
  }

  void add_bound(const StructField& field, const std::optional<std::string>& text, Bound bound,
                 std::string& object) {
    if (!text) return;
    const Json json = bound_json(field.type, *text, bound);
    if (json.is_null()) return;
    put(object, field.name,
        field.type.is_numeric() ? number_text(field.type, *text, bound) : json.dump());
  }

  bool is_partition_column(const std::string& name) const {
    return std::any_of(partition_columns_.begin(), partition_columns_.end(),
                       [&](const std::string& column) { return same_name(column, name); });
  }

  const DataFile& file_;
  const std::vector<std::string>& partition_columns_;
  std::string min_;
  std::string max_;
  std::string nulls_;
  int leaves_ = 0;
};

}  // namespace

types::Schema parse_schema(const Metadata& metadata) {
  const DataType type = types::parse_json_type(metadata.schema_string);
  if (!type.is(TypeKind::kStruct)) {
    throw core::plain_error(core::ErrorClass::kSpark, "The Delta schema is not a struct.");
  }
  return type.fields();
}

types::Schema stored_schema(const types::Schema& schema) {
  types::Schema stored = schema;
  for (StructField& column : stored) {
    DataType plain = types::without_lengths(column.type);
    if (plain == column.type) continue;
    Json metadata = Json::parse(column.metadata_json, nullptr, false);
    if (!metadata.is_object()) metadata = Json::object();
    metadata["__CHAR_VARCHAR_TYPE_STRING"] = column.type.simple_string();
    column.metadata_json = metadata.dump();
    column.type = std::move(plain);
  }
  return stored;
}

std::string print_schema(const types::Schema& schema) {
  return DataType::struct_type(stored_schema(schema)).json();
}

std::string print_statistics(const DataFile& file, const types::Schema& schema,
                             const std::vector<std::string>& partition_columns) {
  return Statistics(file, partition_columns).print(schema);
}

std::optional<std::string> partition_text(const DataType& type,
                                          const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  if (type.is(TypeKind::kTimestamp) || type.is(TypeKind::kTimestampNtz)) {
    const auto micros = parse_timestamp(*value);
    if (!micros) throw core::unsupported("the partition value " + *value);
    if (type.is(TypeKind::kTimestamp)) return format_timestamp(*micros, 6) + "Z";
    return format_timestamp(*micros, 6, ' ');
  }
  // Delta has no empty partition text: it means null, as Spark writes it too.
  if (value->empty()) return std::nullopt;
  return value;
}

}  // namespace grebe::lakehouse::delta
