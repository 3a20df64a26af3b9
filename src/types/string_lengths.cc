// CHAR and VARCHAR → STRING; see string_lengths.h.
#include "types/string_lengths.h"

#include <utility>
#include <vector>

namespace grebe::types {

DataType without_lengths(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return DataType::string();
    case TypeKind::kArray:
      return DataType::array(without_lengths(type.element()), type.contains_null());
    case TypeKind::kMap:
      return DataType::map(without_lengths(type.key()), without_lengths(type.value()),
                           type.value_contains_null());
    case TypeKind::kStruct: {
      std::vector<StructField> fields = type.fields();
      for (StructField& field : fields) field.type = without_lengths(field.type);
      return DataType::struct_type(std::move(fields));
    }
    default:
      return type;
  }
}

}  // namespace grebe::types
