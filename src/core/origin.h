// Where in a statement a tree node comes from → spans used by errors and their query contexts.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace grebe::core {

/// A byte range of one SQL text. Nodes that come from a DataFrame call have no text.
struct Origin {
  /// The whole statement the range lies in; null for DataFrame plans.
  std::shared_ptr<const std::string> text;
  /// First byte, 0-based.
  int32_t start = 0;
  /// One past the last byte.
  int32_t stop = 0;
  /// 1-based line of the first byte, 0 when unknown.
  int32_t line = 0;
  /// 0-based column of the first byte.
  int32_t column = 0;
  /// "VIEW" and the like, with the object's name, when the text belongs to a stored object.
  std::string object_type;
  std::string object_name;

  /// Tells whether the node comes from SQL text.
  bool has_text() const { return text != nullptr; }
};

}  // namespace grebe::core
