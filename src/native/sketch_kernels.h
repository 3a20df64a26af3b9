// The kernels over sketches; see kernel_groups.h.
#pragma once

namespace duckdb {
class ExtensionLoader;
}

namespace grebe::native {

class KernelRegistry;

void add_sketch_kernels(KernelRegistry& registry);
void add_sketch_aggregates(duckdb::ExtensionLoader& loader);
void add_frequent_items_aggregate(duckdb::ExtensionLoader& loader);

}  // namespace grebe::native
