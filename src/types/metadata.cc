// Metadata of columns; see metadata.h.
#include "types/metadata.h"

#include <nlohmann/json.hpp>

namespace grebe::types {

std::string merged_metadata(const std::string& below, const std::string& above) {
  if (below.empty() || above.empty()) return below.empty() ? above : below;
  auto merged = nlohmann::json::parse(below);
  merged.update(nlohmann::json::parse(above));
  return merged.dump();
}

}  // namespace grebe::types
