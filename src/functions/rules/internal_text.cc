// Values as Spark holds them, printed; see internal_text.h.
#include "functions/rules/internal_text.h"

#include <fmt/format.h>

#include "functions/bind_once.h"
#include "functions/binding.h"

namespace grebe::functions {

using types::DataType;
using types::TypeKind;

namespace {

std::string list_text(const std::string& list, const DataType& element) {
  const std::string name = fmt::format("t{}", list.size());
  return fmt::format(
      "('[' || array_to_string(list_transform({}, lambda {}: coalesce({}, 'null')), ',') || ']')",
      list, name, internal_text(name, element));
}

}  // namespace

std::string internal_text(const std::string& sql, const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kDate:
      return fmt::format("CAST(grebe_date_difference({}, DATE '1970-01-01') AS VARCHAR)", sql);
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return fmt::format("CAST(epoch_us({}) AS VARCHAR)", sql);
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return fmt::format("CAST({} AS VARCHAR)", sql);
    case TypeKind::kArray:
      return list_text(sql, type.element());
    case TypeKind::kMap:
      return bind_once(sql, fmt::format("('keys: ' || {} || ', values: ' || {})",
                                        list_text("map_keys($x)", type.key()),
                                        list_text("map_values($x)", type.value())));
    case TypeKind::kStruct: {
      std::string body = "CASE WHEN $x IS NULL THEN NULL ELSE '['";
      for (size_t i = 0; i < type.fields().size(); ++i) {
        if (i > 0) body += " || ','";
        body += fmt::format(" || coalesce({}, 'null')",
                            internal_text(fmt::format("($x).f{}", i), type.fields()[i].type));
      }
      return bind_once(sql, body + " || ']' END");
    }
    default:
      return lower_cast(sql, type, DataType::string(), resolved::CastMode::kLegacy);
  }
}

}  // namespace grebe::functions
