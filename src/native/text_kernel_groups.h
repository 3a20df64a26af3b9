// The groups of kernels over ciphers, collected lists and structured texts; see kernel_groups.h.
#pragma once

namespace grebe::native {

class KernelRegistry;

void add_aes_kernels(KernelRegistry& registry);
void add_list_kernels(KernelRegistry& registry);
void add_text_schema_kernels(KernelRegistry& registry);

}  // namespace grebe::native
