// Partition discovery (Spark: PartitioningUtils.parsePartitions).
#include "sources/partition.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/spark_error.h"
#include "sources/partition_path.h"
#include "sources/text_values.h"
#include "types/coercion.h"
#include "types/decimal_rules.h"

namespace grebe::sources {
namespace {

using types::DataType;
using types::TypeKind;

using Spec = std::vector<std::pair<std::string, std::string>>;

/// The key=value directories below the file's base, outermost first. A directory of another shape
/// ends the search upwards, as in Spark.
Spec partition_spec(const ListedFile& file) {
  Spec spec;
  std::filesystem::path directory = std::filesystem::path(file.path).parent_path();
  while (directory.string().size() > file.base.size()) {
    const auto parsed = parse_partition_name(directory.filename().string());
    if (!parsed) break;
    spec.insert(spec.begin(), *parsed);
    directory = directory.parent_path();
  }
  return spec;
}

std::optional<DataType> decimal_of(const std::string& text) {
  std::string_view digits = text;
  if (digits.starts_with('-') || digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  while (digits.size() > 1 && digits[0] == '0') digits.remove_prefix(1);
  if (digits.size() > types::kMaxDecimalPrecision) return std::nullopt;
  return DataType::decimal(static_cast<int>(digits.size()), 0);
}

DataType infer_type(const std::string& text, const std::string& time_zone) {
  if (text == kDefaultPartition) return DataType::void_type();
  if (const auto whole = parse_integer(text)) {
    return *whole >= INT32_MIN && *whole <= INT32_MAX ? DataType::integer() : DataType::long_type();
  }
  if (const auto decimal = decimal_of(text)) return *decimal;
  if (parse_double(text)) return DataType::double_type();
  if (parse_date(text)) return DataType::date();
  if (text.find(':') != std::string::npos && parse_timestamp(text, time_zone)) {
    return DataType::timestamp();
  }
  return DataType::string();
}

/// The type that all values of a column take; mixtures that would lose digits become strings.
DataType meet(const DataType& a, const DataType& b) {
  if (a == b || b.is(TypeKind::kVoid)) return a;
  if (a.is(TypeKind::kVoid)) return b;
  const auto pair_is = [&](TypeKind x, TypeKind y) {
    return (a.is(x) && b.is(y)) || (a.is(y) && b.is(x));
  };
  if (pair_is(TypeKind::kDouble, TypeKind::kLong)) return DataType::string();
  if (pair_is(TypeKind::kDouble, TypeKind::kDecimal)) return DataType::string();
  return types::wider_type(a, b, types::CoercionRules::kDefault).value_or(DataType::string());
}

std::optional<DataType> known_type(const types::Schema& known, const std::string& name,
                                   bool case_sensitive) {
  for (const auto& field : known) {
    const bool same =
        case_sensitive ? field.name == name
                       : std::equal(field.name.begin(), field.name.end(), name.begin(), name.end(),
                                    [](char x, char y) { return ::tolower(x) == ::tolower(y); });
    if (same) return field.type;
  }
  return std::nullopt;
}

[[noreturn]] void refuse_conflict(const std::set<std::string>& lists) {
  std::string text;
  size_t index = 0;
  for (const auto& list : lists) {
    text += "\n\tPartition column name list #" + std::to_string(index++) + ": " + list;
  }
  throw core::plain_error(
      core::ErrorClass::kSpark,
      "Conflicting partition column names detected:\n" + text +
          "\n\nFor partitioned table directories, data files should only live in leaf "
          "directories.\n"
          "And directories at the same level should have the same partition column name.\n"
          "Please check the following directories for unexpected files or inconsistent partition "
          "column names:\n");
}

}  // namespace

Partitioning discover_partitions(const std::vector<ListedFile>& files, const types::Schema& known,
                                 const SourceContext& context) {
  std::vector<Spec> specs;
  std::set<std::string> name_lists;
  for (const auto& file : files) {
    specs.push_back(partition_spec(file));
    std::string names;
    for (const auto& [name, value] : specs.back()) names += (names.empty() ? "" : ", ") + name;
    name_lists.insert(names);
  }
  if (name_lists.size() > 1) refuse_conflict(name_lists);
  Partitioning out;
  out.values.resize(files.size());
  if (specs.empty()) return out;
  for (size_t column = 0; column < specs[0].size(); ++column) {
    const std::string& name = specs[0][column].first;
    DataType type = DataType::void_type();
    if (const auto decided = known_type(known, name, context.case_sensitive)) {
      type = *decided;
    } else if (!context.infer_partition_types) {
      type = DataType::string();
    } else {
      std::set<std::string> seen;
      for (const auto& spec : specs) {
        if (seen.insert(spec[column].second).second) {
          type = meet(type, infer_type(spec[column].second, context.time_zone));
        }
      }
    }
    out.schema.push_back({name, type, true});
    for (size_t i = 0; i < specs.size(); ++i) {
      const std::string& text = specs[i][column].second;
      if (text == kDefaultPartition) {
        out.values[i].push_back({});
        continue;
      }
      const auto value = parse_text_value(text, type, context.time_zone);
      if (!value) {
        throw core::make_error(
            core::ErrorClass::kRuntime, "_LEGACY_ERROR_TEMP_2058",
            {{"value", text}, {"dataType", type.simple_string()}, {"columnName", name}});
      }
      out.values[i].push_back(*value);
    }
  }
  return out;
}

}  // namespace grebe::sources
