// Kernels over number formats, sentences, percentiles, and casts that are exact; see
// kernel_groups.h.
#pragma once

namespace grebe::native {

class KernelRegistry;

void add_format_kernels(KernelRegistry& registry);
void add_exact_cast_kernels(KernelRegistry& registry);
void add_interval_cast_kernels(KernelRegistry& registry);

}  // namespace grebe::native
