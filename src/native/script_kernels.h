// The kernel of SELECT TRANSFORM; see script_process.h.
#pragma once

namespace grebe::native {

class KernelRegistry;

void add_script_kernels(KernelRegistry& registry);

}  // namespace grebe::native
