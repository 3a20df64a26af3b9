// Draws of sample(): a seed and a row's number → what Spark draws for that row.
#pragma once

#include "native/kernel.h"

namespace grebe::native {

/// grebe_sample_draw(seed, row) and grebe_sample_copies(seed, mean, row); rows count from one.
void add_sample_kernels(KernelRegistry& registry);

}  // namespace grebe::native
