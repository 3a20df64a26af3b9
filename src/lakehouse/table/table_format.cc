// What all table formats refuse alike; see table_format.h.
#include "lakehouse/table/table_format.h"

#include <fmt/format.h>

#include "core/spark_error.h"
#include "lakehouse/table/storage_select.h"

namespace grebe::lakehouse {

void refuse_read_options(
    const Properties& options,
    std::initializer_list<std::pair<std::string_view, std::string_view>> refused) {
  for (const auto& [key, harmless] : refused) {
    const auto given = options.find(std::string(key));
    if (given == options.end() || same_name(given->second, harmless)) continue;
    throw core::unsupported(fmt::format("the read option {} = {}", key, given->second));
  }
}

}  // namespace grebe::lakehouse
