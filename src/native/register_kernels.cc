// All kernel groups → DuckDB's catalogue; see register_kernels.h.
#include "native/register_kernels.h"

#include "duckdb.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "native/format_kernels.h"
#include "native/kernel.h"
#include "native/kernel_groups.h"
#include "native/script_kernels.h"
#include "native/sketch_kernels.h"
#include "native/text_kernel_groups.h"

namespace grebe::native {

void register_kernels(duckdb::Connection& connection) {
  KernelRegistry registry;
  add_arithmetic_kernels(registry);
  add_decimal_kernels(registry);
  add_number_cast_kernels(registry);
  add_text_cast_kernels(registry);
  add_text_parse_kernels(registry);
  add_time_kernels(registry);
  add_pattern_kernels(registry);
  add_record_kernels(registry);
  add_math_kernels(registry);
  add_string_kernels(registry);
  add_date_kernels(registry);
  add_datetime_kernels(registry);
  add_json_kernels(registry);
  add_aes_kernels(registry);
  add_list_kernels(registry);
  add_text_schema_kernels(registry);
  add_hash_kernels(registry);
  add_row_kernels(registry);
  add_sketch_kernels(registry);
  add_format_kernels(registry);
  add_exact_cast_kernels(registry);
  add_interval_cast_kernels(registry);
  add_script_kernels(registry);
  duckdb::ExtensionLoader loader(*connection.context->db, "grebe");
  for (const auto& [name, set] : registry.sets()) loader.RegisterFunction(set);
  add_statistics_aggregates(loader);
  add_decimal_sum(loader);
  add_sketch_aggregates(loader);
  add_frequent_items_aggregate(loader);
}

}  // namespace grebe::native
