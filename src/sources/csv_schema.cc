// CSV files → names and types (Spark: CSVInferSchema, CSVHeaderChecker).
#include <algorithm>
#include <limits>

#include "core/spark_error.h"
#include "sources/day_formats.h"
#include "sources/record_options.h"
#include "sources/schema_inference.h"
#include "sources/text_values.h"
#include "types/coercion.h"
#include "types/decimal_rules.h"

namespace grebe::sources {
namespace {

using types::DataType;
using types::TypeKind;

constexpr int64_t kAllLines = std::numeric_limits<int64_t>::max() / 2;

bool is_blank(const std::string& line) {
  return std::all_of(line.begin(), line.end(),
                     [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

std::optional<DataType> whole_decimal(const std::string& text) {
  std::string_view digits = text;
  if (digits.starts_with('-') || digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos ||
      digits.size() > types::kMaxDecimalPrecision) {
    return std::nullopt;
  }
  return DataType::decimal(static_cast<int>(digits.size()), 0);
}

/// The first type, from `known` on, that the text fits.
DataType infer_cell(const std::string& text, const DataType& known, const DayFormats& days,
                    const std::string& time_zone) {
  const auto from = [&](TypeKind kind) {
    static constexpr TypeKind kOrder[] = {TypeKind::kVoid,      TypeKind::kInteger, TypeKind::kLong,
                                          TypeKind::kDecimal,   TypeKind::kDouble,  TypeKind::kDate,
                                          TypeKind::kTimestamp, TypeKind::kBoolean};
    const auto at = std::find(std::begin(kOrder), std::end(kOrder), known.kind());
    return at <= std::find(std::begin(kOrder), std::end(kOrder), kind);
  };
  if (const auto whole = parse_integer(text)) {
    if (from(TypeKind::kInteger) && *whole >= INT32_MIN && *whole <= INT32_MAX) {
      return DataType::integer();
    }
    if (from(TypeKind::kLong)) return DataType::long_type();
  }
  if (from(TypeKind::kDecimal)) {
    if (const auto decimal = whole_decimal(text)) return *decimal;
  }
  if (from(TypeKind::kDouble) && parse_double(text)) return DataType::double_type();
  if (from(TypeKind::kDate) && days.is_date(text)) return DataType::date();
  if (from(TypeKind::kTimestamp) && days.is_timestamp(text)) return DataType::timestamp();
  if (parse_text_value(text, DataType::boolean(), time_zone)) return DataType::boolean();
  return DataType::string();
}

DataType meet(const DataType& a, const DataType& b) {
  if (const auto type = types::tightest_common_type(a, b, types::CoercionRules::kDefault)) {
    return *type;
  }
  const auto is_pair = [&](TypeKind x, TypeKind y) {
    return (a.is(x) && b.is(y)) || (a.is(y) && b.is(x));
  };
  if (is_pair(TypeKind::kDouble, TypeKind::kDecimal)) return DataType::double_type();
  if (a.is(TypeKind::kDecimal) && b.is(TypeKind::kDecimal)) return types::wider_decimal(a, b);
  if (is_pair(TypeKind::kDecimal, TypeKind::kLong) ||
      is_pair(TypeKind::kDecimal, TypeKind::kInteger)) {
    return types::wider_decimal(types::decimal_for(a), types::decimal_for(b));
  }
  return DataType::string();
}

/// Names of a header line: blanks become _c0, names that repeat get their position appended.
std::vector<std::string> safe_names(const std::vector<std::optional<std::string>>& header,
                                    const std::string& null_value, bool case_sensitive) {
  const auto key = [&](std::string name) {
    if (!case_sensitive) std::transform(name.begin(), name.end(), name.begin(), ::tolower);
    return name;
  };
  std::vector<std::string> names;
  for (size_t i = 0; i < header.size(); ++i) {
    const std::string name = header[i].value_or("");
    const auto repeats = std::count_if(header.begin(), header.end(), [&](const auto& other) {
      return key(other.value_or("")) == key(name);
    });
    if (name.empty() || name == null_value) {
      names.push_back("_c" + std::to_string(i));
    } else {
      names.push_back(repeats > 1 ? name + std::to_string(i) : name);
    }
  }
  return names;
}

}  // namespace

types::Schema csv_schema(const std::vector<std::string>& paths, const Options& options,
                         const SourceContext& context) {
  const native::CsvDialect dialect = csv_dialect(options);
  const std::string comment = option_or(options, "comment", "");
  const std::string null_value = option_or(options, "nullvalue", "");
  const bool has_header = option_is_on(options, "header", false);
  const bool infers = option_is_on(options, "inferschema", false);
  const bool multi_line = option_is_on(options, "multiline", false);
  const DayFormats days(options, context.time_zone);

  types::Schema schema;
  std::vector<DataType> kinds;
  bool is_first_file = true;
  // One file at a time: each has its own header.
  for (const auto& path : paths) {
    std::vector<std::string> lines;
    if (multi_line) {
      for (const auto& text : read_texts(context.connection, {path})) {
        for (const auto record : native::split_csv_records(text, dialect)) {
          lines.emplace_back(record);
        }
      }
    } else {
      lines = read_lines(context.connection, {path}, infers ? kAllLines : 1000);
    }
    std::erase_if(lines, [&](const std::string& line) {
      return is_blank(line) || (!comment.empty() && line.starts_with(comment));
    });
    if (lines.empty()) continue;
    size_t first_row = 0;
    if (is_first_file) {
      const auto cells = native::split_csv_line(lines[0], dialect);
      std::vector<std::string> names;
      if (has_header) {
        names = safe_names(cells, null_value, context.case_sensitive);
      } else {
        for (size_t i = 0; i < cells.size(); ++i) names.push_back("_c" + std::to_string(i));
      }
      for (const auto& name : names) schema.push_back({name, DataType::string(), true});
      kinds.assign(names.size(), DataType::void_type());
      is_first_file = false;
    }
    if (!infers) break;
    if (has_header) first_row = 1;
    for (size_t row = first_row; row < lines.size(); ++row) {
      const auto cells = native::split_csv_line(lines[row], dialect);
      for (size_t i = 0; i < cells.size() && i < kinds.size(); ++i) {
        if (!cells[i] || cells[i]->empty() || *cells[i] == null_value ||
            kinds[i].is(TypeKind::kString)) {
          continue;
        }
        kinds[i] = meet(kinds[i], infer_cell(*cells[i], kinds[i], days, context.time_zone));
      }
    }
  }
  if (schema.empty()) throw core::analysis_error("UNABLE_TO_INFER_SCHEMA", {{"format", "CSV"}});
  if (infers) {
    for (size_t i = 0; i < schema.size(); ++i) {
      schema[i].type = kinds[i].is(TypeKind::kVoid) ? DataType::string() : kinds[i];
    }
  }
  return schema;
}

}  // namespace grebe::sources
