// The table formats by name; see formats.h.
#include "lakehouse/formats.h"

#include <array>

#include "lakehouse/delta/delta_format.h"
#include "lakehouse/hudi/hudi_format.h"
#include "lakehouse/iceberg/iceberg_format.h"
#include "lakehouse/table/storage_select.h"

namespace grebe::lakehouse {

namespace {

std::array<const TableFormat*, 3> all_formats() {
  return {&delta::delta_format(), &hudi::hudi_format(), &iceberg::iceberg_format()};
}

}  // namespace

Environment local_environment(engine::Connection& connection) {
  Environment environment;
  environment.connection = &connection;
  return environment;
}

const TableFormat* find_table_format(std::string_view name) {
  for (const TableFormat* format : all_formats()) {
    if (same_name(format->name(), name)) return format;
  }
  return nullptr;
}

const TableFormat* detect_table_format(const Environment& environment,
                                       const std::string& location) {
  for (const TableFormat* format : all_formats()) {
    if (format->exists(environment, location)) return format;
  }
  return nullptr;
}

}  // namespace grebe::lakehouse
