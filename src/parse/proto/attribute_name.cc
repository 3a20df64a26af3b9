// `a.b.`c.d`` → name parts (Spark: UnresolvedAttribute.parseAttributeName).
#include "core/spark_error.h"
#include "parse/proto/converter.h"

namespace grebe::parse::proto {

std::vector<std::string> parse_attribute_name(std::string_view name) {
  const auto refuse = [&] {
    return core::analysis_error("_LEGACY_ERROR_TEMP_1049", {{"name", std::string(name)}});
  };
  std::vector<std::string> parts;
  std::string part;
  bool quoted = false;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (quoted) {
      if (c != '`') {
        part += c;
      } else if (i + 1 < name.size() && name[i + 1] == '`') {
        part += '`';
        ++i;
      } else {
        quoted = false;
        if (i + 1 < name.size() && name[i + 1] != '.') throw refuse();
      }
    } else if (c == '`') {
      if (!part.empty()) throw refuse();
      quoted = true;
    } else if (c == '.') {
      if (i == 0 || name[i - 1] == '.' || i + 1 == name.size()) throw refuse();
      parts.push_back(std::move(part));
      part.clear();
    } else {
      part += c;
    }
  }
  if (quoted) throw refuse();
  parts.push_back(std::move(part));
  return parts;
}

}  // namespace grebe::parse::proto
