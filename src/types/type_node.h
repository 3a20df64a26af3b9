// The storage behind a DataType; private to types/.
#pragma once

#include <vector>

#include "types/data_type.h"

namespace grebe::types {

/// `first` and `second` hold precision and scale, a length, or interval fields, by kind.
struct TypeNode {
  TypeKind kind = TypeKind::kVoid;
  int first = 0;
  int second = 0;
  /// Element or value nullability.
  bool has_null = false;
  /// Element; or key and value.
  std::vector<DataType> children = {};
  std::vector<StructField> fields = {};
};

}  // namespace grebe::types
