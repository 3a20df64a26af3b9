// Registered partitions as JSON; see registered_partitions.h.
#include "sources/registered_partitions.h"

#include <nlohmann/json.hpp>

namespace grebe::sources {

using Json = nlohmann::json;

std::string encode_partitions(const std::vector<PartitionDirectory>& directories) {
  Json list = Json::array();
  for (const auto& directory : directories) {
    Json values = Json::array();
    for (const auto& value : directory.values) values.push_back(value ? Json(*value) : Json());
    list.push_back({{"path", directory.path}, {"values", values}});
  }
  return list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<PartitionDirectory> decode_partitions(const std::string& text) {
  std::vector<PartitionDirectory> directories;
  for (const auto& item : Json::parse(text)) {
    PartitionDirectory directory{.path = item.at("path").get<std::string>(), .values = {}};
    for (const auto& value : item.at("values")) {
      directory.values.push_back(value.is_null() ? std::nullopt
                                                 : std::optional(value.get<std::string>()));
    }
    directories.push_back(std::move(directory));
  }
  return directories;
}

}  // namespace grebe::sources
