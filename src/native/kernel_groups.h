// The groups of kernels; each adds its functions to the registry.
#pragma once

namespace duckdb {
class ExtensionLoader;
}

namespace grebe::native {

class KernelRegistry;

void add_arithmetic_kernels(KernelRegistry& registry);
void add_decimal_kernels(KernelRegistry& registry);
void add_number_cast_kernels(KernelRegistry& registry);
void add_text_cast_kernels(KernelRegistry& registry);
void add_text_parse_kernels(KernelRegistry& registry);
void add_time_kernels(KernelRegistry& registry);
void add_pattern_kernels(KernelRegistry& registry);
void add_record_kernels(KernelRegistry& registry);
void add_math_kernels(KernelRegistry& registry);
void add_string_kernels(KernelRegistry& registry);
void add_date_kernels(KernelRegistry& registry);
void add_datetime_kernels(KernelRegistry& registry);
void add_json_kernels(KernelRegistry& registry);
void add_hash_kernels(KernelRegistry& registry);
void add_row_kernels(KernelRegistry& registry);
void add_statistics_aggregates(duckdb::ExtensionLoader& loader);
void add_decimal_sum(duckdb::ExtensionLoader& loader);

}  // namespace grebe::native
